"""An archive of the same files is the same bytes, and any program reads it."""

import io
import zipfile

from hypothesis import given
from hypothesis import strategies as st

from kb.bulletins.stationery.archives import BEST, QUICK, extended, packed
from kb.site.output import FIRST_DAY

NAMES = st.text("abc/._-", min_size=1, max_size=20)
FILES = st.dictionaries(NAMES, st.binary(max_size=2000), max_size=6)
LEVELS = st.sampled_from([QUICK, BEST])


def read(raw: bytes) -> dict[str, bytes]:
    """The files of an archive, in their order, whose check sums hold."""
    with zipfile.ZipFile(io.BytesIO(raw)) as archive:
        assert archive.testzip() is None
        return {name: archive.read(name) for name in archive.namelist()}


@given(FILES, LEVELS)
def test_an_archive_reads_back_whole(files: dict[str, bytes], level: int) -> None:
    """Every file is there with its content, in its order. No file at all is an archive, too."""
    assert list(read(packed(files, level)).items()) == list(files.items())


@given(FILES)
def test_an_archive_says_nothing_of_when_and_where_it_was_packed(files: dict[str, bytes]) -> None:
    """One day for every file, and the same system and rights everywhere."""
    with zipfile.ZipFile(io.BytesIO(packed(files))) as archive:
        assert {(one.date_time, one.create_system, one.external_attr) for one in archive.infolist()} <= {
            (FIRST_DAY, 3, 0o600 << 16)
        }


def test_many_archives_grow_from_one() -> None:
    """What is added to an archive is not in the other that began as it did."""
    begun = packed({"same": b"in both"}, BEST)
    one, other = extended(begun, {"own": b"1"}), extended(begun, {"own": b"2"})
    assert [read(raw) for raw in (one, other, begun)] == [
        {"same": b"in both", "own": b"1"},
        {"same": b"in both", "own": b"2"},
        {"same": b"in both"},
    ]
