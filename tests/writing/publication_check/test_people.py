"""Who is named where a notice speaks of discipline is found; words are not taken for names."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from xiaohao.writing.publication_check import check, keys_in, places

SAMPLES = Path(__file__).parents[2] / "samples/notices"


def named(text: str, names: list[str] | None = None) -> list[str]:
    return [hit.text for hit in check(text, names or [], {}) if hit.rule == "name"]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("给予王小明同志党内警告处分。", ["王小明"]),
        ("原办公室主任王小明受到党内严重警告处分。", ["王小明"]),
        ("办公室主任王小明因违规报销被立案审查。", ["王小明"]),
        ("给予党内警告处分1人（王小明）。", ["王小明"]),
        ("给予党内警告处分2人（王小明；李四）。", ["王小明", "李四"]),
        ("由纪委对鲁大海给予批评教育。", ["鲁大海"]),
        ("给予张　三党内警告处分。", ["张　三"]),
        ("对张\u00a0三给予诫勉。", ["张\u00a0三"]),
        ("对欧阳小明、冼东妹予以通报批评。", ["欧阳小明", "冼东妹"]),
        ("受到处分的有：王小明、李四、欧阳文。", ["王小明", "李四", "欧阳文"]),
        ("受到处分的有：\n王小明、\n李四\n一、下一步工作\n张三主持会议。", ["王小明", "李四"]),
        ("受到处分的有：王小明；李四；王五。赵六参加会议。", ["王小明", "李四", "王五"]),
        ("被问责的分别是黄河、江山、王五。", ["黄河", "江山", "王五"]),  # names that are words as well
        ("诫勉谈话3人（黄金荣、杨柳、马上峰）。", ["黄金荣", "杨柳", "马上峰"]),
        ("对于小明给予警告处分，任建国被免职。", ["于小明", "任建国"]),
        ("王小明违规报销差旅费。给予其党内警告处分。", ["王小明"]),
        ("王小明违规报销差旅费；受到党内警告处分。", ["王小明"]),
        ("任小明等3人在采购中收受礼品，移送监委。", ["任小明"]),
        ("1.王小明，区财政局局长。2024年因违规，免于处分。李四参会。", ["王小明"]),
        ("问责干部名单：王 小 明、张 三 李 四", ["王 小 明", "张 三", "李 四"]),
        ("财务科任芳被诫勉，给予王𬭸警告。", ["任芳", "王𬭸"]),
        ("将单小燕移送司法机关，约谈张伟，责令李强作出书面检查。", ["单小燕", "张伟", "李强"]),
        ("免去赵有为办公室副主任职务，撤销钱多多党支部书记职务。", ["赵有为", "钱多多"]),
        ("买买提·艾力受到党内警告处分。", ["买买提·艾力"]),
        ("｜姓名｜处分｜\n｜王小明｜党内警告｜\n｜司马南｜｜\n完", ["王小明", "司马南"]),
        ("局长张伟安排李强套取资金，均被开除公职。", ["张伟", "李强"]),
        (f"对王小明{'在负责物资采购期间多次' * 5}收受礼品的问题立案审查。", ["王小明"]),
        ("印发《关于给予王小明党内警告处分的决定》。", ["王小明"]),
    ],
)
def test_names_beside_discipline_are_found(text, found) -> None:
    assert named(text) == found


@pytest.mark.parametrize(
    "said",
    [
        *("问责", "通报批评", "撤职", "撤销职务", "党内除名", "谈话提醒", "调离岗位", "免职", "诫勉"),
        *("停职检查", "留置", "移送司法机关", "立案审查", "开除党籍", "降级", "记过", "记大过", "留党察看"),
        *("政务警告", "责令辞职", "降职", "组织处理", "批评教育", "责令检查", "双开", "辞退", "函询"),
        *("约谈", "移交纪委监委", "责令候查", "取消评优资格", "有期徒刑"),
    ],
)
def test_each_word_of_discipline_counts(said) -> None:
    assert named(f"对张大民{said}。") == ["张大民"]
    assert named(f"贺长河同志受到{said}", ["贺长河"]) == ["贺长河"]


@pytest.mark.parametrize(
    "text",
    [
        "对3人给予党内警告处分。",
        "立案审查2件。",
        "通报批评5个单位。",
        "全面从严治党，严肃追究相关责任人员的责任。",
        "高度重视，给予相关人员诫勉。",
        "方案明确对任务未完成的单位进行通报批评。",
        "成立专班，对谢绝整改的严肃问责。",
        "关于给予党内警告处分的情况，由区纪委监委负责。",
        "主任高度重视，书记安排部署，局长亲自督办，对责任不落实的全程问责。",
        "党支部书记任组长，对落实不力的予以问责。",
        "单位党组对相关同志进行批评教育，责令相关责任人作出检查。",
        "对有关同志予以诫勉，对负责同志进行约谈，对分管同志批评教育。",
        "曾受到处分的人员不得参评；应补缴的费用已收缴，被追究责任的退休后有违法行为的不再处理。",
        "给予党内警告处分1人，政务记过2人；组织处理0人；交由纪委调查1人。",
        "通报批评单位（党组、支部、工会）。",
        "江北区、黄河路、常委会、方案组等单位被通报批评。",
        "前汪村利用搬迁之机大摆宴席，党支部书记受到撤职处分。",
        "和谐班子建设不力被问责，任务落实不到位被通报批评。",
        "处500元以上5000元以下的罚款，构成犯罪的移送司法机关。",
        "因公出国管理不严的，由财务科管理人员作出书面检查。",
        "严肃查处职务违法和职务犯罪，对于累犯从重处分。",
        "王某某、张某、李××受到党内警告处分。",
    ],
)
def test_words_are_no_names(text) -> None:
    assert named(text) == []


@pytest.mark.parametrize("sample", sorted(SAMPLES.glob("*.txt")), ids=lambda sample: sample.stem)
def test_nobody_is_seen_in_notices_that_name_nobody(sample) -> None:
    assert named(sample.read_text()) == []


def test_who_only_works_is_not_named_beside_discipline() -> None:
    text = (
        "目前，贺长河牵头。会议由张伟汇报，贺长河主持。给予3人党内警告处分。"
        "贺长河领学《中国共产党纪律处分条例》。"
    )
    assert named(text, ["贺长河"]) == []


def test_the_organs_own_people_are_found_by_name_alone() -> None:
    assert named("诫勉的是阿依古丽、贺 长 河、张三丰。", ["阿依古丽", "贺长河", "张三丰"]) == [
        "阿依古丽",
        "贺 长 河",
        "张三丰",
    ]


def test_a_name_is_masked_wherever_it_stands() -> None:
    body = "王小明参加会议。\n给予王小明党内警告处分，王小明明知故犯。"
    (hit,) = check(body, [], {})
    assert (hit.text, hit.masked) == ("王小明", "王某某")
    assert places(body, hit, []) == [0, 11, 21]
    assert hit.key in keys_in(body, [])


def test_a_name_found_is_found_in_its_other_writings_as_well() -> None:
    assert named("张三主持会议。对张　三给予诫勉。贺 长 河受到处分，贺长河作检查。", ["贺长河"]) == [
        "张三",
        "张　三",
        "贺 长 河",
        "贺长河",
    ]


SURNAMES = st.sampled_from(["王", "李", "张", "刘", "覃", "冼", "于", "任", "欧阳", "司马", "肖", "邝"])
GIVEN = st.text(alphabet="伟芳娜敏静丽杰娟涛桂志玉梅晓浩鹏辉斌", min_size=1, max_size=2)
SENTENCES = st.sampled_from(
    [
        "给予{}党内警告处分。",
        "对{}进行诫勉谈话。",
        "原办公室主任{}受到党内严重警告处分。",
        "给予党内警告处分1人（{}）。",
        "{}因违规报销被立案审查。",
        "受处分的有：张大民、{}。",
        "将{}移送司法机关。",
        "副局长{}利用职务便利受贿。",
    ]
)


@given(SURNAMES, GIVEN, SENTENCES, st.sampled_from(["", "　", "\u00a0"]))
def test_a_name_is_found_and_gone_when_masked(surname, given_name, sentence, blank) -> None:
    name = surname + (blank if len(surname) == len(given_name) == 1 else "") + given_name
    text = sentence.format(name) + f"会议由{name}主持。"
    hits = {hit.text: hit for hit in check(text, [], {}) if hit.rule == "name"}
    assert name in hits
    for start in reversed(places(text, hits[name], [])):
        text = f"{text[:start]}{hits[name].masked}{text[start + len(name) :]}"
    assert name not in text
    assert name not in named(text)
