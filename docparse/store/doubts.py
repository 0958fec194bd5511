"""Doubts: a corpus goes in; what a person should look at comes out, what is worth most first.

Worth is how bad it is when it is wrong (`WEIGHTS`), times how unsure it is, times how much rests on the document: one
more for each doubling of the documents that cite it. What a person has called right (`checked`) is no doubt.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any, Final

import sqlalchemy as sa

from docparse.link.correctable import CHECKED
from docparse.link.correcting import Correction, corrected, standing
from docparse.store import corrections, schema

WEIGHTS: Final = {
    "lost-correction": 10.0,  # what a person said has no place in the record any more
    "unreadable-page": 8.0,
    "missing": 6.0,  # a header field that every official document has
    "duplicate": 5.0,  # another file of a corrected document came later and was not corrected
    "header": 5.0,  # an unsure header field
    "warning": 4.0,
    "ambiguous-name": 3.0,  # a cited document that may be several known ones
    "claim": 1.5,  # an unsure citation, deadline or body
}
LOW: Final = 0.8
"""Below this confidence a claim is a doubt."""
NEEDED: Final = ("number", "date", "type", "issuer")
_LISTS: Final = ("citations", "deadlines", "bodies")

Json = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Doubt:
    """Something to look at: why, in which file of which document, which field, and where on which page."""

    reason: str
    document: str
    sha256: str
    path: str
    field: str | None
    message: str
    page: int | None
    box: tuple[float, float, float, float] | None
    confidence: float | None
    worth: float


def doubts(connection: sa.Connection, below: float = LOW, document: str | None = None) -> list[Doubt]:
    """All doubts, or those of the document with this id; of several files of a document the best reading's."""
    said = corrections.histories(connection)
    ambiguous = _ambiguous(connection)
    rests = _citing(connection)
    found: list[Doubt] = []
    for _, rows in groupby(_documents(connection, document), key=lambda row: row.urn):
        best, *others = rows
        weight = 1 + math.log2(1 + rests.get(best.key, 0))
        found += _of_file(best, said.get(best.sha256, ()), ambiguous, below, weight)
        live = standing(said.get(best.sha256, ()))
        for row in others:
            found += _lost(row, said.get(row.sha256, ()), weight)
            if live and row.sha256 not in said:
                message = f"{best.path} was corrected by hand, this file of the same document was not"
                found.append(_doubt("duplicate", row, weight, message))
    return sorted(found, key=lambda d: (-d.worth, d.document, d.sha256, d.page or 0, d.field or "", d.message))


def _documents(connection: sa.Connection, document: str | None) -> Iterator[Any]:
    d, own, head = schema.document, schema.name.alias("own"), schema.name.alias("head")
    statement = (
        sa.select(d.c.sha256, d.c.path, d.c.record, head.c.urn, head.c.id.label("key"))
        .join(own, own.c.id == d.c.name)
        .join(head, head.c.id == own.c.node)
        .order_by(head.c.urn, corrections.looked_at(), d.c.unreadable, d.c.quality.desc(), d.c.sha256)
    )
    if document is not None:
        statement = statement.where(head.c.urn == document)
    yield from connection.execute(statement)


def _ambiguous(connection: sa.Connection) -> Mapping[tuple[str, str], tuple[str, int]]:
    """By file and citation: the name that may mean several documents, and how many."""
    n, e, d = schema.name, schema.edge, schema.document
    statement = (
        sa.select(d.c.sha256, e.c.citation, n.c.urn, n.c.candidates)
        .join(e, e.c.target == n.c.id)
        .join(d, d.c.id == e.c.document)
        .where(n.c.candidates != "")
    )
    return {
        (row.sha256, row.citation): (row.urn, row.candidates.count("\n") + 1) for row in connection.execute(statement)
    }


def _citing(connection: sa.Connection) -> Mapping[int, int]:
    """How many documents cite each document, by its key."""
    e, n = schema.edge, schema.name
    many = sa.func.count(sa.distinct(e.c.source))
    statement = sa.select(n.c.node, many).join(n, n.c.id == e.c.target).group_by(n.c.node)
    return {int(node): int(count) for node, count in connection.execute(statement)}


def _of_file(
    row: Any,
    said: Sequence[Correction],
    ambiguous: Mapping[tuple[str, str], tuple[str, int]],
    below: float,
    weight: float,
) -> Iterator[Doubt]:
    yield from _lost(row, said, weight)
    record = corrections.reading(row.record, said)
    checked = {key for one in standing(said) if one.field == "checked" for key in (one.value or "").split(",")}
    if not checked >= set(CHECKED):
        yield from _of_pages(row, record, weight)
    if "header" not in checked:
        yield from _of_header(row, record, {one.field for one in standing(said)}, below, weight)
    for key in _LISTS:
        for claim in record[key] if key not in checked else ():
            yield from _of_claim(row, record, claim, ambiguous, below, weight)


def _lost(row: Any, said: Sequence[Correction], weight: float) -> Iterator[Doubt]:
    if not said:
        return
    states = corrected(corrections.reading(row.record, ()), said).states
    for one in said:
        if states.get(one.number) == "lost":
            message = (
                f"correction {one.number} by {one.author} stood on {one.quote[:80]!r}, which is not found any more"
            )
            yield _doubt("lost-correction", row, weight, message, field=one.field)


def _of_pages(row: Any, record: Json, weight: float) -> Iterator[Doubt]:
    unreadable = [page["number"] for page in record["source"]["pages"] if page["method"] == "unreadable"]
    for number in unreadable:
        yield _doubt("unreadable-page", row, weight, f"page {number} could not be read", page=number)
    for warning in record["warnings"]:
        if not (warning["code"] == "unreadable_page" and warning["page"] in unreadable):
            box = warning.get("box")
            place = (warning["page"], tuple(box[1:]) if box else None)
            message = f"{warning['code']}: {warning['message']}"
            yield _doubt("warning", row, weight, message, page=place[0], box=place[1])


def _of_header(row: Any, record: Json, said: set[str], below: float, weight: float) -> Iterator[Doubt]:
    header = record["header"]
    if header is None:
        return
    values = {"type": header["type"]["code"] or header["type"]["name"], "issuer": header["issuer"]["name"]}
    for name in NEEDED:
        if values.get(name, header.get(name)) is None and f"header.{name}" not in said:
            yield _doubt("missing", row, weight, f"no {name} was found", field=f"header.{name}", page=_first(record))
    for name, evidence in header["evidence"].items():
        if evidence["confidence"] < below and name.split(".")[0] in {*NEEDED, "subject", "place"}:
            field = {"type.code": "type", "issuer.name": "issuer"}.get(name, name)
            if field == name and name.startswith("type."):
                continue  # the name follows from the code
            page, box = _place(record, evidence)
            words = " ".join(record["text"][slice(*evidence["span"])][:120].split())
            yield _doubt(
                "header", row, weight, f"{name} read from {words!r}", f"header.{field}", page, box,
                evidence["confidence"],
            )  # fmt: skip


def _of_claim(
    row: Any,
    record: Json,
    claim: Json,
    ambiguous: Mapping[tuple[str, str], tuple[str, int]],
    below: float,
    weight: float,
) -> Iterator[Doubt]:
    page, box = _place(record, claim)
    words = " ".join(claim["text"][:120].split())
    if (row.sha256, claim["id"]) in ambiguous and claim["rule"] != "correction":
        name, many = ambiguous[row.sha256, claim["id"]]
        message = f"{words!r} ({name}) may be any of {many} documents"
        yield _doubt("ambiguous-name", row, weight, message, claim["id"], page, box)
    if claim["confidence"] < below:
        kind = claim["id"].partition(":")[0]
        yield _doubt("claim", row, weight, f"unsure {kind} {words!r}", claim["id"], page, box, claim["confidence"])


def _place(record: Json, claim: Json) -> tuple[int | None, tuple[float, float, float, float] | None]:
    """The page of a claim, and its first box there."""
    if claim["boxes"]:
        page, *box = claim["boxes"][0]
        return page, (box[0], box[1], box[2], box[3])
    at = claim["span"][0]
    pages = record["source"]["pages"]
    return next((p["number"] for p in pages if p["span"][0] <= at < p["span"][1]), None), None


def _first(record: Json) -> int | None:
    pages = record["source"]["pages"]
    return pages[0]["number"] if pages else None


def _doubt(
    reason: str,
    row: Any,
    weight: float,
    message: str,
    field: str | None = None,
    page: int | None = None,
    box: tuple[float, float, float, float] | None = None,
    confidence: float | None = None,
) -> Doubt:
    unsure = 1.0 if confidence is None else 1 - confidence
    worth = round(WEIGHTS[reason] * unsure * weight, 3)
    return Doubt(reason, row.urn, row.sha256, row.path, field, message, page, box, confidence, worth)
