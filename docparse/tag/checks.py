"""Checks: a document with its claims goes in; notes on what cannot be or does not agree come out.

`impossible-date`: a day that no calendar has (31/02/2021); it stays as written and is not normalised. `cites-future`:
a document cited with a date after the document's own. `symbol-issuer`: the organ in a symbol is not the one that is
said to have issued it (Nghị định 30/2020/NĐ-CP Điều 8; Hướng dẫn 36-HD/VPTW). What a person should look at, no failure.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from itertools import pairwise

from docparse.authority import expanded, fold
from docparse.model import Citation, Document, Field, Note
from docparse.register import bodies
from docparse.tables import Tables
from docparse.tag.dates import iso
from docparse.tag.symbols import parse_symbol

_DAY = re.compile(
    r"(?P<d>\d{1,2})(?:(?P<mark>[/.-])(?P<m>\d{1,2})(?P=mark)|\s+tháng\s+(?P<month>\d{1,2})\s+năm\s+)"
    r"(?P<y>(?:19|20)\d\d)(?![\w/-])"
)
_SAID = re.compile(r"(?:[Nn]gày|NGÀY)\s+\Z")
_MOST = 20
"""Notes of one kind: a person who has seen so many looks at the whole document."""


def find_doubts(doc: Document, tables: Tables) -> Iterator[Note]:
    """The notes of a document, each kind in the order of the text, at most twenty of a kind."""
    del tables
    yield from _first(_impossible_dates(doc))
    fields = {a.value.name: a.value.value for a in doc.of_kind(Field) if isinstance(a.value, Field)}
    own = fields.get("header.date")
    if own and len(own) == 10:
        yield from _first(_from_the_future(doc, own))
    yield from _first(_other_issuers(doc, fields))


def _first(notes: Iterator[Note]) -> Iterator[Note]:
    seen: set[str] = set()
    for note in notes:
        if note.message not in seen:
            seen.add(note.message)
            yield note
        if len(seen) == _MOST:
            return


def _impossible_dates(doc: Document) -> Iterator[Note]:
    for match in _DAY.finditer(doc.text):
        if (before := doc.text[max(0, match.start() - 1) : match.start()]) and (before.isalnum() or before in "/.,-"):
            continue  # the end of a longer number
        if match["mark"] in {".", "-"} and not _SAID.search(doc.text[max(0, match.start() - 8) : match.start()]):
            continue  # `12.13.2020` is a number of its own outside dates
        if iso(match["d"], match["m"] or match["month"], match["y"]) is None:
            words = " ".join(match[0].split())
            message = f"{words} is no day of the calendar; it is kept as written and not normalised"
            yield Note("impossible-date", message, doc.page_at(match.start()))


def _from_the_future(doc: Document, own: str) -> Iterator[Note]:
    for a in doc.of_kind(Citation):
        if not isinstance(a.value, Citation) or a.value.relation == "promulgates":
            continue
        target = a.value.target
        if target.date and target.date > own[: len(target.date)]:
            name = target.number or target.title
            message = f"{name} is cited with the date {target.date}, after the document's own, {own}"
            yield Note("cites-future", message, doc.page_at(a.span.start))


def _other_issuers(doc: Document, header: dict[str, str]) -> Iterator[Note]:
    number, issuer = header.get("header.number"), header.get("header.issuer.name")
    if number and issuer and (organ := _contradicted(number, issuer)):
        yield Note("symbol-issuer", f"{number} is a number of {organ}; the letterhead says {issuer}", doc.page_at(0))
    for a in doc.of_kind(Citation):
        if not isinstance(a.value, Citation) or a.value.via != "explicit":
            continue
        target = a.value.target
        if target.number and target.issuer and (organ := _contradicted(target.number, target.issuer)):
            message = f"{target.number} is a number of {organ}; the text says {target.issuer}"
            yield Note("symbol-issuer", message, doc.page_at(a.span.start))


@lru_cache(maxsize=4096)
def _contradicted(number: str, issuer: str) -> str | None:
    """The organ whose number it is, where no organ with the symbol's code shares two words in a row with the issuer's
    name; a chairman, a standing board, a committee's bureau issue under the code of theirs."""
    symbol = parse_symbol(number)
    code = symbol.organs[0].upper() if symbol is not None and symbol.organs else ""
    meant = _names_by_code().get(code)
    if meant is None or not (said := _pairs(expanded(issuer))):
        return None
    return None if any(said & _pairs(name) for name in meant) else meant[0]


@lru_cache(maxsize=1)
def _names_by_code() -> dict[str, list[str]]:
    """All names of the organs that a code has stood for, the usual one first."""
    out: dict[str, list[str]] = {}
    for body in bodies().values():
        if body.code:
            out.setdefault(body.code.upper(), []).extend((body.name, *body.names))
    for row in Tables.default().rows("organ_slugs"):
        out.setdefault(row["code"].upper(), []).extend(w for w in row["issuer_words"].split("|") if w)
    return out


@lru_cache(maxsize=4096)
def _pairs(name: str) -> frozenset[str]:
    words = re.findall(r"[^\W_]+", fold(name).lower())
    return frozenset(" ".join(sorted(pair)) for pair in pairwise(words)) or frozenset(words)
