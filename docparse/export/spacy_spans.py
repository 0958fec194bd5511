"""A record on a spaCy `Doc`: span groups with labels and values, and the record itself, in; the record again out.

`doc.spans["docparse"]` holds every claim, labelled by its kind (`CITATION`, `TASK`, `HEADER_NUMBER`); `citations`,
`deadlines`, `bodies` and `tasks` hold those kinds alone, labelled by what tells their members apart (relation, kind of
deadline, role). `doc._.docparse` is the record; `span._.docparse` what it says of the span; `span._.docparse_aligned`
is `exact`; `expand` where a claim's border fell inside a token; `around` where other words stand between the claim's
own in the given text (the columns of a letterhead). A span knows its claim by `span.id_`.
"""

from __future__ import annotations

import re
from array import array
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from spacy.tokens import Doc
from spacy.tokens import Span as Words

from docparse.export.origins import given_span
from docparse.record import Record
from docparse.spans import Span

ALL = "docparse"
GROUPS = ("citations", "deadlines", "bodies", "tasks")
_INDEX = "docparse.claims"
_LETTER = re.compile(r"[^\W_]")
Json = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Claim:
    """One claim of a record: its id, kind as a label, the label in its own group, its place in the record's text; and
    where the record has it: the list and the index in it, or the name of the header's evidence."""

    id: str
    kind: str
    label: str
    group: str | None
    span: Span
    within: str
    at: int | str


def claims(record: Json) -> Iterator[Claim]:
    """All claims of a record that stand on words, in the order of its lists."""
    for name, evidence in ((record.get("header") or {}).get("evidence") or {}).items():
        label = "HEADER_" + name.upper().replace(".", "_")
        yield Claim(f"header.{name}", label, label, None, Span(*evidence["span"]), "header", name)
    for group, tells in (("citations", "relation"), ("deadlines", "kind"), ("bodies", "role"), ("tasks", None)):
        kind = {"bodies": "BODY"}.get(group, group[:-1].upper())
        for at, claim in enumerate(record[group]):
            yield Claim(claim["id"], kind, claim[tells] if tells else kind, group, Span(*claim["span"]), group, at)
    for group in ("addressees", "recipients"):
        for at, claim in enumerate(record[group]):
            start, end = claim["span"]
            kind = group[:-1].upper()
            yield Claim(f"{group[:-1]}:{start}-{end}", kind, kind, None, Span(start, end), group, at)


def annotate(doc: Doc, record: Record, places: array[int] | None = None) -> Doc:
    """Put a record on a `Doc`: of the record's own text, or of a text that `places` gives the origins in. Spans reach
    to the borders of tokens; a claim on words that are not in the text has none."""
    stored = record.model_dump(mode="json", by_alias=True)
    doc._.docparse = stored
    groups: dict[str, list[Words]] = {ALL: [], **{group: [] for group in GROUPS}}
    index: dict[str, list[str | int]] = {}
    text = doc.text  # which spaCy puts together anew each time
    for claim in claims(stored):
        place = claim.span if places is None else given_span(claim.span, places)
        if place is None or not len(place):
            continue
        words = doc.char_span(place.start, place.end, claim.kind, alignment_mode="expand", span_id=claim.id)
        if words is None:
            continue
        index[claim.id] = [_alignment(words, place, text, claim.span.of(record.text)), claim.within, claim.at]
        groups[ALL].append(words)
        if claim.group:
            groups[claim.group].append(Words(doc, words.start, words.end, claim.label, span_id=claim.id))
    doc.user_data[_INDEX] = index
    for name, found in groups.items():
        doc.spans[name] = sorted(found, key=lambda s: (s.start, -s.end, s.label_, s.id_))
    return doc


def _alignment(words: Words, place: Span, text: str, said: str) -> str:
    given = place.of(text)
    if given != said and len(_LETTER.findall(given)) > len(_LETTER.findall(said)):
        return "around"
    return "exact" if (words.start_char, words.end_char) == (place.start, place.end) else "expand"


def record_of(doc: Doc) -> Record | None:
    """The record that a `Doc` carries, None for one that docparse has not seen."""
    return None if doc._.docparse is None else Record.model_validate(doc._.docparse)


def _entry(span: Words) -> list[Any] | None:
    """How the claim of a span is aligned, and where its record has it."""
    found: list[Any] | None = span.doc.user_data.get(_INDEX, {}).get(span.id_) if span.id else None
    return found


def _value(span: Words) -> Json | None:
    """What the record says of a span."""
    entry, record = _entry(span), span.doc._.docparse
    if entry is None or record is None:
        return None
    _, within, at = entry
    value: Json = record["header"]["evidence"][at] if within == "header" else record[within][at]
    return value


def _aligned(span: Words) -> str | None:
    entry = _entry(span)
    return None if entry is None else str(entry[0])


def register() -> None:
    """Make the attributes known to spaCy; this module does it when it is loaded."""
    Doc.set_extension("docparse", default=None, force=True)
    Words.set_extension("docparse", getter=_value, force=True)
    Words.set_extension("docparse_aligned", getter=_aligned, force=True)


register()
