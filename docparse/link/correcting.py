"""Correcting: a machine's record and what people said of it go in; the record with their word in it comes out.

Pure, and the only place where corrections are applied. The machine's record is never changed; a correction whose words
are no longer there is told as lost. What follows from a correction is done anew: ids of documents, which claims a task
holds.
"""

from __future__ import annotations

import copy
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final, Literal

from docparse.authority import type_of_code
from docparse.link import anchors
from docparse.link.correctable import LISTS, UNDO, Named, kind_of_deadline, named
from docparse.link.renaming import renamed

RULE: Final = "correction"
State = Literal["held", "moved", "similar", "lost", "undone"]
"""What became of a correction: its words at their place, elsewhere, or changed; lost; or taken back."""
Json = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Correction:
    """What a person said of one file; `number` counts the corrections of the file, `quote` and `start` are the words
    that a claim stood on; `value` None says that the document states none."""

    number: int
    field: str
    value: str | None
    machine: str | None
    quote: str
    start: int
    author: str
    made_at: str
    note: str
    before: str = ""
    after: str = ""


@dataclass(frozen=True, slots=True)
class Corrected:
    """A record with its corrections, and what became of each of them by its number."""

    record: Json
    states: Mapping[int, State]


def standing(history: Iterable[Correction]) -> list[Correction]:
    """The corrections that were not taken back, in order."""
    known = sorted(history, key=lambda one: one.number)
    undone = {(one.value, one.machine, one.quote, one.start) for one in known if one.field == UNDO}
    return [one for one in known if one.field != UNDO and _mark(one) not in undone]


def taken_back(one: Correction, author: str, made_at: str) -> Correction:
    """The entry that takes a correction back; it names it by field, time and words, which hold in every corpus."""
    return Correction(0, UNDO, one.field, one.made_at, one.quote, one.start, author, made_at, "")


def _mark(one: Correction) -> tuple[object, ...]:
    return (one.field, one.made_at, one.quote, one.start)


def corrected(machine: Mapping[str, Any], history: Sequence[Correction]) -> Corrected:
    """The record, as plain JSON, with what people said in place of what the machine said."""
    record: Json = copy.deepcopy(dict(machine))
    kept = standing(history)
    states: dict[int, State] = {one.number: "undone" for one in history if one.field != UNDO}
    touched: set[str] = set()
    for one in kept:
        states[one.number] = _apply(record, one, touched)
    if kept:
        _hold_together(record, [task["id"] for task in machine["tasks"]])
        renamed(machine, record, touched)
    return Corrected(record, states)


def claim_at(record: Mapping[str, Any], one: Correction) -> tuple[int, anchors.How] | None:
    """Which claim of the record a correction means, by its place in the list of its kind."""
    return anchors.claim(
        record["text"], record[LISTS[named(one.field).kind]], one.quote, one.start, (one.before, one.after)
    )


def _apply(record: Json, one: Correction, touched: set[str]) -> State:
    field = named(one.field)
    if not field.kind:
        _set_fact(record, one)
        return "held"
    if field.part == "add":
        return _add(record, field, one)
    found = claim_at(record, one)
    if found is None:
        gone = field.part == "" and anchors.place(record["text"], one.quote, one.start) is not None
        return "held" if gone else "lost"  # what was to be removed is no longer claimed
    claims = record[LISTS[field.kind]]
    if field.part == "":
        del claims[found[0]]
        return found[1]
    _set_part(claims, found[0], field, one.value, touched)
    return found[1]


def _set_fact(record: Json, one: Correction) -> None:
    """A field of the whole document."""
    field, value = one.field, one.value
    if field == "kind":
        record["kind"] = value
        record["header"] = (record["header"] or _no_header()) if value == "official" else None
    elif field.startswith("header."):
        header = record["header"] = record["header"] or _no_header()
        _set_header(header, field.removeprefix("header."), value)
        _believe(record, field.removeprefix("header."), value)
    elif field.startswith("signature."):
        if not record["signatures"]:
            record["signatures"] = [
                {"capacity": None, "authority": None, "position": None, "name": None, "digital": None}
            ]
        record["signatures"][0][field.removeprefix("signature.")] = value
        record["signature"] = record["signatures"][0]


def _set_header(header: Json, name: str, value: str | None) -> None:
    if name == "type":
        known = type_of_code(value, header["system"]) if value else None
        header["type"] = {"code": value, "name": known.name if known else None}
    elif name == "issuer":
        header["issuer"] |= {"name": value, "register_id": None, "successor": None}
    elif name.startswith("issuer."):
        header["issuer"][name.removeprefix("issuer.")] = value
    else:
        header[name] = value == "yes" if name == "draft" else value


def _believe(record: Json, name: str, value: str | None) -> None:
    """The evidence of a corrected field: sure, and on the printed words where they are known."""
    key = {"type": "type.code", "issuer": "issuer.name"}.get(name, name)
    evidence = record["header"]["evidence"]
    known = evidence.pop(key, None)
    if value is None:
        return
    at = anchors.place(record["text"], value, 0)
    if known is None and (at is None or at.how == "similar"):
        return
    place = {"span": [at.start, at.end], "boxes": []} if known is None and at else {}
    evidence[key] = {**(known or {}), **place, "confidence": 1.0, "rule": RULE, "inferred": False}
    record["header"]["evidence"] = dict(sorted(evidence.items()))


def _no_header() -> Json:
    issuer = {"name": None, "parent": None, "level": None, "place": None, "register_id": None, "successor": None}
    facts = ("number", "place", "date", "subject", "secrecy", "urgency")
    return {
        "system": None, "type": {"code": None, "name": None}, "issuer": issuer, **dict.fromkeys(facts),
        "draft": False, "evidence": {},
    }  # fmt: skip


def _set_part(claims: list[Json], at: int, field: Named, value: str | None, touched: set[str]) -> None:
    claim = claims[at]
    if field.kind == "task":
        claim[field.part] = _labels(value) if field.part == "path" else value
        return
    claim |= {"confidence": 1.0, "rule": RULE}
    if field.part.startswith("target."):
        for one in _meaning_the_same(claims, claim):
            one["target"][field.part.removeprefix("target.")] = value
            touched.add(one["id"])
    else:
        claim[field.part] = value
    if field.part == "relation":
        claim["evidence"] = None  # the words behind the relation that was wrong
    if field.kind == "deadline" and field.part == "value" and value is not None:
        claim |= {"kind": kind_of_deadline(value), "inferred": False}


def _meaning_the_same(citations: Sequence[Json], claim: Json) -> list[Json]:
    """The mention, and where it is a full one the short forms of it, which say no more than that it is meant."""
    name = claim["target"]["id"]
    if claim["via"] != "explicit" or name is None:
        return [claim]
    return [claim, *(c for c in citations if c is not claim and c["via"] != "explicit" and c["target"]["id"] == name)]


def _add(record: Json, field: Named, one: Correction) -> State:
    at = anchors.place(record["text"], one.quote, one.start, (one.before, one.after))
    if at is None:
        return "lost"
    claims = record[LISTS[field.kind]]
    words = record["text"][at.start : at.end]
    if any(known["span"] == [at.start, at.end] for known in claims):
        return at.how  # the machine sees it too by now
    claim = {
        "id": _fresh(f"{field.kind}:{at.start}-{at.end}", claims),
        "text": words,
        "span": [at.start, at.end],
        "boxes": [],
    }
    if field.kind == "task":
        claim |= {"path": [], "label": None, "pages": _pages(record, at)}
        claim |= {"bodies": [], "deadlines": [], "citations": []}
    else:
        claim |= {"task": None, "confidence": 1.0, "rule": RULE, **_bare(field.kind, words)}
    claims.append(claim)
    return at.how


def _bare(kind: str, words: str) -> Json:
    """What a claim says before anything is said of it."""
    if kind == "citation":
        target = dict.fromkeys(("id", "type", "number", "date", "issuer", "title"))
        target |= {"state": "unparsed", "candidates": []}
        return {"via": "explicit", "relation": "cites", "provision": None, "target": target, "evidence": None} | {
            "rewrites": []
        }
    if kind == "deadline":
        return {"kind": "fixed", "value": None, "op": "by", "anchor": None, "inferred": False}
    return {"name": " ".join(words.split()), "role": "lead"}


def _fresh(name: str, claims: Sequence[Json]) -> str:
    used = {one["id"] for one in claims}
    found, n = name, 1
    while found in used:
        n += 1
        found = f"{name}~{n}"
    return found


def _labels(value: str | None) -> list[str]:
    return value.split("|") if value else []


def _pages(record: Mapping[str, Any], at: anchors.Anchor) -> list[int]:
    pages = record["source"]["pages"]
    return [p["number"] for p in pages if p["span"][0] < at.end and at.start < p["span"][1]]


def _hold_together(record: Json, before: Sequence[str]) -> None:
    """Claims in the order of the text, each with the innermost task around it, and tasks with what they hold; `before`
    are the ids of the machine's tasks."""
    tasks = record["tasks"] = sorted(record["tasks"], key=lambda t: (t["span"][0], -t["span"][1]))
    changed = sorted(before) != sorted(task["id"] for task in tasks)
    for key in ("citations", "deadlines", "bodies"):
        record[key].sort(key=lambda c: (c["span"][0], -c["span"][1]))
        held: dict[str | None, list[str]] = {}
        for claim in record[key]:
            if changed or claim["rule"] == RULE:
                claim["task"] = _innermost(tasks, claim["span"])
            held.setdefault(claim["task"], []).append(claim["id"])
        for task in tasks:
            task[key] = held.get(task["id"], [])


def _innermost(tasks: Sequence[Json], span: Sequence[int]) -> str | None:
    around = [t for t in tasks if t["span"][0] <= span[0] and span[1] <= t["span"][1]]
    return min(around, key=lambda t: t["span"][1] - t["span"][0])["id"] if around else None
