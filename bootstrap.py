"""Set everything up in ``.venv``: ``python3 bootstrap.py`` to run, ``--dev`` to develop and test.

Standard library only. A second run does nothing unless what it installs has changed.
"""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent
ENVIRONMENT = ROOT / ".venv"
PYTHON = ENVIRONMENT / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
INPUTS = (
    "requirements.txt",
    "requirements-dev.txt",
    "pyproject.toml",
    "hatch_build.py",
    "frontend/package-lock.json",
)


def main() -> None:
    """Make the environment and install into it what is locked."""
    if sys.version_info < (3, 11):  # noqa: UP036 - run by whatever python3 there is
        sys.exit("需要 Python 3.11 或更高版本。Python 3.11 or newer is needed.")
    development = "--dev" in sys.argv[1:]
    stamp = ENVIRONMENT / ("installed-dev" if development else "installed")
    wanted = fingerprint()
    if PYTHON.exists() and stamp.exists() and stamp.read_text(encoding="ascii") == wanted:
        return
    make_environment()
    requirements = "requirements-dev.txt" if development else "requirements.txt"
    print(f"安装依赖 / installing {requirements} …", flush=True)
    run("pip", "install", "--quiet", "--disable-pip-version-check", "uv")
    uv("install", "--require-hashes", "-r", requirements)
    uv("install", "--no-deps", "--reinstall-package", "xiaohao", "-e", ".")
    stamp.write_text(wanted, encoding="ascii")


def fingerprint() -> str:
    """Return a sum over everything that decides what is installed."""
    total = hashlib.sha256()
    catalogues = sorted((ROOT / "src/xiaohao/locale").glob("*/LC_MESSAGES/*.po"))
    for path in [*(ROOT / name for name in INPUTS), *catalogues]:
        total.update(path.read_bytes())
    return total.hexdigest()


def make_environment() -> None:
    """Create ``.venv`` unless it stands; say what to install where Python came without the module."""
    if PYTHON.exists():
        return
    try:
        import venv

        venv.create(ENVIRONMENT, with_pip=True)
    except (ImportError, subprocess.CalledProcessError):
        sys.exit("缺少 venv 模块，请先安装 python3-venv。The venv module is missing: install python3-venv.")


def run(*arguments: str) -> None:
    """Run a module in the environment; stop with its exit code when it fails."""
    done = subprocess.run([str(PYTHON), "-m", *arguments], cwd=ROOT, check=False)
    if done.returncode:
        sys.exit(done.returncode)


def uv(*arguments: str) -> None:
    run("uv", "pip", arguments[0], "--quiet", "--python", str(PYTHON), *arguments[1:])


if __name__ == "__main__":
    main()
