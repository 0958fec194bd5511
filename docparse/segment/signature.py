"""The signature blocks of a closing: its paragraphs in, who signed in what capacity (`Signer`) out.

NĐ 30/2020 Annex I box 7: authority mark and organ or office, the signer's own office, the name (DOMAIN.md 9.3).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from docparse.authority import fold
from docparse.model import Capacity, Signer
from docparse.segment.ending import column_tail, is_name, starts_recipients, without_rank
from docparse.segment.legible import name as restored_name
from docparse.segment.legible import office, restored
from docparse.segment.paragraphs import Paragraph
from docparse.spans import Span
from docparse.tables import Tables

_MARKS: dict[str, Capacity] = {"TM": "TM", "KT": "KT", "TL": "TL", "TUQ": "TUQ", "Q": "Q"}


@dataclass
class Block:
    """A signature block while it is read."""

    marks: list[str] = field(default_factory=list)
    authority: list[str] = field(default_factory=list)
    position: list[str] = field(default_factory=list)
    name: str | None = None
    start: int = 0
    end: int = 0

    @property
    def begun(self) -> bool:
        return bool(self.marks or self.position)


def read_blocks(paras: Sequence[Paragraph], tables: Tables, scanned: bool = False) -> list[tuple[Span, Signer]]:
    """The signature blocks in the order of the text, each with the span from its first mark to the name; those of a
    scan are read against the closed lists of offices and surnames."""
    blocks = _blocks(paras, tables, scanned)
    return [(span, restored(signer, tables)) for span, signer in blocks] if scanned else blocks


def _blocks(paras: Sequence[Paragraph], tables: Tables, scanned: bool) -> list[tuple[Span, Signer]]:
    out: list[tuple[Span, Signer]] = []
    block = Block()
    for start, text in _lines(paras):
        if block.begun and block.name is not None and _kind(text, tables) in ("authority", "position"):
            out.append(_signer(block))
            block = Block()
        _read(block, start, text, tables, scanned)
    if block.begun or block.name:
        out.append(_signer(block))
    return out


def _lines(paras: Sequence[Paragraph]) -> Iterator[tuple[int, str]]:
    """Paragraphs, and the tail of a recipients' line that is the other column."""
    for paragraph in paras:
        cut = column_tail(paragraph.text)
        pieces = [(0, paragraph.text)]
        if cut is not None:
            pieces = [(0, paragraph.text[:cut]), (cut, paragraph.text[cut:])]
        for at, text in pieces:
            if text.strip():
                yield paragraph.span.start + at + len(text) - len(text.lstrip()), text.strip()


def _kind(text: str, tables: Tables) -> str:
    folded = fold(text)
    rules = tables.rules("closing")
    if rules["authority"].pattern.match(folded) or rules["authority-slash"].pattern.match(folded):
        return "authority"
    if rules["position"].pattern.match(folded):
        return "position"
    if rules["signed"].pattern.match(folded) or rules["esign"].pattern.match(folded):
        return "signed"
    if starts_recipients(folded, tables) or re.match(r"\W{0,2}[-–—+•~_]", folded):
        return "recipient"
    return "name" if is_name(text) else "other"


def _read(block: Block, start: int, text: str, tables: Tables, scanned: bool) -> None:
    kind = _kind(text, tables)
    if kind == "authority":
        rules = tables.rules("closing")
        match = rules["authority"].pattern.match(fold(text)) or rules["authority-slash"].pattern.match(fold(text))
        if match:
            block.marks.append(re.sub(r"[\s/]", "", match["mark"]))
            block.authority.append(text.strip(" *_"))
    elif kind == "position":
        block.position.append(text.strip(" *_.,:"))
    elif kind == "name" and block.name is None:
        # a name alone: the lines above it were lost under the seal
        block.name = text.strip(" *_.,:;")
    elif (
        kind == "other" and scanned and block.begun and not block.position and _capitals(text) and office(text, tables)
    ):
        block.position.append(text.strip(" *_.,:"))
    elif kind == "other" and scanned and block.begun and block.name is None and (found := _damaged_name(text, tables)):
        block.name = found
    elif kind == "other" and block.begun and block.name is None and _capitals(text):
        # an authority or an office that takes a second line: `TM. ỦY BAN THƯỜNG VỤ` over `QUỐC HỘI`
        if block.position:
            block.position.append(text.strip(" *_.,:"))
        else:
            block.authority[-1] += " " + text.strip(" *_")
    else:
        return
    if block.begun or block.name:
        block.start = block.start or start
        block.end = start + len(text)


def _damaged_name(text: str, tables: Tables) -> str | None:
    """A name whose first letter the seal took: it begins with what is nearly a surname (`guyễn Văn An`)."""
    found = restored_name(text, tables)
    return found if found != text.strip() and is_name(found) and len(found.split()) <= 5 else None


def _capitals(text: str) -> bool:
    letters = [c for c in text if c.isalpha()]
    return len(letters) >= 4 and sum(c.isupper() for c in letters) >= 0.9 * len(letters) and len(text) < 90


def _signer(block: Block) -> tuple[Span, Signer]:
    position = " ".join(block.position) if len(block.position) == 1 else _office(block.position)
    if position is None and block.marks and block.marks[-1] == "Q":
        position = re.sub(r"^\W*Q\s*[.,]?\s*", "", block.authority[-1])
    name = block.name
    if name is not None:
        name = without_rank(name) or name
    capacity = _MARKS.get(block.marks[-1]) if block.marks else None
    signer = Signer(capacity=capacity, authority="\n".join(block.authority) or None, position=position, name=name)
    return Span(block.start, block.end), signer


def _office(lines: Sequence[str]) -> str | None:
    """The signer's own office of several lines: the first, with what continues it (`PHÓ CHỦ TỊCH` / `THƯỜNG TRỰC`)."""
    if not lines:
        return None
    head = lines[0]
    for line in lines[1:]:
        if fold(line).upper().startswith(("THUONG TRUC", "KIEM ", "PHU TRACH", "CHUYEN TRACH")) or head.endswith(
            (",", " VÀ", "-")
        ):
            head += " " + line
    return head
