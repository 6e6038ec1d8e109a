"""Where a text speaks of discipline: who is named there must not be known.

The words are those of the Party's disciplinary regulations and its rules on accountability, of the law on
sanctions for public employees and of the four forms of supervision.
"""

import re
from collections.abc import Container, Iterable, Iterator, Sequence
from itertools import takewhile

from xiaohao.lib.surnames import SURNAME

WORDS = re.compile(
    # Sanctions of the Party and of the state.
    r"处分|警告|(?<![登忘标惦笔])记(?:大)?过|降级|降职|撤职|留党察看|开除|双开(?!放)|除名|劝退|政务处理|党纪处理|"
    r"(?:撤销|免去|调整|暂停|解除|罢免)[^，。；、\n]{0,16}(?:职务|职位|岗位|合同|委员|代表)|"
    r"(?:取消|暂停)[^，。；、\n]{0,12}资格|延长预备期|留用察看|辞退|解聘|"
    # Accountability, and what an organ may do itself.
    r"问责|追责|追究|免职|停职|调离|辞职|诫勉|组织处理|组织调整|改任|降低[^，。；、\n]{0,6}(?:等级|待遇)|"
    r"批评教育|通报批评|批评帮助|责令[^，。；、\n]{0,8}(?:检查|检讨|说明|辞职)|(?:作|做)[出了]?(?:深刻|书面){0,2}检查|"
    r"(?:谈话|约谈)提醒|提醒谈话|约谈|(?:诫勉|警示|批评|纪律)谈话|函询|通报曝光|点名通报|"
    # Inquiries, and what follows them.
    r"立案|审查调查|纪律审查|监察调查|接受[^，。；、\n]{0,8}(?:审查|调查)|初步核实|留置|双规|强制到案|责令候查|管护|"
    r"移送|另案处理|移交[^，。；、\n]{0,6}(?:司法|检察|公安|纪委|纪检|监委|监察)|拘留|刑拘|逮捕|批捕|取保候审|公诉|"
    r"判处|有期徒刑|缓刑|涉嫌|违纪|违法|受贿|行贿|贪污|挪用公款|侵占|渎职|失职|玩忽职守|滥用职权"
)
# Names of rules speak of discipline in general.
RULES = re.compile(
    r"《[^《》\n]{1,60}(?:条例|规定|办法|规则|准则|细则|法)(?:[（(][^《》\n）)]{1,10}[）)])?》"
)
SENTENCE = re.compile(
    r"(?:[（(][^（()）\n]{0,300}[）)]|[^。！？；!?;\n])++[。！？；!?;]*+\n?|[。！？；!?;\n]"
)
# It says something about somebody named before.
BACK = re.compile(
    r"(?<![尤极与])其(?![他它中余次实])|该(?:同志|人|员|干部|职工|党员|负责人)|本人|他|她|"
    r"\A[\s，、]*+(?:并|已|后|现|同时|最终|决定|建议|依规依纪|依法|按规定|按程序|经[^，]{1,20}，)*+[\s，]*+"
    r"(?:给予|予以|受到|被|处以|作出)(?![^，。；]{0,16}[\d一二两三四五六七八九十]{1,6}(?:人|名|件|个|起|次|位))"
)
# 1.王小明，某局局长。 opens a paragraph on one person.
PERSON = re.compile(
    r"\s*+(?:[\d一二三四五六七八九十]{1,3}[.．、]|[（(][\d一二三四五六七八九十]{1,3}[）)])?\s*+"
    rf"{SURNAME}(?:[^\S\n]{{0,4}}[^\W\d_]){{1,2}}[，,（(：:\s]"
)
LIST = re.compile(r"(?:[：:]|名单)\s*+\Z")
CHAPTER = re.compile(r"\s*+(?:[一二三四五六七八九十]{1,3}、|[（(][一二三四五六七八九十]{1,3}[）)])")
TABLE = re.compile(r"(?:^[｜|].*+\n?)++", re.MULTILINE)
LISTED = 30  # sentences behind a colon
Span = tuple[int, int]


def spoken_of(text: str) -> list[Span]:
    """Return where a text speaks of discipline, as places from and to, in their order and apart."""
    said = RULES.sub(lambda one: "　" * len(one.group(0)), text)
    sentences = [one.span() for one in SENTENCE.finditer(said)]
    found = {index for index, span in enumerate(sentences) if WORDS.search(said, *span)}
    belonging = set(found)
    for index in found:
        belonging.update(_opening(said, sentences, index, found))
        belonging.update(_before(said, sentences, index, found))
        belonging.update(_above(said, sentences, index, found))
        belonging.update(_listed(said, sentences, index))
    return _joined([*(sentences[index] for index in belonging), *_tables(said)])


def _opening(text: str, sentences: Sequence[Span], index: int, found: Container[int]) -> Iterator[int]:
    """Yield the sentence not found yet that opens a paragraph with the one it is about."""
    while index and index - 1 not in found and text[sentences[index][0] - 1] != "\n":
        index -= 1
    if _opens(text, sentences[index][0]) and PERSON.match(text, sentences[index][0]):
        yield index


def _before(text: str, sentences: Sequence[Span], index: int, found: Container[int]) -> Iterator[int]:
    """Yield the sentences not found yet that name those of whom this one speaks."""
    while index and index - 1 not in found and text[sentences[index][0] - 1] != "\n":
        if not BACK.search(text[slice(*sentences[index])]):
            return
        index -= 1
        yield index


def _above(text: str, sentences: Sequence[Span], index: int, found: Container[int]) -> Iterator[int]:
    """Yield the lines not found yet right above what was done to those they name."""
    if not BACK.match(text[slice(*sentences[index])]):
        return
    while index and index - 1 not in found and text[sentences[index][0] - 1] == "\n":
        index -= 1
        start, end = sentences[index]
        if not text[start:end].isspace() and not (_opens(text, start) and PERSON.match(text, start)):
            return
        yield index


def _opens(text: str, start: int) -> bool:
    """Tell whether a paragraph begins at a place."""
    return not start or text[start - 1] == "\n"


def _listed(text: str, sentences: Sequence[Span], index: int) -> Iterator[int]:
    """Yield the lines behind a colon, and what stands behind one between semicolons."""
    said = text[slice(*sentences[index])]
    behind = range(index + 1, min(index + 1 + LISTED, len(sentences)))
    if LIST.search(said):
        yield from takewhile(lambda other: not CHAPTER.match(text, sentences[other][0]), behind)
    elif re.search("[：:]", said):
        yield from takewhile(lambda other: text[sentences[other - 1][1] - 1] in "；;", behind)


def _tables(text: str) -> Iterator[Span]:
    """Yield the tables whose head speaks of discipline."""
    for table in TABLE.finditer(text):
        head, *_rows = table.group(0).split("\n", maxsplit=1)
        if WORDS.search(head):
            yield table.span()


def _joined(spans: Iterable[Span]) -> list[Span]:
    joined: list[Span] = []
    for start, end in sorted(spans):
        if joined and start <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
        else:
            joined.append((start, end))
    return joined
