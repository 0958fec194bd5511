"""Records for the eyes: tables of many records, one record as a coloured page, the findings of the doctor."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TextIO

from rich.console import Console, Group, RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from docparse.record import BodyRecord, Record, SectionRecord
from docparse.run.batch import Failure, Result
from docparse.run.doctor import Check
from docparse.run.summary import Summary

PLAIN_WIDTH = 180
"""Columns of a table that goes to a file or a pipe, where no terminal says how wide it is."""

STYLES = {"citation": "cyan", "deadline": "yellow", "body": "green"}


def _console(stream: TextIO, color: bool | None = None) -> Console:
    width = None if stream.isatty() else PLAIN_WIDTH
    return Console(file=stream, width=width, force_terminal=color, no_color=color is False, highlight=False)


def print_table(results: Sequence[Result], folder: Path | None, stream: TextIO) -> None:
    """One row for each file, and below it where the records are."""
    table = Table(box=None, header_style="bold", pad_edge=False)
    for title, right in (
        ("document", False), ("pages", True), ("read as", False), ("number", False), ("date", False), ("issuer", False),
        ("tasks", True), ("citations", True), ("deadlines", True), ("warnings", True),
    ):  # fmt: skip
        table.add_column(title, justify="right" if right else "left", no_wrap=title in {"number", "date", "read as"})
    for result in results:
        table.add_row(*_row(result))
    console = _console(stream)
    console.print(table)
    failed = sum(isinstance(result, Failure) for result in results)
    console.print(f"{len(results) - failed} records" + (f", {failed} failed" if failed else ""), end="")
    console.print(f" in {folder}/" if folder else "")


def _row(result: Result) -> Iterator[RenderableType]:
    yield Text(Path(result.path).name or result.path)
    if isinstance(result, Failure):
        yield from ("", Text("failed", "red"), Text(result.code, "red"))
        return
    assert isinstance(result, Summary)
    yield from (str(result.pages), result.methods)
    yield from (Text(value or "–") for value in (result.number, result.date, result.issuer))
    yield from (str(n) for n in (result.tasks, result.citations, result.deadlines))
    yield Text(str(result.warnings), "yellow" if result.warnings else "")


def print_checks(checks: Sequence[Check], stream: TextIO) -> None:
    """The doctor's findings, and what to do about each missing one."""
    table = Table(box=None, show_header=False, pad_edge=False)
    for check in checks:
        word, style = ("ok", "green") if check.found else ("missing", "red") if check.needed else ("absent", "yellow")
        table.add_row(Text(word, style), Text(check.name), Text(check.version), Text(check.purpose, "dim"))
    console = _console(stream)
    console.print(table)
    for check in checks:
        if not check.found:
            console.print(Text(f"{check.name}: {check.advice}"))


def print_page(record: Record, stream: TextIO, color: bool | None = None) -> None:
    """A record as a page: facts of the header, the text with what was found in it, the outline, tasks and warnings."""
    _console(stream, color).print(Group(*_page(record)))


def _page(record: Record) -> Iterator[RenderableType]:
    yield Text(record.id, "bold")
    yield _facts(record)
    if record.sections:
        yield _title("Outline")
        yield from _outline(record.sections, 1)
    if record.tasks:
        yield _title("Tasks")
        yield from _tasks(record)
    for title, rows in (("Citations", _citations(record)), ("Deadlines", _deadlines(record))):
        lines = list(rows)
        if lines:
            yield _title(title)
            yield from lines
    for title, names in (
        ("Addressees", [a.text for a in record.addressees]),
        ("Recipients", [r.text for r in record.recipients]),
        ("Warnings", [f"{w.code}{f' (page {w.page})' if w.page else ''}: {w.message}" for w in record.warnings]),
    ):
        if names:
            yield _title(title)
            yield from (Padding(Text(name), (0, 0, 0, 2)) for name in names)
    yield _title("Text")
    yield _marked(record)


def _title(words: str) -> Text:
    return Text(f"\n{words}", "bold underline")


def _facts(record: Record) -> Table:
    table = Table.grid(padding=(0, 2))
    header, signature = record.header, record.signature
    rows: list[tuple[str, str | None]] = [("file", record.source.path), ("kind", record.kind)]
    if header:
        kind = " ".join(filter(None, (header.type.name, header.type.code and f"({header.type.code})")))
        rows += [("type", kind), ("number", header.number), ("date", header.date), ("place", header.place)]
        rows += [("issuer", header.issuer.name), ("subject", header.subject)]
        rows += [("secrecy", header.secrecy), ("urgency", header.urgency), ("draft", "yes" if header.draft else None)]
    if signature:
        rows.append(("signed", ", ".join(filter(None, (signature.capacity, signature.position, signature.name)))))
    methods = sorted({page.method for page in record.source.pages})
    rows.append(("pages", f"{len(record.source.pages)} ({', '.join(methods)})"))
    for name, value in rows:
        if value:
            table.add_row(Text(name, "dim"), Text(value))
    return table


def _outline(sections: Sequence[SectionRecord], depth: int) -> Iterator[RenderableType]:
    for section in sections:
        if section.kind != "bullet":
            line = Text(no_wrap=True, overflow="ellipsis")
            line.append(section.label, "bold").append(" " + section.heading)
            yield Padding(line, (0, 0, 0, 2 * depth))
            yield from _outline(section.children, depth + 1)


def _tasks(record: Record) -> Iterator[RenderableType]:
    bodies: dict[str | None, list[BodyRecord]] = {}
    for body in record.bodies:
        bodies.setdefault(body.task, []).append(body)
    deadlines = {deadline.id: deadline for deadline in record.deadlines}
    for task in record.tasks:
        line = Text(no_wrap=True, overflow="ellipsis")
        line.append(" ".join(task.path) or "–", "bold").append(" " + task.text.replace("\n", " "))
        yield Padding(line, (0, 0, 0, 2))
        notes = [f"{body.role}: {body.text}" for body in bodies.get(task.id, [])]
        notes += [f"{d.op} {d.value or d.text}" for d in map(deadlines.__getitem__, task.deadlines)]
        if notes:
            yield Padding(Text("; ".join(notes), "dim"), (0, 0, 0, 6))


def _citations(record: Record) -> Iterator[RenderableType]:
    for citation in record.citations:
        line = Text(citation.text, STYLES["citation"])
        line.append(f"  {citation.relation}", "magenta").append(f"  {citation.target.id or ''}", "dim")
        yield Padding(line, (0, 0, 0, 2))


def _deadlines(record: Record) -> Iterator[RenderableType]:
    for deadline in record.deadlines:
        line = Text(deadline.text, STYLES["deadline"]).append(
            f"  {deadline.kind} {deadline.op} {deadline.value or '?'}", "dim"
        )
        yield Padding(line, (0, 0, 0, 2))


def _marked(record: Record) -> Text:
    text = Text(record.text)
    for kind, claims in (("citation", record.citations), ("deadline", record.deadlines), ("body", record.bodies)):
        for claim in claims:
            text.stylize(STYLES[kind], *claim.span)
    return text
