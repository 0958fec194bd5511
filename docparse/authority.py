"""The authority file: what a type word, an organ's code and a body's name mean.

In: words as written and the place of the document at hand. Out: types, organs, canonical names and slugs.
"""

from __future__ import annotations

import unicodedata


def _base_letters() -> dict[int, str]:
    table: dict[int, str] = {ord("đ"): "d", ord("Đ"): "D", 0xD0: "D", ord("ð"): "d"}
    for code in (*range(0xC0, 0x250), *range(0x1E00, 0x1F00)):
        base = unicodedata.normalize("NFD", chr(code))[0]
        if base != chr(code) and base.isascii():
            table[code] = base
    return table


_FOLD = _base_letters()


def fold(text: str) -> str:
    """The text without Vietnamese diacritics, one character for each of `text` (NFC), so positions stay the same.

    OCR loses tone marks before it loses letters: what is compared folded survives a scan.
    """
    return text.translate(_FOLD)
