"""The measures: a record and its gold in, marks out; one function for each key that a gold record names in `scored`."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from typing import Any

from docparse.evaluate.forms import accepted, any_alike, folded, folded_number, folded_path, similarity
from docparse.evaluate.tallies import Score, Sheet

Json = Mapping[str, Any]

_ITEM_LABEL = re.compile(r"\s*(?:Điều\s+\d+[a-z]?|[IVXLC]+|\d+(?:\.\d+)*|[a-zđ])\s*[.):/-]+\s*")
_SECTION_LABEL = re.compile(r"\s*(?:Điều\s+\d+[a-z]?|Chương\s+\w+|[IVXLC]+|\d+(?:\.\d+)*|[a-zđ])\s*[.):/-]*\s*")
OPENING = 300
"""Code points of a section's beginning that are compared with the gold's first words."""


def judge(score: Score, name: str, record: Json | None, gold: Json) -> None:
    """Add one document to a score; `record` is None when there is no prediction."""
    sheet = Sheet(score, name, record is None)
    for key in gold.get("scored", []):
        JUDGES[key](sheet, record or {}, gold)


def _kind(sheet: Sheet, record: Json, gold: Json) -> None:
    sheet.judge("kind", record.get("kind") == gold["kind"], f"{record.get('kind')} for {gold['kind']}")


def _header(sheet: Sheet, record: Json, gold: Json) -> None:
    header = record.get("header") or {}
    kind, issuer = header.get("type") or {}, header.get("issuer") or {}
    found = {
        **{name: header.get(name) for name in ("system", "number", "place", "date", "subject")},
        "type": kind.get("code") if isinstance(kind, Mapping) else kind,
        "issuer": issuer.get("name"),
    }
    for name, wanted in gold["header"].items():
        if name not in found:
            continue
        value = found[name]
        if name == "number":
            right = folded_number(value) in map(folded_number, accepted(wanted))
        elif name in {"issuer", "subject", "place"}:
            right = any_alike(value, wanted, 0.9)
        else:
            right = folded(value) in map(folded, accepted(wanted))
        sheet.judge(f"header.{name}", right, f"{value!r} for {wanted!r}")


def _signature(sheet: Sheet, record: Json, gold: Json) -> None:
    found = record.get("signature") or {}
    for name, wanted in (gold.get("signature") or {"name": None}).items():
        if name in {"capacity", "position", "name"}:
            value = found.get(name)
            sheet.judge(f"signature.{name}", any_alike(value, wanted, 0.9), f"{value!r} for {wanted!r}")


def _strings(key: str) -> Callable[[Sheet, Json, Json], None]:
    def judged(sheet: Sheet, record: Json, gold: Json) -> None:
        found = [item.get("text", "") if isinstance(item, Mapping) else item for item in record.get(key) or []]
        sheet.match(key, found, gold[key], lambda a, b: similarity(a, b, 0.8), 0.8, str)

    return judged


def _tasks(sheet: Sheet, record: Json, gold: Json) -> None:
    def likeness(task: Json, want: Json) -> float:
        if not want.get("unnumbered") and folded_path(task.get("path")) != folded_path(want["path"]):
            return 0.0
        text, first, last = task.get("text") or "", want["starts"], want["ends"]
        bare = _ITEM_LABEL.sub("", text, count=1) if _ITEM_LABEL.match(text) else text
        begins = max(similarity(form[: len(first)], first, 0.8) for form in (text, bare))
        return min(begins, similarity(text[-len(last) :], last, 0.8)) if begins >= 0.8 else 0.0

    sheet.match("tasks", record.get("tasks") or [], gold["tasks"], likeness, 0.8, _task_name)


def _task_name(task: Json | str) -> str:
    assert isinstance(task, Mapping)
    return f"{task.get('path')} {(task.get('starts') or task.get('text') or '')[:60]}"


def _places_of_tasks(record: Json) -> dict[object, object]:
    return {task.get("id"): task.get("path") for task in record.get("tasks") or []}


def _citations(sheet: Sheet, record: Json, gold: Json) -> None:
    found, wanted = record.get("citations") or [], gold["citations"]
    paths = _places_of_tasks(record)

    def likeness(citation: Json, want: Json) -> float:
        target = citation.get("target") or {}
        if folded_number(target.get("number")) not in map(folded_number, accepted(want.get("number"))):
            return 0.0
        words = similarity(citation.get("text"), want["text"])
        # of mentions in the same words the one in the same task and of the same provision comes first
        same_task = folded_path(paths.get(citation.get("task"))) == folded_path(want.get("task"))
        same_part = folded(citation.get("provision")) == folded(want.get("provision"))
        tie = 1e-6 * same_task + 1e-6 * same_part
        if target.get("number"):
            types = accepted(want.get("type"))
            if want.get("type") and folded(target.get("type")) not in map(folded, types):
                return 0.0
            return 0.5 + words / 2 + tie
        named = max(similarity(target.get("title"), name) for name in [*accepted(want.get("title")), want["text"]])
        best = max(named, words)
        return 0.5 + best / 2 + tie if best >= 0.7 else 0.0

    pairs = sheet.match("citations", found, wanted, likeness, 0.5, _citation_name)
    exact = sum(_judge_citation(sheet, found[i], wanted[j], paths, gold) for i, j in pairs)
    sheet.count("citations.exact", exact, len(found), len(wanted))
    _judge_targets(sheet, found, wanted)


def _citation_name(citation: Json | str) -> str:
    assert isinstance(citation, Mapping)
    number = (citation.get("target") or {}).get("number") if "target" in citation else citation.get("number")
    return f"{citation.get('text')} -> {number}"


def _judge_citation(sheet: Sheet, citation: Json, want: Json, paths: Mapping[object, object], gold: Json) -> bool:
    """Mark the details of a matched mention; whether date and issuer of its target are both right."""
    target, words = citation.get("target") or {}, want["text"][:60]
    date = not want.get("date") or folded(target.get("date")) in map(folded, accepted(want["date"]))
    issuer = not want.get("issuer") or any_alike(target.get("issuer"), want["issuer"], 0.85)

    def judge(detail: str, right: bool, value: object, wish: object) -> None:
        sheet.judge(f"citation.{detail}", right, f"{value!r} for {wish!r} in {words}")

    if want.get("date"):
        judge("date", date, target.get("date"), want["date"])
    if want.get("issuer"):
        judge("issuer", issuer, target.get("issuer"), want["issuer"])
    if want.get("title") and want.get("number"):
        judge("title", any_alike(target.get("title"), want["title"], 0.85), target.get("title"), want["title"])
    judge("span", similarity(citation.get("text"), want["text"], 0.9) >= 0.9, citation.get("text"), want["text"])
    for detail in ("relation", "via"):
        if want.get(detail):
            judge(detail, citation.get(detail) in accepted(want[detail]), citation.get(detail), want[detail])
    part, wish = citation.get("provision"), want.get("provision")
    if part or wish:
        judge("provision", folded(part) in map(folded, accepted(wish)), part, wish)
    if "task" in want and "tasks" in gold.get("scored", []):
        place = paths.get(citation.get("task"))
        judge("task", folded_path(place) == folded_path(want["task"]), place, want["task"])
    if want.get("doc"):
        sheet.score.clusters.append((str(target.get("id")), want["doc"]))
    return date and issuer


def _judge_targets(sheet: Sheet, found: list[Json], wanted: list[Json]) -> None:
    """The different documents cited, by type and number."""
    targets = [citation.get("target") or {} for citation in found]
    got = {(folded(t.get("type")), folded_number(t.get("number"))) for t in targets if t.get("number")}
    wishes: set[tuple[str, str]] = set()
    for want in wanted:
        numbers = accepted(want.get("number"))
        forms = [(folded(t), folded_number(n)) for n in numbers if n for t in accepted(want.get("type"))]
        hits = [form for form in forms if form in got]
        if hits:
            wishes.add(hits[0])
        elif forms and None not in numbers:
            wishes.add(forms[0])
    sheet.count("citations.targets", len(got & wishes), len(got), len(wishes))


def _deadlines(sheet: Sheet, record: Json, gold: Json) -> None:
    found, wanted = record.get("deadlines") or [], gold["deadlines"]
    pairs = sheet.match(
        "deadlines", found, wanted, lambda a, b: similarity(a.get("text"), b["text"], 0.6), 0.6, _deadline_name
    )
    for i, j in pairs:
        got, want = found[i], wanted[j]
        right = got.get("kind") == want["kind"] and got.get("value") in accepted(want["value"])
        note = f"{got.get('kind')} {got.get('value')} for {want['kind']} {want['value']} in {want['text']}"
        sheet.judge("deadline.value", right, note)


def _deadline_name(deadline: Json | str) -> str:
    assert isinstance(deadline, Mapping)
    return f"{deadline.get('text')} [{deadline.get('kind')} {deadline.get('value')}]"


def _bodies(sheet: Sheet, record: Json, gold: Json) -> None:
    found, wanted = record.get("bodies") or [], gold["bodies"]
    paths = _places_of_tasks(record)

    def likeness(body: Json, want: Json) -> float:
        if folded_path(paths.get(body.get("task"))) != folded_path(want["task"]):
            return 0.0
        return max(similarity(body.get(form), want["text"], 0.75) for form in ("text", "name"))

    for i, j in sheet.match("bodies", found, wanted, likeness, 0.75, _body_name):
        role, wishes = found[i].get("role"), accepted(wanted[j]["role"])
        sheet.judge("body.role", role in wishes, f"{role} for {wishes} of {wanted[j]['text']}")


def _body_name(body: Json | str) -> str:
    assert isinstance(body, Mapping)
    return f"{body.get('role')} {body.get('text')} @ {body.get('task')}"


def _sections(sheet: Sheet, record: Json, gold: Json) -> None:
    text = record.get("text") or ""

    def likeness(section: Json, want: Json) -> float:
        if folded_path(section.get("path")) != folded_path(want["path"]):
            return 0.0
        length = len(folded(want["starts"]))
        return max(similarity(folded(form)[:length], want["starts"], 0.8) for form in _openings(section, text))

    def name(section: Json | str) -> str:
        assert isinstance(section, Mapping)
        return f"{section.get('path')} {(section.get('starts') or next(_openings(section, text)))[:50]}"

    found = list(_numbered(record.get("sections")))
    sheet.match("sections", found, gold["sections"], likeness, 0.8, name)


def _numbered(sections: object) -> Iterator[Json]:
    """All sections of a tree but its bullets, parents first; a gold record lists numbered items only."""
    stack = list(reversed(sections)) if isinstance(sections, list) else []
    while stack:
        section = stack.pop()
        if section.get("kind") != "bullet":
            yield section
        stack.extend(reversed(section.get("children") or []))


def _openings(section: Json, text: str) -> Iterator[str]:
    """How a section may begin: at its span or with its heading, with its label or without."""
    span = section.get("span")
    for opening in (text[span[0] : span[0] + OPENING] if span else "", section.get("heading") or ""):
        yield opening
        label = _SECTION_LABEL.match(opening)
        yield opening[label.end() :] if label else opening


JUDGES: Mapping[str, Callable[[Sheet, Json, Json], None]] = {
    "kind": _kind,
    "header": _header,
    "signature": _signature,
    "addressees": _strings("addressees"),
    "recipients": _strings("recipients"),
    "tasks": _tasks,
    "citations": _citations,
    "deadlines": _deadlines,
    "bodies": _bodies,
    "sections": _sections,
}
