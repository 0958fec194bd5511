"""What kind of text it is: a letterhead and an ending in, `official`, `press` or `other` out (DOMAIN.md 1.4)."""

from __future__ import annotations

from collections.abc import Sequence

from docparse.authority import fold
from docparse.model import Document, Kind
from docparse.segment.ending import Ending
from docparse.segment.letterhead import Letterhead
from docparse.segment.paragraphs import Paragraph
from docparse.tables import Tables


def kind_of(doc: Document, paras: Sequence[Paragraph], head: Letterhead, ending: Ending, tables: Tables) -> Kind:
    """The kind of text. Any part of a letterhead, a title line or a signed closing makes it official; a news report has
    none of them but a byline, a time stamp, page furniture or quoted speakers."""
    if head.printed or head.type_index is not None or len(ending.closing) or doc.signatures:
        return "official"
    return "press" if press_marks(paras, tables) >= 2 else "other"


def press_marks(paras: Sequence[Paragraph], tables: Tables) -> int:
    """How many different marks of a news report the text bears; page furniture counts twice."""
    rules = tables.rules("press")
    seen: set[str] = set()
    filled = [p for p in paras if p.text.strip()]
    for place, paragraph in enumerate(filled):
        folded = fold(paragraph.text)
        edge = place < 8 or place >= len(filled) - 12
        for name, rule in rules.items():
            if name not in seen and (edge or name == "quoted-speaker") and rule.pattern.search(folded[:2000]):
                seen.add(name)
    return len(seen) + ("furniture" in seen)


def is_furniture(paragraph: Paragraph, tables: Tables) -> bool:
    """Whether a line belongs to the web page around a report."""
    return (
        len(paragraph.text) < 90 and tables.rules("press")["furniture"].pattern.match(fold(paragraph.text)) is not None
    )
