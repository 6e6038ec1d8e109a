"""Marks of secrecy are found however they are set; that secrets are kept is nothing secret."""

import pytest

from xiaohao.writing.publication_check import check


def marked(text: str) -> list[str]:
    return [hit.text for hit in check(text, [], {}) if hit.rule == "secret"]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("【秘密】关于整改的通报", "【秘密】"),
        ("（机密）", "（机密）"),
        ("机 密", "机 密"),
        ("秘　密\n整改通报", "秘　密"),
        ("绝\u00a0密", "绝\u00a0密"),
        ("机密★10年", "机密★10年"),
        ("机 密 ★ 1 年\n通报", "机 密 ★ 1 年"),
        ("秘密☆长期", "秘密☆长期"),
        ("秘密*5年", "秘密*5年"),
        ("★20年", "★20年"),
        ("整改通报★", "★"),
        ("秘密\n整改通报", "秘密"),
        ("整改通报\n秘密", "秘密"),
        ("密级：秘密", "密级：秘密"),
        ("保密期限：5年", "保密期限："),
        ("本件为机密级文件", "机密级"),
        ("工作秘密\n整改通报", "工作秘密"),
        ("内部文件，注意保管", "内部文件"),
        ("〔内部资料〕", "内部资料"),
        ("仅供内部使用", "仅供内部使用"),
        ("内部材料请勿外传", "内部材料"),
        ("内 部 资 料", "内 部 资 料"),
        ("此件不得外传", "不得外传"),
        ("严禁 外传", "严禁 外传"),
        ("此件不宜公开", "此件不宜公开"),
        ("会后收回", "会后收回"),
        ("份号：000012", "份号：000012"),
    ],
)
def test_marks_of_secrecy_are_found(text, found) -> None:
    assert marked(text)[0] == found


@pytest.mark.parametrize(
    "text",
    [
        "严格保守国家秘密、工作秘密和商业秘密。",
        "修订保密工作制度，签订保密承诺书，开展保密教育。",
        "泄露工作秘密的严肃处理。",
        "对涉及商业机密的合同加强管理。",
        "加强内部管理、内部控制和内部审计，在单位内部使用。",
        "推进信息公开，依法不得公开的除外。",
        "共2份，编号12。",
    ],
)
def test_keeping_secrets_is_no_mark(text) -> None:
    assert marked(text) == []


def test_a_mark_is_told_once() -> None:
    assert marked("机密★1年") == ["机密★1年"]
