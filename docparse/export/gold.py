"""Corrected documents as gold: a corpus goes in; for each document that a person corrected a gold record in the form of
the contract comes out, with the file itself beside it.

`scored` names what a person vouches for: the keys that were called right as a whole (`checked`), and of header, kind
and signature the fields that were corrected. The other keys hold what the record says, and nobody judges by them.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from pathlib import PurePosixPath
from typing import Any, Final

from docparse.errors import NotFound
from docparse.link.correctable import CHECKED
from docparse.link.correcting import Correction, standing
from docparse.places import slug
from docparse.record import Record
from docparse.store.corpus import Corpus

_HEADER: Final = ("system", "type", "number", "issuer", "place", "date", "subject")
_SIGNATURE: Final = ("capacity", "position", "name")
_ENDS: Final = 60
"""Code points of a task's first and last words."""


def files(corpus: Corpus) -> Iterator[tuple[str, bytes]]:
    """NAME.gold.json for each corrected file, and NAME with the file's own suffix, in order of their hashes."""
    said: dict[str, list[Correction]] = {}
    for entry in corpus.corrections():
        if entry.path is not None:
            said.setdefault(entry.sha256, []).append(entry.correction)
    for sha256, history in said.items():
        kept = standing(history)
        if not kept:
            continue
        record = corpus.record(sha256)
        path = PurePosixPath(record.source.path.replace("\\", "/"))
        name = f"{slug(path.stem).replace('.', '-') or 'document'}-{sha256[:8]}"
        text = json.dumps(gold_of(record, kept), ensure_ascii=False, indent=1)
        yield f"{name}.gold.json", (text + "\n").encode("utf-8")
        try:
            yield f"{name}{path.suffix.lower()}", corpus.original(sha256)
        except NotFound:
            continue  # taken in without its bytes


def gold_of(record: Record, said: Sequence[Correction]) -> dict[str, Any]:
    """The gold record of a corrected record, by the corrections that stand."""
    checked = {key for one in said if one.field == "checked" for key in (one.value or "").split(",")}
    fields = {one.field for one in said}
    header = _header(record)
    signature = _signature(record)
    if "header" not in checked and header is not None:
        header = {name: value for name, value in header.items() if f"header.{name}" in fields}
    if "signature" not in checked and signature is not None:
        signature = {name: value for name, value in signature.items() if f"signature.{name}" in fields}
    judged = checked | {"kind"} & fields | ({"header"} if header else set()) | ({"signature"} if signature else set())
    paths = {task.id: task.path for task in record.tasks}
    return {
        "kind": record.kind,
        "header": header,
        "addressees": [one.text for one in record.addressees],
        "recipients": [one.text for one in record.recipients],
        "signature": signature,
        "tasks": [{"path": t.path, "starts": t.text[:_ENDS], "ends": t.text[-_ENDS:]} for t in record.tasks],
        "citations": [
            {
                "text": one.text,
                **{name: getattr(one.target, name) for name in ("type", "number", "date", "issuer", "title")},
                "via": one.via,
                "relation": one.relation,
                "provision": one.provision,
                "task": paths.get(one.task or ""),
                "doc": one.target.id,
            }
            for one in record.citations
        ],
        "deadlines": [
            {"text": one.text, "kind": one.kind, "value": one.value, "task": paths.get(one.task or "")}
            for one in record.deadlines
        ],
        "bodies": [{"text": one.text, "role": one.role, "task": paths.get(one.task or "")} for one in record.bodies],
        "scored": [key for key in CHECKED if key in judged],
    }


def _header(record: Record) -> dict[str, Any] | None:
    header = record.header
    if header is None:
        return None
    values = {"type": header.type.code, "issuer": header.issuer.name}
    return {name: values[name] if name in values else getattr(header, name) for name in _HEADER}


def _signature(record: Record) -> dict[str, Any] | None:
    return None if record.signature is None else {name: getattr(record.signature, name) for name in _SIGNATURE}
