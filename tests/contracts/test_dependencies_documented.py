"""Every dependency stands in docs/dependencies.md with its reason, and nothing stands there that is gone."""

import json
import re
import tomllib
from pathlib import Path

ROOT = Path(__file__).parents[2]


def declared() -> set[str]:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    lines = [
        *project["build-system"]["requires"],
        *project["project"]["dependencies"],
        *project["dependency-groups"]["dev"],
    ]
    frontend = json.loads((ROOT / "frontend/package.json").read_text(encoding="utf-8"))
    return {re.split(r"[\[<>=!~; ]", line)[0] for line in lines} | set(frontend["dependencies"])


def documented() -> set[str]:
    text = (ROOT / "docs/dependencies.md").read_text(encoding="utf-8")
    return set(re.findall(r"^\| (\S+) \|", text, flags=re.MULTILINE)) - {"package"}


def test_every_dependency_is_documented_and_none_that_is_gone():
    assert documented() == declared()
