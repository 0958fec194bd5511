"""The line-role model: lines' features go in, the chance of each job comes out.

A multinomial logistic regression over hashed features, kept as plain arrays (`models/lines`); parsing needs NumPy only.
Rules work without it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

from docparse.errors import ConfigError
from docparse.segment.line_roles import BUCKETS, JOBS, LineJob, features
from docparse.segment.paragraphs import Paragraph
from docparse.weights import MODELS, weights_folder

ROLE = "lines"
FILE = "weights.npz"
Chances = NDArray[np.float32]


class LineReader(Protocol):
    """Tells the jobs of lines."""

    def read(self, paras: Sequence[Paragraph]) -> Chances:
        """A row for each line, a column for each of JOBS; rows sum to 1."""


@dataclass(frozen=True)
class LineModel:
    """Weights, BUCKETS × jobs, and a bias for each job."""

    weights: NDArray[np.float32]
    bias: NDArray[np.float32]

    def read(self, paras: Sequence[Paragraph]) -> Chances:
        """The chance of each job, line by line."""
        rows = list(features(paras))
        if not rows:
            return np.zeros((0, len(JOBS)), np.float32)
        starts = np.cumsum([0, *(len(r) for r in rows[:-1])])
        scores = np.add.reduceat(self.weights[np.concatenate(rows)], starts, axis=0) + self.bias
        odds = np.exp(scores - scores.max(axis=1, keepdims=True))
        return np.asarray(odds / odds.sum(axis=1, keepdims=True), np.float32)


def job_of(name: LineJob) -> int:
    """The column of a job."""
    return JOBS.index(name)


@lru_cache(maxsize=4)
def read_model(folder: Path) -> LineModel:
    """The model in a folder. Raises ConfigError for a file that is missing or damaged."""
    try:
        with np.load(folder / FILE, allow_pickle=False) as stored:
            kept: dict[str, Any] = {name: stored[name].astype(np.float32) for name in ("weights", "bias")}
    except (OSError, ValueError, KeyError) as error:
        raise ConfigError(f"{folder / FILE} is no line model: {error}; run: docparse train {ROLE}") from error
    if kept["weights"].shape != (BUCKETS, len(JOBS)) or kept["bias"].shape != (len(JOBS),):
        raise ConfigError(f"{folder / FILE} was trained for other jobs or features; run: docparse train {ROLE}")
    return LineModel(kept["weights"], kept["bias"])


def reader_in_use(models: Path = MODELS) -> LineModel | None:
    """The model in use; None where none was trained."""
    folder = weights_folder(ROLE, models)
    return None if folder is None else read_model(folder)
