"""Zip archives made in memory, file after file, so that many can begin with the same files, compressed once.

zipfile reads the directory of an archive again each time that something is added to it, and keeps an object for each
file: more than the compressing itself takes for a document of four pages.
Source: PKWARE's APPNOTE 6.3.9, 4.3.7 (header of a file), 4.3.12 (its row in the directory), 4.3.16 (end of the directory).
"""

import struct
import zlib
from collections.abc import Mapping
from dataclasses import dataclass

FIRST_DAY = (1980, 1, 1, 0, 0, 0)  # the zip format's earliest; the same for every file, so that archives can be compared

HEADER, ROW, END = struct.Struct("<4s5H3I2H"), struct.Struct("<4s6H3I5H2I"), struct.Struct("<4s4H2IH")
NEEDED, MADE_BY = 20, 3 << 8 | 20  # version 2.0 of the format, which knows folders and deflate; made by it on Unix
STORED, DEFLATED = 0, 8
READABLE = 0o600 << 16  # by its owner
DATED = FIRST_DAY[1] << 5 | FIRST_DAY[2]  # the days since 1980 as MS-DOS counts them
NOT, QUICK, BEST = 0, 1, 9  # levels of zlib: lists are hardly smaller at 6, and take twice as long


@dataclass(frozen=True, slots=True)
class Archive:
    """An archive without its end, so that it can grow."""

    files: bytes = b""
    directory: bytes = b""
    count: int = 0

    def plus(self, name: str, content: bytes, level: int = QUICK) -> "Archive":
        """The archive with one more file, without the hour at which it was written."""
        packed, raw = deflated(content, level) if level else content, name.encode("ascii")
        about = (NEEDED, 0, DEFLATED if level else STORED, 0, DATED, zlib.crc32(content), len(packed), len(content), len(raw), 0)
        header = HEADER.pack(b"PK\x03\x04", *about) + raw
        row = ROW.pack(b"PK\x01\x02", MADE_BY, *about, 0, 0, 0, READABLE, len(self.files)) + raw
        return Archive(self.files + header + packed, self.directory + row, self.count + 1)

    def closed(self) -> bytes:
        """The whole archive."""
        end = END.pack(b"PK\x05\x06", 0, 0, self.count, self.count, len(self.directory), len(self.files), 0)
        return self.files + self.directory + end


def deflated(content: bytes, level: int) -> bytes:
    """A file compressed, without the header that zip does not have."""
    packer = zlib.compressobj(level, wbits=-zlib.MAX_WBITS)
    return packer.compress(content) + packer.flush()


def packed(files: Mapping[str, bytes]) -> bytes:
    """An archive of files, in their order."""
    archive = Archive()
    for name, content in files.items():
        archive = archive.plus(name, content)
    return archive.closed()
