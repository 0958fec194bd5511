"""Simulated misreading: a text document in, the same with the damage that OCR does or with lines torn out.

Only what Tesseract is seen to do to these papers: a word loses its diacritics, digits and letters become their
look-alikes, a space goes. It shows what a claim on damaged words looks like; how often scans are damaged it does not.
"""

from __future__ import annotations

import random
import re
from dataclasses import replace

from docparse.authority import fold
from docparse.model import Scan, ScanLine

_LIKE = str.maketrans("1378056/", "7181608-")
_SPECKS = "aeiourtnlcshmKLTHBVI1l0.,'~-"
"""What OCR makes of spoiled print."""
_WORD = re.compile(r"\S+")


def damaged(scan: Scan, seed: int, share: float = 0.04) -> Scan:
    """The document with this share of its words damaged; the same seed does the same damage."""
    dice = random.Random(seed)
    return replace(
        scan,
        pages=tuple(replace(page, lines=tuple(_line(line, dice, share) for line in page.lines)) for page in scan.pages),
    )


def as_scanned(scan: Scan) -> Scan:
    """The document as if OCR had read it, so that what mends scans mends it too."""
    return replace(scan, pages=tuple(replace(page, method="ocr") for page in scan.pages))


def torn(scan: Scan, seed: int, share: float = 0.15) -> Scan:
    """The document with this share of its lines made illegible, as under a seal, a fold or a thumb."""
    dice = random.Random(seed)

    def line(one: ScanLine) -> ScanLine:
        return replace(one, raw=garbled(one.raw, dice), words=()) if dice.random() < share else one

    return replace(scan, pages=tuple(replace(page, lines=tuple(map(line, page.lines))) for page in scan.pages))


def garbled(text: str, dice: random.Random) -> str:
    """A text of the same length with half of its letters and digits misread."""
    return "".join(dice.choice(_SPECKS) if c.isalnum() and dice.random() < 0.5 else c for c in text)


def _line(line: ScanLine, dice: random.Random, share: float) -> ScanLine:
    def word(match: re.Match[str]) -> str:
        seen = match[0]
        if dice.random() >= share:
            return seen
        if any(c.isdigit() for c in seen):
            at = dice.choice([i for i, c in enumerate(seen) if c.isdigit() or c == "/"])
            return seen[:at] + seen[at].translate(_LIKE) + seen[at + 1 :]
        return fold(seen)

    return replace(line, raw=_WORD.sub(word, line.raw), words=())
