"""What is written of the measurements: figures in; tables and drawings for docs/scale.md out."""

from __future__ import annotations

import json
import math
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, Final

from scale.measures import Figure

GOALS: Final = {
    "loading, edges/s": "≥ 20,000", "chain up, depth 5": "median < 50", "chain down, depth 5": "median < 50",
    "search": "median < 100, 95 % < 300", "one more document": "median < 50", "memory of questions, MB": "< 300",
}  # fmt: skip
DRAWN: Final = (
    ("look-up by id", "#555555"), ("chain up, depth 5", "#1f5fa8"), ("search", "#b3441e"),
    ("one more document", "#2d7d46"),
)  # fmt: skip
ENGINES: Final = {"sqlite": "SQLite", "postgresql": "PostgreSQL"}
Kept = dict[str, dict[str, list[dict[str, Any]]]]


def plain(figures: Sequence[Figure]) -> str:
    """The figures for the terminal."""
    return "\n".join(
        f"  {f.what:30} {f.clock:12,.1f}  cpu {f.cpu:12,.1f}"
        + (f"   95 % {f.clock_95:10,.1f}  cpu {f.cpu_95:10,.1f}" if f.clock_95 is not None else "")
        for f in figures
    )


def keep(folder: Path, engine: str, size: int, figures: list[dict[str, Any]]) -> None:
    """Keep the figures of one run beside those of other sizes."""
    path = folder / "scale.json"
    kept: Kept = json.loads(path.read_text("utf-8")) if path.is_file() else {}
    kept.setdefault(engine, {})[str(size)] = figures
    path.write_text(json.dumps(kept, indent=1, ensure_ascii=False) + "\n", "utf-8")


def write(folder: Path) -> None:
    """docs/scale.md and its drawings from the figures kept."""
    kept: Kept = json.loads((folder / "scale.json").read_text("utf-8"))
    parts = []
    for engine, sizes in sorted(kept.items(), reverse=True):
        (folder / "images" / f"scale-{engine}.svg").write_text(drawing(sizes), "utf-8")
        parts.append(f"## {ENGINES[engine]}\n\n{table(sizes)}\n\n![CPU over documents](images/scale-{engine}.svg)\n")
    head = (folder / "scale.md").read_text("utf-8").split("## SQLite")[0]
    (folder / "scale.md").write_text(head + "\n".join(parts), "utf-8")


def table(sizes: Mapping[str, Sequence[Mapping[str, Any]]]) -> str:
    """One row for each measurement, one column for each size: clock, and CPU in brackets; median and 95 %."""
    order = sorted(sizes, key=int)
    rows = ["| | goal | " + " | ".join(f"{int(size):,} documents" for size in order) + " |"]
    rows.append("| --- | --- |" + " ---: |" * len(order))
    for at, figure in enumerate(sizes[order[0]]):
        cells = [_cell(sizes[size][at]) for size in order]
        rows.append(f"| {figure['what']} | {GOALS.get(figure['what'], '')} | " + " | ".join(cells) + " |")
    return "\n".join(rows)


def _cell(figure: Mapping[str, Any]) -> str:
    if figure["clock_95"] is None:
        same = figure["clock"] == figure["cpu"]
        return f"{figure['clock']:,.0f}" + ("" if same else f" ({figure['cpu']:,.0f})")
    return f"{figure['clock']:.1f} / {figure['clock_95']:.1f} ms (CPU {figure['cpu']:.1f} / {figure['cpu_95']:.1f})"


def drawing(sizes: Mapping[str, Sequence[Mapping[str, Any]]]) -> str:
    """Milliseconds of CPU over documents, both on logarithmic axes."""
    width, height, edge = 560, 340, 48
    order = sorted(map(int, sizes))
    low, high = math.log10(order[0]), max(math.log10(order[-1]), math.log10(order[0]) + 1)

    def at(size: int, ms: float) -> str:
        x = edge + (math.log10(size) - low) / (high - low) * (width - 2 * edge)
        y = height - edge - (math.log10(max(ms, 0.1)) + 1) / 4 * (height - 2 * edge)
        return f"{x:.1f},{y:.1f}"

    out = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" font-family="sans-serif" '
        'font-size="12">',
        f'<rect width="{width}" height="{height}" fill="white"/>',
        f'<path d="M{edge} {edge}V{height - edge}H{width - edge}" fill="none" stroke="#555"/>',
        f'<text x="12" y="{edge - 16}">median CPU milliseconds (0.1 to 1,000, logarithmic)</text>',
        f'<text x="{width / 2}" y="{height - 12}" text-anchor="middle">documents ({order[0]:,} to {order[-1]:,}, '
        "logarithmic)</text>",
    ]
    for row, (what, colour) in enumerate(DRAWN):
        values = [(size, next(f["cpu"] for f in sizes[str(size)] if f["what"] == what)) for size in order]
        points = [at(size, ms) for size, ms in values]
        out.append(f'<polyline points="{" ".join(points)}" fill="none" stroke="{colour}" stroke-width="2"/>')
        for point in points:
            x, y = point.split(",")
            out.append(f'<circle cx="{x}" cy="{y}" r="3" fill="{colour}"/>')
        out.append(f'<text x="{edge + 12}" y="{edge + 4 + 16 * row}" fill="{colour}">{what}</text>')
    return "\n".join([*out, "</svg>", ""])
