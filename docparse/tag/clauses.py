"""Clauses: a range of a text goes in, its sentences and the clauses between semicolons come out."""

from __future__ import annotations

import re
from collections.abc import Iterator

_SENTENCE_END = re.compile(r"(?:(?<!\d)[.]|[;]|(?<=\d)[.](?=\s[A-ZĐ]))(?=\s|$)")


def sentences(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """The sentences and the clauses between semicolons of a range, without the space and dashes before them."""
    at = start
    for match in [*_SENTENCE_END.finditer(text, start, end), None]:
        stop = match.start() if match else end
        while at < stop and text[at] in " -–+•*":
            at += 1
        if at < stop:
            yield at, stop
        if match:
            at = match.end()
