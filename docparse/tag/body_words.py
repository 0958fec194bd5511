"""The words of body names, compiled: tables go in, expressions and the sets of their first syllables come out.

Most words of a text begin no entry of a lexicon; asking a set for their first syllable is faster than an expression.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping

from docparse.alternatives import one_of
from docparse.tables import Tables

WORD = re.compile(r"[^\W_]+(?:[-/&.'’][^\W_]+)*")
_SYLLABLE = re.compile(r"[^\W_]+")


class BodyWords:
    """The lexicons of `body_heads.tsv`, `body_functions.tsv`, `body_ends.tsv` and `body_names.toml`."""

    def __init__(self, tables: Tables) -> None:
        heads: dict[str, dict[str, str]] = {"title": {}, "proper": {}, "group": {}}
        rows = tables.rows("body_heads")
        for row in rows:
            heads[row["class"]][row["word"]] = row["not_before"]
        self.company = {row["word"] for row in rows if row["alone"] == "no"}
        self.needs_name = {row["word"] for row in rows if row["alone"] == "named"}
        self.whole = {row["word"] for row in rows if row["alone"] == "whole"}
        ends = tables.rows("body_ends")
        functions = {row["name"] for row in tables.rows("body_functions")}
        rules = tables.rules("body_names")
        self.title = re.compile(_heads(heads["title"], str.lower))
        self.proper = re.compile(_heads(heads["proper"], None))
        self.group = re.compile(_heads(heads["group"], str.upper))
        self.function = re.compile(_either(functions, dashes=True))
        longer = {name for name in functions if name.count(" ") > 1}
        self.any_function = re.compile(_either((name.lower() for name in longer), dashes=True), re.IGNORECASE)
        self.verb = re.compile(_either(row["word"] for row in ends if row["class"] == "verb"))
        self.stop = re.compile(_either(row["word"] for row in ends))
        self.loud = re.compile(
            "(?:Chủ trì|Phối hợp|Tham mưu|Chịu trách nhiệm|Có trách nhiệm|Tiếp tục|Tăng cường|Chỉ đạo,)"
        )
        self.duty = rules["duty"].pattern
        self.quantifier = rules["quantifier"].pattern
        self.modifier = rules["modifier"].pattern
        self.level = rules["level"].pattern
        self.separator = rules["separator"].pattern
        self.of = rules["of"].pattern
        self.work = rules["work"].pattern
        self.starts_function = _firsts(functions)
        self.starts_any_function = _firsts(name.lower() for name in longer)
        self.starts_stop = _firsts(row["word"] for row in ends)
        self.starts_title = _firsts(heads["title"], str.lower)
        self.starts_proper = _firsts(heads["proper"])
        self.starts_group = _firsts(heads["group"], str.upper)
        self.starts_head = self.starts_title | self.starts_proper | self.starts_group
        self.starts_modifier = _listed(rules["modifier"].extra.get("first"))
        self.starts_level = _listed(rules["level"].extra.get("first"))
        self.starts_of = _listed(rules["of"].extra.get("first"))


def first_syllable(word: str) -> str:
    """The letters of a word up to its first mark."""
    match = _SYLLABLE.match(word)
    return match[0] if match else word


def _firsts(words: Iterable[str], other: Callable[[str], str] | None = None) -> frozenset[str]:
    """The first syllables of the words, with the first letter's other case where `other` makes one."""
    firsts = {first_syllable(word) for word in words}
    if other is not None:
        firsts |= {other(first[0]) + first[1:] for first in firsts}
    return frozenset(firsts)


def _listed(first: object) -> frozenset[str]:
    """The `first` key of a pattern."""
    return frozenset(str(word) for word in first) if isinstance(first, list) else frozenset()


def _heads(words: Mapping[str, str], other: Callable[[str], str] | None) -> str:
    """An expression for heads, longest first, each with the words that may not follow it; `other` makes the first
    letter's other case."""
    cases = dict(words)
    if other is not None:
        cases |= {other(w[0]) + w[1:]: n for w, n in words.items() if other(w[0]) + w[1:] not in cases}
    listed = sorted(cases, key=lambda w: (-len(w), w))
    sources = [re.escape(w).replace(r"\ ", " ") + (rf"(?!\s?(?:{cases[w]}))" if cases[w] else "") for w in listed]
    return one_of(sources) + r"(?![\w])"


def _either(words: Iterable[str], dashes: bool = False) -> str:
    """An expression that matches the longest of the words at a word's end."""
    listed = sorted(set(words), key=lambda w: (-len(w), w))
    escaped = [re.escape(w).replace(r"\ ", " ") for w in listed]
    if dashes:
        escaped = [w.replace(r" \- ", r"\s?[-–—]\s?") for w in escaped]
    return one_of(escaped) + r"(?![\w])"
