"""Encryption of single values at rest, with a key that lies outside the database.

AES-GCM (``cryptography``): a value that was altered in the database does not open. Equal values look
different; what must be unique or looked for is kept beside as a keyed digest.
"""

import base64
import hashlib
import hmac
import os
import zlib
from functools import lru_cache

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings

NONCE = 12  # bytes
PREFIX = "v1:"  # a later way of encrypting gets another
PACKED = "v2:"  # the same, of a text that was made shorter (DEFLATE) before


class Unopenable(Exception):  # noqa: N818 - what it is
    """The key is another one, or the value was altered in the database."""


@lru_cache(maxsize=4)
def _key(purpose: str, secret: str) -> bytes:
    return hashlib.blake2b(purpose.encode(), key=secret.encode()[:64], digest_size=32).digest()


def encrypt(text: str, *, pack: bool = False) -> str:
    """Return the text as it is stored; ``pack`` makes a long one shorter where that helps."""
    plain, prefix = text.encode(), PREFIX
    if pack and len(packed := _packed(plain)) < len(plain):
        plain, prefix = packed, PACKED
    nonce = os.urandom(NONCE)
    sealed = AESGCM(_key("encrypt", settings.DATA_KEY)).encrypt(nonce, plain, None)
    return prefix + base64.b64encode(nonce + sealed).decode("ascii")


def _packed(plain: bytes) -> bytes:
    packer = zlib.compressobj(level=6, wbits=-zlib.MAX_WBITS)
    return packer.compress(plain) + packer.flush()


def decrypt(stored: str) -> str:
    """Return the text behind what is stored. Raises ``Unopenable``."""
    raw = base64.b64decode(stored[len(PREFIX) :])
    try:
        plain = AESGCM(_key("encrypt", settings.DATA_KEY)).decrypt(raw[:NONCE], raw[NONCE:], None)
    except InvalidTag as error:
        raise Unopenable from error
    return (zlib.decompress(plain, -zlib.MAX_WBITS) if stored.startswith(PACKED) else plain).decode()


def digest(text: str) -> str:
    """Return a digest that only the key's owner can make: equal texts have equal ones."""
    return hmac.new(_key("digest", settings.DATA_KEY), text.encode(), "sha256").hexdigest()


def encrypt_bytes(data: bytes) -> bytes:
    """Return the contents of a file as they are kept on disk."""
    nonce = os.urandom(NONCE)
    return nonce + AESGCM(_key("files", settings.DATA_KEY)).encrypt(nonce, data, None)


def decrypt_bytes(stored: bytes) -> bytes:
    """Return the contents of a file. Raises ``Unopenable``."""
    try:
        return AESGCM(_key("files", settings.DATA_KEY)).decrypt(stored[:NONCE], stored[NONCE:], None)
    except InvalidTag as error:
        raise Unopenable from error
