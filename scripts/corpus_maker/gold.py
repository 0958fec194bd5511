"""A `Paper` in, its gold record out: what the source's marks say, in the format of the gold sets (docs/contract.md)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from corpus_maker.source import Block, Mark, Paper, without_note_marks

SCORED = [
    "kind",
    "header",
    "addressees",
    "recipients",
    "signature",
    "tasks",
    "citations",
    "deadlines",
    "bodies",
    "sections",
]


def gold_record(paper: Paper) -> dict[str, Any]:
    """The whole gold record; every key of the contract is filled, so every key is scored."""
    meta = paper.meta
    return {
        "kind": "official",
        "header": {
            "system": meta["system"],
            "type": meta["type"],
            "number": meta["number"],
            "issuer": meta["issuer_names"],
            "place": meta["place"],
            "date": meta["date"],
            "subject": _subjects(meta["subject"]) + meta.get("subject_also", []),
        },
        "addressees": meta.get("addressees", []),
        "recipients": meta.get("recipients", []),
        "signature": {
            "capacity": meta["signature"].get("capacity"),
            "position": meta["signature"]["lines"][-1],
            "name": meta["signature"]["name"],
        },
        "tasks": [_task(paper, at) for at, block in enumerate(paper.blocks) if block.task],
        "citations": [_citation(paper, mark, task) for mark, task in _marks(paper, "c")],
        "deadlines": [
            {"text": mark.words, "kind": mark.args[0], "value": mark.args[1], "task": task}
            for mark, task in _marks(paper, "d")
        ],
        "bodies": _bodies(paper),
        "sections": [
            {"path": list(block.path), "starts": _first_words(block.text)}
            for block in paper.blocks
            if block.section and block.path
        ],
        "scored": SCORED,
    }


def _subjects(printed: str) -> list[str]:
    """The subject as printed and without its opening preposition, both of which a reader may give."""
    bare = re.sub(r"^(V/v|Về việc|về việc|Về|về)\s+", "", printed)
    return [printed] if bare == printed else [printed, bare]


def _first_words(text: str, count: int = 12) -> str:
    return " ".join(without_note_marks(text).split()[:count])


def _last_words(text: str, count: int = 10) -> str:
    return " ".join(without_note_marks(text).split()[-count:])


def _closes(block: Block, path: tuple[str, ...], section: bool) -> bool:
    """Whether a block ends the task that was opened at `path`; sub-items belong to their item's task."""
    if block.ends_task or block.kind in ("annex", "centred"):
        return True
    if block.section and block.path is not None:
        return not (section and len(block.path) > len(path) and block.path[: len(path)] == path)
    return block.task and not block.section and not block.cells


def _task(paper: Paper, at: int) -> dict[str, Any]:
    block = paper.blocks[at]
    assert block.path is not None
    if block.cells:
        return {"path": list(block.path), "starts": _first_words(block.cells[1]), "ends": _last_words(block.cells[-1])}
    last = block
    for later in paper.blocks[at + 1 :]:
        if _closes(later, block.path, block.section):
            break
        last = later
    end = last.cells[-1] if last.cells else last.text
    found: dict[str, Any] = {"path": list(block.path), "starts": _first_words(block.text), "ends": _last_words(end)}
    if not block.section:
        found["unnumbered"] = True
    return found


def _marks(paper: Paper, kind: str) -> Iterator[tuple[Mark, list[str] | None]]:
    """The marks of one kind with the path of the innermost task they stand in; those of footnotes stand in none."""
    yield from ((mark, None) for mark in paper.head_marks if mark.kind == kind)
    open_tasks: list[Block] = []
    for block in paper.blocks:
        open_tasks = [t for t in open_tasks if not _closes(block, t.path or (), t.section)]
        inside = [*open_tasks, block] if block.task else open_tasks
        path = list(inside[-1].path or ()) if inside else None
        if block.task and not block.cells:
            open_tasks.append(block)
        yield from ((mark, path) for mark in block.marks if mark.kind == kind)
    for note in paper.notes.values():
        yield from ((mark, None) for mark in note.marks if mark.kind == kind)


def _citation(paper: Paper, mark: Mark, task: list[str] | None) -> dict[str, Any]:
    key, relation, *rest = mark.args
    extra = dict(part.split("=", 1) for part in rest)
    target = paper.meta["documents"][key]
    issuers = target.get("issuer")
    name = target.get("number") or (target["title"] if isinstance(target["title"], str) else target["title"][0])
    first = issuers[0] if isinstance(issuers, list) else issuers
    return {
        "text": mark.words,
        "type": target["type"],
        "number": target.get("number"),
        "date": target.get("date"),
        "issuer": issuers,
        "title": target.get("title"),
        "via": extra.get("via", "explicit"),
        "relation": relation.split(","),
        "provision": extra.get("prov"),
        "task": task,
        "doc": target.get("label") or f"{name}|{first}|{target.get('date')}",
    }


def _bodies(paper: Paper) -> list[dict[str, Any]]:
    """One entry for each task, role and wording, as the contract has it."""
    found: dict[tuple[str, str, str], dict[str, Any]] = {}
    for mark, task in _marks(paper, "b"):
        role = mark.args[0].split(",")  # several where several are right
        entry = {"text": mark.words, "role": role if len(role) > 1 else role[0], "task": task}
        found.setdefault((mark.words, mark.args[0], str(task)), entry)
    return list(found.values())
