"""How sure: a document with all its claims in, the same with each claim's confidence calibrated out.

What tells right claims from wrong ones: the rule that made them, how sure that rule was, how well OCR read the words
under them, and whether what the document says elsewhere agrees. The weights are learned (docparse/learn/calibrate.py)
and plain arithmetic here; without a trained model every rule's own number stands.
"""

from __future__ import annotations

import math
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import pairwise

from docparse.authority import fold, organ_of_code
from docparse.calibration import Feature, Scale, in_use
from docparse.model import Annotation, Body, Citation, Deadline, Document, Field, Recipient, Signer, Word
from docparse.spans import Span
from docparse.tables import Tables
from docparse.tag.symbols import parse_symbol

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
    doubts = tuple(_contradictions(doc, values))
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
            yield Claim(index, "task", (*_own(a, kind), *reading.of(a.span)))
        elif isinstance(value, Field):
            if value.name == "addressee":
                yield Claim(index, "task", (*_own(a, "addressee"), *reading.of(a.span)))
            elif index in picked:
                name = value.name.split(".")[1]
                group = name if name in JUDGED_FIELDS else "other"
                guess: tuple[Feature, ...] = (("inferred", 1.0),) if value.inferred else ()
                yield Claim(index, "header", (*_own(a, group), *guess, *doubts, *reading.of(a.span)))


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
    """The cross-checks of a citation: does its number parse, its type agree, its date precede; is it cited again?"""
    target = citation.target
    if citation.via != "explicit":
        yield (f"via={citation.via}", 1.0)
    if target.number is None:
        yield ("unnumbered", 1.0)
    else:
        kind = _type_of(target.number)
        if kind is None:
            yield ("symbol-unparsed", 1.0)
        elif kind and target.type and kind != target.type:
            yield ("type-differs", 1.0)
        if target.date is None:
            yield ("undated", 1.0)
        if target.issuer is None:
            yield ("no-issuer", 1.0)
    if own_date and target.date and target.date > own_date[: len(target.date)]:
        yield ("later-than-own-date", 1.0)
    if target.id and mentions[target.id] > 1:
        yield ("cited-again", 1.0)


@lru_cache(maxsize=8192)
def _type_of(number: str) -> str | None:
    """The type code in a symbol, `""` where it names none, None where it is no symbol."""
    symbol = parse_symbol(number)
    return None if symbol is None else symbol.type or ""


def _contradictions(doc: Document, header: Mapping[str, str]) -> Iterator[Feature]:
    """What in a header does not agree: symbol and type word, symbol and issuer, symbol and date, signer and system.

    Kinds and organs stand in the symbol (NĐ 30/2020 Phụ lục I, HD 36-HD/VPTW); a normative one has its year there. A Bí
    thư signs for the Party or a mass organisation, a Chủ tịch never for the Party (DOMAIN.md 11).
    """
    number, date, system = (header.get(f"header.{name}") for name in ("number", "date", "system"))
    if number is None or date is None or "header.issuer.name" not in header:
        yield ("incomplete", 1.0)
    symbol = parse_symbol(number) if number else None
    if number and symbol is None:
        yield ("symbol-unparsed", 1.0)
    if symbol is not None:
        kind, issuer = header.get("header.type.code"), header.get("header.issuer.name")
        if symbol.type and kind and symbol.type != kind:
            yield ("type-differs", 1.0)
        organ = organ_of_code(symbol.organs[0]) if symbol.organs else None
        if organ is not None and issuer and not _alike(organ.name, issuer):
            yield ("issuer-differs", 1.0)
        if symbol.year and date and symbol.year != date[:4]:
            yield ("year-differs", 1.0)
    signed = min((s.time[:10] for s in doc.signatures if s.time), default=None)
    if signed and date and date > signed:
        yield ("later-than-signature", 1.0)
    offices = (a.value.position for a in doc.of_kind(Signer) if isinstance(a.value, Signer))
    title = fold(next((office for office in offices if office), "")).upper()
    if (system == "state" and "BI THU" in title) or (system == "party" and "CHU TICH" in title):
        yield ("signer-differs", 1.0)


@lru_cache(maxsize=1024)
def _pairs_of_words(name: str) -> frozenset[str]:
    """What a name shares with its like: pairs of words, and `uy` of a Party committee at any level."""
    words = fold(name).lower().split()
    pairs = {f"{a} {b}" for a, b in pairwise(words)}
    return frozenset(pairs | {"uy" for a, b in pairwise([*words, ""]) if a == "uy" and b != "ban"})


def _alike(organ: str, issuer: str) -> bool:
    """Whether symbol and letterhead mean one organ: `Tỉnh ủy` and `Ban Thường vụ Thành ủy` may."""
    return not _pairs_of_words(organ).isdisjoint(_pairs_of_words(issuer))


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
