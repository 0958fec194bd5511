"""One row about a record: what a person wants to see of many documents at a glance."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from docparse.record import Record


@dataclass(frozen=True, slots=True)
class Summary:
    """Counts and header facts of one record; `methods` says how the pages were read, `ocr 3, text 1`."""

    path: str
    pages: int
    methods: str
    number: str | None
    date: str | None
    issuer: str | None
    tasks: int
    citations: int
    deadlines: int
    warnings: int
    unreadable: int


def summarize(record: Record) -> Summary:
    """The row of a record."""
    methods = Counter(page.method for page in record.source.pages)
    header = record.header
    return Summary(
        path=record.source.path,
        pages=len(record.source.pages),
        methods=", ".join(f"{method} {n}" for method, n in sorted(methods.items())),
        number=header.number if header else None,
        date=header.date if header else None,
        issuer=header.issuer.name if header else None,
        tasks=len(record.tasks),
        citations=len(record.citations),
        deadlines=len(record.deadlines),
        warnings=len(record.warnings),
        unreadable=methods["unreadable"],
    )
