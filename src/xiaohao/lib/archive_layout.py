"""Whether an archive lies in its file as ``file_archive.Writer`` lays it down, byte beside byte.

A zip may hold much that its members and their sums say nothing of: a program before it, bytes between, behind
and in comments, dates and attributes, a second header of each member that says something else than the first.
Other programs read that. Here all of it is what the writer writes, or the archive is none of ours.
"""

import struct
import zipfile
from typing import IO

from xiaohao.lib.file_archive import member

LOCAL = struct.Struct("<4s5H3L2H")  # the header before a member (APPNOTE.TXT, 4.3.7)
ENTRY = struct.Struct("<4s6H3L5H2L")  # its entry in the contents at the end (4.3.12)
UTF8_NAME = 0x800  # the only flag a member has
IN_EXTRA = 0xFFFFFFFF  # a size that stands in the extra field instead
LARGEST = 2**31 - 1  # a size or place up to which no extra field is needed
COMMON = ("date_time", "create_system", "create_version", "extract_version", "external_attr")


def is_stored(one: zipfile.ZipInfo) -> bool:
    """Tell whether a member is neither packed nor encrypted."""
    stored = one.compress_type == zipfile.ZIP_STORED and one.compress_size == one.file_size
    return stored and not one.flag_bits & ~UTF8_NAME


def is_plain(one: zipfile.ZipInfo) -> bool:
    """Tell whether the contents say of a member nothing but name, size and sum."""
    model = member(one.filename)
    same = all(getattr(one, field) == getattr(model, field) for field in COMMON)
    bare = (one.internal_attr, one.volume, one.reserved, one.comment) == (0, 0, 0, b"")
    return same and bare and one.orig_filename == one.filename and one.extra == _extra(one)


def is_gapless(stream: IO[bytes], archive: zipfile.ZipFile, length: int) -> bool:
    """Tell whether the members fill the file up to its contents, and these fill it to its end."""
    place = 0
    for one in archive.infolist():
        if one.header_offset != place:
            return False
        header = _header_length(stream, one)
        if not header:
            return False
        place += header + one.file_size
    contents = b"".join(_entry(one) for one in archive.infolist())
    stream.seek(place)
    end = _end(len(archive.infolist()), len(contents), place)
    return length == place + len(contents) + len(end) and stream.read() == contents + end


def _name(one: zipfile.ZipInfo) -> bytes:
    return one.orig_filename.encode("utf-8" if one.flag_bits & UTF8_NAME else "cp437")


def _extra(one: zipfile.ZipInfo) -> bytes:
    """Return the extra field of a member in the contents: what is too large for its own place."""
    sizes = [one.file_size, one.compress_size] if one.file_size > LARGEST else []
    return _long(*sizes, *([one.header_offset] if one.header_offset > LARGEST else []))


def _long(*values: int) -> bytes:
    return struct.pack(f"<2H{len(values)}Q", 1, 8 * len(values), *values) if values else b""


def _header_length(stream: IO[bytes], one: zipfile.ZipInfo) -> int:
    """Return how long the header before a member is; 0 where it says something else than the contents."""
    name, size = _name(one), one.file_size
    longer = _long(size, size)
    for said, extra in ((size, b""), (size, longer), (IN_EXTRA, longer)):
        if said <= IN_EXTRA:
            lengths = (said, said, len(name), len(extra))
            header = LOCAL.pack(b"PK\x03\x04", *_common(one), one.CRC, *lengths) + name + extra
            stream.seek(one.header_offset)
            if stream.read(len(header)) == header:
                return len(header)
    return 0


def _common(one: zipfile.ZipInfo) -> tuple[int, int, int, int, int]:
    """Return what both headers of a member begin with: version, flags, packing, time and date."""
    year, month, day, hour, minute, second = one.date_time
    time, date = hour << 11 | minute << 5 | second // 2, (year - 1980) << 9 | month << 5 | day
    return one.extract_version, one.flag_bits, one.compress_type, time, date


def _entry(one: zipfile.ZipInfo) -> bytes:
    """Return what the contents at the end say of a member."""
    name, system = _name(one), one.create_system << 8
    size, place = (IN_EXTRA if long > LARGEST else long for long in (one.file_size, one.header_offset))
    lengths = (size, size, len(name), len(one.extra), 0)
    last = (0, 0, one.external_attr, place)
    head = (b"PK\x01\x02", one.create_version | system, *_common(one), one.CRC)
    return ENTRY.pack(*head, *lengths, *last) + name + one.extra


def _end(count: int, size: int, place: int) -> bytes:
    """Return how the file ends behind the contents; longer where something is too large for the short way."""
    long = struct.pack("<4sQ2H2L4Q", b"PK\x06\x06", 44, 45, 45, 0, 0, count, count, size, place)
    long += struct.pack("<4sLQL", b"PK\x06\x07", 0, place + size, 1)
    told = (min(count, 0xFFFF), min(count, 0xFFFF), min(size, IN_EXTRA), min(place, IN_EXTRA))
    end = struct.pack("<4s4H2LH", b"PK\x05\x06", 0, 0, *told, 0)
    return long + end if count > 0xFFFF or max(size, place) > LARGEST else end
