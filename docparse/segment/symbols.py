"""Number and symbol of a document (số, ký hiệu): the printed words in, the normalised number and its parts out."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from docparse.authority import doc_types, fold, latin, organ_of_code, type_of_code

# a running number (with a letter or a decimal part), then parts after hyphens and slashes; OCR puts spaces round them
_NUMBER = re.compile(
    r"(?P<running>\d{1,5}(?:[.]\d{1,3})?[a-zA-ZđĐ]?)(?P<rest>(?:\s*[-/–—]\s*[\wĐđƯưÂâÊê&.,]*[\wĐđƯưÂâÊê&](?:\(\w+\))?)*)"
)
_LABEL = re.compile(r"^\W{0,3}(?:[A-Za-z]+\s+){0,2}[Ss][o0O6]{1,2}\s*[:;.]?\s*")


@dataclass(frozen=True, slots=True)
class Symbol:
    """A number as normalised, where it stands in the words given, and what its parts say."""

    number: str
    start: int
    end: int
    type_code: str | None
    organ_code: str | None
    year: int | None
    party_shape: bool  # `24-CT/TU`: hyphen before slash; the State writes `07/CT-UBND`


def read_symbol(text: str, scanned: bool = False) -> Symbol | None:
    """The number after a label `Số`; None where the number is blank (a draft) or unreadable.

    `scanned` repairs codes against the closed lists of types and organs, which OCR spoils (`QD-UBNĐ`); digits are never
    repaired, for a wrong number is worse than none.
    """
    label = _LABEL.match(fold(text))
    begin = label.end() if label else 0
    match = _NUMBER.match(text, begin)
    if match is None or not match["running"]:
        return None
    parts = re.split(r"\s*([-/–—])\s*", latin(match[0]))
    parts = [("-" if p in "–—" else p) if i % 2 else p.strip() for i, p in enumerate(parts)]
    while parts and not parts[-1]:
        parts = parts[:-2]
    if scanned:
        parts = [p if i % 2 or i == 0 else _repaired(p) for i, p in enumerate(parts)]
    if scanned and len(parts) < 3:
        return None  # digits without a code beside them are as likely a misread stroke
    number = "".join(parts)
    codes = [p for i, p in enumerate(parts) if i % 2 == 0 and i > 0]
    year = next((int(c) for c in codes if re.fullmatch(r"(?:19|20)\d\d", c)), None)
    return Symbol(
        number, match.start(), match.end(), *_meaning(codes), year, len(parts) >= 5 and parts[1] == "-" and "/" in parts
    )


def _meaning(codes: Iterable[str]) -> tuple[str | None, str | None]:
    words = [c for c in codes if not c.isdigit()]
    kind = words[0] if words and type_of_code(words[0]) is not None else None
    rest = words[1:] if kind else words
    # `CT-UBND` is a directive of a People's Committee, but `UBND-VX` and `QH15` begin with the organ
    if kind and organ_of_code(kind) and not rest:
        return None, kind
    return kind, next((c for c in rest if organ_of_code(c) is not None), rest[0] if rest else None)


def _repaired(code: str) -> str:
    """A code of the closed lists that differs only in diacritics or in letters OCR confuses; else the code itself."""
    if type_of_code(code) is not None and fold(code).upper() == fold(type_of_code(code).symbol).upper():  # type: ignore[union-attr]
        found = type_of_code(code)
        return found.symbol if found and fold(code).upper() == fold(found.symbol).upper() else code
    for candidate in (code, code.replace("Đ", "D"), code.replace("0", "O").replace("1", "I"), code.replace("D", "Đ")):
        organ = organ_of_code(candidate)
        if organ is not None and fold(organ.code).upper() == fold(candidate).upper():
            return organ.code
    near = {t.symbol for t in doc_types() if len(code) == len(t.symbol) >= 3 and _differs_once(code, t.symbol)}
    return near.pop() if len(near) == 1 else code


def _differs_once(a: str, b: str) -> bool:
    return sum(x != y for x, y in zip(a, b, strict=True)) == 1
