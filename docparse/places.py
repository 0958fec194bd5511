"""Letters and places: Vietnamese words in; folded words, slugs and the provinces they name, past and present, out."""

from __future__ import annotations

import codecs
import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from docparse.alternatives import AT_WORD, one_of
from docparse.tables import Tables


def _base_letters() -> dict[int, str]:
    table: dict[int, str] = {ord("đ"): "d", ord("Đ"): "D", 0xD0: "D", 0xF0: "d"}
    for code in (*range(0xC0, 0x250), *range(0x1E00, 0x1F00)):
        base = unicodedata.normalize("NFD", chr(code))[0]
        if base != chr(code) and base.isascii():
            table[code] = base
    return table


_FOLD = _base_letters()
# Cyrillic and Greek letters that look like Latin ones get into numbers when they are typed on a wrong keyboard
_LOOKALIKE = str.maketrans("АВСЕНІЈКМОРТХаеорсухÐΑΒΕΗΙΚΜΝΟΡΤΧ", "ABCEHIJKMOPTXaeopcyxĐABEHIKMNOPTX")


def _usual() -> str:
    """At most 256 characters, the first of them NUL: those of Vietnamese texts, by which almost every line is spelt."""
    tones = "".join(unicodedata.normalize("NFC", f"{v}{t}") for v in _VOWELS for t in _TONES)
    return "\0\t\n" + "".join(map(chr, range(0x20, 0x7F))) + "đĐ“”–…" + tones


_VOWELS = "aăâeêioôơuưyAĂÂEÊIOÔƠUƯY"
_TONES = ("\u0300", "\u0301", "\u0303", "\u0309", "\u0323")
_USUAL = _usual() + "".join(c for c in "ăâêôơưĂÂÊÔƠƯ’‘•")
_SPELT = codecs.charmap_build(_USUAL)
_UNMARKED = _USUAL.translate(_FOLD)


@lru_cache(maxsize=4096)
def bare_letter(letter: str) -> str:
    """The lower-case letter without its marks; one character for one, whatever it is."""
    lowered = letter.lower()
    if lowered == "đ":
        return "d"
    base = unicodedata.normalize("NFD", lowered)[:1]
    return base if len(base) == 1 else letter


def fold(text: str) -> str:
    """The text without Vietnamese diacritics, one character for each of `text` (NFC), so positions stay the same.

    OCR loses tone marks before it loses letters: what is compared folded survives a scan.
    """
    try:  # by way of one byte for a letter, which is twenty times faster than a table of all letters
        return codecs.charmap_decode(codecs.charmap_encode(text, "strict", _SPELT)[0], "strict", _UNMARKED)[0]
    except UnicodeEncodeError:
        return text.translate(_FOLD)


def latin(text: str) -> str:
    """The text with Cyrillic and Greek look-alikes and U+00D0 as the Latin and Vietnamese letters meant."""
    return text.translate(_LOOKALIKE)


def slug(text: str) -> str:
    """Lower-case ASCII words joined by dots, as in a URN:LEX name: `Hội đồng nhân dân` becomes `hoi.dong.nhan.dan`."""
    return ".".join(re.findall(r"[a-z0-9]+", fold(unicodedata.normalize("NFC", latin(text))).lower()))


@dataclass(frozen=True, slots=True)
class Province:
    """A province or city under the centre, with its validity (ISO dates or years) and what it became part of."""

    name: str
    kind: str
    since: str | None
    until: str | None
    successor: str | None


@lru_cache(maxsize=1)
def _provinces() -> Mapping[str, Province]:
    out: dict[str, Province] = {}
    for row in Tables.default().rows("provinces"):
        found = Province(row["name"], row["kind"], row["from"] or None, row["to"] or None, row["successor"] or None)
        for name in (row["name"], *row["aliases"].split(",")):
            if name:
                out.setdefault(place_key(name), found)
    return out


@lru_cache(maxsize=1)
def _capitals() -> Mapping[str, Province]:
    return {
        place_key(name): _provinces()[place_key(row["name"])]
        for row in Tables.default().rows("provinces")
        for name in row["capitals"].split(",")
        if name
    }


def place_key(name: str) -> str:
    """Comparison form of a place: folded, lower case, dashes and kind words (`TP.`, `tỉnh`) left out."""
    plain = fold(unicodedata.normalize("NFC", name)).lower()
    plain = re.sub(r"^(?:tinh|thanh pho|tp\.?|thu do)\s+", "", plain.strip())
    return re.sub(r"[\s–—-]+", " ", plain).strip(" .,")


def province_of(name: str) -> Province | None:
    """The province that a name means, by itself, an alias, or its capital as letterheads print it (`Đà Lạt`)."""
    key = place_key(name)
    return _provinces().get(key) or _capitals().get(key)


def province_named(name: str) -> Province | None:
    """The province of this very name or alias; a capital that is not also a province's name means none."""
    return _provinces().get(place_key(name))


@lru_cache(maxsize=1)
def _province_pattern() -> re.Pattern[str]:
    names = sorted(_provinces(), key=len, reverse=True)
    return re.compile(one_of([re.escape(n).replace(r"\ ", r"[\s–—-]+") for n in names], AT_WORD) + r"\b")


def province_in(text: str) -> Province | None:
    """The first province named in a text (`trên địa bàn tỉnh Lâm Đồng`), preferring one after `tỉnh` or `thành phố`."""
    plain = fold(text).lower()
    first: Province | None = None
    for match in _province_pattern().finditer(plain):
        if not text[match.start()].isupper():
            continue
        found = _provinces().get(place_key(match[0]))
        if re.search(r"(?:tinh|thanh pho|tp\.?|uy|bo)\s+$", plain[: match.start()][-12:]):
            return found
        first = first or found
    return first


@lru_cache(maxsize=1)
def _districts() -> Mapping[str, frozenset[str]]:
    out: dict[str, set[str]] = {}
    for row in Tables.default().rows("districts"):
        found = province_named(row["province"])
        if found is not None:
            for name in (row["name"], f"{row['kind']} {row['name']}"):
                out.setdefault(_district_key(name), set()).add(found.name)
    return {key: frozenset(names) for key, names in out.items()}


def _district_key(name: str) -> str:
    return re.sub(r"[\s–—-]+", " ", fold(unicodedata.normalize("NFC", name)).lower()).strip(" .,")


def province_of_district(name: str) -> Province | None:
    """The province of a district of before 01/7/2025 (`huyện Nam Đàn`, `Nam Đàn`); None where several bear the name."""
    of = _districts().get(_district_key(name)) or frozenset()
    return province_named(next(iter(of))) if len(of) == 1 else None


_DISTRICT_NAMED = re.compile(
    r"\b(?:[Hh]uyện(?: ủy| uỷ| đoàn)?|[Tt]hị(?: xã| ủy| uỷ)|[Qq]uận(?: ủy| uỷ)?)\s+((?:[A-ZĐÀ-Ỹ][\w'’]*\s?){1,4})"
)


def province_of_districts_in(text: str) -> Province | None:
    """The one province of all districts named in a text; None where they are of several, or none is named."""
    found = {}
    for match in _DISTRICT_NAMED.finditer(text):
        words = match[1].split()
        for count in range(len(words), 0, -1):
            province = province_of_district(" ".join(words[:count]))
            if province is not None:
                found[province.name] = province
                break
    return next(iter(found.values())) if len(found) == 1 else None


def provinces() -> tuple[Province, ...]:
    """All provinces of the table, past ones too."""
    return tuple(dict.fromkeys(_provinces().values()))
