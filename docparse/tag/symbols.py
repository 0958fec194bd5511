"""Document symbols (số ký hiệu): words that may be one go in, what they say comes out.

Shapes (DOMAIN 4.2; Nghị định 30/2020/NĐ-CP Điều 8 for the State, Hướng dẫn 36-HD/VPTW for the Party):
party `24-CT/TU`, state `07/CT-UBND`, normative `30/2020/NĐ-CP`, assembly `80/2015/QH13`, official letter `123/UBND-VX`,
old `64-CP`, `769/TTg`. Tolerant of spaces around separators, of every dash, and of the letters that registers mistype.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from docparse.tables import Tables

Shape = Literal["party", "state", "normative", "assembly", "letter", "old"]

_DASH = "\\-\u2010-\u2015\u2212"
_SLASH = "/\u2044\u2215"
_UPPER = "A-ZĐÂĂÊÔƠƯ\u00d0"
_CODE = rf"[{_UPPER}][{_UPPER}a-zđăâêôơư0-9&.\u00a7]*[{_UPPER}a-zđ0-9]|[{_UPPER}]"
_JOIN = rf"(?:[ ]?[{_DASH}{_SLASH}_]/?[ ]?)"

SYMBOL = re.compile(
    rf"(?P<number>\d(?<![\w.,/%].)\d{{0,5}}(?:\.\d{{1,2}}(?=[ ]?/[ ]?(?:19|20)\d\d))?[a-zđ]?)"
    rf"(?:[ ]?[{_SLASH}][ ]?(?P<year>(?:19|20)\d\d))?"
    rf"{_JOIN}(?P<codes>(?:{_CODE})(?:{_JOIN}(?:{_CODE}))*)(?:/(?P<internal>nb)\b)?"
)
"""Candidates for a symbol in running text; `parse_symbol` decides."""

_SPLIT = re.compile(rf"[ ]?([{_DASH}{_SLASH}_])/?[ ]?")
_ASSEMBLY = re.compile(r"(?:UBTV)?QH(?:K)?\d{1,2}\Z")
_TRIMMED = re.compile(r"^\s*(?:[Ss][ốôóoÓÔ]\s*:?\s*)?(.*?)[\s.,;:]*\Z", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Symbol:
    """A parsed symbol: `number` as printed, `type` a code or None where the symbol names none, `organs` its other codes
    in order, `year` of a normative one, `shape`, and `text` the whole in normal form (no spaces, plain separators)."""

    number: str
    type: str | None
    organs: tuple[str, ...]
    year: str | None
    shape: Shape
    text: str

    @property
    def key(self) -> str:
        """Equal for spellings of one symbol: upper case, no leading zeros, one separator."""
        return re.sub(r"[-/]", "-", self.text.upper()).lstrip("0")


@lru_cache(maxsize=1)
def _codes() -> tuple[dict[str, str], frozenset[str]]:
    """Type codes by their upper-case variants, and the organ codes that may stand without a unit."""
    types: dict[str, str] = {}
    organs: set[str] = set()
    for row in Tables.default().rows("symbol_codes"):
        if row["kind"] == "type":
            for variant in (row["code"], *row["variants"].split("|")):
                if variant:
                    types.setdefault(variant.upper(), row["code"])
        else:
            organs.update(v.upper() for v in (row["code"], *row["variants"].split("|")) if v)
    return types, frozenset(organs)


def type_code(code: str) -> str | None:
    """The type code that a symbol's part stands for, its variants folded (`QÐ`, `QD` → `QĐ`), or None."""
    return _codes()[0].get(code.replace("\u00d0", "Đ").upper())


def parse_symbol(text: str) -> Symbol | None:
    """The symbol that `text` is (`Số:` before it is allowed), or None when it is none."""
    found = symbol_or_reason(text)
    return found if isinstance(found, Symbol) else None


def symbol_or_reason(text: str) -> Symbol | str:
    """The symbol that `text` is, or one clause that says why it is none."""
    trimmed = _TRIMMED.match(text)
    match = SYMBOL.fullmatch(trimmed[1] if trimmed else text)
    if match is None:
        return "a symbol is a number, a separator and codes in capitals: 24-CT/TU, 30/2020/NĐ-CP"
    return _read(match)


def read_symbol(match: re.Match[str]) -> Symbol | None:
    """The symbol in a match of `SYMBOL`, or None: a unit of measure, a name with a year, a plain fraction."""
    found = _read(match)
    return found if isinstance(found, Symbol) else None


def _read(match: re.Match[str]) -> Symbol | str:
    number, year = match["number"], match["year"]
    head = match.end("year") if year else match.end("number")
    lead = _SPLIT.match(match.string, head)
    first = lead[1] if lead else "/"
    pieces = _SPLIT.split(match["codes"])
    codes = [c.replace("\u00d0", "Đ").rstrip(".") for c in pieces[::2]]
    joints = ["-" if s not in "/\u2044\u2215" else "/" for s in pieces[1::2]]
    first = "/" if first in "/\u2044\u2215" else "-"
    spaced = " " in match[0]
    known = _codes()[1]
    kind = type_code(codes[0])
    if not year and re.fullmatch(r"(?:19|20)\d\d", number) and first == "-" and kind is None:
        return "a year beside a name"
    shape: Shape
    if year and _ASSEMBLY.match(codes[-1]):
        shape = "assembly"
    elif year:
        if kind is None and not any(type_code(c) for c in codes):
            return "after number and year stands no known type code"
        shape = "normative"
    elif kind and len(codes) > 1:
        shape = "party" if first == "-" else "state"
        if kind == "CT" and codes[0] != "CT":
            return "Ct is no type code"
    elif len(codes) > 1:
        if first == "-" and (type_code(codes[-1]) is None):
            return "after a dash stands no known type code"
        shape = "letter"
        if not (codes[0].upper() in known or _upper(codes[0]) >= 2):
            return "the first code is no organ"
    elif codes[0].upper() in known or (kind is None and _upper(codes[0]) >= 2 and not spaced):
        shape = "old"
        if codes[0].upper() not in known and first == "-":
            return "one code that is no organ's after a dash"
    else:
        return "one code that is no organ's"
    if spaced and kind is None and shape not in {"assembly", "normative"} and codes[0].upper() not in known:
        return "spaces inside, and no known type or organ"
    if shape in {"letter", "old"} and kind is None and type_code(codes[-1]) and shape == "letter" and first == "-":
        kind = type_code(codes[-1])
    codes = [_settled(c) for c in codes]
    if shape != "assembly" and kind and type_code(codes[0]) == kind and codes[0] not in {"QyĐ", "QĐi"}:
        codes[0] = kind
    whole = number + (f"/{year}" if year else "") + first + codes[0]
    whole += "".join(j + c for j, c in zip(joints, codes[1:], strict=True)) + ("/nb" if match["internal"] else "")
    rest = tuple(codes[1:]) if kind and shape in {"party", "state", "normative"} else tuple(codes)
    return Symbol(number, kind if shape != "assembly" else None, rest, year, shape, whole)


def _upper(code: str) -> int:
    return sum(c.isupper() for c in code)


def _settled(code: str) -> str:
    """A code with its settled letters: `TTG` is the Prime Minister's `TTg`."""
    code = code.replace("\u00a7", "8")  # a scan's reading of the digit
    return {"TTG": "TTg", "HĐĐND": "HĐND", "HDND": "HĐND", "HĐNĐ": "HĐND", "UBNĐ": "UBND"}.get(code, code)
