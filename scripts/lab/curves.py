"""The laboratory's report: kept rows in, Markdown and drawings of its curves out."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any
from xml.sax.saxutils import escape

Row = Mapping[str, Any]

LOST = 0.4
"""A page with more of its characters wrong is lost; it must say so."""
UNITS = {"dpi": "dots per inch", "skew": "degrees of skew", "noise": "noise, grey levels (standard deviation)"}
TARGETS = {
    "target": "200 dpi, 2° skew, noise, the seal over the signature, fonts not used in tuning",
    "stamped": "The same with a second seal across the text",
}
BANDS = (0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.4, 1.01)


def rate(rows: Iterable[Row]) -> float:
    """Character error rate over all pages of the rows."""
    pages = [page for row in rows for page in row["pages"]]
    return float(sum(p[2] for p in pages) / max(1, sum(p[3] for p in pages)))


def f1(rows: Iterable[Row], measure: str) -> float:
    """F1 of a measure over all documents of the rows."""
    right, invented, missed = (sum(row["counts"][measure][at] for row in rows) for at in range(3))
    return float(2 * right / max(1, 2 * right + invented + missed))


def pages(rows: Iterable[Row]) -> int:
    """How many pages the rows hold."""
    return sum(len(row["pages"]) for row in rows)


def lost(rows: Iterable[Row]) -> tuple[int, int]:
    """Pages with more than two fifths of their characters wrong, and those of them that no warning names."""
    gone = [p for row in rows for p in row["pages"] if p[2] > LOST * p[3]]
    return len(gone), sum(not p[1] for p in gone)


def report(rows: Sequence[Row], pictures: str) -> str:
    """The Markdown of all runs; `pictures` is the folder of the drawings as seen from the document."""
    by_run: dict[str, list[Row]] = {}
    for row in rows:
        by_run.setdefault(row["run"], []).append(row)
    parts = [_HEAD]
    for name, title in TARGETS.items():
        if target := by_run.get(name):
            parts += [_target(title, target)]
    for name, unit in UNITS.items():
        if swept := by_run.get(name):
            parts += [_sweep(name, unit, swept), f"![{name}]({pictures}/lab-{name}.svg)\n"]
    if legible := [row for row in rows if row["run"] != "hard"]:
        parts += [_bands(legible), f"![characters and citations]({pictures}/lab-citations.svg)\n"]
    if worn := by_run.get("mixed", []) + by_run.get("hard", []):
        parts += [_losses(by_run)] if worn else []
    return "\n".join(parts)


def drawings(rows: Sequence[Row]) -> dict[str, str]:
    """SVG by file name."""
    out: dict[str, str] = {}
    for name, unit in UNITS.items():
        swept = [row for row in rows if row["run"] == name]
        values = sorted({row["value"] for row in swept})
        if len(values) > 1:
            cells = [[row for row in swept if row["value"] == value] for value in values]
            lines = {
                "characters wrong, %": [100 * rate(cell) for cell in cells],
                "citations missed, % (1 − F1)": [100 * (1 - f1(cell, "citations")) for cell in cells],
            }
            out[f"lab-{name}.svg"] = chart(unit, [float(v) for v in values], lines)
    bands = list(_banded([row for row in rows if row["run"] != "hard"]))
    if len(bands) > 1:
        lines = {
            "citations F1, %": [100 * f1(band, "citations") for _, band in bands],
            "exact F1, %": [100 * f1(band, "citations.exact") for _, band in bands],
        }
        out["lab-citations.svg"] = chart("characters wrong, %", [100 * rate(band) for _, band in bands], lines)
    return out


_HEAD = """# The scan laboratory

Written by `scripts/laboratory`; do not edit by hand. `scripts/degrade.py` prints the documents of `corpus/` in several
fonts and wears them (resolution, skew, blur, noise, JPEG, light, seals, pens, folds) with exact truth. A character is
wrong by edit distance to what was printed, diacritics count, the order of columns does not; errors are counted on the
lines of the record, repaired, with page numbers and without stamps (those of dots per inch still on raw lines, which
have more). Every document goes the whole way from image to record; citations are judged as in
[evaluation.md](evaluation.md).
"""


def _target(title: str, rows: Sequence[Row]) -> str:
    out = [f"## {title}\n"]
    out += ["| font | pages | characters wrong | citations F1 | exact F1 |", "| --- | --- | --- | --- | --- |"]
    for font in sorted({row["font"] for row in rows}):
        out.append(_row(font, [row for row in rows if row["font"] == font]))
    return "\n".join([*out, _row("all", rows), ""])


def _row(name: str, rows: Sequence[Row]) -> str:
    figures = f"{100 * rate(rows):.2f} % | {f1(rows, 'citations'):.3f} | {f1(rows, 'citations.exact'):.3f}"
    return f"| {name} | {pages(rows)} | {figures} |"


def _sweep(name: str, unit: str, rows: Sequence[Row]) -> str:
    out = [f"## {unit[0].upper()}{unit[1:]}\n", "Everything else as on an ordinary office scan: 200 dpi, 1° skew, a"]
    out.append("little blur, noise of 10 grey levels, JPEG, uneven light. Print in five fonts.\n")
    out += [f"| {name} | pages | characters wrong | citations F1 | exact F1 |", "| --- | --- | --- | --- | --- |"]
    for value in sorted({row["value"] for row in rows}):
        out.append(_row(f"{value:g}", [row for row in rows if row["value"] == value]))
    return "\n".join([*out, ""])


def _banded(rows: Sequence[Row]) -> Iterable[tuple[tuple[float, float], list[Row]]]:
    low = 0.0
    for high in BANDS:
        band = [row for row in rows if low <= rate([row]) < high]
        if band:
            yield (low, high), band
        low = high


def _bands(rows: Sequence[Row]) -> str:
    out = ["## From characters to citations\n", "All documents of the runs above and of the mixed set, by how well"]
    out.append("their characters were read.\n")
    out.append("| characters wrong | documents | pages | mean | citations F1 | exact F1 | tasks F1 | recipients F1 |")
    out.append("| --- | --- | --- | --- | --- | --- | --- | --- |")
    for (low, high), band in _banded(rows):
        name = f"{100 * low:g} to {100 * high:g} %" if high <= 1 else f"over {100 * low:g} %"
        figures = " | ".join(f"{f1(band, m):.3f}" for m in ("citations", "citations.exact", "tasks", "recipients"))
        out.append(f"| {name} | {len(band)} | {pages(band)} | {100 * rate(band):.2f} % | {figures} |")
    return "\n".join([*out, ""])


def _losses(by_run: Mapping[str, Sequence[Row]]) -> str:
    out = ["## Lost pages\n", "A page is lost when more than two fifths of its characters are wrong. `mixed` is what"]
    out.append("archives hold, `hard` lies at and beyond the edge of the legible. Each lost page must be named by a")
    out.append("warning of the record.\n")
    out += ["| set | pages | characters wrong | lost | lost and not reported |", "| --- | --- | --- | --- | --- |"]
    together: list[Row] = []
    for name in ("mixed", "hard"):
        rows = by_run.get(name, ())
        if rows:
            gone, silent = lost(rows)
            out.append(f"| {name} | {pages(rows)} | {100 * rate(rows):.2f} % | {gone} | {silent} |")
            together += rows
    gone, silent = lost(together)
    out.append(f"| both | {pages(together)} | {100 * rate(together):.2f} % | {gone} | {silent} |")
    return "\n".join([*out, ""])


_COLOURS = ("#1f6feb", "#d1541f")
_WIDE, _HIGH, _LEFT, _RIGHT, _TOP, _FOOT = 640, 320, 56, 16, 34, 46


def chart(title: str, xs: Sequence[float], lines: Mapping[str, Sequence[float]]) -> str:
    """A line chart; x values stand at their places, y from zero or the least tenth to the largest value."""
    values = [v for line in lines.values() for v in line]
    low = 0.0 if min(values) < 40 else 10.0 * int(min(values) / 10)
    high = max([*values, low + 1]) * (1 if low else 1.08)
    span = (max(xs) - min(xs)) or 1.0

    def px(x: float) -> float:
        return round(_LEFT + (x - min(xs)) / span * (_WIDE - _LEFT - _RIGHT), 1)

    def py(y: float) -> float:
        return round(_HIGH - _FOOT - (y - low) / (high - low) * (_HIGH - _FOOT - _TOP), 1)

    out = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_WIDE} {_HIGH}" font-family="sans-serif" '
        'font-size="12" fill="#57606a">',
        f'<rect width="{_WIDE}" height="{_HIGH}" fill="#ffffff"/>',
    ]
    for at in range(5):
        y = low + (high - low) * at / 4
        out.append(f'<path d="M{_LEFT} {py(y)}H{_WIDE - _RIGHT}" stroke="#d8dee4"/>')
        out.append(f'<text x="{_LEFT - 8}" y="{py(y) + 4}" text-anchor="end">{y:.3g}</text>')
    for x in xs:
        out.append(f'<text x="{px(x)}" y="{_HIGH - _FOOT + 18}" text-anchor="middle">{x:.3g}</text>')
    middle = (_LEFT + _WIDE - _RIGHT) / 2
    out.append(f'<text x="{middle}" y="{_HIGH - 8}" text-anchor="middle">{escape(title)}</text>')
    for at, (name, line) in enumerate(lines.items()):
        colour = _COLOURS[at % len(_COLOURS)]
        points = " ".join(f"{px(x)},{py(y)}" for x, y in zip(xs, line, strict=True))
        out.append(f'<polyline points="{points}" fill="none" stroke="{colour}" stroke-width="2"/>')
        out += [f'<circle cx="{px(x)}" cy="{py(y)}" r="3" fill="{colour}"/>' for x, y in zip(xs, line, strict=True)]
        out.append(f'<text x="{_LEFT + 8 + 230 * at}" y="20" fill="{colour}">{escape(name)}</text>')
    return "\n".join([*out, "</svg>"]) + "\n"
