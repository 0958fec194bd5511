"""Mentions that share a type and number, or a type and issuer: asked for the first, the last, the last before a place
and how many documents they are, without a walk through thousands of them."""

from __future__ import annotations

from bisect import bisect_right

from docparse.tag.mention import Mention


class Namesakes:
    """The mentions in the order in which they were added."""

    __slots__ = ("_ends", "_lasts", "_years", "first", "keys", "last", "members", "numbers")

    def __init__(self) -> None:
        self.members: list[Mention] = []
        self.first: Mention | None = None
        self.last: Mention | None = None
        self.keys: set[tuple[str, str]] = set()
        self.numbers: set[str | None] = set()
        # those behind which nothing was added that ends before them, with their ends: these grow
        self._lasts: list[Mention] = []
        self._ends: list[int] = []
        self._years: dict[str, Namesakes] = {}

    def add(self, mention: Mention) -> None:
        """One more mention."""
        self.members.append(mention)
        self.first = self.first or mention
        self.last = mention
        self.keys.add(mention.key)
        self.numbers.add(mention.number)
        while self._ends and self._ends[-1] >= mention.end:
            self._ends.pop()
            self._lasts.pop()
        self._ends.append(mention.end)
        self._lasts.append(mention)
        for year, of_year in self._years.items():
            if _has(mention, year):
                of_year.add(mention)

    def before(self, at: int) -> Mention | None:
        """The one added last of those that end at a place or before it."""
        found = bisect_right(self._ends, at)
        return self._lasts[found - 1] if found else None

    def of_year(self, year: str) -> Namesakes:
        """Those whose number has the year (`/2019`) behind its digits; a selection that goes on growing."""
        if year not in self._years:
            self._years[year] = chosen = Namesakes()
            for mention in self.members:
                if _has(mention, year):
                    chosen.add(mention)
        return self._years[year]


def _has(mention: Mention, year: str) -> bool:
    return (mention.number or "").find(year) > 0
