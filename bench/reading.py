"""Measure reading: seconds for 1,000 notices, and growth of the time with the length of one text.

    python bench/reading.py [notice.txt]

The notice read is the one named, or the shared sample where it is at hand, or an invented damaged one.
Growth is given as ratio to the first length; linear means that it keeps pace with the ratio of lengths.
"""

import sys
import time
from collections.abc import Callable
from pathlib import Path

from xiaohao.reading.repair import repair
from xiaohao.reading.repair.damages import damage_pinyin, damage_shift

SAMPLE = Path(__file__).parents[2] / "shared" / "samples" / "real-notice-1.txt"
READINGS = {
    "據": "jù",
    "統": "tǒng",
    "區": "qū",
    "責": "zé",
    "關": "guān",
    "務": "wù",
    "規": "guī",
    "導": "dǎo",
}
NOTICES = 1000
MEGABYTES = (1, 2, 4, 10)


def invented_notice(bytes_long: int) -> str:
    """Return a damaged notice of about ``bytes_long`` bytes."""
    heading = "?" + damage_shift("（一）持續加強組織領導，壓實整改責任")
    body = damage_pinyin(
        "鎮黨委根據縣委統一部署逐項明確責任和時限,修訂財務管理規定,確保件件有著落。", READINGS
    )
    paragraph = f"{heading}。{body * 6}\n1.規范財務管理。{body * 4}\n"
    return "一、整改任務落實情況\n" + paragraph * (bytes_long // len(paragraph.encode()) + 1)


def repair_only(text: str) -> object:
    return repair(text)


def stages() -> dict[str, Callable[[str], object]]:
    """Return what can be measured; the notice stage stands on top of the repair."""
    found: dict[str, Callable[[str], object]] = {"repair": repair_only}
    try:
        from xiaohao.reading.notice import read_notice
    except ImportError:
        return found
    return found | {"repair and notice": lambda text: read_notice(repair(text))}


def seconds(read: Callable[[str], object], text: str, times: int = 1) -> float:
    start = time.perf_counter()
    for _ in range(times):
        read(text)
    return time.perf_counter() - start


def sized(text: str, megabytes: int) -> str:
    """Repeat ``text`` whole up to the length."""
    return (text.rstrip("\n") + "\n") * max(1, round(megabytes * 1_000_000 / len(text.encode())))


def main() -> None:
    path = Path(sys.argv[1]) if len(sys.argv) > 1 else SAMPLE
    text = path.read_text(encoding="utf-8") if path.exists() else invented_notice(25_000)
    print(f"notice: {path.name if path.exists() else 'invented'}, {len(text)} characters")
    for name, read in stages().items():
        seconds(read, text)  # tables and dictionaries are loaded once
        print(f"{name}: {NOTICES} notices in {seconds(read, text, NOTICES):.1f} s")
        first = 0.0
        for megabytes in MEGABYTES:
            taken = seconds(read, sized(text, megabytes))
            first = first or taken
            print(f"{name}: {megabytes} MB in {taken:.2f} s, {taken / first:.1f} times the first")


if __name__ == "__main__":
    main()
