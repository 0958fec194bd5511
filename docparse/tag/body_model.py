"""The span model of bodies: the own words of tasks go in, the bodies that it reads there come out with their chances.

A conditional random field over syllables (CRFsuite); the weights are in `models/bodies`. Rules work without it: where
the weights or the library `python-crfsuite` are absent there is no reader.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any, Protocol, get_args

from docparse.errors import ConfigError
from docparse.model import BodyRole
from docparse.spans import Span
from docparse.tables import Tables
from docparse.tag.body_tokens import Lexicon, features, lexicon, syllables
from docparse.weights import MODELS, weights_folder

try:
    import pycrfsuite
except ImportError:  # the extra `learn` is not installed
    pycrfsuite = None

ROLE = "bodies"
WEIGHTS = "weights.crfsuite"
WORDS = "words.tsv"
CHOICE = "choice.json"
OUTSIDE = "O"
ROLES: tuple[BodyRole, ...] = get_args(BodyRole)
MOST = 2000
"""So many syllables are read at once: a longer paragraph is no sentence of a task."""


@dataclass(frozen=True, slots=True)
class Read:
    """A body that the model reads: where, in which role, and the least of its syllables' chances."""

    span: Span
    role: BodyRole
    chance: float


@dataclass(frozen=True, slots=True)
class Reading:
    """What the model sees in one range: the bodies it reads, and for each syllable the chance of each role."""

    bodies: tuple[Read, ...]
    places: tuple[Span, ...]
    chances: tuple[Mapping[BodyRole, float], ...]

    def of(self, span: Span) -> Mapping[BodyRole, float]:
        """The mean chances of the roles over the syllables of a span; none where it has none."""
        inside = [c for place, c in zip(self.places, self.chances, strict=True) if place.meets(span)]
        return {role: sum(c[role] for c in inside) / len(inside) for role in ROLES} if inside else {}


class BodyReader(Protocol):
    """Reads the bodies of a range of a text."""

    def read(self, text: str, span: Span) -> Reading:
        """What stands in `text` within `span`."""


class CrfReader:
    """The conditional random field in use."""

    def __init__(self, tagger: Any, known: Lexicon, weights: bytes | None = None) -> None:
        self._tagger, self._known = tagger, known
        self._weights = weights  # a tagger over bytes in memory reads them where they lie: they must outlive it
        labels = set(tagger.labels())
        self._roles = [(role, [f"{s}-{role}" for s in "BI" if f"{s}-{role}" in labels]) for role in ROLES]

    def read(self, text: str, span: Span) -> Reading:
        places = syllables(text, span)[:MOST]
        if not places:
            return Reading((), (), ())
        tagger = self._tagger
        labels = tagger.tag(features([p.of(text) for p in places], self._known))
        chances = tuple(
            {role: sum(tagger.marginal(label, at) for label in own) for role, own in self._roles}
            for at in range(len(places))
        )
        return Reading(tuple(spans(labels, places, chances)), tuple(places), chances)


def spans(labels: Sequence[str], places: Sequence[Span], chances: Sequence[Mapping[BodyRole, float]]) -> Iterator[Read]:
    """The bodies that a sequence of B-, I- and O-labels marks."""
    at = 0
    while at < len(labels):
        if labels[at] == OUTSIDE:
            at += 1
            continue
        role = next(r for r in ROLES if labels[at].endswith(r))
        end = at + 1
        while end < len(labels) and labels[end] == f"I-{role}":
            end += 1
        sure = min(chances[i][role] for i in range(at, end))
        yield Read(Span(places[at].start, places[end - 1].end), role, sure)
        at = end


def labelled(places: Sequence[Span], bodies: Iterable[tuple[Span, BodyRole]]) -> list[str]:
    """B-, I- and O-labels of syllables under bodies that do not overlap."""
    labels = [OUTSIDE] * len(places)
    for span, role in bodies:
        first = True
        for at, place in enumerate(places):
            if span.holds(place):
                labels[at] = f"{'B' if first else 'I'}-{role}"
                first = False
    return labels


def read_words(path: Path) -> dict[str, str]:
    """The table of word classes; empty when the model has none."""
    if not path.is_file():
        return {}
    rows = (line.split("\t") for line in path.read_text("utf-8").splitlines())
    return {row[0]: row[1] for row in rows if len(row) == 2}


@lru_cache(maxsize=4)
def _reader(folder: Path, tables: Tables) -> CrfReader:
    tagger = pycrfsuite.Tagger()
    try:
        tagger.open(str(folder / WEIGHTS))
    except (OSError, ValueError) as error:
        raise ConfigError(f"{folder / WEIGHTS} is no model: {error}; run: docparse train {ROLE}") from error
    return CrfReader(tagger, lexicon(tables, read_words(folder / WORDS)))


def reader_in_use(tables: Tables, models: Path = MODELS) -> CrfReader | None:
    """The reader in use; None where no model was trained or its library is not installed."""
    folder = weights_folder(ROLE, models) if pycrfsuite is not None else None
    return None if folder is None else _reader(folder, tables)


def thresholds_in_use(models: Path = MODELS) -> Mapping[str, float]:
    """The thresholds that were chosen with the model in use; none without one."""
    folder = weights_folder(ROLE, models) if pycrfsuite is not None else None
    return {} if folder is None else _thresholds(folder)


@lru_cache(maxsize=4)
def _thresholds(folder: Path) -> Mapping[str, float]:
    try:
        return {str(k): float(v) for k, v in json.loads((folder / CHOICE).read_text("utf-8")).items()}
    except (OSError, ValueError, AttributeError) as error:
        raise ConfigError(f"{folder / CHOICE} holds no thresholds: {error}; run: docparse train {ROLE}") from error
