"""What is printed of a score: figures and misses."""

from __future__ import annotations

import json
from typing import Any

from docparse.evaluate.tallies import Figures, Score


def figures(score: Score) -> dict[str, Any]:
    """All measures and the documents counted, ready for JSON."""
    return {**score.measures(), "documents": {"gold": score.documents, "without_prediction": score.absent}}


def rendered(score: Score, misses: bool = False, as_json: bool = False) -> str:
    """The figures as lines of text or as JSON; with `misses` what is wrong in each document."""
    if as_json:
        whole = figures(score)
        if misses:
            whole["misses"] = {name: [str(m) for m in rows] for name, rows in score.misses.items() if rows}
        return json.dumps(whole, ensure_ascii=False, indent=1) + "\n"
    lines = [f"{name:22}{_row(row)}" for name, row in score.measures().items()]
    lines.append(f"{score.documents} documents, {len(score.absent)} without a prediction")
    if score.absent:
        lines.append("without: " + ", ".join(score.absent))
    if misses:
        for name, rows in score.misses.items():
            lines += ["", name, *(f"  {miss}" for miss in rows)] if rows else []
    return "\n".join(lines) + "\n"


def _row(row: Figures) -> str:
    return "  ".join(
        f"{name} {value:.4f}" if isinstance(value, float) else f"{name} {value}" for name, value in row.items()
    )
