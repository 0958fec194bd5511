"""The border: a parsed `Document` in, its docparse/1 `Record` out, each claim with its pages, boxes and task."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Sequence
from typing import Any

from docparse import model
from docparse.record import (
    SCHEMA,
    AddresseeRecord,
    BodyRecord,
    BoxTuple,
    CitationRecord,
    DeadlineRecord,
    DigitalRecord,
    EvidenceRecord,
    HeaderRecord,
    IssuerRecord,
    MarkRecord,
    PageRecord,
    RecipientRecord,
    Record,
    RepairRecord,
    RewriteRecord,
    SectionRecord,
    SignatureRecord,
    SourceRecord,
    SpanPair,
    StampRecord,
    TargetRecord,
    TaskRecord,
    TypeRecord,
    WarningRecord,
    WordsRecord,
)
from docparse.spans import Box, Span


class _Places:
    """Boxes and pages of spans, by binary search over the lines and words of the document."""

    def __init__(self, doc: model.Document) -> None:
        self._lines = sorted((n for n in doc.lines if len(n.span)), key=lambda n: n.span.start)
        self._starts = [n.span.start for n in self._lines]
        self._pages = [p for p in doc.pages if len(p.span)]
        self._page_starts = [p.span.start for p in self._pages]
        self._frames = {p.number: p.frame for p in doc.pages if p.frame is not None}

    def box(self, page: int, box: Box) -> BoxTuple:
        """A box on the page as given, also where the page was turned or straightened before it was read."""
        frame = self._frames.get(page)
        if frame is not None:
            box = frame.given(box)
        return (page, round(box.x0, 1), round(box.top, 1), round(box.x1, 1), round(box.bottom, 1))

    def boxes(self, span: Span) -> list[BoxTuple]:
        out: list[BoxTuple] = []
        first = max(0, bisect_right(self._starts, span.start) - 1)
        for line in self._lines[first : bisect_left(self._starts, span.end)]:
            if line.box is None or not line.span.meets(span):
                continue
            words = [w.box for w in line.words if w.span.meets(span)]
            box = Box.around(words) or line.box
            out.append(self.box(line.page, box))
        return out

    def pages(self, span: Span) -> list[int]:
        first = max(0, bisect_right(self._page_starts, span.start) - 1)
        last = bisect_left(self._page_starts, span.end)
        return [p.number for p in self._pages[first:last] if p.span.meets(span)]


class _Tasks:
    """The innermost task around a span, by binary search and then outwards through the tasks that enclose it."""

    def __init__(self, doc: model.Document) -> None:
        self.in_order = sorted(doc.tasks, key=lambda t: (t.span.start, -t.span.end))
        self._starts = [t.span.start for t in self.in_order]
        self._outer: list[int] = []
        open_tasks: list[int] = []
        for at, task in enumerate(self.in_order):
            while open_tasks and self.in_order[open_tasks[-1]].span.end < task.span.end:
                open_tasks.pop()
            self._outer.append(open_tasks[-1] if open_tasks else -1)
            open_tasks.append(at)

    def around(self, span: Span) -> str | None:
        at = bisect_right(self._starts, span.start) - 1
        while at >= 0:
            if self.in_order[at].span.holds(span):
                return task_id(self.in_order[at])
            at = self._outer[at]
        return None


def task_id(task: model.Task) -> str:
    """The id of a task: its place in the text."""
    return f"task:{task.span.start}-{task.span.end}"


def to_record(doc: model.Document) -> Record:
    """The record of a document. Raises ValidationError when a stage made a claim that the contract forbids."""
    places, tasks = _Places(doc), _Tasks(doc)
    claims = _claims(doc, places, tasks)
    by_task: dict[str | None, list[Claim]] = defaultdict(list)
    for claim in claims:
        by_task[claim.task].append(claim)
    signatures = [_signature(a.value) for a in doc.of_kind(model.Signer) if isinstance(a.value, model.Signer)]
    return Record(
        schema=SCHEMA,
        id=doc.id or f"sha256:{doc.source.sha256[:16]}",
        kind=doc.kind,
        source=SourceRecord(
            path=doc.source.path,
            sha256=doc.source.sha256,
            media_type=doc.source.media_type,
            bytes=doc.source.bytes,
            pages=[
                PageRecord(
                    number=p.number,
                    width=round(p.frame.width if p.frame else p.width, 1),
                    height=round(p.frame.height if p.frame else p.height, 1),
                    span=(p.span.start, p.span.end),
                    method=p.method,
                    confidence=None if p.confidence is None else round(p.confidence, 4),
                    rotation=p.rotation,
                    skew=round(p.skew, 2),
                    marks=[MarkRecord(kind=m.kind, box=places.box(p.number, m.box)) for m in p.marks],
                )
                for p in doc.pages
            ],
        ),
        text=doc.text,
        header=_header(doc, places) if doc.kind == "official" else None,
        addressees=[
            AddresseeRecord(
                text=_text(doc, a.span), span=_pair(a.span), boxes=places.boxes(a.span), confidence=_round(a)
            )
            for a in doc.of_kind(model.Field)
            if isinstance(a.value, model.Field) and a.value.name == "addressee"
        ],
        sections=[_section(s) for s in doc.sections],
        tasks=[_task(doc, t, places, by_task[task_id(t)]) for t in tasks.in_order],
        recipients=[
            RecipientRecord(
                text=_text(doc, a.span),
                span=_pair(a.span),
                boxes=places.boxes(a.span),
                name=a.value.name,
                note=a.value.note,
                channel=a.value.channel,
                confidence=_round(a),
            )
            for a in doc.of_kind(model.Recipient)
            if isinstance(a.value, model.Recipient)
        ],
        signature=signatures[0] if signatures else None,
        signatures=signatures,
        stamps=[
            StampRecord(
                kind=s.kind,
                text=s.text,
                boxes=[places.box(page, box) for page, box in s.boxes],
                confidence=None if s.confidence is None else round(s.confidence, 4),
            )
            for s in doc.stamps
        ],
        citations=[c for c in claims if isinstance(c, CitationRecord)],
        deadlines=[c for c in claims if isinstance(c, DeadlineRecord)],
        bodies=[c for c in claims if isinstance(c, BodyRecord)],
        repairs=[_repair(r, places) for r in doc.repairs],
        warnings=[_warning(n, places) for n in doc.notes],
    )


def _pair(span: Span) -> SpanPair:
    return (span.start, span.end)


def _text(doc: model.Document, span: Span) -> str:
    return span.of(doc.text)


def _round(annotation: model.Annotation) -> float:
    return round(annotation.confidence, 4)


def _signature(signer: model.Signer) -> SignatureRecord:
    seen = signer.digital
    digital = DigitalRecord(signer=seen.signer, organization=seen.organization, time=seen.time) if seen else None
    return SignatureRecord(
        capacity=signer.capacity,
        authority=signer.authority,
        position=signer.position,
        name=signer.name,
        digital=digital,
    )


def _section(section: model.Section) -> SectionRecord:
    return SectionRecord(
        label=section.label,
        kind=section.kind,
        path=list(section.path),
        heading=section.heading,
        span=_pair(section.span),
        children=[_section(child) for child in section.children],
    )


def _header(doc: model.Document, places: _Places) -> HeaderRecord:
    fields: dict[str, model.Annotation] = {}
    for a in doc.of_kind(model.Field):
        name = a.value.name if isinstance(a.value, model.Field) else ""
        if name.startswith("header.") and (name not in fields or a.confidence > fields[name].confidence):
            fields[name] = a

    def value(name: str) -> Any:
        found = fields.get(f"header.{name}")
        return found.value.value if found is not None and isinstance(found.value, model.Field) else None

    return HeaderRecord(
        system=value("system"),
        type=TypeRecord(code=value("type.code"), name=value("type.name")),
        number=value("number"),
        issuer=IssuerRecord(
            name=value("issuer.name"),
            parent=value("issuer.parent"),
            level=value("issuer.level"),
            place=value("issuer.place"),
            register_id=value("issuer.register_id"),
            successor=value("issuer.successor"),
        ),
        place=value("place"),
        date=value("date"),
        subject=value("subject"),
        secrecy=value("secrecy"),
        urgency=value("urgency"),
        draft=value("draft") is not None,
        evidence={
            name.removeprefix("header."): EvidenceRecord(
                span=_pair(a.span),
                boxes=places.boxes(a.span),
                confidence=_round(a),
                rule=a.rule,
                inferred=isinstance(a.value, model.Field) and a.value.inferred,
            )
            for name, a in sorted(fields.items())
        },
    )


Claim = CitationRecord | DeadlineRecord | BodyRecord


def _claims(doc: model.Document, places: _Places, tasks: _Tasks) -> Sequence[Claim]:
    out: list[Claim] = []
    seen: set[str] = set()
    for a in doc.annotations:
        value = a.value
        if not isinstance(value, model.Citation | model.Deadline | model.Body):
            continue
        name = type(value).__name__.lower()
        common: dict[str, Any] = {
            "id": _unique(f"{name}:{a.span.start}-{a.span.end}", seen),
            "text": _text(doc, a.span),
            "span": _pair(a.span),
            "boxes": places.boxes(a.span),
            "task": tasks.around(a.span),
            "confidence": _round(a),
            "rule": a.rule,
        }
        if isinstance(value, model.Citation):
            t = value.target
            target = TargetRecord(
                id=t.id,
                type=t.type,
                number=t.number,
                date=t.date,
                issuer=t.issuer,
                title=t.title,
                state=t.state,
                candidates=list(t.candidates),
            )
            said = value.evidence
            out.append(
                CitationRecord(
                    **common,
                    via=value.via,
                    relation=value.relation,
                    provision=value.provision,
                    target=target,
                    evidence=None if said is None else WordsRecord(text=_text(doc, said), span=_pair(said)),
                    rewrites=[RewriteRecord.model_validate(_rewrite(r)) for r in value.rewrites],
                )
            )
        elif isinstance(value, model.Deadline):
            out.append(
                DeadlineRecord(
                    **common,
                    kind=value.kind,
                    value=value.value,
                    op=value.op,
                    anchor=value.anchor,
                    inferred=value.inferred,
                )
            )
        else:
            out.append(BodyRecord(**common, name=value.name, role=value.role))
    return out


def _rewrite(rewrite: model.Rewrite) -> dict[str, str]:
    return {"from": rewrite.printed, "to": rewrite.written, "rule": rewrite.rule}


def _warning(note: model.Note, places: _Places) -> WarningRecord:
    box = places.box(note.page, note.box) if note.page is not None and note.box is not None else None
    return WarningRecord(code=note.code, message=note.message, page=note.page, box=box)


def _repair(repair: model.Repair, places: _Places) -> RepairRecord:
    return RepairRecord.model_validate(
        {
            "page": repair.page,
            "span": _pair(repair.span),
            "boxes": places.boxes(repair.span),
            "from": repair.read,
            "to": repair.written,
            "rule": repair.rule,
            "confidence": round(repair.confidence, 4),
        }
    )


def _unique(name: str, seen: set[str]) -> str:
    """An id from its place; two claims on the same words are told apart by a suffix in the order of the rules."""
    candidate, n = name, 1
    while candidate in seen:
        n += 1
        candidate = f"{name}~{n}"
    seen.add(candidate)
    return candidate


def _task(doc: model.Document, task: model.Task, places: _Places, mine: Sequence[Claim]) -> TaskRecord:
    return TaskRecord(
        id=task_id(task),
        path=list(task.path),
        label=task.label,
        text=_text(doc, task.span),
        span=_pair(task.span),
        pages=places.pages(task.span),
        boxes=places.boxes(task.span),
        bodies=[c.id for c in mine if isinstance(c, BodyRecord)],
        deadlines=[c.id for c in mine if isinstance(c, DeadlineRecord)],
        citations=[c.id for c in mine if isinstance(c, CitationRecord)],
    )
