import hashlib

import pytest

from xiaohao.lib.hash_chain import GENESIS, DigestMissingError, first_break, link


def chain(*payloads: str) -> list[tuple[str, str, str]]:
    links, previous = [], GENESIS
    for payload in payloads:
        digest = link(previous, payload)
        links.append((previous, digest, payload))
        previous = digest
    return links


def test_a_link_is_the_sm3_of_predecessor_and_payload() -> None:
    assert link("前", "后") == hashlib.new("sm3", "前\n后".encode()).hexdigest()
    assert len(link(GENESIS, "")) == len(GENESIS) == 64


def test_a_whole_chain_has_no_break() -> None:
    assert first_break([]) is None
    assert first_break(chain("登记问题", "提交销号", "审核通过")) is None


def test_a_changed_payload_breaks_at_its_link() -> None:
    links = chain("登记问题", "提交销号", "审核通过")
    links[1] = (links[1][0], links[1][1], "撤回销号")
    assert first_break(links) == 1


def test_a_removed_link_breaks_at_its_successor() -> None:
    links = chain("登记问题", "提交销号", "审核通过")
    assert first_break(links[:1] + links[2:]) == 1
    assert first_break(links[1:]) == 0


def test_missing_sm3_is_said_clearly(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(name: str, data: bytes) -> None:
        raise ValueError(f"unsupported hash type {name}")

    monkeypatch.setattr(hashlib, "new", refuse)
    with pytest.raises(DigestMissingError, match="SM3"):
        link(GENESIS, "登记问题")


def test_a_link_whose_payload_is_not_told_holds_its_place() -> None:
    links = chain("登记问题", "提交销号", "审核通过")
    hidden = [(previous, digest, None) for previous, digest, _payload in links]
    assert first_break([links[0], hidden[1], links[2]]) is None
    assert first_break([links[0], links[2]]) == 1
