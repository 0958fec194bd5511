"""Rules and model together: a document with the rules' bodies and a reader go in, the bodies of both come out.

Rules decide. The model may take away a body of a rule that is unsure where it sees none, give another role, and add a
body where the rules found no doer; how sure it must be was chosen on documents that it had not seen.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from docparse.authority import Context, context_of, full_name
from docparse.model import Annotation, Body, Document, Task
from docparse.segment.paragraphs import paragraphs
from docparse.spans import Span
from docparse.tables import Tables
from docparse.tag.bodies import own_words
from docparse.tag.body_model import BodyReader, Read, Reading, reader_in_use, thresholds_in_use

BY = "bodies-model"
NEVER = 2.0
"""A threshold that no chance reaches."""
PRIOR = 3
"""So many bodies are taken to be found by rules beside those that a document has."""


@dataclass(frozen=True, slots=True)
class Choice:
    """How sure the model must be: to add a body where the rules found no doer, to add one anywhere, to take one away
    (the chance of any role is below), to change a role. It adds only to a document of whose bodies, as the model
    sees them, the rules missed at least the share `missed`: then its words are too worn for rules."""

    add: float = NEVER
    anywhere: float = NEVER
    missed: float = 0.0
    veto: float = 0.0
    role: float = NEVER

    @classmethod
    def of(cls, values: Mapping[str, float], scanned: bool) -> Choice:
        """The thresholds of a model, those for pages read by OCR or those for text."""
        kind = "ocr" if scanned else "text"
        return cls(
            values.get(f"{kind}.add", NEVER),
            values.get(f"{kind}.anywhere", NEVER),
            values.get(f"{kind}.missed", 0.0),
            values.get(f"{kind}.veto", 0.0),
            values.get(f"{kind}.role", NEVER),
        )


@dataclass(frozen=True, slots=True)
class TaskReading:
    """A task and what the model reads in its own words, range by range."""

    task: Task
    readings: tuple[Reading, ...]


def read_tasks(doc: Document, reader: BodyReader) -> list[TaskReading]:
    """What the model reads in the own words of each task."""
    paras = paragraphs(doc)
    return [
        TaskReading(task, tuple(reader.read(doc.text, piece) for piece in own))
        for task, own in own_words(doc.tasks, paras)
    ]


def chosen(doc: Document, read: Sequence[TaskReading], choice: Choice) -> tuple[Annotation, ...]:
    """The document's annotations with the bodies that rules and model together claim."""
    bodies = sorted((a for a in doc.annotations if isinstance(a.value, Body)), key=_start)
    context = context_of(doc)
    judged: dict[int, Annotation | None] = {}
    added: list[Annotation] = []
    worn = missed_share(bodies, read, min(choice.add, choice.anywhere)) >= choice.missed
    for one in read:
        mine: list[Annotation] = []
        for reading in one.readings:
            for a in _inside(bodies, reading):
                mine.append(a)
                judged[id(a)] = _judged(a, reading, choice)
        led = any(isinstance(a.value, Body) and a.value.role == "lead" for a in mine)
        least = choice.anywhere if led else min(choice.add, choice.anywhere)
        if worn:
            added += _added(doc, one.readings, [a.span for a in mine], least, context)
    kept = [b for a in doc.annotations if (b := judged.get(id(a), a)) is not None]
    return tuple(sorted([*kept, *added], key=lambda a: (a.span.start, -a.span.end)))


def missed_share(bodies: Sequence[Annotation], read: Iterable[TaskReading], least: float) -> float:
    """Of the bodies that the model is so sure of, the share that meets none of the rules', which are in order; a
    document with few is taken to have some more that rules found."""
    sure = missed = 0
    for reading in (r for one in read for r in one.readings):
        mine = _inside(bodies, reading)
        for body in reading.bodies:
            if body.chance >= least:
                sure += 1
                missed += not any(body.span.meets(a.span) for a in mine)
    return missed / (sure + PRIOR)


def sharpen(doc: Document, tables: Tables) -> Document:
    """The stage: the document as it is where no model is in use or the thresholds for its kind let it say nothing."""
    if doc.kind == "press" or not doc.tasks:
        return doc
    choice = Choice.of(thresholds_in_use(), any(page.method == "ocr" for page in doc.pages))
    reader = reader_in_use(tables) if choice != Choice(missed=choice.missed) else None
    return doc if reader is None else replace(doc, annotations=chosen(doc, read_tasks(doc, reader), choice))


def _start(a: Annotation) -> int:
    return a.span.start


def _inside(bodies: Sequence[Annotation], reading: Reading) -> Sequence[Annotation]:
    """The rules' bodies in the range that was read."""
    if not reading.places:
        return ()
    end = reading.places[-1].end
    first = bisect_left(bodies, reading.places[0].start, key=_start)
    return [a for a in bodies[first : bisect_left(bodies, end, key=_start)] if a.span.end <= end]


def _judged(a: Annotation, reading: Reading, choice: Choice) -> Annotation | None:
    assert isinstance(a.value, Body)
    odds = reading.of(a.span)
    if not odds:
        return a
    if sum(odds.values()) < choice.veto:
        return None
    best = max(odds, key=lambda role: odds[role])
    if best != a.value.role and odds[best] >= choice.role:
        return replace(a, value=replace(a.value, role=best), by=BY, rule="role-by-model")
    return a


def _added(
    doc: Document, readings: Iterable[Reading], taken: Sequence[Span], least: float, context: Context
) -> Iterator[Annotation]:
    seen: set[str] = set()
    for read in (r for reading in readings for r in reading.bodies):
        words = read.span.of(doc.text)
        if read.chance < least or words.lower() in seen or any(read.span.meets(t) for t in taken):
            continue
        seen.add(words.lower())
        yield _claim(read, full_name(words, context))


def _claim(read: Read, name: str) -> Annotation:
    return Annotation(read.span, Body(name, read.role), round(read.chance, 3), BY, "model")
