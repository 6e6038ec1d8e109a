"""Old Word and WPS files, through a converter that is installed on the machine."""

import os
import shutil
import signal
import subprocess
import tempfile
from pathlib import Path

from xiaohao.reading.files import plain
from xiaohao.reading.files.document import Document
from xiaohao.reading.problems import Unreadable

SECONDS = 60


def load(data: bytes, name: str) -> Document:
    """Return the text of a .doc or .wps file. Raises ``Unreadable``, also where no converter is found."""
    for program, convert in (
        ("soffice", _by_libreoffice),
        ("antiword", _by_printing),
        ("catdoc", _by_printing),
    ):
        path = shutil.which(program)
        if path:
            return Document("doc", name, plain.tidy(convert(path, data)))
    raise Unreadable(
        "no-converter",
        "读取旧版 Word 或 WPS 文件需要安装 LibreOffice、antiword 或 catdoc。"
        "请用 Word 或 WPS 另存为 docx 文件后再试。",
    )


def _by_libreoffice(program: str, data: bytes) -> str:
    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder, "document.doc")
        source.write_bytes(data)
        _run(
            [
                program,
                f"-env:UserInstallation=file://{folder}/profile",
                "--headless",
                "--convert-to",
                "txt:Text (encoded):UTF8",
                "--outdir",
                folder,
                str(source),
            ]
        )
        made = Path(folder, "document.txt")
        if not made.exists():
            raise Unreadable("damaged", "文件已损坏，转换不出文字。请另存为 docx 文件后再试。")
        return plain.decode(made.read_bytes())


def _by_printing(program: str, data: bytes) -> str:
    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder, "document.doc")
        source.write_bytes(data)
        arguments = ["-m", "UTF-8.txt"] if program.endswith("antiword") else ["-d", "utf-8"]
        return plain.decode(_run([program, *arguments, str(source)]) or b" ")


def _run(command: list[str]) -> bytes:
    """Run a converter; when it hangs, its children end with it."""
    failed = Unreadable("damaged", "文件已损坏，转换不出文字。请另存为 docx 文件后再试。")
    try:
        process = subprocess.Popen(
            command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, start_new_session=True
        )
    except OSError as error:
        raise failed from error
    try:
        output, _errors = process.communicate(timeout=SECONDS)
    except subprocess.TimeoutExpired as error:
        os.killpg(process.pid, signal.SIGKILL)
        process.communicate()
        raise failed from error
    if process.returncode:
        raise failed
    return output
