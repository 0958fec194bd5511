"""Evaluation: records and gold records in, the figures of every measure out.

The measures are those that docs/evaluation.md describes; a record is compared as the JSON that it is.
"""

from __future__ import annotations

from docparse.evaluate.comparison import compared
from docparse.evaluate.folders import load_gold, load_predictions, parse_sources, score, source_of
from docparse.evaluate.folds import spreads
from docparse.evaluate.report import figures, rendered
from docparse.evaluate.tallies import Score

__all__ = [
    "Score", "compared", "figures", "load_gold", "load_predictions", "parse_sources", "rendered", "score", "source_of",
    "spreads",
]  # fmt: skip
