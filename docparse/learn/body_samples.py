"""Samples for the span model of bodies: parsed documents with gold or without go in, labelled ranges come out.

With gold a body stands where its words stand in its task's own words; without (silver) where the rules see it.
"""

from __future__ import annotations

import random
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from docparse.authority import fold
from docparse.evaluate.forms import accepted, folded_path
from docparse.model import Body, BodyRole, Document
from docparse.segment.paragraphs import paragraphs
from docparse.spans import Span
from docparse.tag.bodies import own_words
from docparse.tag.body_model import MOST, ROLES, labelled
from docparse.tag.body_tokens import syllables

Json = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Sample:
    """The syllables of one range with their labels; `weight` copies of it are shown."""

    document: str
    words: tuple[str, ...]
    labels: tuple[str, ...]


def from_gold(name: str, doc: Document, gold: Json) -> Iterator[Sample]:
    """The own words of each task whose path the gold knows, labelled as the gold says."""
    wanted: dict[tuple[str, ...], list[tuple[str, BodyRole]]] = {}
    for body in gold["bodies"]:
        if body["task"] is not None:
            role: BodyRole = accepted(body["role"])[0]  # type: ignore[assignment]
            wanted.setdefault(folded_path(body["task"]), []).append((body["text"], role))
    known = {folded_path(task["path"]) for task in gold["tasks"]} | set(wanted)
    by_rules = {a.span for a in doc.of_kind(Body)}
    for task, own in own_words(doc.tasks, paragraphs(doc)):
        path = folded_path(task.path)
        if path not in known:
            continue
        bodies = list(_placed(doc.text, own, wanted.get(path, ()), by_rules))
        yield from _samples(name, doc.text, own, bodies)


def from_rules(name: str, doc: Document) -> Iterator[Sample]:
    """Silver: the own words of each task, labelled as the rules say."""
    bodies = [(a.span, a.value.role) for a in doc.of_kind(Body) if isinstance(a.value, Body)]
    for _, own in own_words(doc.tasks, paragraphs(doc)):
        yield from _samples(name, doc.text, own, bodies)


def damaged(sample: Sample, seed: int, share: float) -> Sample:
    """The sample with this share of its words without their marks, as OCR leaves them."""
    dice = random.Random(seed)
    return replace(sample, words=tuple(fold(w) if dice.random() < share else w for w in sample.words))


def _samples(name: str, text: str, own: Iterable[Span], bodies: Sequence[tuple[Span, BodyRole]]) -> Iterator[Sample]:
    for piece in own:
        places = syllables(text, piece)[:MOST]
        if places:
            labels = labelled(places, [b for b in bodies if piece.holds(b[0])])
            yield Sample(name, tuple(p.of(text) for p in places), tuple(labels))


def _placed(
    text: str, own: Sequence[Span], wanted: Iterable[tuple[str, BodyRole]], by_rules: set[Span]
) -> Iterator[tuple[Span, BodyRole]]:
    """Where the words of a gold body stand: where the rules see them, else where they stand first."""
    taken: list[Span] = []
    for words, role in sorted(wanted, key=lambda w: -len(w[0])):
        form = r"\s+".join(map(re.escape, fold(words).split()))
        pattern = re.compile(rf"(?<!\w){form}(?!\w)", re.IGNORECASE)
        spots = [Span(p.start + m.start(), p.start + m.end()) for p in own for m in pattern.finditer(fold(p.of(text)))]
        free = [s for s in spots if not any(s.meets(t) for t in taken)]
        if free and role in ROLES:
            spot = next((s for s in free if s in by_rules), free[0])
            taken.append(spot)
            yield spot, role
