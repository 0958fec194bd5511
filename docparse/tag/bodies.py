"""Responsible bodies: a document with its tasks goes in, the bodies that each names come out with role and full name.

A task owns its words without those of its sub-tasks; a body stands once, at the item in whose own words it stands;
those named in the sentence that opens a list of tasks stand outside every task (CONTRACT.md, Responsible bodies).
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from docparse.authority import Context, context_of, full_name
from docparse.model import Body, BodyRole, Document, Found, Section, Task, Zone
from docparse.segment.paragraphs import Paragraph, paragraphs
from docparse.segment.quoted import quoted_paragraphs
from docparse.spans import Span
from docparse.tables import Tables
from docparse.tag.misreadings import legible
from docparse.tag.roles import Named, Roles, roles
from docparse.tag.table_roles import ORDINAL, TableRoles

_GAPS = re.compile(r"\W+")
STRENGTH: dict[BodyRole, int] = {"lead": 5, "coordinate": 4, "advise": 3, "monitor": 2, "report_to": 1}


def find_bodies(doc: Document, tables: Tables) -> Iterator[Found]:
    """The bodies of all tasks, then those of the sentences that open lists of tasks."""
    if doc.kind == "press":
        return
    reader = roles(tables)
    context = context_of(doc)
    paras = paragraphs(doc)
    text = legible(doc, tables)
    columns = TableRoles(tables, paras)
    at_start = {p.span.start: p for p in paras}
    headed = -1
    for task, own in own_words(doc.tasks, paras):
        delegated = task.span.start < headed
        cells = [at_start[p.start] for p in own if p.start in at_start]
        rows = list(columns.cells(own, cells)) if len(cells) == len(own) else []
        if rows:
            yield from _claims(doc, (n for cell, role in rows for n in reader.in_cell(text, cell, role)), context)
            continue
        pieces = _without_table_head(text, own)
        single = sum(not text[p.start : p.end].rstrip().endswith(":") for p in pieces) == 1
        found = [n for piece in pieces for n in reader.in_paragraph(text, piece, single, delegated)]
        if len(pieces) == 2 and single:
            found = list(_helping(found, pieces, reader, text))
        if any(n.rule in ("heading", "run-in-heading") for n in found):
            headed = max(headed, task.span.end)
        yield from _claims(doc, found, context)
    for para in _lead_ins(doc, paras, reader):
        yield from _claims(doc, reader.leading(text, para.span), context)


def own_words(tasks: Iterable[Task], paras: Sequence[Paragraph]) -> Iterator[tuple[Task, list[Span]]]:
    """Each task with the parts of paragraphs that are its own: inside it and in none of its sub-tasks; linear."""
    ordered = sorted(set(tasks), key=lambda t: (t.span.start, -t.span.end))
    starts = [p.span.start for p in paras]
    for i, task in enumerate(ordered):
        holes: list[Span] = []
        j = i + 1
        while j < len(ordered) and ordered[j].span.start < task.span.end:
            if not holes or ordered[j].span.start >= holes[-1].end:
                holes.append(ordered[j].span)
            j += 1
        pieces: list[Span] = []
        openings = [hole.start for hole in holes]
        first = max(0, bisect_right(starts, task.span.start) - 1)
        for para in paras[first : bisect_left(starts, task.span.end)]:
            pieces += _without(
                Span(max(para.span.start, task.span.start), min(para.span.end, task.span.end)), holes, openings
            )
        yield task, pieces


def _helping(found: Sequence[Named], pieces: Sequence[Span], reader: Roles, text: str) -> Iterator[Named]:
    """Whoever stands in a paragraph of his own over work of which all is to help helps (`Sở Tài chính có trách nhiệm:`,
    then `Phối hợp với …`)."""
    helps = reader.helps_only(text, pieces[1])
    for named in found:
        of_all = helps and named.role == "lead" and named.span.start < pieces[0].end
        yield replace(named, role="coordinate") if of_all else named


def _without_table_head(text: str, pieces: list[Span]) -> list[Span]:
    """The pieces before `STT`: what follows are the names of a table's columns."""
    for i, piece in enumerate(pieces):
        ordinal = ORDINAL.match(text, piece.start, piece.end)
        if ordinal and (ordinal.end() == piece.end or text[ordinal.end() - 1] == "\t" or text[ordinal.end()] in "|\t"):
            return pieces[:i]
    return pieces


def _without(span: Span, holes: Sequence[Span], openings: Sequence[int]) -> list[Span]:
    at, out = span.start, []
    for hole in holes[max(0, bisect_right(openings, span.start) - 1) : bisect_left(openings, span.end)]:
        if hole.end <= at:
            continue
        if hole.start > at:
            out.append(Span(at, hole.start))
        at = max(at, hole.end)
    if at < span.end:
        out.append(Span(at, span.end))
    return out


def _lead_ins(doc: Document, paras: Sequence[Paragraph], reader: Roles) -> Iterator[Paragraph]:
    """The paragraphs outside the tasks, the articles, the letterhead and the closing that open a list of tasks: in an
    article whoever opens a list is at work there or has none."""
    covered = sorted((t.span for t in doc.tasks), key=lambda s: s.start)
    starts = [s.start for s in covered]
    closed = [a.span for a in doc.of_kind(Zone) if isinstance(a.value, Zone) and a.value.name in ("header", "closing")]
    quoted = quoted_paragraphs([p.text for p in paras])
    leads_in = reader.words["leads_in"]
    articles = sorted((s.span for s in _articles(doc.sections)), key=lambda s: s.start)
    opened = [span.start for span in articles]
    reach = -1
    for para in paras:
        at = bisect_right(starts, para.span.start) - 1
        reach = max(reach, covered[at].end) if at >= 0 else reach
        if not para.text or reach > para.span.start or para.index in quoted:
            continue
        article = bisect_right(opened, para.span.start) - 1
        if article >= 0 and para.span.start < articles[article].end:
            continue
        after = bisect_right(starts, para.span.end)
        near = after < len(starts) and starts[after] - para.span.end < 400
        if near and leads_in.search(para.text[-60:]) and not any(z.holds(para.span) for z in closed):
            yield para


def _articles(sections: Iterable[Section]) -> Iterator[Section]:
    """The articles of a tree."""
    stack = list(sections)
    while stack:
        section = stack.pop()
        if section.kind == "article":
            yield section
        else:
            stack += section.children


def _claims(doc: Document, found: Iterable[Named], context: Context) -> Iterator[Found]:
    """One claim for each wording, in its strongest role; the issuer as itself is none."""
    best: dict[str, Named] = {}
    issuer = _key(context.issuer or "")
    for named in found:
        key = _key(named.span.of(doc.text))
        if key not in best or STRENGTH[named.role] > STRENGTH[best[key].role]:
            best[key] = named
    for named in sorted(best.values(), key=lambda n: n.span.start):
        words = named.span.of(doc.text)
        name = full_name(words, context)
        itself = named.role == "lead" and named.rule != "assigned"
        if itself and issuer and _key(name) in (issuer, f"chủ tịch {issuer}"):
            continue
        yield Found(named.span, Body(name, named.role), named.confidence, named.rule)


def _key(words: str) -> str:
    return _GAPS.sub(" ", words).strip().lower()
