"""Words of a status, and the states they mean."""

import re

from xiaohao.rectification.models import State

# The first that fits decides. Done is never taken for closed: closing needs proof.
STATUS_WORDS: tuple[tuple[re.Pattern[str], State], ...] = (
    (re.compile(r"已销号"), State.CLOSED),
    (re.compile(r"未启动|未开始|尚未"), State.NOT_STARTED),
    (re.compile(r"阶段性|基本完成"), State.PHASED),
    (re.compile(r"长期坚持|长期整改|常态"), State.STANDING),
    (re.compile(r"未完成|正在|推进|进行|整改中|持续|进展"), State.IN_PROGRESS),
    (re.compile(r"完成|办结|整改到位|已整改"), State.COMPLETED),
)
OUR_STATES = frozenset(("未启动", "整改中", "阶段性完成", "已完成待销号", "已销号", "长期坚持"))
"""What this program writes into the column of the status, whatever the language of its pages."""


def state_of(words: str) -> State | None:
    """Return the state that status words mean, or None when they mean none we know."""
    return next((state for pattern, state in STATUS_WORDS if pattern.search(words)), None)


def state_without_words(progress: str) -> State:
    """Return the state of a measure whose status is not said: it has begun where there is progress."""
    return State.IN_PROGRESS if progress else State.NOT_STARTED
