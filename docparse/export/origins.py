"""Back to the text that was given: a document made from a plain text in, for each of its characters the place in that
text out.

Cleaning moves the columns of a letterhead, joins lines and normalises letters. Each line of the document still has its
raw form, which is looked up in the given text and rewritten anew with its origins; nothing is recovered by diffing.
"""

from __future__ import annotations

import re
from array import array
from collections import defaultdict

from docparse.clean import marks, normalize
from docparse.model import Document
from docparse.spans import INSERTED, Aligned, Span

_CELL = re.compile(r"[^|\t]+")


def origins(doc: Document, given: str) -> array[int]:
    """For each code point of `doc.text` its index in `given`, or `INSERTED` where it stands for none of it."""
    places = _places(given)
    out = array("q", [INSERTED]) * len(doc.text)
    used: dict[tuple[str, str], int] = defaultdict(int)
    for line in doc.lines:
        found = places.get(line.raw) or places.get(line.raw.strip())
        if not len(line.span) or not found:
            continue
        words = line.span.of(doc.text)
        nth = used[line.raw, words]
        used[line.raw, words] = nth + 1
        start = found[min(nth, len(found) - 1)]
        for whole in _forms(line.raw):
            at = whole.text.find(words)
            if at >= 0:
                out[line.span.start : line.span.end] = array(
                    "q", (o if o == INSERTED else o + start for o in whole.origins[at : at + len(words)])
                )
                break
    return out


def _places(given: str) -> dict[str, list[int]]:
    """Where each line of the text starts, and each cell of a line that may be a table's row."""
    out: dict[str, list[int]] = defaultdict(list)
    at = 0
    for line in given.splitlines(keepends=True):
        raw = line.splitlines()[0]
        out[raw].append(at)
        if "|" in raw or "\t" in raw:
            for match in _CELL.finditer(raw):
                cell = match[0].strip()
                if cell and cell != raw:
                    out[cell].append(at + match.start() + match[0].index(cell))
        at += len(line)
    return out


def _forms(raw: str) -> list[Aligned]:
    """The line as cleaning rewrites it, whole and in the parts that were printed apart."""
    whole = Aligned.of(raw)
    plain = marks.without(whole) if marks.present(raw) else whole
    parts = [normalize.aligned(plain[a:b]) for a, b in marks.parts(plain.text)]
    return [*parts, normalize.aligned(whole)] if plain is not whole else parts


def given_span(span: Span, places: array[int]) -> Span | None:
    """The part of the given text that a span of the document's text comes from; None when it comes from none of it."""
    inside = [at for at in places[span.start : span.end] if at != INSERTED]
    return Span(min(inside), max(inside) + 1) if inside else None
