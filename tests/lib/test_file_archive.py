"""A file's name can neither break nor forge the manifest."""

import io

import pytest
from tests.lib.archives import written

from xiaohao.lib.archive_check import verify
from xiaohao.lib.file_archive import Writer

# What Python takes for the end of a line, besides the one that ends a line of the manifest.
LINE_ENDS = "\x0b\x0c\r\x1c\x1d\x1e\x85\u2028\u2029"


@pytest.mark.parametrize("character", LINE_ENDS)
def test_a_name_is_read_back_whole_whatever_python_takes_for_the_end_of_a_line(tmp_path, character) -> None:
    path = written(tmp_path / "a.zip", {f"甲{character}{'0' * 64} 1 乙.txt": b"x"})
    assert verify(path)[1] == []


def test_a_name_with_a_line_of_its_own_for_the_manifest_is_not_written() -> None:
    with pytest.raises(ValueError, match="line"):
        Writer(io.BytesIO()).add(f"甲\n{'0' * 64} 1 乙.txt", [b"x"])
