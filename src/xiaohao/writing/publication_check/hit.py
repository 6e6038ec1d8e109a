"""What the check before publication found."""

from dataclasses import dataclass

from django.utils.functional import Promise

from xiaohao.lib.hash_chain import link


@dataclass(frozen=True)
class Hit:
    """Something found: ``rule`` is by which rule, ``what`` its name, ``advice`` what to do.

    ``masked`` is how it may stand in public; empty where it can only be taken out.
    """

    rule: str
    what: str | Promise
    text: str
    start: int
    advice: str | Promise
    masked: str = ""

    @property
    def key(self) -> str:
        """Return what stands for it whatever moves around it and in whatever language it is told."""
        return link("", f"{self.rule}|{self.text}")[:16]
