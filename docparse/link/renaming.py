"""Renaming: a record before and after corrections goes in; the ids that follow from them are set in the second.

The ids are made as the machine makes them (docparse.tag.naming), from the corrected facts: header, place and targets.
An id that the machine made otherwise is kept where nobody corrected its target.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from typing import Any

from docparse.model import Annotation, Citation, Document, Field, Source, Target
from docparse.spans import Span
from docparse.tables import Tables
from docparse.tag.naming import name_documents

Json = dict[str, Any]
_FACTS = ("type", "number", "date", "issuer", "title")


def renamed(before: Mapping[str, Any], after: Json, touched: Collection[str]) -> None:
    """Set the ids of `after`; `touched` are the ids of the citations whose target was corrected."""
    if _facts(before) == _facts(after):
        return
    then, now = _named(before), _named(after)
    if then.id != now.id:
        after["id"] = now.id or f"sha256:{after['source']['sha256'][:16]}"
    old = dict(zip((one["id"] for one in before["citations"]), _targets(then), strict=True))
    for citation, target in zip(after["citations"], _targets(now), strict=True):
        known = old.get(citation["id"])
        made = known is not None and known.id == citation["target"]["id"]
        if citation["id"] in touched or known is None or (made and known != target):
            citation["target"] |= {"id": target.id, "state": target.state, "candidates": list(target.candidates)}


def _facts(record: Mapping[str, Any]) -> tuple[object, ...]:
    said = [[c["id"], c["relation"], *(c["target"][name] for name in _FACTS)] for c in record["citations"]]
    return (_header(record), said)


def _header(record: Mapping[str, Any]) -> list[tuple[str, str]]:
    return [(record["kind"], ""), *_fields(record["header"])]


def _named(record: Mapping[str, Any]) -> Document:
    """The document as far as names need it, with its names made."""
    source = record["source"]
    text = record["text"]
    header = [Annotation(Span(0, 0), Field(f"header.{name}", value), 1.0, "", "") for name, value in _header(record)]
    cited = [
        Annotation(
            Span(*c["span"]),
            Citation(Target(**{name: c["target"][name] for name in _FACTS}), c["via"], c["relation"]),
            1.0,
            "",
            "",
        )
        for c in record["citations"]
    ]
    bare = Document(
        Source(source["path"], source["sha256"], source["media_type"], source["bytes"]), text, (), (),
        kind=record["kind"], annotations=(*header[1:], *cited),
    )  # fmt: skip
    return name_documents(bare, Tables.default())


def _targets(doc: Document) -> Iterator[Target]:
    return (a.value.target for a in doc.of_kind(Citation) if isinstance(a.value, Citation))


def _fields(header: Mapping[str, Any] | None) -> Iterator[tuple[str, str]]:
    """The header's facts as the stages name them; none where it states none."""
    for name, value in (header or {}).items():
        if isinstance(value, str):
            yield name, value
        elif name in {"type", "issuer"}:
            yield from ((f"{name}.{part}", words) for part, words in value.items() if words)
