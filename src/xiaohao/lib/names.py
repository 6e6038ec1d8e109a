"""Names of people as they may stand in public: 张某, 张某某, 欧阳某."""

from xiaohao.lib.surnames import COMPOUND


def masked_name(name: str) -> str:
    """Return a name with everything after the surname hidden, blanks in it left out."""
    together = "".join(one for one in name if one.isalnum())
    surname = together[:2] if together.startswith(COMPOUND) and len(together) > 2 else together[:1]
    return surname + "某" * max(1, len(together) - len(surname))
