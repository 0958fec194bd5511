"""Document symbols (số ký hiệu): words that may be one go in, what they say comes out.

Shapes (DOMAIN 4.2; Nghị định 30/2020/NĐ-CP Điều 8 for the State, Hướng dẫn 36-HD/VPTW for the Party):
party `24-CT/TU`, state `07/CT-UBND`, normative `30/2020/NĐ-CP`, assembly `80/2015/QH13`, official letter `123/UBND-VX`,
old `64-CP`, `769/TTg`. Tolerant of spaces around separators, of every dash, and of the letters that registers mistype.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Literal

from docparse.places import fold
from docparse.tables import Tables
from docparse.values import dataclass

Shape = Literal["party", "state", "normative", "assembly", "letter", "old"]

_DASH = "\\-\u2010-\u2015\u2212"
_SLASH = "/\u2044\u2215"
_UPPER = "A-ZĐÂĂÊÔƠƯ\u00d0"
_CODE = rf"[{_UPPER}][{_UPPER}a-zđăâêôơư0-9&.\u00a7]*[{_UPPER}a-zđ0-9]|[{_UPPER}]"
_JOIN = rf"(?:[ ]?[{_DASH}{_SLASH}_]/?[ ]?)"

SYMBOL = re.compile(
    rf"(?P<number>\d(?<![\w.,/%].)\d{{0,5}}(?:\.\d{{1,2}}(?=[ ]?/[ ]?(?:19|20)\d\d))?[a-zđ]?)"
    rf"(?:[ ]?[{_SLASH}][ ]?(?P<year>(?:19|20)\d\d))?"
    rf"(?:{_JOIN}|(?P<gap>[ ])(?=[{_UPPER}][{_UPPER}a-z]{{1,3}}[{_DASH}{_SLASH}][{_UPPER}]))"
    rf"(?P<codes>(?:{_CODE})(?:{_JOIN}(?:{_CODE}))*)(?:/(?P<internal>nb)\b)?"
)
"""Candidates for a symbol in running text; `parse_symbol` decides. A `gap` is a separator that got lost: `24 CT/TU`."""

_SPLIT = re.compile(rf"[ ]?([{_DASH}{_SLASH}_])/?[ ]?")
_ASSEMBLY = re.compile(r"(?:UBTV)?QH(?:K)?\d{1,3}\Z", re.IGNORECASE)
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
    if match["gap"]:
        first = "-" if joints[:1] == ["/"] else "/"
    _part(codes, joints, first)
    spaced = " " in match[0] and not match["gap"]
    known = _codes()[1]
    kind = type_code(codes[0])
    if not year and re.fullmatch(r"(?:19|20)\d\d", number) and first == "-" and kind is None:
        return "a year beside a name"
    if match["gap"] and kind is None:
        return "a space for a separator, and no known type"
    shape: Shape
    if year and _ASSEMBLY.match(codes[-1]):
        shape = "assembly"
        codes[-1] = codes[-1].upper()
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
    elif codes[0].upper() in known or (_upper(codes[0]) >= 2 and not spaced and kind in _ALONE):
        shape = "old"
        if codes[0].upper() not in known and first == "-" and kind is None:
            return "one code that is no organ's after a dash"
    else:
        return "one code that is no organ's"
    if spaced and kind is None and shape not in {"assembly", "normative"} and codes[0].upper() not in known:
        return "spaces inside, and no known type or organ"
    if shape == "letter" and kind is None and type_code(codes[-1]) and first == "-":
        kind = type_code(codes[-1])
    codes = [_settled(c) for c in codes]
    variant = kind is not None and fold(codes[0]).upper() == fold(kind).upper()  # QD is QĐ, KHPH is no other code
    if shape != "assembly" and kind and (variant or codes[0] in _SLIPS) and codes[0] not in {"QyĐ", "QĐi"}:
        codes[0] = kind
    whole = number + (f"/{year}" if year else "") + first + codes[0]
    whole += "".join(j + c for j, c in zip(joints, codes[1:], strict=True)) + ("/nb" if match["internal"] else "")
    rest = tuple(codes[1:]) if kind and shape in {"party", "state", "normative"} else tuple(codes)
    return Symbol(number, kind if shape != "assembly" else None, rest, year, shape, whole)


_ALONE = frozenset({None, "CT", "SL", "TTLT", "NQ", "QĐ", "KH", "CV", "TB", "HD", "KL", "BC", "TTr", "CTr", "GM"})
"""Types that stand alone after a number: decrees of 1945 (`142/SL`), joint circulars (`06/TTLB`), the head of the
Council of Ministers (`194-CT`), and papers of small offices that leave their organ out."""
_SLIPS = frozenset({"QĐN", "QQĐ"})
"""Typing slips of a type code that registers print."""


def _part(codes: list[str], joints: list[str], first: str) -> None:
    """Set the separator between type and organ where it is a dot or left out: `QĐ.UBND`, `TTBYT`, `24-CTTU`."""
    code = codes[0]
    organs = _codes()[1]
    if code.upper() in organs or type_code(code) or (len(codes) > 1 and "." not in code):
        return
    for cut in (2, 3, 4):
        kind, organ = code[:cut], code[cut:].removeprefix(".")
        if len(organ) >= 2 and organ.upper() in organs and type_code(kind) not in {None, "TC"}:
            codes[:1] = [kind, organ]
            joints.insert(0, "/" if first == "-" else "-")
            return


def _upper(code: str) -> int:
    return sum(c.isupper() for c in code)


def _settled(code: str) -> str:
    """A code in its own letters: `TTG` is `TTg`, and a mark lost, added or doubled by a scan is set right (`HDND`,
    `UBNĐ`, `HĐĐND`) where one organ's code is meant."""
    code = code.replace("\u00a7", "8")  # a scan's reading of the digit
    own = _spellings()
    return code if code in own.values() else own.get(_letters(code), code)


def _letters(code: str) -> str:
    return fold(code.replace("ĐĐ", "Đ")).upper()


@lru_cache(maxsize=1)
def _spellings() -> dict[str, str]:
    """The organs' codes by their bare letters; letters that several codes share tell none."""
    out: dict[str, str] = {}
    shared: set[str] = set()
    for row in Tables.default().rows("symbol_codes"):
        if row["kind"] == "organ" and len(row["code"]) > 2:
            key = _letters(row["code"])
            if key in out and out[key] != row["code"]:
                shared.add(key)
            out.setdefault(key, row["code"])
    return {key: code for key, code in out.items() if key not in shared}
