"""How likely a syllable is between its neighbours: syllables in, a logarithm of chances out, counted in official texts.

The counts of runs of one, two and three syllables (`models/diacritics`, made by `docparse train diacritics`) know what
Vietnamese officialese says; a longer run that is rare leans on the shorter ones in it (Dirichlet smoothing).
"""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from math import log
from pathlib import Path
from typing import Any

import numpy as np

Counts = np.ndarray[Any, np.dtype[Any]]

ROLE = "diacritics"
BREAK, FIGURE, OTHER, RARE = 0, 1, 2, 3
"""Ids of what has no count of its own: punctuation, a number, a word that is no syllable, a word spelt as
a syllable but for its marks."""
SPECIAL = ("", "", "", "")
PAIR, TRIPLE = 300.0, 30.0
"""Weight of the shorter run beside a longer one, in occurrences."""
TOKEN = re.compile(r"(?P<word>[^\W\d_]+)|(?P<figure>\d[\d.,/]*)|[^\w\s]")


@lru_cache(maxsize=20_000)
def bare(word: str) -> str:
    """The lower-case word without any marks: `Tổ` and `tô` are `to`, `đ` is `d`."""
    plain = unicodedata.normalize("NFD", word.lower().replace("đ", "d"))
    return "".join(c for c in plain if not "\u0300" <= c <= "\u036f")


@dataclass(frozen=True, slots=True)
class SyllableModel:
    """`ids` of the syllables it knows and, in `alike`, those with the same letters but for marks; counts of single ids,
    and of pairs and triples under keys in ascending order."""

    ids: Mapping[str, int]
    words: Sequence[str]
    alike: Mapping[str, tuple[int, ...]]
    singles: Counts
    pair_keys: Counts
    pair_counts: Counts
    triple_keys: Counts
    triple_counts: Counts
    total: float

    def id_of(self, token: str) -> int:
        """The id of a syllable in any case, `RARE` for one like a known one, else `OTHER`."""
        known = self.ids.get(token.lower())
        return known if known is not None else RARE if bare(token) in self.alike else OTHER

    def likeness(self, run: Sequence[int], at: int) -> float:
        """Logarithm of the chance of `run[at]` and the two after it, where the run has them, after what is before."""
        return sum(self._step(run, i) for i in range(at, min(at + 3, len(run))))

    def _step(self, run: Sequence[int], i: int) -> float:
        c = run[i]
        single = (float(self.singles[c]) + 0.5) / self.total
        if i == 0:
            return log(single)
        b = run[i - 1]
        pair = (self.pair(b, c) + PAIR * single) / (float(self.singles[b]) + PAIR)
        if i == 1:
            return log(pair)
        a = run[i - 2]
        return log((self._triple(a, b, c) + TRIPLE * pair) / (self.pair(a, b) + TRIPLE))

    def pair(self, a: int, b: int) -> float:
        """How often `b` was met right after `a`."""
        return _found(self.pair_keys, self.pair_counts, a * len(self.words) + b)

    def _triple(self, a: int, b: int, c: int) -> float:
        size = len(self.words)
        return _found(self.triple_keys, self.triple_counts, (a * size + b) * size + c)


def _found(keys: Counts, counts: Counts, key: int) -> float:
    at = int(np.searchsorted(keys, key))
    return float(counts[at]) if at < len(keys) and int(keys[at]) == key else 0.0


def tokens(text: str) -> Iterator[re.Match[str]]:
    """Words, numbers and marks of punctuation."""
    return TOKEN.finditer(text)


@lru_cache(maxsize=2)
def load_syllables(folder: Path) -> SyllableModel | None:
    """The model of a folder, None when it has none."""
    path = folder / "weights.npz"
    if not path.is_file():
        return None
    with np.load(path) as stored:
        words = [*SPECIAL, *bytes(stored["words"]).decode("utf-8").split("\n")]
        alike: dict[str, list[int]] = defaultdict(list)
        for at in range(len(SPECIAL), len(words)):
            alike[bare(words[at])].append(at)
        singles = stored["singles"].astype(np.int64)
        return SyllableModel(
            {w: i for i, w in enumerate(words) if i >= len(SPECIAL)},
            words,
            {key: tuple(ids) for key, ids in alike.items()},
            singles,
            np.cumsum(stored["pair_steps"].astype(np.int64)),
            stored["pair_counts"],
            np.cumsum(stored["triple_steps"].astype(np.int64)),
            stored["triple_counts"],
            float(singles.sum()) + 0.5 * len(words),
        )
