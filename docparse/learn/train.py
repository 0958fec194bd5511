"""Training a role's model: a role's name in, its folder with weights and card out (`docparse train ROLE`)."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from docparse.errors import ConfigError
from docparse.learn import bodies, calibrate, diacritics, handwriting, lines
from docparse.learn.store import save
from docparse.weights import MODELS


def train_handwriting(models: Path, version: str, gold: Sequence[Path] = ()) -> Path:
    """The digits written by hand in a letterhead's blanks (read/digits.py); needs no gold."""
    del gold
    trained = handwriting.train()
    return save(
        models,
        "handwriting",
        version,
        trained.arrays,
        {
            "role": "handwriting",
            "reads": "single digits by pen (or in print) in the blanks of number and day, or that a mark is none",
            "form": f"features of read/digits.py, {handwriting.HIDDEN} hidden units, ten digits and junk",
            "trained_on": "strokes of docparse/data/digit_strokes.toml, installed fonts, scikit-learn's load_digits",
            "seed": handwriting.SEED,
            "samples": trained.samples,
            "held_out_samples": trained.held_out,
            "held_out_from": "other fonts and other drawings of the strokes, no scanned document",
            "held_out_digit_accuracy": round(trained.accuracy, 4),
            "held_out_share_at_0.9": round(trained.sure_share, 4),
            "held_out_accuracy_at_0.9": round(trained.sure_accuracy, 4),
            "fonts": list(trained.fonts),
            "licence": "Apache-2.0, as docparse",
            "limits": "digits only; a value below 0.70 for the whole number stays null with a warning",
        },
    )


def train_diacritics(models: Path, version: str, gold: Sequence[Path] = ()) -> Path:
    """The count of syllables that sets diacritics right in scans (clean/diacritics.py); `gold` are folders of texts."""
    trained = diacritics.train(diacritics.texts_of(gold or diacritics.FOLDERS))
    return save(
        models,
        "diacritics",
        version,
        trained.arrays,
        {
            "role": "diacritics",
            "reads": "which of the syllables with the same letters but for marks stands between its neighbours",
            "form": "counts of syllables and of runs of two and three, smoothed by the shorter run",
            "trained_on": "normative texts of the national portal (2025-2026), a register's subjects; nothing scanned",
            "left_out": "corpus/, whose documents the scan laboratory prints: its figures are of texts never counted",
            "documents": trained.documents,
            "syllables": trained.syllables,
            "different_syllables": trained.known,
            "pairs": len(trained.arrays["pair_counts"]),
            "triples": len(trained.arrays["triple_counts"]),
            "licence": "counts of official texts, which Vietnamese law leaves free (Luật SHTT, Điều 15); Apache-2.0",
            "limits": "officialese only; limits of use and their precision on worn pages: docs/scans.md",
        },
    )


ROLES: dict[str, Callable[[Path, str, Sequence[Path]], Path]] = {
    "handwriting": train_handwriting,
    "diacritics": train_diacritics,
    "lines": lines.train_lines,
    "bodies": bodies.train_bodies,
    "calibration": calibrate.train_calibration,
}


def train(role: str, models: Path = MODELS, version: str = "1", gold: Sequence[Path] = ()) -> Path:
    """Train a role and put the result in use; `gold` are folders of gold records for the roles that learn from them,
    by default those of the checkout and beside it. Raises ConfigError for an unknown role."""
    if role not in ROLES:
        raise ConfigError(f"there is no model {role!r} to train; known: {', '.join(ROLES)}")
    return ROLES[role](models, version, gold)
