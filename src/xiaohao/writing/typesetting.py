"""Data set in type by typst."""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import typst

from xiaohao.writing.fonts import Faces

TEMPLATES = Path(__file__).parent / "templates_typst"


def pdf_of(template: str, data: Mapping[str, Any], faces: Faces) -> bytes:
    """Return a template, given by its file name, filled with data, as PDF."""
    content = typst.compile(
        str(TEMPLATES / template),
        root=str(TEMPLATES),
        font_paths=[str(folder) for folder in faces.folders],
        ignore_system_fonts=True,
        # As data, never as typst source: a title with "#" or quotation marks stays a title.
        sys_inputs={"data": json.dumps(data, ensure_ascii=False)},
    )
    assert isinstance(content, bytes)  # noqa: S101 - one document without an output path comes back as bytes
    return content
