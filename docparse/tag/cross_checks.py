"""What a document says twice: a header, a citation or a deadline in; the names of what does not agree out.

They speak against a claim (docparse/tag/confidence.py), they do not undo it. Kinds and organs stand in the symbol, a
normative one has its year there (NĐ 30/2020 Phụ lục I, HD 36-HD/VPTW); a code or a name is an organ's in its own time
(docs/authority-register.md); an office signs for its own kind of organ (DOMAIN.md 11).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import lru_cache
from itertools import pairwise

from docparse.authority import expanded, fold, organ_of_code, without_office
from docparse.model import Citation, Deadline, Document, Signer
from docparse.register import bodies, candidates_at
from docparse.tables import Tables
from docparse.tag.symbols import Symbol, parse_symbol

CONCERNS: Mapping[str, frozenset[str]] = {
    "incomplete": frozenset({"system", "type", "number", "issuer", "place", "date", "subject", "other"}),
    "symbol-unparsed": frozenset({"number"}),
    "type-differs": frozenset({"type", "number"}),
    "issuer-differs": frozenset({"issuer", "number"}),
    "year-differs": frozenset({"number", "date"}),
    "organ-of-other-days": frozenset({"issuer", "date"}),
    "place-differs": frozenset({"issuer", "place"}),
    "later-than-signature": frozenset({"date"}),
    "signer-differs": frozenset({"system", "issuer"}),
    "office-differs": frozenset({"issuer"}),
}
"""The fields of a header that each doubt speaks against: one of them is wrong, or the other."""
DOUBTS = CONCERNS.keys() | {"later-than-own-date", "earlier-than-own-date"}
"""Every name that this module gives."""


def header_doubts(doc: Document, header: Mapping[str, str]) -> Iterator[str]:
    """What in a header does not agree: symbol, type word, issuer, date, place, e-signature, signer's title.

    `header` has the fields by name (`header.number`)."""
    number, date, system, name = (header.get(f"header.{n}") for n in ("number", "date", "system", "issuer.name"))
    if number is None or date is None or name is None:
        yield "incomplete"
    symbol = _symbol(number) if number else None
    if number and symbol is None:
        yield "symbol-unparsed"
    if symbol is not None:
        kind = header.get("header.type.code")
        if symbol.type and kind and symbol.type != kind and (symbol.type, kind) != ("QĐ", "QyĐ"):
            yield "type-differs"
        if _other_issuer(symbol, name):
            yield "issuer-differs"
        if symbol.year and date and symbol.year != date[:4]:
            yield "year-differs"
    if name and date and _of_other_days(without_office(name), date):
        yield "organ-of-other-days"
    where, place = header.get("header.place"), header.get("header.issuer.place")
    if where and place and header.get("header.issuer.level") == "commune" and fold(where) not in fold(place):
        yield "place-differs"
    signed = min((s.time[:10] for s in doc.signatures if s.time), default=None)
    if signed and date and date > signed:
        yield "later-than-signature"
    yield from _signers(doc, system, name)


def _signers(doc: Document, system: str | None, issuer: str | None) -> Iterator[str]:
    signers = [a.value for a in doc.of_kind(Signer) if isinstance(a.value, Signer)]
    signer = next((s for s in signers if s.position), None)
    if signer is None or signer.position is None:
        return
    title = " ".join(fold(signer.position).upper().split())
    if (system == "state" and "BI THU" in title) or (system == "party" and "CHU TICH" in title):
        yield "signer-differs"
    if issuer and signer.capacity not in ("TL", "TUQ"):  # by order signs the head of a unit
        words = f" {fold(issuer).lower()} "
        kinds = next((kinds for office, kinds in _offices() if title.removeprefix("PHO ").startswith(office)), ())
        if kinds and not any(f" {kind}" in words for kind in kinds):
            yield "office-differs"


def citation_doubts(citation: Citation, own_date: str | None) -> Iterator[str]:
    """What in a cited document's identity does not agree: symbol against type, issuer and date, its date against that
    of this document, its organ against the day."""
    target = citation.target
    symbol = _symbol(target.number) if target.number else None
    if target.number and symbol is None and not target.number.isdigit():  # `Chỉ thị 24` has no symbol to parse
        yield "symbol-unparsed"
    if symbol is not None:
        if symbol.type and target.type and symbol.type != target.type and symbol.type not in _ISSUING:
            yield "type-differs"
        if _other_issuer(symbol, target.issuer):
            yield "issuer-differs"
        if symbol.year and target.date and symbol.year != target.date[:4]:
            yield "year-differs"
        if target.date and symbol.organs and _code_of_other_days(symbol.organs[0], target.date):
            yield "organ-of-other-days"
    if own_date and target.date and target.date > own_date[: len(target.date)]:
        yield "later-than-own-date"


def deadline_doubts(deadline: Deadline, own_date: str | None) -> Iterator[str]:
    """A day to finish by that lies before the document's own."""
    value = deadline.value
    if deadline.kind == "fixed" and own_date and value and value[:4].isdigit():
        day = value if "Q" not in value else value[:4]
        if day < own_date[: len(day)]:
            yield "earlier-than-own-date"


_ISSUING = frozenset({"QĐ", "NQ", "NĐ", "TT"})
"""Types whose documents issue others: a regulation has its own type and their number (CONTRACT.md, Citations); a Quy
định of the Party has `QĐ` too."""
_OF_THE_CENTRE = frozenset({"bo chinh", "chinh tri", "ban bi", "bi thu", "trung uong"})


@lru_cache(maxsize=8192)
def _symbol(number: str) -> Symbol | None:
    return parse_symbol(number)


def _other_issuer(symbol: Symbol, issuer: str | None) -> bool:
    organ = organ_of_code(symbol.organs[0]) if symbol.organs else None
    return organ is not None and issuer is not None and not _alike(organ.name, issuer)


@lru_cache(maxsize=1024)
def _pairs_of_words(name: str) -> frozenset[str]:
    """What a name shares with its like: pairs of words in either order, and `uy` of a Party committee at any level."""
    words = fold(expanded(name)).lower().split()
    pairs = {" ".join(pair) for a, b in pairwise(words) for pair in ((a, b), (b, a))}  # Tỉnh đoàn, Đoàn tỉnh
    committees = {"uy" for a, b in pairwise([*words, ""]) if (a == "uy" and b != "ban") or a + b == "dangbo"}
    return frozenset(pairs | committees | (_OF_THE_CENTRE if pairs & _OF_THE_CENTRE else frozenset()))


def _alike(organ: str, issuer: str) -> bool:
    """Whether symbol and words mean one organ: `Tỉnh ủy` and `Ban Thường vụ Thành ủy` may."""
    return not _pairs_of_words(organ).isdisjoint(_pairs_of_words(issuer))


@lru_cache(maxsize=1)
def _central() -> frozenset[str]:
    """Names of single organs with a life: only of those the register can say that they did not stand."""
    return frozenset(b.name for b in bodies().values() if not b.placed and (b.since or b.until))


@lru_cache(maxsize=4096)
def _of_other_days(name: str, date: str) -> bool:
    return name in _central() and not candidates_at(name, date)


@lru_cache(maxsize=4096)
def _code_of_other_days(code: str, date: str) -> bool:
    organ = organ_of_code(code)
    return organ is not None and organ.name in _central() and not candidates_at(code, date)


@lru_cache(maxsize=1)
def _offices() -> tuple[tuple[str, tuple[str, ...]], ...]:
    """Offices, the longest first, with what an issuer's name must have."""
    rows = [(r["office"], tuple(r["organs"].split("|"))) for r in Tables.default().rows("signing_organs")]
    return tuple(sorted(rows, key=lambda row: -len(row[0])))
