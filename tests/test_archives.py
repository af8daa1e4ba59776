"""Archives made file after file are what zipfile, and so every program, makes of the same files."""

import io
import zipfile

from hypothesis import given
from hypothesis import strategies as st

from kb.bulletins.archives import BEST, NOT, QUICK, Archive
from kb.site.output import FIRST_DAY

NAMES = st.text("abc/._-", min_size=1, max_size=20)
FILES = st.dictionaries(NAMES, st.binary(max_size=2000), max_size=6)
LEVELS = st.sampled_from([NOT, QUICK, BEST])


def made(files: dict[str, bytes], level: int = QUICK) -> bytes:
    """An archive of files."""
    archive = Archive()
    for name, content in files.items():
        archive = archive.plus(name, content, level)
    return archive.closed()


def by_zipfile(files: dict[str, bytes], level: int) -> bytes:
    """The same by the library of the language."""
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        for name, content in files.items():
            entry = zipfile.ZipInfo(name, FIRST_DAY)
            entry.compress_type = zipfile.ZIP_DEFLATED if level else zipfile.ZIP_STORED
            archive.writestr(entry, content, compresslevel=level)
    return target.getvalue()


@given(FILES, LEVELS)
def test_an_archive_is_byte_for_byte_what_zipfile_writes(files: dict[str, bytes], level: int) -> None:
    """Names, sizes, check sums, order, places: nothing is ours alone. No file at all is an archive, too."""
    assert made(files, level) == by_zipfile(files, level)


@given(FILES, LEVELS)
def test_an_archive_reads_back_whole(files: dict[str, bytes], level: int) -> None:
    """Every file is there with its content, and its check sum holds."""
    with zipfile.ZipFile(io.BytesIO(made(files, level))) as archive:
        assert archive.testzip() is None
        assert {name: archive.read(name) for name in archive.namelist()} == files


def test_many_archives_grow_from_one() -> None:
    """What is added to an archive is not in the other that began as it did."""
    begun = Archive().plus("same", b"in both")
    one, other = begun.plus("own", b"1").closed(), begun.plus("own", b"2").closed()
    found = [zipfile.ZipFile(io.BytesIO(raw)) for raw in (one, other, begun.closed())]
    assert [archive.namelist() for archive in found] == [["same", "own"], ["same", "own"], ["same"]]
    assert [archive.read("own") for archive in found[:2]] == [b"1", b"2"]
