"""Counting: right, invented, missed and wrong things in, figures for each measure and a list of misses out."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import combinations
from typing import TypeVar

Figures = dict[str, float | int]
P = TypeVar("P")
G = TypeVar("G")

MOST_CLUSTERED = 3000
"""Mentions whose pairwise identity is counted; the pairs grow with the square."""


@dataclass(slots=True)
class Tally:
    """Things found against things wanted: right, invented, missed."""

    right: int = 0
    invented: int = 0
    missed: int = 0

    def figures(self) -> Figures:
        """Precision, recall, F1 and the number wanted; a measure without anything to find is perfect."""
        found, wanted = self.right + self.invented, self.right + self.missed
        return {
            "precision": round(self.right / found if found else 1.0, 4),
            "recall": round(self.right / wanted if wanted else 1.0, 4),
            "f1": round(2 * self.right / (found + wanted) if found + wanted else 1.0, 4),
            "n": wanted,
        }


@dataclass(slots=True)
class Share:
    """Values judged one by one: how many were right of how many."""

    right: int = 0
    judged: int = 0

    def figures(self) -> Figures:
        """Accuracy and the number judged."""
        return {"accuracy": round(self.right / self.judged, 4), "n": self.judged}


@dataclass(frozen=True, slots=True)
class Miss:
    """One thing that is not as the gold has it."""

    measure: str
    note: str

    def __str__(self) -> str:
        return f"{self.measure}: {self.note}"


@dataclass
class Score:
    """Everything that was counted over a set of documents."""

    documents: int = 0
    absent: list[str] = field(default_factory=list)
    tallies: dict[str, Tally] = field(default_factory=lambda: defaultdict(Tally))
    shares: dict[str, Share] = field(default_factory=lambda: defaultdict(Share))
    misses: dict[str, list[Miss]] = field(default_factory=dict)
    clusters: list[tuple[str, str]] = field(default_factory=list)
    parts: dict[str, Score] = field(default_factory=dict)
    """Of a sum the scores of its documents, by name."""

    @staticmethod
    def total(parts: Mapping[str, Score]) -> Score:
        """The score of several documents, from the score of each."""
        out = Score(parts=dict(parts))
        for part in parts.values():
            out.documents += part.documents
            out.absent += part.absent
            out.misses |= part.misses
            out.clusters += part.clusters
            for name, tally in part.tallies.items():
                mine = out.tallies[name]
                mine.right += tally.right
                mine.invented += tally.invented
                mine.missed += tally.missed
            for name, share in part.shares.items():
                out.shares[name].right += share.right
                out.shares[name].judged += share.judged
        return out

    def measures(self) -> dict[str, Figures]:
        """The figures of every measure, by name."""
        out: dict[str, Figures] = {name: tally.figures() for name, tally in self.tallies.items()}
        out |= {name: share.figures() for name, share in self.shares.items()}
        if self.clusters:
            out["citation.identity"] = self._identity().figures()
        return dict(sorted(out.items()))

    def _identity(self) -> Tally:
        """Pairs of mentions, of all documents together: is one id the same as one document?"""
        tally = Tally()
        for (id_a, doc_a), (id_b, doc_b) in combinations(self.clusters[:MOST_CLUSTERED], 2):
            if doc_a == doc_b:
                tally.right += id_a == id_b
                tally.missed += id_a != id_b
            else:
                tally.invented += id_a == id_b
        return tally


class Sheet:
    """The marks of one document, added to a score. A document without prediction has nothing right."""

    def __init__(self, score: Score, name: str, absent: bool) -> None:
        self.score = score
        self._absent = absent
        self._misses = score.misses.setdefault(name, [])
        score.documents += 1
        if absent:
            score.absent.append(name)

    def judge(self, measure: str, right: bool, note: str) -> None:
        """Mark a single value."""
        share = self.score.shares[measure]
        share.judged += 1
        if right and not self._absent:
            share.right += 1
        else:
            self._misses.append(Miss(measure, note))

    def count(self, measure: str, right: int, found: int, wanted: int) -> None:
        """Mark a number of things at once."""
        tally = self.score.tallies[measure]
        tally.right += right
        tally.invented += found - right
        tally.missed += wanted - right

    def match(
        self,
        measure: str,
        found: Sequence[P],
        wanted: Sequence[G],
        likeness: Callable[[P, G], float],
        least: float,
        name: Callable[[Mapping[str, object] | str], str],
    ) -> list[tuple[int, int]]:
        """Pair what was found with what was wanted, count both sides, and give the pairs of indices."""
        pairs = best_pairs(found, wanted, likeness, least)
        self.count(measure, len(pairs), len(found), len(wanted))
        paired_found, paired_wanted = {i for i, _ in pairs}, {j for _, j in pairs}
        for word, things, paired in (("invented", found, paired_found), ("missed", wanted, paired_wanted)):
            self._misses += [
                Miss(measure, f"{word} {name(thing)}")  # type: ignore[arg-type]
                for index, thing in enumerate(things)
                if index not in paired
            ]
        return pairs


def best_pairs(
    found: Sequence[P], wanted: Sequence[G], likeness: Callable[[P, G], float], least: float
) -> list[tuple[int, int]]:
    """One-to-one pairs of indices, the likest first; of equal likeness those that stand nearest in their lists."""
    ranked = [
        (value, -abs(i - j), i, j)
        for i, thing in enumerate(found)
        for j, want in enumerate(wanted)
        if (value := likeness(thing, want)) >= least
    ]
    free_found, free_wanted = set(range(len(found))), set(range(len(wanted)))
    pairs: list[tuple[int, int]] = []
    for _, _, i, j in sorted(ranked, reverse=True):
        if i in free_found and j in free_wanted:
            free_found.remove(i)
            free_wanted.remove(j)
            pairs.append((i, j))
    return pairs
