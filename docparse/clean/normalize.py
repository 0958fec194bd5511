"""One line's characters in their one right form: a raw line in, the normalised line out, as `str` or as `Aligned`.

Sources: Unicode and tone rules of DOMAIN.md 11.1 (NFC; new tone placement `hòa`, `ủy` on open syllables, never after q;
Đ U+0110 for its look-alikes; ư for ƣ) and TCVN 6909:2001 (Unicode for Vietnamese), as Nghị định 30/2020/NĐ-CP Annex I
demands. Dashes stay as printed, save the hyphen's own variants (U+2010, U+2011) and, inside a number and symbol
(`24–CT/TU`), all dashes: there they are misprinted hyphens. Look-alike Cyrillic and Greek capitals become Latin only
within a token that also holds a digit, a slash or a Latin letter.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping

from docparse.spans import Aligned

_OLD_TONES = {
    "oà": "òa", "oá": "óa", "oả": "ỏa", "oã": "õa", "oạ": "ọa", "oè": "òe", "oé": "óe", 
    "oẻ": "ỏe", "oẽ": "õe", "oẹ": "ọe",
    "uỳ": "ùy", "uý": "úy", "uỷ": "ủy", "uỹ": "ũy", "uỵ": "ụy",
}  # fmt: skip
_TONES: Mapping[str, str] = {
    variant(old): variant(new)
    for old, new in _OLD_TONES.items()
    for variant in (str.lower, str.upper, str.capitalize, lambda s: s[0] + s[1].upper())
}

_INVISIBLE = (
    "\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufe00-\ufe0f\ufeff\ufff9-\ufffb"
    "\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f\ud800-\udfff"
)
_SAME: Mapping[int, str] = {
    **{ord(c): "Đ" for c in "ÐƉ"},
    **{ord(c): "đ" for c in "ðɖ"},
    **{ord("Ƣ"): "Ư", ord("ƣ"): "ư"},
    **{ord(c): "-" for c in "\u2010\u2011\uf02d\uf0be"},
    **{ord(c): "/" for c in "\u2044\u2215"},
    **dict(zip((0xFB00, 0xFB01, 0xFB02, 0xFB03, 0xFB04), ("ff", "fi", "fl", "ffi", "ffl"), strict=True)),
    **{c: chr(c - 0xFEE0) for c in range(0xFF01, 0xFF5F)},
    **{0xF02B: "+", 0xF0B7: "•", 0xF0A7: "▪", 0xF0D8: "➢", 0xF0FC: "✓", 0xF0A8: "□", 0xF06F: "□"},
}
"""Characters with one plain meaning: look-alikes, ligatures, full-width forms, bullets of the Symbol and Wingdings
fonts."""

_LIKE_LATIN = str.maketrans("АВСЕНІЈКМОРЅТХУаеорсухіΑΒΕΖΗΙΚΜΝΟΡΤΥΧο", "ABCEHIJKMOPSTXYaeopcyxiABEZHIKMNOPTYXo")

_SPACES = re.compile(r"\s+")
_MEMBERS = re.compile(f"[{''.join(re.escape(chr(c)) for c in _SAME)}]")
_HIDDEN = re.compile(f"[{_INVISIBLE}]+")
_TONE = re.compile(r"[oO][àáảãạèéẻẽẹÀÁẢÃẠÈÉẺẼẸ](?![^\W\d_])|(?:[uU][ỳýỷỹỵỲÝỶỸỴ])(?<![qQ]..)(?![^\W\d_])")
_ALIEN = re.compile("[\u0370-\u03ff\u0400-\u04ff]")
_TOKEN = re.compile(r"\S+")
_LATIN = re.compile(r"[A-Za-zĐđ\d/]")
_DASH = re.compile("[\u2012-\u2015\u2212]")
_SYMBOL = re.compile(
    "[\u2012-\u2015\u2212]"
    r"(?:(?<=\d.)|(?<=\d\s.))\s?(?=[A-ZĐ][A-Za-zĐđ]{0,8}(?:[/.\d-]|\b))|"
    "[\u2012-\u2015\u2212]"
    r"(?<=[A-ZĐ].)(?=[A-ZĐ])"
)
"""A dash within a number and symbol: after digits and before letters of a code, or between two capitals."""
_ODD = (
    rf"{_INVISIBLE}{''.join(re.escape(chr(c)) for c in _SAME)}\u0370-\u03ff\u0400-\u04ff"
    r"\t-\r\x1c-\x1f\x85\xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000"
)
"""Characters that no line in normal form holds, all white space but the space among them."""
_DIRTY = re.compile(
    # one class in front of everything else, which the re module skips to, and behind it what that character means
    rf"[{_ODD}oOuU\u2012-\u2015\u2212](?:(?<![oOuU\u2012-\u2015\u2212])"
    r"|(?<=[oO])[àáảãạèéẻẽẹÀÁẢÃẠÈÉẺẼẸ](?![^\W\d_])|(?<=[uU])[ỳýỷỹỵỲÝỶỸỴ](?<![qQ]..)(?![^\W\d_])"
    r"|(?<=[\u2012-\u2015\u2212])(?:(?:(?<=\d.)|(?<=\d\s.))\s?(?=[A-ZĐ][A-Za-zĐđ]{0,8}(?:[/.\d-]|\b))"
    r"|(?<=[A-ZĐ].)(?=[A-ZĐ])))"
)
_SPACED = re.compile(r"(?:[^\W\d_](?: +|$)){5,}[:.]?")
_BIDI = re.compile("[\u200e\u200f\u061c\u202a-\u202e\u2066-\u2069]")


def normal(text: str) -> str:
    """The line in its normal form. Doing it twice changes nothing; never longer than one line."""
    if _is_normal(text):
        return text
    text = unicodedata.normalize("NFC", text)
    text = _MEMBERS.sub(lambda m: _SAME[ord(m[0])], _HIDDEN.sub("", text))
    text = unicodedata.normalize("NFC", text)  # what stood apart by an invisible character may compose now
    if _ALIEN.search(text):
        text = _TOKEN.sub(_latin, text)
    text = _TONE.sub(lambda m: _TONES[m[0]], text)
    if _DASH.search(text):
        text = _SYMBOL.sub(_hyphen, text)
    if _is_spaced(text):
        text = _SPACED.sub(_closed, text.strip())
    return _SPACES.sub(" ", text).strip()


def aligned(line: Aligned) -> Aligned:
    """As `normal`, every character keeping its origin."""
    if _is_normal(line.text):
        return line
    line = line.nfc().sub(_HIDDEN, "").sub(_MEMBERS, lambda m: _SAME[ord(m[0])]).nfc()
    if _ALIEN.search(line.text):
        line = line.sub(_TOKEN, _latin)
    line = line.sub(_TONE, lambda m: _TONES[m[0]]).sub(_SYMBOL, _hyphen)
    if _is_spaced(line.text):
        line = line.strip().sub(_SPACED, _closed)
    return line.sub(_SPACES, " ").strip()


def _is_normal(text: str) -> bool:
    """Whether nothing is to be done: the way of most lines."""
    return (
        "  " not in text
        and unicodedata.is_normalized("NFC", text)
        and _DIRTY.search(text) is None
        and not text.startswith(" ")
        and not text.endswith(" ")
        and not _is_spaced(text)
    )


def has_bidi(text: str) -> bool:
    """Whether the text holds controls of writing direction, which can hide what a reader sees."""
    return _BIDI.search(text) is not None


def _latin(match: re.Match[str]) -> str:
    token = match[0]
    return token.translate(_LIKE_LATIN) if _LATIN.search(token) else token


def _hyphen(match: re.Match[str]) -> str:
    return "-"


def _is_spaced(text: str) -> bool:
    """Whether the line is one title with its letters set apart: `Q U Y Ế T   Đ Ị N H`."""
    return text[1:2] == " " and text[3:4] == " " and _SPACED.fullmatch(text) is not None


def _closed(match: re.Match[str]) -> str:
    return " ".join(word.replace(" ", "") for word in re.split(r" {2,}", match[0]))
