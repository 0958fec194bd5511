"""Bytes of a text or HTML file in, its characters out: byte order marks, UTF-8, UTF-16, windows-1258, or windows-1252
for legacy fonts."""

from __future__ import annotations

import codecs
import re
import unicodedata

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_SAMPLE = 60_000
_GOOD = re.compile("[\u1ea0-\u1ef9àáãèéìíòóõùúýâêôăđơưÀÁÃÈÉÌÍÒÓÕÙÚÝÂÊÔĂĐƠƯ]")
_STRAY = re.compile("(?:^|[^aăâeêioôơuưyAĂÂEÊIOÔƠUƯY])[\u0300\u0301\u0303\u0309\u0323]")


def decoded(data: bytes) -> str:
    """The text of the bytes. Never fails: what fits no encoding becomes U+FFFD."""
    for mark, name in _MARKS:
        if data.startswith(mark):
            return data.decode(name, "replace").removeprefix("\ufeff")
    head = data[:_SAMPLE]
    if (nulls := head.count(0)) > 0.2 * len(head):
        big = head[0::2].count(0) > nulls / 2
        return data.decode("utf-16-be" if big else "utf-16-le", "replace")
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        pass
    lenient = data.decode("utf-8", "replace")
    beyond = sum(1 for c in lenient[:_SAMPLE] if c > "\x7f")
    if lenient[:_SAMPLE].count("\ufffd") <= 0.1 * beyond:
        return lenient
    if _is_1258(head):
        return data.decode("cp1258", "replace")
    return _latin(data)


def _is_1258(head: bytes) -> bool:
    """Whether the bytes read as Vietnamese of Windows' own code page: marks stand on vowels, and the letters are the
    language's."""
    text = head.decode("cp1258", "replace")
    stray = len(_STRAY.findall(text))
    marks = sum(1 for c in text if unicodedata.combining(c))
    letters = sum(1 for c in text if c.isalpha())
    good = len(_GOOD.findall(unicodedata.normalize("NFC", text)))
    return marks > 3 * stray and good > 0.08 * letters


def _latin(data: bytes) -> str:
    """Windows-1252 with the bytes it leaves undefined as they are: what TCVN3 and VNI fonts were typed in."""
    table = {
        b: bytes([b]).decode("latin-1") if b in (0x81, 0x8D, 0x8F, 0x90, 0x9D) else bytes([b]).decode("cp1252")
        for b in range(256)
    }
    return data.decode("latin-1").translate({b: c for b, c in table.items() if 0x80 <= b < 0xA0})
