"""A calibration on disk: the folder of a trained model in, what it makes of a claim's features out, in plain Python.

The file `model.json` holds, for each family of claims, an intercept and one weight a feature; a claim's confidence is
the logistic of their sum. A feature that the model never saw weighs nothing: a new rule has the rate of its kind.
"""

from __future__ import annotations

import json
import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from docparse.errors import ConfigError
from docparse.weights import MODELS, weights_folder

ROLE = "calibration"
FILE = "model.json"
Feature = tuple[str, float]


@dataclass(frozen=True, slots=True)
class Scale:
    """One family's weights; `least` and `most` bound what it may say, for no number of claims makes one certain."""

    intercept: float
    weights: Mapping[str, float]
    least: float = 0.01
    most: float = 0.995

    def confidence(self, features: Iterable[Feature]) -> float:
        """The chance, in [0, 1], that a claim with these features is right."""
        score = self.intercept
        for name, value in features:
            score += self.weights.get(name, 0.0) * value
        return round(min(max(1 / (1 + math.exp(-score)), self.least), self.most), 3)


@lru_cache(maxsize=16)
def read_model(folder: Path) -> Mapping[str, Scale]:
    """The scales of a model by family. Raises ConfigError for a file that is missing or damaged."""
    try:
        stored = json.loads((folder / FILE).read_text("utf-8"))
        return {
            family: Scale(float(s["intercept"]), dict(s["weights"]), float(s["least"]), float(s["most"]))
            for family, s in stored.items()
        }
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise ConfigError(f"{folder / FILE} is no calibration: {error}; run: docparse train {ROLE}") from error


def in_use(models: Path = MODELS) -> Mapping[str, Scale] | None:
    """The scales in use, or None where no calibration was trained: then each rule's own number stands."""
    folder = weights_folder(ROLE, models)
    return None if folder is None else read_model(folder)
