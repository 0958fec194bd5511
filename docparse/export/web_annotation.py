"""Claims as W3C Web Annotations: records go in; a collection of annotations on their texts and pages comes out.

Each claim is found again by its words with what stands around them (TextQuoteSelector) and by its place in the record's
`text` (TextPositionSelector, code points); of a page also by its boxes, in PDF points (FragmentSelector, `xywh`).
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from typing import Any

from docparse.record import BodyRecord, CitationRecord, DeadlineRecord, Record

AROUND = 32
"""Characters of context on either side of a quotation."""


def dumped(records: Iterable[Record]) -> bytes:
    """The annotations of all records, in order, as JSON-LD. The same records give the same bytes."""
    items = [item for record in records for item in annotated(record)]
    page = {"type": "AnnotationPage", "startIndex": 0, "items": items}
    collection = {
        "@context": "http://www.w3.org/ns/anno.jsonld",
        "id": "urn:docparse:annotations",
        "type": "AnnotationCollection",
        "total": len(items),
        "first": page,
    }
    return (json.dumps(collection, ensure_ascii=False, indent=1) + "\n").encode("utf-8")


def annotated(record: Record) -> Iterator[dict[str, Any]]:
    """An annotation for each citation, deadline and body, in that order and by place."""
    for citation in record.citations:
        target = citation.target
        value = {"relation": citation.relation, "via": citation.via, "provision": citation.provision}
        body = {"type": "SpecificResource", "purpose": "linking", "source": target.id} if target.id else None
        yield _annotation(record, citation, value | {"target": target.model_dump(mode="json")}, body)
    for deadline in record.deadlines:
        value = {name: getattr(deadline, name) for name in ("kind", "value", "op", "anchor")}
        yield _annotation(record, deadline, value)
    for one in record.bodies:
        yield _annotation(record, one, {"name": one.name, "role": one.role})


def _annotation(
    record: Record,
    claim: CitationRecord | DeadlineRecord | BodyRecord,
    value: dict[str, Any],
    linked: dict[str, Any] | None = None,
) -> dict[str, Any]:
    start, end = claim.span
    text = record.text
    selectors: list[dict[str, Any]] = [
        {
            "type": "TextQuoteSelector",
            "exact": text[start:end],
            "prefix": text[max(0, start - AROUND) : start],
            "suffix": text[end : end + AROUND],
        },
        {"type": "TextPositionSelector", "start": start, "end": end},
    ]
    selectors += [
        {
            "type": "FragmentSelector",
            "conformsTo": "http://www.w3.org/TR/media-frags/",
            "value": f"page={page}&xywh={x0:g},{y0:g},{x1 - x0:g},{y1 - y0:g}",
        }
        for page, x0, y0, x1, y1 in claim.boxes
    ]
    described = {
        "type": "TextualBody",
        "purpose": "classifying",
        "format": "application/json",
        "value": json.dumps(value, ensure_ascii=False, sort_keys=True),
    }
    return {
        "id": f"urn:sha256:{record.source.sha256}#{claim.id}",
        "type": "Annotation",
        "motivation": "identifying",
        "body": [described, *([linked] if linked else [])],
        "target": {"source": f"urn:sha256:{record.source.sha256}", "selector": selectors},
        "docparse:confidence": claim.confidence,
        "docparse:rule": claim.rule,
    }
