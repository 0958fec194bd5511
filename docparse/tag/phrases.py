"""Names that a document defines, thousands of them if it likes, looked for word by word: names in, the longest one
that stands at a place out, in time that does not grow with their number."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

_WORD = re.compile(r"\S+")
_GAP = re.compile(r"\s+")


class Phrases:
    """Names whose words are parted by one space, where a text may have any white space.

    No letter and none of `barred` may stand behind a name.
    """

    def __init__(self, names: Iterable[str], barred: str = "") -> None:
        self._names = frozenset(names)
        self._barred = f"_{barred}"
        self._lengths: dict[str, set[int]] = {}  # of the last words, by the words before them
        self._begun: set[str] = set()
        for name in self._names:
            before, _, last = name.rpartition(" ")
            self._lengths.setdefault(before, set()).add(len(last))
            words = name.split(" ")
            self._begun.update(" ".join(words[:n]) for n in range(1, len(words)))
        self._reach = 1 + max((len(word) for name in self._names for word in name.split(" ")), default=0)
        self._first = re.compile(rf"(?<!\w)[{''.join(re.escape(c) for c in sorted({n[0] for n in self._names}))}]")

    def found(self, text: str) -> Iterator[tuple[int, int, str]]:
        """Where names begin and end, from left to right without overlaps, and which they are."""
        at = 0
        for match in self._first.finditer(text):
            if match.start() >= at and (longest := self.longest(text, match.start())):
                at = longest[0]
                yield match.start(), *longest

    def longest(self, text: str, at: int) -> tuple[int, str] | None:
        """The end and the spelling of the longest name at a place."""
        best: tuple[int, str] | None = None
        before = ""
        while word := _WORD.match(text, at, at + self._reach):
            for length in sorted(self._lengths.get(before, ())):
                name = f"{before} {word[0][:length]}".lstrip(" ")
                if length <= len(word[0]) and name in self._names and self._ends(text, at + length):
                    best = at + length, name
            before = f"{before} {word[0]}".lstrip(" ")
            gap = _GAP.match(text, word.end()) if before in self._begun else None
            if gap is None:
                break
            at = gap.end()
        return best

    def _ends(self, text: str, at: int) -> bool:
        following = text[at : at + 1]
        return not (following.isalnum() or (following and following in self._barred))
