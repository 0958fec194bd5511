"""Annotations of a PDF: its record in, highlights of citations and deadlines and notes of tasks on its pages out.

What a viewer shows as a comment; the page's own content is not touched. Notes of an earlier run are replaced.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

import pikepdf
from pikepdf import Array, Dictionary, Name, String

from docparse.export.pdf_layer import Upright, upright
from docparse.record import BoxTuple, CitationRecord, DeadlineRecord, Record, TaskRecord

AUTHOR = "docparse"
_PRINTED, _ICON = 4, 28  # flags: printed; a note as well neither zoomed nor turned (PDF 32000-1, 12.5.3)
BLUE, ORANGE, GREEN = (0.65, 0.82, 1.0), (1.0, 0.83, 0.5), (0.6, 0.9, 0.6)
_SIDE = 18.0  # points: how large viewers draw the icon of a note

Colour = tuple[float, float, float]


def annotate(pdf: pikepdf.Pdf, record: Record) -> int:
    """Put the annotations on the pages; returns how many."""
    places = [upright(page) for page in pdf.pages]
    made: dict[int, list[pikepdf.Object]] = {}
    for number, annotation in _annotations(pdf, record, places):
        made.setdefault(number, []).append(annotation)
    for number, page in enumerate(pdf.pages, 1):
        old = page.obj.get("/Annots")
        kept = [a for a in old.as_list() if not _ours(a)] if isinstance(old, Array) else []
        new = [pdf.make_indirect(a) for a in made.get(number, ())]
        if kept or new:
            page.obj["/Annots"] = pdf.make_indirect(Array([*kept, *new]))
        elif old is not None:
            del page.obj["/Annots"]
    return sum(map(len, made.values()))


def _ours(annotation: pikepdf.Object) -> bool:
    return isinstance(annotation, Dictionary) and str(annotation.get("/T", "")) == AUTHOR


def _annotations(pdf: pikepdf.Pdf, record: Record, places: Sequence[Upright]) -> Iterator[tuple[int, pikepdf.Object]]:
    for citation in record.citations:
        yield from _highlights(pdf, citation.id, citation.boxes, BLUE, _of_citation(citation), places)
    for deadline in record.deadlines:
        yield from _highlights(pdf, deadline.id, deadline.boxes, ORANGE, _of_deadline(deadline), places)
    for task in record.tasks:
        first = next((box for box in task.boxes if box[0] <= len(places)), None)
        if first is not None:
            edge = min(box[1] for box in task.boxes if box[0] == first[0])
            yield first[0], _note(task.id, edge, first[2], _of_task(task, record), places[first[0] - 1])


def _of_citation(citation: CitationRecord) -> str:
    target = citation.target
    parts = (" ".join(filter(None, (target.type, target.number))), target.date, target.issuer, target.title)
    return _written(" · ".join(filter(None, parts)), citation.relation, citation.provision, target.id)


def _of_deadline(deadline: DeadlineRecord) -> str:
    return _written(f"{deadline.op} {deadline.value or '?'}", deadline.kind, deadline.anchor)


def _of_task(task: TaskRecord, record: Record) -> str:
    bodies = [f"{b.role}: {b.name}" for b in record.bodies if b.id in task.bodies]
    deadlines = [f"{d.op} {d.value or '?'}" for d in record.deadlines if d.id in task.deadlines]
    return _written(" / ".join(task.path) or "–", *bodies, *deadlines)


def _written(*lines: str | None) -> str:
    return "\n".join(line for line in lines if line)


def _highlights(
    pdf: pikepdf.Pdf, name: str, boxes: Iterable[BoxTuple], colour: Colour, words: str, places: Sequence[Upright]
) -> Iterator[tuple[int, pikepdf.Object]]:
    """One highlight for each page that the claim stands on, a quadrilateral for each line."""
    pages: dict[int, list[BoxTuple]] = {}
    for box in boxes:
        pages.setdefault(box[0], []).append(box)
    for page, lines in pages.items():
        if page > len(places):
            continue
        quads = [_quad(box, places[page - 1]) for box in lines]
        xs, ys = [x for q in quads for x in q[0::2]], [y for q in quads for y in q[1::2]]
        rect = Array([min(xs), min(ys), max(xs), max(ys)])
        yield (
            page,
            Dictionary(
                Type=Name.Annot,
                Subtype=Name.Highlight,
                Rect=rect,
                QuadPoints=Array([v for q in quads for v in q]),
                C=Array(list(colour)),
                T=String(AUTHOR),
                NM=String(f"{name}:{page}"),
                Contents=String(words),
                F=_PRINTED,
                AP=Dictionary(N=_appearance(pdf, rect, quads, colour)),
            ),
        )


def _quad(box: BoxTuple, place: Upright) -> list[float]:
    """Top left, top right, bottom left, bottom right, in the order that viewers expect."""
    _, x0, top, x1, bottom = box
    corners = ((x0, top), (x1, top), (x0, bottom), (x1, bottom))
    return [round(v, 2) for corner in corners for v in place(corner)]


def _appearance(pdf: pikepdf.Pdf, rect: Array, quads: Sequence[Sequence[float]], colour: Colour) -> pikepdf.Object:
    """The colour multiplied onto the page, so that print stays black."""
    paint = [f"/G0 gs {colour[0]} {colour[1]} {colour[2]} rg"]
    for ax, ay, bx, by, cx, cy, dx, dy in quads:
        paint.append(f"{ax} {ay} m {bx} {by} l {dx} {dy} l {cx} {cy} l h")
    paint.append("f")  # all in one: where lines overlap the colour is not doubled
    form = pikepdf.Stream(pdf, "\n".join(paint).encode("ascii"))
    form.Type, form.Subtype, form.BBox = Name.XObject, Name.Form, rect
    form.Resources = Dictionary(ExtGState=Dictionary({"/G0": Dictionary(Type=Name.ExtGState, BM=Name.Multiply)}))
    form.Group = Dictionary(S=Name.Transparency)
    return pdf.make_indirect(form)


def _note(name: str, edge: float, top: float, words: str, place: Upright) -> pikepdf.Object:
    """An icon in the margin, left of the task's lines and level with the first."""
    left = max(2.0, edge - _SIDE - 8)
    (ax, ay), (bx, by) = place((left, top)), place((left + _SIDE, top + _SIDE))
    return Dictionary(
        Type=Name.Annot,
        Subtype=Name.Text,
        Rect=Array([round(v, 2) for v in (min(ax, bx), min(ay, by), max(ax, bx), max(ay, by))]),
        Name=Name.Note,
        C=Array(list(GREEN)),
        T=String(AUTHOR),
        NM=String(name),
        Contents=String(words),
        F=_ICON,
    )
