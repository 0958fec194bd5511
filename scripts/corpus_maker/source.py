"""Reads one marked source (TOML): out comes a `Paper`, blocks of plain text with the truth about them beside it.

The body is one paragraph a line. What a line begins with says what it is:

    = TEXT          centred and bold (`QUYẾT ĐỊNH:`)         =i TEXT   centred and italic
    ~ TEXT          italic (a legal basis)                    - TEXT    a dash item
    [s I/2] TEXT    a numbered item with that path            [st I/2]  the same, and it is a task
    [t I] TEXT      a task without a label under that path    [end]     the open task ends before the next line
    | A | B |       a table row, the first one its head       [t I/3]| 3 | A | B |   a row that is a task
    [^1] TEXT       footnote 1; `[^1]` inside a line refers to it
    [annex]         a new page, what follows is issued with the document

Inside a line the truth is marked where it stands, and marks may nest:

    [[c:KEY:relation|words]]  a citation of [documents.KEY]; more `name=value` parts may follow the relation
    [[d:kind:value|words]]    a deadline            [[b:role|words]]  a responsible body
"""

from __future__ import annotations

import re
import tomllib
import unicodedata
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal

BlockKind = Literal["paragraph", "basis", "dash", "item", "centred", "centred-italic", "row", "annex", "note"]


@dataclass(frozen=True, slots=True)
class Mark:
    """A claim that is true by construction: `words` as they stand in the text, `kind` one of c, d, b."""

    kind: str
    words: str
    args: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Block:
    """One paragraph or table row; `path` is that of the item or task it opens, None when it opens none."""

    kind: BlockKind
    text: str
    marks: tuple[Mark, ...] = ()
    path: tuple[str, ...] | None = None
    section: bool = False
    task: bool = False
    ends_task: bool = False
    cells: tuple[str, ...] = ()

    @property
    def label(self) -> str:
        return self.path[-1] if self.section and self.path else ""


@dataclass(frozen=True, slots=True)
class Paper:
    """One document of the corpus: its metadata as the TOML gives them, the marks of its subject, and its body."""

    name: str
    meta: dict[str, Any]
    blocks: tuple[Block, ...]
    notes: dict[str, Block] = field(default_factory=dict)
    head_marks: tuple[Mark, ...] = ()

    @property
    def party(self) -> bool:
        return str(self.meta["layout"]) == "party"


_HEAD = re.compile(r"\[(st|s|t)(?: ([^\]]*))?\]\s?")
_NOTE = re.compile(r"\[\^(\w+)\] ")


def read_paper(path: Path) -> Paper:
    """Raises ValueError with the line when the body is not well marked."""
    meta = tomllib.loads(unicodedata.normalize("NFC", path.read_text("utf-8")))
    meta["subject"], head_marks = unmark(meta["subject"])
    blocks: list[Block] = []
    notes: dict[str, Block] = {}
    closing_next = False
    for raw in meta.pop("body").splitlines():
        line = raw.strip()
        if not line:
            continue
        if line == "[end]":
            closing_next = True
            continue
        if found := _NOTE.match(line):
            text, marks = unmark(line[found.end() :])
            notes[found[1]] = Block("note", text, marks)
            continue
        blocks.append(_block(line, closing_next))
        closing_next = False
    return Paper(path.stem, meta, tuple(blocks), notes, head_marks)


def _block(line: str, ends_task: bool) -> Block:
    path: tuple[str, ...] | None = None
    flags = ""
    if line == "[annex]":
        return Block("annex", "", ends_task=True)
    if found := _HEAD.match(line):
        flags, line = found[1], line[found.end() :]
        path = tuple(found[2].split("/")) if found[2] else ()
    kind: BlockKind = "item" if "s" in flags else "paragraph"
    for prefix, name in (("=i ", "centred-italic"), ("= ", "centred"), ("~ ", "basis"), ("- ", "dash"), ("|", "row")):
        if line.startswith(prefix):
            kind = name  # type: ignore[assignment]
            line = line.removeprefix(prefix).removesuffix("|") if name == "row" else line.removeprefix(prefix)
            break
    cells: tuple[str, ...] = ()
    if kind == "row":
        parts = [unmark(cell.strip()) for cell in _cells(line)]
        cells = tuple(text for text, _ in parts)
        text, marks = " ".join(cells), tuple(m for _, own in parts for m in own)
    else:
        text, marks = unmark(line)
    return Block(kind, text, marks, path, "s" in flags, "t" in flags, ends_task, cells)


def _cells(line: str) -> list[str]:
    """Splits a row at the bars that stand outside of marks."""
    out, depth, start = [], 0, 0
    for at, char in enumerate(line):
        if line.startswith("[[", at):
            depth += 1
        elif line.startswith("]]", at) and depth:
            depth -= 1
        elif char == "|" and not depth:
            out.append(line[start:at])
            start = at + 1
    return [*out, line[start:]]


def unmark(line: str) -> tuple[str, tuple[Mark, ...]]:
    """The words without marks, and the marks in the order in which they begin."""
    out: list[str] = []
    length = 0
    opened: list[tuple[tuple[str, ...], int, int]] = []
    marks: list[tuple[int, Mark]] = []
    at = count = 0
    while at < len(line):
        if line.startswith("[[", at):
            bar = line.find("|", at)
            if bar < 0:
                raise ValueError(f"a mark without a bar: {line[at : at + 60]}")
            opened.append((tuple(line[at + 2 : bar].split(":")), length, count))
            count += 1
            at = bar + 1
        elif line.startswith("]]", at) and opened:
            args, start, order = opened.pop()
            marks.append((order, Mark(args[0], "".join(out)[start:], args[1:])))
            at += 2
        else:
            out.append(line[at])
            length += 1
            at += 1
    if opened:
        raise ValueError(f"an open mark: {line[:80]}")
    return "".join(out), tuple(mark for _, mark in sorted(marks, key=lambda pair: pair[0]))


def without_note_marks(text: str) -> str:
    return re.sub(r"\[\^\w+\]", "", text)


def printed_label(block: Block, party: bool) -> str:
    """The label as the layout prints it: `I.`, `1.`, `a)`, `1.1.`, `Điều 1.`; the older Party style has `I-`, `1-`."""
    label = block.label
    if not label or label.startswith(("Chương", "Phần", "Mục", "Phụ lục")):
        return label
    if len(label) == 1 and label.islower():
        return label + ")"
    return label + ("-" if party else ".")
