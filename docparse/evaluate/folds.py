"""How much figures depend on which documents were taken: scores of documents in, spread over folds of them out.

A fold is judged by itself; every document is in one, by its place among the sorted names, so that the same gold gives
the same folds. Rules are not trained, so the folds differ in their documents only.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from statistics import fmean, stdev

from docparse.evaluate.tallies import Figures, Score

FOLDS = 5


@dataclass(frozen=True, slots=True)
class Spread:
    """A measure over the folds in which something was to be judged: their number, mean, least, greatest, standard
    deviation (of a sample; 0 for one fold)."""

    folds: int
    mean: float
    least: float
    most: float
    deviation: float


def folded_scores(parts: Mapping[str, Score], count: int = FOLDS) -> list[Score]:
    """The documents in `count` folds, each scored as a whole; empty ones are left out."""
    names = sorted(parts)
    return [Score.total({name: parts[name] for name in names[at::count]}) for at in range(count) if names[at::count]]


def spreads(parts: Mapping[str, Score], count: int = FOLDS) -> dict[str, Spread]:
    """The spread of every measure over the folds, by name."""
    values: dict[str, list[float]] = {}
    for score in folded_scores(parts, count):
        for name, row in score.measures().items():
            if row["n"]:
                values.setdefault(name, []).append(_main(row))
    return {
        name: Spread(len(v), fmean(v), min(v), max(v), stdev(v) if len(v) > 1 else 0.0)
        for name, v in sorted(values.items())
    }


def _main(row: Figures) -> float:
    return float(row["f1"] if "f1" in row else row["accuracy"])
