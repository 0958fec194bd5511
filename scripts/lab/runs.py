"""What the laboratory measures: named runs of worn documents, one row of figures for each document read.

Rows are kept in a file of JSON lines: a run that was broken off goes on where it was, and a report needs no reading.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from docparse import evaluate
from lab import press, sheets
from lab.reading import read_sheet
from lab.recipes import RECIPES

BASE: dict[str, Any] = {
    "dpi": 200, "skew": [-1.0, 1.0], "blur": 2.5, "noise": 10.0, "jpeg": 60, "shading": 15.0,
}  # fmt: skip
"""The page around which one thing at a time is changed: an ordinary office scan."""
SWEEPS: dict[str, tuple[float, ...]] = {
    "dpi": (60, 75, 100, 150, 200, 300),
    "skew": (0, 1, 2, 4, 6, 8),
    "noise": (0, 10, 20, 35, 50, 70),
}
SWEPT = (
    "kh-18-ubnd-suoi-ngan-2025", "nq-11-hu-binh-lam-2021", "qd-642-ubnd-dong-thap-2021", "tb-88-vpubnd-gia-lai-2024",
    "ttr-31-sgddt-yen-bai-2022",
)  # fmt: skip
"""The sources that cite most."""
FONTS = ("Tinos", "FreeSerif", "GentiumPlus", "CharisSIL", "NotoSerif")
SEED = 20_260
COUNTED = ("citations", "citations.exact", "tasks", "recipients")


@dataclass(frozen=True)
class Plan:
    """Documents that are read under one heading: `run` and `value` name the row of the report they count in."""

    run: str
    value: float | None
    names: tuple[str, ...]
    fonts: tuple[str, ...]
    ranges: dict[str, Any]
    seed: int
    pages: int | None = None


def plans() -> list[Plan]:
    """All runs, the short ones first."""
    everything = press.papers()
    out = [Plan(name, None, everything, press.FONTS["held-out"], RECIPES[name], SEED) for name in ("target", "stamped")]
    for name, values in SWEEPS.items():
        for value in values:
            setting: Any = int(value) if name == "dpi" else [-value, value] if name == "skew" else value
            out.append(Plan(name, value, SWEPT, FONTS, {**BASE, name: setting}, SEED))
    out.append(Plan("mixed", None, everything, press.FONTS["tuning"], RECIPES["mixed"], 500, 340))
    out.append(Plan("hard", None, everything, press.FONTS["tuning"], RECIPES["hard"], 900, 160))
    return out


def run(plan: Plan, rows: Path) -> Iterator[dict[str, Any]]:
    """The rows of a plan: kept ones, and those of documents that were not read yet, which are read and kept."""
    kept = {row["key"]: row for row in load(rows)}
    for sheet in sheets.sheets(plan.names, plan.fonts, plan.ranges, plan.seed, plan.pages):
        key = f"{plan.run}|{plan.value}|{sheet.name}"
        row = kept.get(key)
        if row is None:
            row = {"key": key, "run": plan.run, "value": plan.value, **measured(sheet)}
            with rows.open("a", encoding="utf-8") as stream:
                stream.write(json.dumps(row, ensure_ascii=False) + "\n")
        yield row


def measured(sheet: sheets.Sheet) -> dict[str, Any]:
    """One document: its parameters, and for each page how it ended, whether a warning names it, errors and length."""
    result = read_sheet(sheets.pdf(sheet), sheet.truth())
    score = evaluate.score({sheet.name: result.record}, {sheet.name: sheet.print.gold})
    wear = {key: value for key, value in asdict(sheet.wear).items() if value}
    return {
        "font": sheet.font,
        "wear": wear,
        "pages": [[p.method, p.warned, p.errors, p.length] for p in result.pages],
        "counts": {name: [(t := score.tallies[name]).right, t.invented, t.missed] for name in COUNTED},
        "seconds": round(result.seconds, 1),
    }


def load(rows: Path) -> list[dict[str, Any]]:
    """The kept rows."""
    if not rows.is_file():
        return []
    return [json.loads(line) for line in rows.read_text("utf-8").splitlines() if line.strip()]
