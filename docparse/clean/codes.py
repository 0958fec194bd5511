"""Codes of numbers and symbols against closed lists: pieces read by OCR in, those with codes set right out.

`12/QĐ-UBNĐ` is `12/QĐ-UBND`: a code that is in no list (types of documents, organs of the authority register) and of
which the engine was unsure becomes the one listed code that differs from it in a letter easily mistaken. A separator
misread between two listed codes is set right as well (`34/2016 NĐ-CP`, `19:NQ/TW`). Units within an office
(`UBND-KGVX`) are in no list and stay.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache

from docparse.clean.formulae import SURE, sureness
from docparse.clean.pieces import Mend, Piece
from docparse.places import bare_letter
from docparse.tables import Tables

RULE = "symbol"
CERTAINTY = 0.95
_CODE = r"[A-ZĐÐƯÔÂ$][A-Za-zĐđÐƯÔÂ0-9$]{0,9}"
_SYMBOL = re.compile(
    rf"(?<![\w/.,-])\d{{1,5}}[a-z]?(?P<year>\s?/\s?(?:19|20)\d\d)?(?P<first>\s?[-/:.]\s?|(?<=\d\d\d\d) )"
    rf"(?P<codes>{_CODE}(?:\s?[-/.:]\s?{_CODE}){{1,3}})(?!\w)"
)
_DOUBLED = re.compile("[ĐÐ][ĐÐD]|D[ĐÐ]")
_SPLIT = re.compile(r"(\s?[-/.:]\s?)")


@dataclass(frozen=True, slots=True)
class _Lists:
    types: frozenset[str]
    organs: frozenset[str]
    like: Mapping[str, frozenset[str]]  # what a letter as read may be in print


def mend_codes(pieces: Iterable[Piece], tables: Tables) -> None:
    """Set right the unsure codes of symbols and the separators between listed ones."""
    lists = _lists(tables)
    for piece in pieces:
        if any(c.isdigit() for c in piece.text):
            for match in reversed(list(_SYMBOL.finditer(piece.text))):
                _mend(piece, match, lists)


def _mend(piece: Piece, match: re.Match[str], lists: _Lists) -> None:
    parts = _SPLIT.split(match["codes"])
    at = match.start("codes")
    joints = [(match.start("first"), match["first"])]
    codes: list[tuple[str, bool]] = []
    for k, part in enumerate(parts):
        if k % 2:
            joints.append((at, part))
        else:
            known = _listed(piece, at, part, lists, len(codes))
            codes.append((known or part, known is not None))
            if known is not None and known != part:
                _change(piece, at, part, known)
                at += len(known) - len(part) if len(known) < len(part) else 0
            if known is not None and known in lists.organs and not codes[:-1]:
                return  # an official letter's symbol: what follows the organ is a unit in no list
        at += len(part)
    if not all(known for _, known in codes[:2]):
        return
    start, joint = joints[0]
    if match["year"] and joint == " ":
        _change(piece, start, joint, "/")
    elif joint in (":", ".") and not match["year"] and joints[1][1].strip() == "/":
        _change(piece, start, joint, "-")
    start, joint = joints[1]
    if joint in (":", ".") and codes[0][0] in lists.types:
        _change(piece, start, joint, "-")


def _listed(piece: Piece, at: int, code: str, lists: _Lists, slot: int) -> str | None:
    """The listed code that `code` is or, where the engine was unsure of it, must be."""
    known = lists.types | lists.organs if slot == 0 else lists.organs
    if code in known or code.upper() in known:
        return code
    once = _DOUBLED.sub("Đ", code)
    if once != code and once in known:
        return once  # the engine gives `Đ` twice, and is sure of both
    if len(code) < 2 or sureness(piece.words_at(0), at, at + len(code)) >= SURE:
        return None
    found = {
        code[:i] + letter + code[i + 1 :]
        for i, read in enumerate(code)
        for letter in lists.like.get(read, frozenset())
        if code[:i] + letter + code[i + 1 :] in known
    }
    return found.pop() if len(found) == 1 else None


def _change(piece: Piece, at: int, old: str, new: str) -> None:
    if len(new) < len(old) or (old != new and sureness(piece.words_at(0), max(0, at - 1), at + len(old) + 1) < SURE):
        piece.set_right(Mend(at, at + len(old), old, RULE, CERTAINTY), new)


@lru_cache(maxsize=2)
def _lists(tables: Tables) -> _Lists:
    types: set[str] = set()
    organs: set[str] = set()
    for row in tables.rows("symbol_codes"):
        (types if row["kind"] == "type" else organs).add(row["code"])
    for row in tables.rows("organs"):
        organs.update(part for part in re.split(r"[-/\s]", row["code"]) if len(part) > 1)
    like: defaultdict[str, set[str]] = defaultdict(set)
    for row in tables.rows("symbol_confusions"):
        like[row["read"]].add(row["printed"])
    letters = sorted({c for code in types | organs for c in code})
    for read in "ABCDEGHIKLMNOPQRSTUVXYĐƯƠÔÂĂÊÙÚỦŨỤÀÁẢÃẠÌÍỈĨỊÒÓỎÕỌÑÝÈÉ":
        like[read].update(c for c in letters if c != read and bare_letter(c) == bare_letter(read) and c.isupper())
    return _Lists(frozenset(types), frozenset(organs), {k: frozenset(v) for k, v in like.items()})
