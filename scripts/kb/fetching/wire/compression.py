"""Compressed bodies: unpacked as far as is allowed, and refused when they are cut short or swell."""

import zlib

from kb.fetching.failure import Failed

GZIP, ZLIB, RAW = 31, 15, -15  # zlib's window sizes also say the wrapping


def unpacked(body: bytes, encoding: str, most: int) -> bytes:
    """A body without its Content-Encoding; gzip, deflate or none, several in the order in which they were applied.

    Raises Failed for other encodings, for damaged or truncated data, and above `most` bytes.
    """
    for name in reversed([part.strip().lower() for part in encoding.split(",") if part.strip()]):
        if name in ("gzip", "x-gzip"):
            pass  # its own first bytes tell, below: some servers say gzip and send it plain
        elif name == "deflate":
            body = _inflated(body, ZLIB if _has_zlib_head(body) else RAW, most)
        elif name != "identity":
            raise Failed("encoding", encoding=name)
    if body[:2] == b"\x1f\x8b":  # also a .gz file that is served as it is
        body = _inflated(body, GZIP, most)
    if len(body) > most:
        raise Failed("too-large", most=most)
    return body


def _has_zlib_head(body: bytes) -> bool:
    """RFC 1950: the first two bytes, as a number, are a multiple of 31; servers send bare deflate, too."""
    return len(body) >= 2 and body[0] & 15 == 8 and int.from_bytes(body[:2], "big") % 31 == 0


def _inflated(body: bytes, wrapping: int, most: int) -> bytes:
    out, rest = bytearray(), body
    while rest:
        engine = zlib.decompressobj(wrapping)
        try:
            out += engine.decompress(rest, most - len(out) + 1)
        except zlib.error:
            raise Failed("damaged", retry=True) from None
        if len(out) > most:
            raise Failed("too-large", most=most)
        if not engine.eof:
            raise Failed("truncated", retry=True)
        rest = engine.unused_data.lstrip(b"\0")  # gzip files may follow one another, and be padded
        if wrapping != GZIP or rest[:2] != b"\x1f\x8b":
            break
    return bytes(out)
