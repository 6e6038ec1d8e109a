"""Refuse what must not stand in the repository: registry hosts and paths of somebody's machine."""

import re
import subprocess
import sys
from pathlib import Path

# Written in pieces so that this file does not find itself.
FORBIDDEN = re.compile(
    "|".join(
        [
            "pypi" + r"\.org",
            "registry" + r"\.npm",
            "pythonhosted" + r"\.org",
            r"/ho" + r"me/\w+/",
            r"/wo" + r"rk/(main|shared)",
            r"/ro" + r"ot/",
        ]
    )
)


def main() -> int:
    """Print every offending line; return 1 when there is one."""
    listed = subprocess.run(["git", "ls-files", "-z"], check=True, capture_output=True).stdout
    offences = 0
    for name in listed.decode().split("\0"):
        path = Path(name)
        if not name or not path.is_file() or path.suffix in {".png", ".ttf", ".mo"}:
            continue
        for number, line in enumerate(path.read_text(encoding="utf-8", errors="ignore").splitlines(), 1):
            if FORBIDDEN.search(line):
                print(f"{name}:{number}: {line.strip()[:120]}")
                offences += 1
    return int(offences > 0)


if __name__ == "__main__":
    sys.exit(main())
