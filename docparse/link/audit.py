"""Audit: the documents and edges of a corpus go in; what cannot be right in them comes out, each with its code.

A finding is a question to a person, not a verdict: a misread digit looks like a document that cites the future.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final

import rustworkx

from docparse.link.series import Series, series_of

FULL_DATE = 10
CODES: Final = {
    "cites-itself": "a document acts on itself",
    "cites-future": "a document cites one that is younger than itself",
    "replacement-cycle": "documents replace or repeal one another in a circle",
    "one-number": "two documents bear one number in one series",
    "out-of-order": "a document is older than one with a lower number in its series",
    "symbol-issuer": "the symbol names another organ than the letterhead",
}


@dataclass(frozen=True, slots=True)
class Edge:
    """A relation between two documents by their ids, with the days where they are known whole, and where it is said."""

    source: str
    target: str
    relation: str
    source_date: str | None
    target_date: str | None
    evidence: str


@dataclass(frozen=True, slots=True)
class Finding:
    """What cannot be right: a code of CODES, the documents it is about, in words, and where it is said."""

    code: str
    documents: tuple[str, ...]
    message: str
    evidence: tuple[str, ...] = ()


def audit(
    documents: Iterable[tuple[str, bool]], edges: Iterable[Edge], warned: Iterable[tuple[str, str, str]] = ()
) -> list[Finding]:
    """Every finding of (id, held) documents and their edges, in order of code and document.

    `warned` are the records' own warnings of symbols against issuers: id, message and evidence.
    """
    said = list(edges)
    found = [*_alone(said), *_cycles(said)]
    found += [Finding("symbol-issuer", (urn,), message, (evidence,)) for urn, message, evidence in warned]
    for series in series_of(documents):
        found += [*_one_number(series), *_out_of_order(series)]
    return sorted(found, key=lambda one: (list(CODES).index(one.code), one.documents, one.message))


def _alone(edges: Iterable[Edge]) -> Iterator[Finding]:
    for edge in edges:
        if edge.source == edge.target:
            if edge.relation not in {"cites", "promulgates"}:
                message = f"{edge.source} {edge.relation} itself"
                yield Finding("cites-itself", (edge.source,), message, (edge.evidence,))
        elif _later(edge.target_date, edge.source_date):
            message = f"{edge.source} of {edge.source_date} {edge.relation} {edge.target} of {edge.target_date}"
            yield Finding("cites-future", (edge.source, edge.target), message, (edge.evidence,))


def _later(a: str | None, b: str | None) -> bool:
    return bool(a and b and len(a) == len(b) == FULL_DATE and a > b)


def _cycles(edges: Iterable[Edge]) -> Iterator[Finding]:
    graph: rustworkx.PyDiGraph[str, Edge] = rustworkx.PyDiGraph()
    places: dict[str, int] = {}
    for edge in edges:
        if edge.relation in {"replaces", "repeals"} and edge.source != edge.target:
            for urn in (edge.source, edge.target):
                if urn not in places:
                    places[urn] = graph.add_node(urn)
            graph.add_edge(places[edge.source], places[edge.target], edge)
    for component in rustworkx.strongly_connected_components(graph):
        if len(component) > 1:
            inside = set(component)
            names = tuple(sorted(graph[place] for place in component))
            said = tuple(sorted({e.evidence for a, b, e in graph.weighted_edge_list() if a in inside and b in inside}))
            yield Finding("replacement-cycle", names, f"in a circle: {', '.join(names)}", said)


def _one_number(series: Series) -> Iterator[Finding]:
    by_number: dict[int, list[str]] = defaultdict(list)
    for entry in series.entries:
        if len(entry.date) == FULL_DATE:
            by_number[entry.number].append(entry.id)
    for number, ids in sorted(by_number.items()):
        if len(ids) > 1:
            where = f"{series.authority} {series.symbol} {series.period}"
            yield Finding(
                "one-number", tuple(sorted(ids)), f"number {number} of {where} is borne by {len(ids)} documents"
            )


def _out_of_order(series: Series) -> Iterator[Finding]:
    """A document older than one before it: the one that breaks the rising line where all others keep it."""
    dated = [entry for entry in series.entries if entry.held and len(entry.date) == FULL_DATE]
    for before, at, after in zip(dated, dated[1:], [*dated[2:], None], strict=False):
        if at.date < before.date and at.number > before.number:
            odd = before if after is not None and before.date > after.date else at
            message = f"number {at.number} is of {at.date}, number {before.number} of {before.date}; look at {odd.id}"
            yield Finding("out-of-order", (odd.id,), message)
