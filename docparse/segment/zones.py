"""The parts of a document: text in, its kind and `Zone` claims (header, body, closing, annex, boilerplate) out."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from docparse.model import Document, Found, Zone, ZoneName
from docparse.segment.ending import find_ending
from docparse.segment.letterhead import read_letterhead
from docparse.segment.paragraphs import Paragraph, paragraphs
from docparse.segment.press import is_furniture, kind_of
from docparse.spans import Span
from docparse.tables import Tables


def mark_zones(doc: Document, tables: Tables) -> Document:
    """The document with its kind and zones. Zones do not overlap; what lies between two of them is blank."""
    paras = paragraphs(doc)
    head = read_letterhead(paras, tables)
    ending = find_ending(paras, head.end, tables)
    kind = kind_of(doc, paras, head, ending, tables)
    found: list[Found] = []
    if kind != "official":
        lines = [p for p in paras if p.text.strip()]
        found.extend(_press(lines, tables))
        return replace(doc, kind=kind).with_annotations(found, by="zones")
    names: list[ZoneName] = ["body"] * len(paras)
    for start, stop, name in [
        (0, head.end, "header"),
        (ending.closing.start, ending.closing.stop, "closing"),
        (ending.copies.start, ending.copies.stop, "boilerplate"),
    ]:
        names[start:stop] = [name] * (stop - start)  # type: ignore[list-item]
    cuts = set()
    for annex in ending.annexes:
        names[annex.start : annex.stop] = ["annex"] * len(annex)
        cuts.add(annex.start)
    return replace(doc, kind=kind).with_annotations(_runs(paras, names, cuts), by="zones")


def _runs(paras: Sequence[Paragraph], names: Sequence[ZoneName], cuts: set[int]) -> Iterator[Found]:
    start = 0
    for at in range(1, len(paras) + 1):
        if at < len(paras) and names[at] == names[start] and at not in cuts:
            continue
        filled = [p for p in paras[start:at] if p.text.strip()]
        if filled:
            yield Found(
                Span(filled[0].span.start, filled[-1].span.end), Zone(names[start]), 0.9, f"zone-{names[start]}"
            )
        start = at


def _press(lines: Sequence[Paragraph], tables: Tables) -> Iterator[Found]:
    """A report is all body but for the web page's furniture."""
    body = [p for p in lines if not is_furniture(p, tables)]
    if body:
        yield Found(Span(body[0].span.start, body[-1].span.end), Zone("body"), 0.8, "zone-body")
    for paragraph in lines:
        if is_furniture(paragraph, tables):
            yield Found(paragraph.span, Zone("boilerplate"), 0.8, "zone-furniture")
