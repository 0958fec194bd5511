"""What the span model of bodies sees: a range of a text goes in, its syllables with their features come out.

Vietnamese writes syllables apart; whether two make a word (`trách nhiệm`) and of which class it is stands in a table
that was drawn from underthesea when the model was trained, so that parsing needs neither underthesea nor its time.
Every word is seen with its marks and without: OCR loses marks, and half of what is known should outlive that.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from docparse.authority import fold
from docparse.spans import Span
from docparse.tables import Tables
from docparse.tag.body_words import BodyWords

_TOKEN = re.compile(r"[^\W_]+|[^\w\s]")
_ENDS = frozenset(".;:")
EDGE = "¦"
"""Stands for the syllable before the first and after the last."""

Words = Mapping[str, str]
"""Two syllables in lower case, joined by a space, or one → word class; `0` where the two make no word."""


@dataclass(frozen=True, slots=True)
class Lexicon:
    """What is known of words: the first syllables of bodies' names, cues of roles, words and their classes."""

    heads: frozenset[str]
    cues: Mapping[str, str]
    words: Words


def lexicon(tables: Tables, words: Words) -> Lexicon:
    """The lexicon of these tables with the word classes of a model."""
    heads, cues = _known(tables)
    return Lexicon(heads, cues, words)


@lru_cache(maxsize=2)
def _known(tables: Tables) -> tuple[frozenset[str], Mapping[str, str]]:
    heads = frozenset(folded(word) for word in BodyWords(tables).starts_head)
    return heads, {row["words"]: row["kind"] for row in tables.rows("body_cues")}


@lru_cache(maxsize=1 << 15)
def folded(word: str) -> str:
    """A word in lower case without its marks."""
    return fold(word).lower()


@lru_cache(maxsize=1 << 15)
def _shape(word: str) -> str:
    if word.isalpha():
        return "X" if word.isupper() else "Xx" if word[0].isupper() else "x"
    return "0" if word.isdigit() else "X0" if word.isalnum() else word


def syllables(text: str, span: Span) -> list[Span]:
    """The syllables, numbers and marks of a range, in order."""
    return [Span(m.start(), m.end()) for m in _TOKEN.finditer(text, span.start, span.end)]


def features(words: Sequence[str], known: Lexicon) -> list[list[str]]:
    """For each syllable what the model weighs: itself, its neighbours, its place, the last cue before it."""
    n = len(words)
    low = [EDGE, EDGE, *(w.lower() for w in words), EDGE, EDGE]
    bare = [EDGE, EDGE, *map(folded, words), EDGE, EDGE]
    shape = ["", "", *map(_shape, words), "", ""]
    classes, cues, heads = known.words, known.cues, known.heads
    out: list[list[str]] = []
    cue, since, started = "-", 0, 0
    for i in range(2, n + 2):
        if bare[i - 1] in _ENDS:
            cue, since, started = "-", 0, i - 2
        pair = f"{bare[i - 2]} {bare[i - 1]}"
        if found := cues.get(pair) or cues.get(bare[i - 1]):
            cue, since = found, 0
        near = "0" if since < 2 else "1" if since < 5 else "2" if since < 12 else "3"
        since += 1
        place = i - 2 - started
        ahead = cues.get(f"{bare[i + 1]} {bare[i + 2]}") or cues.get(bare[i + 1], "-")
        before, after = classes.get(f"{low[i - 1]} {low[i]}"), classes.get(f"{low[i]} {low[i + 1]}")
        item = [
            f"w={low[i]}",
            f"b={bare[i]}",
            f"-1={bare[i - 1]}",
            f"+1={bare[i + 1]}",
            f"-2={bare[i - 2]}",
            f"+2={bare[i + 2]}",
            f"-1,0={bare[i - 1]} {bare[i]}",
            f"0,1={bare[i]} {bare[i + 1]}",
            f"-2,-1={pair}",
            f"1,2={bare[i + 1]} {bare[i + 2]}",
            f"s={shape[i - 1]}|{shape[i]}|{shape[i + 1]}",
            f"cue={cue}",
            f"cue={cue}{near}|{shape[i]}",
            f"ahead={ahead}",
        ]
        if place < 4:
            item.append(f"at={place}")
            item.append(f"at={place}|{shape[i]}")
        if i - 2 < 4:
            item.append(f"top={i - 2}|{shape[i]}")
        if bare[i] in heads:
            item.append("head")
            item.append(f"head|{cue}{near}")
        if classes:
            item.append(f"pos={before or '?'}|{after or '?'}|{classes.get(low[i], '?')}")
        out.append(item)
    return out
