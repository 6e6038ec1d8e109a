"""A chain of SM3 digests: changing or removing an earlier link breaks every later one."""

import hashlib
from collections.abc import Iterable

GENESIS: str = "0" * 64
"""What the first link names as its predecessor."""


class DigestMissingError(RuntimeError):
    """The OpenSSL that Python was linked with has no SM3."""


def link(previous: str, payload: str) -> str:
    """Return the digest of a link (64 hexadecimal digits) that follows ``previous`` and holds ``payload``.

    Raises ``DigestMissingError`` where SM3 is not available.
    """
    try:
        digest = hashlib.new("sm3", f"{previous}\n{payload}".encode())
    except ValueError as error:
        raise DigestMissingError("此环境的 OpenSSL 不支持 SM3，无法写入或校验审计链") from error
    return digest.hexdigest()


def first_break(links: Iterable[tuple[str, str, str | None]]) -> int | None:
    """Return the position of the first link that does not fit, or None where the chain is whole.

    Each link is (previous, hash, payload), in the order of writing, the first after ``GENESIS``. A link whose
    payload is not told (None) holds its place in the chain and no more.
    """
    expected = GENESIS
    for position, (previous, digest, payload) in enumerate(links):
        if previous != expected or (payload is not None and digest != link(previous, payload)):
            return position
        expected = digest
    return None
