"""A process killed at any point leaves all or nothing, and sends nothing twice."""

import os
import subprocess
import sys
from pathlib import Path


def test_killed_at_every_statement_all_or_nothing_is_left() -> None:
    environment = {key: value for key, value in os.environ.items() if not key.startswith("XIAOHAO_")}
    scene = Path(__file__).with_name("scene.py")
    run = subprocess.run(
        [sys.executable, str(scene)],
        env=environment,
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )
    assert run.returncode == 0, run.stderr[-3000:]
    assert [line.split(":")[0] for line in run.stdout.splitlines()] == [
        "closing",
        "import",
        "register import",
        "lending",
        "reminders",
        "sending",
    ]
