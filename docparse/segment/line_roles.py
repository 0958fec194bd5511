"""The jobs of printed lines: paragraphs go in, what tells the job of each (words, place, case, neighbours) comes out.

The rules find the parts of a document by formulae (`Nơi nhận`, `Căn cứ`, the type line). Where a seal or a fold has
spoiled a formula, the look of a line and of its neighbours may still tell what it is; `line_model` weighs that.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import pairwise
from typing import Literal, get_args

from docparse.authority import fold
from docparse.segment.paragraphs import Paragraph

LineJob = Literal[
    "letterhead", "organ", "number", "date", "type", "subject", "stamp", "addressee", "basis", "heading", "item",
    "text", "table", "footnote", "recipient", "authority", "signer", "annex",
]  # fmt: skip
JOBS: tuple[LineJob, ...] = get_args(LineJob)
BUCKETS = 1 << 12
"""Features are hashed into so many columns (CRC-32, the same on every machine)."""
_WORD = re.compile(r"[^\W\d_]+|\d+")
_LABEL = re.compile(r"(?:[IVXLC]{1,5}|\d{1,3}(?:\.\d{1,3})*|[a-zđ]|Điều \d+[a-z]?)\s?[.)/:]")
WORDS = 7
"""So many words at a line's beginning are looked at, and the last two."""


@lru_cache(maxsize=1 << 16)
def column(feature: str) -> int:
    """The column of a feature."""
    return zlib.crc32(feature.encode()) % BUCKETS


def looks(paragraph: Paragraph) -> list[str]:
    """What a line shows by itself: first and last words without marks, case, length, digits, end, size and indent."""
    text = paragraph.text
    words = [fold(w).lower() if w.isalpha() else "0" * min(len(w), 5) for w in _WORD.findall(text[:120])]
    upper, lower = sum(map(str.isupper, text[:200])), sum(map(str.islower, text[:200]))
    case = "none" if not upper + lower else "up" if upper >= 3 * lower else "low" if lower > 8 * upper else "mix"
    length = len(text)
    size = "xs" if length < 15 else "s" if length < 40 else "m" if length < 90 else "l" if length < 200 else "xl"
    out = [f"case={case}", f"len={size}", f"case={case}|len={size}", f"end={text.rstrip()[-1:]}"]
    out += [f"first={text.lstrip()[:1] if not text.lstrip()[:1].isalpha() else 'a'}"]
    out += [f"w={w}" for w in words[:WORDS]]
    out += [f"w{i}={w}" for i, w in enumerate(words[:3])]
    out += [f"w={a} {b}" for a, b in pairwise(words[:WORDS])]
    out += [f"end={w}" for w in words[-2:]] if length <= 120 else []
    if _LABEL.match(text):
        out.append("label")
    if any(map(str.isdigit, text[:60])):
        out.append("digits")
    line = paragraph.first
    if line is not None:
        if line.font is not None:
            out.append(f"font={line.font.bold:d}{line.font.italic:d}")
        if line.cell is not None:
            out.append("cell")
        if line.role == "footnote":
            out.append("foot")
        if line.column is not None:
            out.append(f"side={line.column}")
        if line.box is not None:
            out.append(f"indent={int(line.box.x0 // 60)}")
            out.append(f"wide={int(line.box.width // 120)}")
    return out


def features(paras: Sequence[Paragraph]) -> Iterator[list[int]]:
    """For each line that is not blank the columns of its features, its neighbours' and its place's among them."""
    shown = [looks(p) for p in paras]
    last = len(paras) - 1
    for at, own in enumerate(shown):
        out = {column(f) for f in own}
        for side, near in (("<", at - 1), (">", at + 1), ("<<", at - 2), (">>", at + 2)):
            if 0 <= near <= last:
                out |= {column(side + f) for f in shown[near][:12]}
            else:
                out.add(column(f"{side}edge"))
        out.add(column(f"from-top={min(at, 24) // 3}"))
        out.add(column(f"from-end={min(last - at, 48) // 6}"))
        out.add(column(f"in={10 * at // (last + 1)}"))
        yield sorted(out)
