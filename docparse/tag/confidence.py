"""How sure: a document with all its claims in, the same with each claim's confidence calibrated out.

What tells right claims from wrong ones: the rule that made them, how sure that rule was, how well OCR read the words
under them, and whether what the document says elsewhere agrees (docparse/tag/cross_checks.py). The weights are learned
(docparse/learn/calibrate.py) and plain arithmetic here; without a trained model every rule's own number stands.
"""

from __future__ import annotations

import math
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import replace
from functools import lru_cache

from docparse.calibration import Feature, Scale, in_use
from docparse.model import Annotation, Body, Citation, Deadline, Document, Field, Recipient, Word
from docparse.spans import Span
from docparse.tables import Tables
from docparse.tag.cross_checks import CONCERNS, citation_doubts, deadline_doubts, header_doubts
from docparse.values import dataclass

JUDGED_FIELDS = frozenset({"system", "type", "number", "issuer", "place", "date", "subject"})


@dataclass(frozen=True, slots=True)
class Claim:
    """A claim to be judged: its index among the document's annotations, its family of claims, what speaks for it."""

    index: int
    family: str
    features: tuple[Feature, ...]


def calibrate(doc: Document, tables: Tables) -> Document:
    """The document with calibrated confidences, or as it is when there is no model."""
    del tables
    scales = in_use()
    return doc if scales is None else apply(doc, scales)


def apply(doc: Document, scales: Mapping[str, Scale]) -> Document:
    """Give every claim that a scale knows its confidence; of fields given twice the first choice stays the first."""
    annotations = list(doc.annotations)
    known: dict[tuple[str, tuple[Feature, ...]], float] = {}
    for claim in claims(doc):
        scale = scales.get(claim.family)
        if scale is None:
            continue
        key = (claim.family, claim.features)
        sure = known.get(key)
        if sure is None:
            sure = known[key] = scale.confidence(claim.features)
        a = annotations[claim.index]
        annotations[claim.index] = Annotation(a.span, a.value, sure, a.by, a.rule)
    chosen = chosen_fields(doc)
    for index, a in enumerate(annotations):
        if isinstance(a.value, Field) and chosen.get(a.value.name, index) != index:
            sure = annotations[chosen[a.value.name]].confidence
            annotations[index] = replace(a, confidence=round(min(a.confidence, 1 - sure, sure * 0.9), 3))
    return replace(doc, annotations=tuple(annotations))


def chosen_fields(doc: Document) -> dict[str, int]:
    """The header's fields by name with the index of the annotation that the record takes: the surest, the first."""
    out: dict[str, int] = {}
    for index, a in enumerate(doc.annotations):
        if isinstance(a.value, Field) and a.value.name.startswith("header."):
            best = out.get(a.value.name)
            if best is None or a.confidence > doc.annotations[best].confidence:
                out[a.value.name] = index
    return out


def claims(doc: Document) -> Iterator[Claim]:
    """Every claim that can be judged, with its features."""
    reading = _Reading(doc)
    chosen = chosen_fields(doc)
    values = {name: a.value.value for name, i in chosen.items() if isinstance((a := doc.annotations[i]).value, Field)}
    doubts = tuple(header_doubts(doc, values))
    own_date = values.get("header.date")
    mentions = Counter(a.value.target.id for a in doc.annotations if isinstance(a.value, Citation))
    picked = set(chosen.values())
    for index, a in enumerate(doc.annotations):
        value = a.value
        if isinstance(value, Citation):
            checks = _cited(value, own_date, mentions)
            yield Claim(index, "citation", (*_own(a, "citation"), *checks, *reading.of(a.span)))
        elif isinstance(value, Body | Deadline | Recipient):
            kind = type(value).__name__.lower()
            late = deadline_doubts(value, own_date) if isinstance(value, Deadline) else ()
            yield Claim(index, "task", (*_own(a, kind), *((doubt, 1.0) for doubt in late), *reading.of(a.span)))
        elif isinstance(value, Field):
            if value.name == "addressee":
                yield Claim(index, "task", (*_own(a, "addressee"), *reading.of(a.span)))
            elif index in picked:
                name = value.name.split(".")[1]
                group = name if name in JUDGED_FIELDS else "other"
                guess: tuple[Feature, ...] = (("inferred", 1.0),) if value.inferred else ()
                against = ((doubt, 1.0) for doubt in doubts if group in CONCERNS[doubt])
                yield Claim(index, "header", (*_own(a, group), *guess, *against, *reading.of(a.span)))


@lru_cache(maxsize=4096)
def _features_of_rule(group: str, rule: str, confidence: float) -> tuple[Feature, ...]:
    sure = min(max(confidence, 0.02), 0.98)
    return (
        (f"kind={group}", 1.0),
        (f"rule={group}:{rule}", 1.0),
        ("own", round(math.log(sure / (1 - sure)) - 2.2, 2)),  # from 0.9, the number most rules give
    )


def _own(a: Annotation, group: str) -> tuple[Feature, ...]:
    return _features_of_rule(group, a.rule, a.confidence)


def _cited(citation: Citation, own_date: str | None, mentions: Mapping[str | None, int]) -> Iterator[Feature]:
    """What tells a citation's kind: how it refers, what of its identity is missing, whether it is cited again; and its
    doubts."""
    target = citation.target
    if citation.via != "explicit":
        yield (f"via={citation.via}", 1.0)
    if target.number is None:
        yield ("unnumbered", 1.0)
    else:
        if target.number.isdigit():
            yield ("bare-number", 1.0)
        if target.date is None:
            yield ("undated", 1.0)
        if target.issuer is None:
            yield ("no-issuer", 1.0)
    if target.id and mentions[target.id] > 1:
        yield ("cited-again", 1.0)
    yield from ((doubt, 1.0) for doubt in citation_doubts(citation, own_date))


class _Reading:
    """How well the words under a span were read: nothing for text, OCR's doubt in hundredths for scanned pages."""

    def __init__(self, doc: Document) -> None:
        self._words: list[Word] = []
        if any(page.method == "ocr" for page in doc.pages):
            seen = (w for line in doc.lines for w in line.words if w.confidence is not None and len(w.span))
            self._words = sorted(seen, key=lambda w: w.span.start)
        self._starts = [w.span.start for w in self._words]

    def of(self, span: Span) -> tuple[Feature, ...]:
        if not self._words:
            return ()
        first = max(0, bisect_right(self._starts, span.start) - 1)
        under = self._words[first : bisect_left(self._starts, span.end)]
        sure = [w.confidence for w in under if w.confidence is not None and w.span.meets(span)]
        if not sure:
            return ()
        return (
            ("ocr", 1.0),
            ("ocr-doubt", round(1 - sum(sure) / len(sure), 2)),
            ("ocr-worst", round(1 - min(sure), 1)),
        )
