"""What is printed of a score: figures, misses, and the gains and losses between two scores."""

from __future__ import annotations

import json
from collections import Counter
from typing import Any

from docparse.evaluate.tallies import Figures, Miss, Score


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


def compared(old: Score, new: Score, as_json: bool = False) -> str:
    """Gains and losses from `old` to `new`: by measure, then by document what is no longer and what is newly wrong."""
    before, after = old.measures(), new.measures()
    changed = {
        name: (_main(before.get(name)), _main(after.get(name)))
        for name in sorted(before.keys() | after.keys())
        if _main(before.get(name)) != _main(after.get(name))
    }
    documents = {
        name: {"gains": _less(was, now), "losses": _less(now, was)}
        for name in sorted(old.misses.keys() | new.misses.keys())
        if (was := old.misses.get(name, [])) != (now := new.misses.get(name, []))
    }
    if as_json:
        whole = {"measures": {name: {"old": a, "new": b} for name, (a, b) in changed.items()}, "documents": documents}
        return json.dumps(whole, ensure_ascii=False, indent=1) + "\n"
    lines = [f"{name:22}{_number(a)} -> {_number(b)}  {_change(a, b)}" for name, (a, b) in changed.items()]
    for name, changes in documents.items():
        if changes["gains"] or changes["losses"]:
            lines += ["", name, *(f"  + {m}" for m in changes["gains"]), *(f"  - {m}" for m in changes["losses"])]
    return "\n".join(lines or ["no difference"]) + "\n"


def _main(row: Figures | None) -> float | None:
    return None if row is None else float(row["f1"] if "f1" in row else row["accuracy"])


def _number(value: float | None) -> str:
    return "  –   " if value is None else f"{value:.4f}"


def _change(old: float | None, new: float | None) -> str:
    return "" if old is None or new is None else f"{new - old:+.4f}"


def _less(misses: list[Miss], others: list[Miss]) -> list[str]:
    """The misses that the others do not have, each as often as it is too many."""
    rest = Counter(misses) - Counter(others)
    return [str(miss) for miss in rest.elements()]
