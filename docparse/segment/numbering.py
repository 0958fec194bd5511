"""Reads the label that opens a numbered paragraph: a paragraph's text in, the possible readings of its label out.

Schemes and their patterns are the table `numbering.toml` (NĐ 30/2020, Annex I; DOMAIN.md 8.1, 8.2); what a label counts
is worked out here. A label can be read in more than one way (`I.` is a Roman one, a capital letter, or an OCR's `1.`);
the outline picks the reading that its sequence expects.
"""

from __future__ import annotations

import re
from dataclasses import replace
from functools import lru_cache
from typing import cast

from docparse.model import SectionKind
from docparse.tables import Tables
from docparse.values import dataclass

CAPITALS = "A-ZĐÀÁẢÃẠĂẰẮẲẴẶÂẦẤẨẪẬÈÉẺẼẸÊỀẾỂỄỆÌÍỈĨỊÒÓỎÕỌÔỒỐỔỖỘƠỜỚỞỠỢÙÚỦŨỤƯỪỨỬỮỰỲÝỶỸỴ"
# the letters that official lists count with, those in brackets only by some authors (DOMAIN.md 8.1)
ALPHABET = "abcdđefghijklmnopqrstuvwxyz"
OPTIONAL = frozenset("đfjwz")

_WORDS = {
    "mở đầu": 0, "nhất": 1, "một": 1, "hai": 2, "ba": 3, "tư": 4, "bốn": 4, "năm": 5, "sáu": 6, "bảy": 7, "tám": 8,
    "chín": 9, "mười": 10,
}  # fmt: skip
_ROMAN = re.compile(r"(?=[IVXLC])(C{0,3})(XC|XL|L?X{0,3})(IX|IV|V?I{0,3})\Z")
_WORDED = re.compile(r"[\w\s]")
_DIGITS = {"I": 1, "V": 5, "X": 10, "L": 50, "C": 100}

KINDS: dict[str, SectionKind] = {
    "part": "part", "chapter": "chapter", "subsection": "section", "article": "article", "appendix": "appendix",
    "roman": "section", "upper": "section", "number": "clause", "decimal": "clause", "letter": "point",
    "paren": "point", "bullet": "bullet",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Label:
    """One reading of a label: `printed` as it stands, `name` its element of a path, `ordinal` what it counts,
    `style` its punctuation, `length` the characters up to the item's own words; `doubt` 0 for a plain reading."""

    scheme: str
    rank: int
    printed: str
    name: str
    ordinal: tuple[int, ...]
    style: str
    length: int
    doubt: int = 0

    @property
    def structural(self) -> bool:
        """Whether the label has a word of its own (Chương, Điều …) and so opens an item wherever it stands."""
        return self.rank <= 40

    @property
    def first(self) -> bool:
        """Whether it opens a list."""
        return self.ordinal[-1:] == (1,)


@dataclass(frozen=True, slots=True)
class _Scheme:
    name: str
    pattern: re.Pattern[str]
    rank: int
    counts: str
    first: re.Pattern[str]


@lru_cache(maxsize=8)
def _schemes(tables: Tables) -> tuple[_Scheme, ...]:
    return tuple(
        _Scheme(
            rule.name,
            rule.pattern,
            cast(int, rule.extra["rank"]),
            cast(str, rule.extra["counts"]),
            re.compile(cast(str, rule.extra["first"])),
        )
        for rule in tables.rules("numbering").values()
    )


@lru_cache(maxsize=256)
def _opened_by(letter: str, tables: Tables) -> tuple[_Scheme, ...]:
    """The schemes whose labels may begin with this character, in their order."""
    return tuple(scheme for scheme in _schemes(tables) if scheme.first.match(letter))


@lru_cache(maxsize=8)
def _by_name(tables: Tables) -> dict[str, _Scheme]:
    return {scheme.name: scheme for scheme in _schemes(tables)}


@lru_cache(maxsize=8)
def _misread(tables: Tables, ocr: bool) -> dict[str, tuple[tuple[str, str], ...]]:
    """What OCR and typing make of short labels: from the printed characters to (scheme, right characters)."""
    out: dict[str, list[tuple[str, str]]] = {}
    for row in tables.rows("numbering_ocr"):
        if ocr or row["where"] == "any":
            out.setdefault(row["wrong"], []).append((row["scheme"], row["right"]))
    return {wrong: tuple(right) for wrong, right in out.items()}


_OPENING = re.compile(r"(?P<num>[^\s.)/\-–]{1,4})\s?(?P<style>\.\s?[\-–)]|[.)/\-–](?!\d))\s*(?=\S)")
# a label opens with one of these; most paragraphs do not, and are done after one look
_MAYBE = re.compile(
    r"[^\s.)/\-–:]{1,9}\s?[.)/\-–:]|[(\-–—+•*●○▪■◦]|(?i:phần|chương|mục|tiểu|điều|điêu|điểu|ðiều|phụ)\s"
)


# on a recognised page: a comma for the point, a Roman number whose point was lost, a label that became a speck
_COMMA = re.compile(rf"(?P<num>\d{{1,2}}),\s+(?=[{CAPITALS}])")
_BARE_ROMAN = re.compile(rf"(?P<num>[IVX]{{1,5}})\s+(?=[{CAPITALS}]{{2}})")
_NOISE = re.compile(r"[_„‚'`´~|¬.,:;*\\^°]{1,4}\s*(?=[\w(])")
_SPECK = re.compile(rf"[^\w\s\"“(\[.\-–—+*•/<>'‘…]{{1,2}}\s+(?=[{CAPITALS}])")


def read_labels(text: str, tables: Tables, ocr: bool = False) -> tuple[Label, ...]:
    """All readings of the label at the start of `text`, the plainest first; none when it opens with words. On a page
    that was recognised (`ocr`) damaged labels are read too, as doubtful; a mere speck has the scheme `lost`."""
    if not text:
        return ()
    specks = _NOISE.match(text) if ocr else None
    if specks is not None:
        behind = read_labels(text[specks.end() :], tables, ocr)
        if behind:
            return tuple(replace(label, length=label.length + specks.end(), doubt=label.doubt + 1) for label in behind)
    damaged = _damaged(text) if ocr else ()
    if not _MAYBE.match(text):
        return damaged
    found: list[Label] = []
    for scheme in _opened_by(text[0], tables):
        match = scheme.pattern.match(text)
        if match is None:
            continue
        label = _label(scheme, match)
        if label is not None:
            found.append(label)
            if label.structural:
                return (label,)
    opening = _OPENING.match(text)
    if opening is not None:
        for name, right in _misread(tables, ocr).get(opening["num"], ()):
            scheme = _by_name(tables)[name]
            ordinal = _count(scheme.counts, right)
            if ordinal is not None and not any(f.scheme == name and f.ordinal == ordinal for f in found):
                printed = opening[0].strip()
                found.append(Label(name, scheme.rank, printed, right, ordinal, opening["style"], opening.end(), 1))
    return (*found, *damaged) if found or not damaged else damaged


def _damaged(text: str) -> tuple[Label, ...]:
    for scheme, rank, pattern in (("number", 60, _COMMA), ("roman", 50, _BARE_ROMAN)):
        match = pattern.match(text)
        ordinal = _count(scheme, match["num"]) if match is not None else None
        if match is None or ordinal is None:
            continue
        printed = match[0].strip()
        plain = Label(scheme, rank, printed, match["num"], ordinal, ".", match.end(), 1)
        strokes = ("I" * n for n in range(ordinal[0] + 1, 4) if scheme == "roman" and set(match["num"]) == {"I"})
        return (plain, *(replace(plain, name=more, ordinal=(len(more),)) for more in strokes))
    speck = _SPECK.match(text)
    return (Label("lost", 60, speck[0].strip(), "", (0,), "", speck.end(), 2),) if speck is not None else ()


def following(label: Label, lost: Label) -> Label:
    """The label behind `label` in its list, standing where only a speck was printed."""
    number = label.ordinal[-1] + 1
    if label.scheme == "letter":
        while ALPHABET[(number - 1) % len(ALPHABET)] in OPTIONAL - {"đ"}:
            number += 1
        name = ALPHABET[(number - 1) % len(ALPHABET)]
    else:
        name = str(number)
    return Label(label.scheme, label.rank, lost.printed, name, (number,), label.style, lost.length, 2)


def _label(scheme: _Scheme, match: re.Match[str]) -> Label | None:
    number = match["num"] or ""
    ordinal = _count(scheme.counts, number)
    if ordinal is None:
        return None
    printed = match[0].strip()
    word = {"part": "Phần", "chapter": "Chương", "article": "Điều"}.get(scheme.name)
    if "word" in match.re.groupindex:
        word = match["word"].capitalize()
    name = f"{word} {number}".strip() if word else number
    style = _WORDED.sub("", printed) if scheme.rank > 40 else ""
    return Label(scheme.name, scheme.rank, printed, name, ordinal, style, match.end())


def _count(counts: str, number: str) -> tuple[int, ...] | None:
    """What a number in this manner of counting stands for; None when it is no such number."""
    if counts == "decimal":
        parts = tuple(int(p) for p in number.split("."))
        plain = all(p == str(int(p)) for p in number.split("."))
        return parts if plain and all(parts) else None
    if counts == "letter":
        at = ALPHABET.find(number.lower())
        return (at + 1,) if at >= 0 else None
    if counts == "roman":
        value = roman(number)
        return (value,) if value else None
    if counts == "number":
        number = "1" if number in ("l", "I") else number
        digits = re.match(r"\d+", number)
        if digits is None or int(digits[0]) == 0:
            return None
        suffix = number[digits.end() :]
        return (int(digits[0]), ALPHABET.find(suffix) + 1) if suffix else (int(digits[0]),)
    if counts == "paren":
        if number.isdigit():
            return (int(number),)
        small = roman(number.upper())
        return (small,) if small else _count("letter", number)
    if counts == "ordinal":
        if number.lower() in _WORDS:
            return (_WORDS[number.lower()],)
        digits = re.match(r"\d+", number)
        return (int(digits[0]),) if digits else (roman(number.replace("l", "I")),)
    return (0,)


def roman(number: str) -> int:
    """The value of a Roman number, 0 for none."""
    if not number or not _ROMAN.match(number):
        return 0
    total = 0
    for here, after in zip(number, [*number[1:], ""], strict=True):
        value = _DIGITS[here]
        total += -value if after and _DIGITS[after] > value else value
    return total


def steps(before: Label, after: Label) -> int | None:
    """How many steps of its scheme `after` is behind `before`: 1 for the next one, None when they count differently."""
    if before.scheme != after.scheme:
        return None
    if before.scheme in ("letter", "upper"):
        return _letter_steps(before.ordinal[0], after.ordinal[0])
    if before.scheme == "decimal":
        same = len(before.ordinal) == len(after.ordinal) and before.ordinal[:-1] == after.ordinal[:-1]
        return after.ordinal[-1] - before.ordinal[-1] if same else None
    if before.scheme == "article":
        return _article_steps(before.ordinal, after.ordinal)
    return after.ordinal[0] - before.ordinal[0]


def _letter_steps(before: int, after: int) -> int:
    if after <= before:
        return after - before
    between = ALPHABET[before : after - 1]
    return 1 + sum(letter not in OPTIONAL for letter in between)


def _article_steps(before: tuple[int, ...], after: tuple[int, ...]) -> int:
    if before[0] == after[0]:
        return (after[1] if len(after) > 1 else 0) - (before[1] if len(before) > 1 else 0)
    return after[0] - before[0]
