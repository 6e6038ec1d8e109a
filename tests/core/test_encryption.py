"""What is encrypted opens again, is short where it can be, and was not altered."""

import base64

import pytest

from xiaohao.core import encryption
from xiaohao.core.fields import SealedTextField

SHORT, LONG = "请公布抽查结果。", "公务卡结算的规定执行得怎么样，能不能公布抽查结果？" * 20


@pytest.mark.parametrize("text", [SHORT, LONG, "一", "表情😀"])
@pytest.mark.parametrize("pack", [True, False])
def test_what_was_encrypted_opens_again(text, pack) -> None:
    stored = encryption.encrypt(text, pack=pack)
    assert text not in stored
    assert encryption.decrypt(stored) == text


def test_a_long_text_takes_less_room_and_a_short_one_no_more() -> None:
    assert len(encryption.encrypt(LONG, pack=True)) * 4 < len(encryption.encrypt(LONG))
    assert len(encryption.encrypt(SHORT, pack=True)) == len(encryption.encrypt(SHORT))


@pytest.mark.parametrize("pack", [True, False])
def test_what_was_altered_does_not_open(pack) -> None:
    stored = encryption.encrypt(LONG, pack=pack)
    raw = bytearray(base64.b64decode(stored[3:]))
    raw[20] ^= 1
    with pytest.raises(encryption.Unopenable):
        encryption.decrypt(stored[:3] + base64.b64encode(raw).decode())


def test_the_log_can_prove_a_text_without_holding_it() -> None:
    told = SealedTextField(provable=True).masked(SHORT)
    assert told == f"（8字，已加密，摘要 {encryption.digest(SHORT)[:32]}）"
    assert SealedTextField().masked(SHORT) == "（8字，已加密）"
    assert SealedTextField(provable=True).masked("") == ""
