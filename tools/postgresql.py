"""Run a command with a PostgreSQL server of its own: ``python tools/postgresql.py pytest …``.

Without a server binary the command is not run; with ``XIAOHAO_REQUIRE_POSTGRESQL=1`` that is an error.
"""

import os
import shutil
import socket
import subprocess
import sys
import tempfile
from pathlib import Path

# Root may not run the server; this account exists on every Debian.
AS_NOBODY = ["runuser", "-u", "nobody", "--"] if hasattr(os, "geteuid") and os.geteuid() == 0 else []


def server_binaries() -> Path | None:
    """Return the folder of the newest server's programs, or None."""
    found = [Path(path).parent for path in [shutil.which("initdb")] if path]
    installed = Path("/usr/lib/postgresql").glob("*/bin/initdb")
    found += [path.parent for path in sorted(installed, key=lambda path: int(path.parts[-3]), reverse=True)]
    return found[0] if found else None


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def main() -> int:
    """Start the server, run the command, stop the server; return the command's exit code."""
    binaries = server_binaries()
    if binaries is None:
        print("没有找到 PostgreSQL 服务器，跳过。No PostgreSQL server found: skipped.")
        return int(os.environ.get("XIAOHAO_REQUIRE_POSTGRESQL") == "1")
    with tempfile.TemporaryDirectory(prefix="xiaohao-postgresql-") as folder:
        if AS_NOBODY:
            shutil.chown(folder, "nobody")
        data, port = f"{folder}/data", free_port()
        control = [*AS_NOBODY, str(binaries / "pg_ctl"), "-D", data, "-w"]
        initialise = [*AS_NOBODY, str(binaries / "initdb"), "-D", data, "-U", "xiaohao", "-A", "trust"]
        # C.UTF-8: with a plain C locale text indexes are silently useless for Chinese.
        run_quietly([*initialise, "-E", "UTF8", "--locale=C.UTF-8"])
        options = f"-k {folder} -p {port} -c listen_addresses=127.0.0.1 -c fsync=off"
        run_quietly([*control, "-l", f"{folder}/log", "-o", options, "start"])
        try:
            url = f"postgresql://xiaohao@127.0.0.1:{port}/postgres"
            environment = {**os.environ, "XIAOHAO_DATABASE_URL": url}
            return subprocess.run(sys.argv[1:], env=environment, check=False).returncode
        finally:
            run_quietly([*control, "-m", "immediate", "stop"])


def run_quietly(command: list[str]) -> None:
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL, cwd="/")


if __name__ == "__main__":
    sys.exit(main())
