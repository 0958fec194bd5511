"""Zones by rules and model: a document with the rules' zones and a reader of lines go in, one with both out.

Rules decide. Only where they find no closing does the model look for one: a seal or a fold may have spoiled every
formula that rules know, and the lines around it still look like recipients and a signature.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from docparse.model import Document, Found, Zone
from docparse.segment.line_model import LineReader, job_of, reader_in_use
from docparse.segment.line_roles import LineJob
from docparse.segment.paragraphs import Paragraph, paragraphs
from docparse.spans import Span
from docparse.tables import Tables

BY = "lines-model"
CLOSING: tuple[LineJob, ...] = ("recipient", "authority", "signer")
SIGNING: tuple[LineJob, ...] = ("authority", "signer")
REACH = 60
"""A closing begins among the last so many lines of the text before its annexes."""
LEAST = 3
"""A closing has at least so many lines: of fewer the model may be sure by chance."""
GAPS = 2
"""So many lines of other jobs may stand within one."""
SURE = 0.7
"""A line's least chance; half and 0.85 gave the same on documents that the model had not seen (docs/models.md)."""


def repair_closing(doc: Document, tables: Tables) -> Document:
    """The stage: the document as it is where no model is in use."""
    del tables
    reader = reader_in_use()
    return doc if reader is None else repaired(doc, reader, SURE)


def repaired(doc: Document, reader: LineReader, sure: float) -> Document:
    """The document with the closing that the model sees where the rules found none; `sure` is a line's least chance."""
    zones = [a for a in doc.of_kind(Zone) if isinstance(a.value, Zone)]
    body = next((a for a in zones if a.value == Zone("body")), None)
    if doc.kind != "official" or body is None or any(a.value == Zone("closing") for a in zones):
        return doc
    lines = [p for p in paragraphs(doc, body.span) if p.text.strip()]
    at = closing_start(lines, reader, sure)
    if at is None:
        return doc
    rest = [a for a in doc.annotations if a is not body]
    parts = [("body", lines[:at]), ("closing", lines[at:])]
    found = [
        Found(Span(own[0].span.start, own[-1].span.end), Zone(name), sure, f"zone-{name}")  # type: ignore[arg-type]
        for name, own in parts
        if own
    ]
    return replace(doc, annotations=tuple(rest)).with_annotations(found, by=BY)


def closing_start(lines: Sequence[Paragraph], reader: LineReader, sure: float) -> int | None:
    """Where among these lines the closing begins that they end with; None where they end with none."""
    near = lines[-REACH:]
    told = reader.read(near)
    chances = told[:, [job_of(job) for job in CLOSING]].sum(axis=1)
    signs = told[:, [job_of(job) for job in SIGNING]].sum(axis=1)
    start, gap, count = None, 0, 0
    for at in range(len(near) - 1, -1, -1):
        if chances[at] >= sure:
            start, gap, count = at, 0, count + 1
        else:
            gap += 1
            if gap > GAPS:
                break
    if start is None or count < LEAST or start == 0 or signs[start:].max() < sure:
        return None  # without anybody who signs a list is one of enclosures as well
    return len(lines) - len(near) + start
