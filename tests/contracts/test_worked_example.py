"""The example in docs/registers.md is true: put in place as it tells, it passes every contract test."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PAGE = ROOT / "docs" / "registers.md"
BLOCK = re.compile(r"`(gifts/\w+\.py)`\n+```python\n(.*?)```", re.DOTALL)
LONGEST = 200  # lines, as promised


@pytest.fixture
def house(tmp_path) -> Path:
    """A copy of the house with the folder of the example in it, and nothing else changed."""
    for part in ("src", "tests", "tools", "docs/generated"):
        shutil.copytree(ROOT / part, tmp_path / part, ignore=shutil.ignore_patterns("__pycache__", "*.pyc"))
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    folder = tmp_path / "src" / "xiaohao" / "registers" / "gifts"
    folder.mkdir()
    (folder / "__init__.py").write_text('"""Gifts handed in."""\n', encoding="utf-8")
    for name, text in BLOCK.findall(PAGE.read_text(encoding="utf-8")):
        (folder.parent / name).write_text(text, encoding="utf-8")
    return tmp_path


def run(house: Path, *command: str) -> str:
    home = house / "home"
    environment = {**os.environ, "PYTHONPATH": str(house / "src"), "XIAOHAO_HOME": str(home)}
    environment.pop("PYTEST_XDIST_WORKER", None)
    environment.pop("XIAOHAO_DATABASE_URL", None)
    done = subprocess.run(
        [sys.executable, *command], cwd=house, env=environment, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def test_it_passes_all_contract_tests_without_touching_another_folder(house: Path) -> None:
    assert len(PAGE.read_text(encoding="utf-8").splitlines()) < LONGEST
    main = "import sys; from xiaohao.cli.main import main; sys.exit(main())"
    run(house, "-c", main, "manage", "makemigrations", "registers", "-n", "gifts")
    run(house, "tools/generated.py", "write")
    told = run(house, "-m", "pytest", "-q", "-p", "no:cacheprovider", "tests/contracts", "-k", "gifts")
    passed = re.search(r"(\d+) passed", told)
    assert passed is not None
    assert int(passed.group(1)) >= 20
