"""Bytes of the web become text, though headers and declarations lie.

What decodes as UTF-8 is UTF-8, whatever is said of it: text in another encoding hardly ever does by chance. Then the
byte order mark, what the document says of itself, and what the server says, in that order, as far as they can be true.
"""

import codecs
import re

BOMS = (
    (b"\xff\xfe\0\0", "utf-32"),
    (b"\0\0\xfe\xff", "utf-32"),
    (b"\xff\xfe", "utf-16"),
    (b"\xfe\xff", "utf-16"),
)
DECLARED = re.compile(
    rb"""(?:<\?xml[^>]{0,200}?encoding\s*=|<meta[^>]{0,200}?charset\s*=)\s*["']?\s*([A-Za-z0-9_.:-]{2,40})""", re.IGNORECASE
)
SERVED = re.compile(r"charset\s*=\s*[\"']?([A-Za-z0-9_.:-]{2,40})", re.IGNORECASE)
CYRILLIC_RUN = re.compile(rb"[\xc0-\xff\xa8\xb8]{4,}")  # a western language has no four accented letters in a row
HIGH = re.compile(rb"[\x80-\xff]")
WESTERN = frozenset({"iso8859-1", "cp1252", "ascii", "utf-8"})
MOSTLY = 0.9


def decode(body: bytes, content_type: str) -> tuple[str, bool]:
    """The text, and whether it was told wrongly or had to be mended."""
    if b"\0" in body[:400]:
        return _wide(body)
    try:
        return body.removeprefix(codecs.BOM_UTF8).decode("utf-8"), False
    except UnicodeDecodeError:
        return _other(body, content_type)


def _wide(body: bytes) -> tuple[str, bool]:
    """UTF-16 and UTF-32 by their mark, or by where the zero bytes of the first letters stand."""
    named = next((name for mark, name in BOMS if body.startswith(mark)), "")
    if not named:
        named = "utf-16-be" if body[:1] == b"\0" else "utf-16-le"
        if body[:3] == b"\0\0\0" or body[1:4] == b"\0\0\0":
            named = "utf-32-be" if body[:1] == b"\0" else "utf-32-le"
    text = body.decode(named, "replace")
    if text.count("\ufffd") > len(text) // 10:  # zero bytes among ordinary ones
        return body.replace(b"\0", b"").decode("utf-8", "replace"), True
    return text, "\ufffd" in text


def _other(body: bytes, content_type: str) -> tuple[str, bool]:
    declared = DECLARED.search(body[:2000])
    said = [declared[1].decode("ascii")] if declared else []
    served = SERVED.search(content_type)
    said += [served[1]] if served else []
    names = [name for name in map(_known, said) if name]
    wide = [name for name in names if name not in WESTERN]
    for name in wide:
        try:
            return body.decode(name), False
        except (UnicodeDecodeError, ValueError):
            continue
    return _guessed(body), True


def _known(name: str) -> str:
    try:
        info = codecs.lookup(name)
    except (LookupError, ValueError):
        return ""
    # Python counts rot13 and base64 among its encodings; they are none for texts
    return (
        info.name
        if getattr(info, "_is_text_encoding", True) and not info.name.startswith(("utf-16", "utf-32", "utf-7", "idna", "puny"))
        else ""
    )


def _guessed(body: bytes) -> str:
    """UTF-8 with a few damaged letters, else Windows Cyrillic or Windows Western, by how the high bytes stand together."""
    mended = body.decode("utf-8", "replace")
    high = len(HIGH.findall(body))
    if mended.count("\ufffd") <= (1 - MOSTLY) * high:
        return mended
    runs = sum(len(run) for run in CYRILLIC_RUN.findall(body))
    return body.decode("cp1251" if runs > high / 2 else "cp1252", "replace")
