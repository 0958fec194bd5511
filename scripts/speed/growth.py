"""How the cost of a document grows: documents of growing length and of growing numbers of citations in, their seconds
out, as a table and as a drawing.

Everything is invented or repeated from the texts given; CPU time, the least of several rounds.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass

LENGTHS = (0.1, 0.25, 0.5, 1.0, 2.5, 5.0)
"""Millions of bytes of UTF-8."""
CITATIONS = (100, 300, 1_000, 3_000, 10_000)


@dataclass(frozen=True, slots=True)
class Point:
    """A document of `size` (MB or citations), its bytes, and the CPU seconds from text to record."""

    size: float
    bytes: int
    seconds: float

    @property
    def per_mb(self) -> float:
        """Seconds a MB."""
        return self.seconds / self.bytes * 1e6


def repeated(texts: Sequence[str], size: int) -> str:
    """The texts one after the other, over and over, up to `size` bytes."""
    whole = "\n".join(texts)
    data = whole.encode()
    return (data * (size // len(data) + 1))[:size].decode("utf-8", "ignore")


def citing(count: int) -> str:
    """A plan that cites `count` different documents, one in each clause."""
    head = "ỦY BAN NHÂN DÂN\nTỈNH AN HẢI\nSố: 12/KH-UBND\nAn Hải, ngày 05 tháng 3 năm 2023\nKẾ HOẠCH\nRà soát văn bản\n"
    items = (
        f"{n}. Thực hiện Quyết định số {n}/QĐ-UBND ngày {n % 27 + 1:02}/{n % 11 + 1:02}/{2001 + n % 21} của Ủy ban "
        f"nhân dân tỉnh về công tác lưu trữ đợt {n}, Sở Nội vụ báo cáo kết quả trước ngày 15/12/2023."
        for n in range(1, count + 1)
    )
    return head + "\n".join(items) + "\n"


def measured(texts: Sequence[tuple[float, str]], work: Callable[[str], object], rounds: int) -> list[Point]:
    """The points of texts with their sizes."""
    points: list[Point] = []
    for size, text in texts:
        took: list[float] = []
        for _ in range(rounds if len(text) < 1_000_000 else 1):
            began = time.process_time()
            work(text)
            took.append(time.process_time() - began)
        points.append(Point(size, len(text.encode()), min(took)))
    return points


def flatness(points: Sequence[Point]) -> float:
    """How much dearer a MB of the largest document is than one of the cheapest: 1 for a cost linear in length."""
    return points[-1].per_mb / min(p.per_mb for p in points)


def table(title: str, points: Sequence[Point]) -> str:
    """The points as a Markdown table."""
    rows = [f"| {p.size:g} | {p.bytes / 1e6:.2f} | {p.seconds:.2f} | {p.bytes / 1e6 / p.seconds:.2f} |" for p in points]
    return "\n".join([f"| {title} | MB | s | MB/s |", "| ---: | ---: | ---: | ---: |", *rows])


def drawing(series: Sequence[tuple[str, Sequence[Point]]]) -> str:
    """Seconds over megabytes as SVG, one line for each series, from the origin: straight lines are linear cost."""
    width, height, edge = 560, 340, 48
    most = max(p.bytes for _, points in series for p in points)
    longest = max(p.seconds for _, points in series for p in points)

    def at(p: Point) -> tuple[float, float]:
        x = edge + p.bytes / most * (width - 2 * edge)
        return round(x, 1), round(height - edge - p.seconds / longest * (height - 2 * edge), 1)

    out = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" '
        'font-family="sans-serif" font-size="12">',
        f'<rect width="{width}" height="{height}" fill="white"/>',
        f'<path d="M{edge} {edge}V{height - edge}H{width - edge}" fill="none" stroke="#555"/>',
        f'<text x="{width / 2}" y="{height - 12}" text-anchor="middle">'
        f"MB of UTF-8 in one document (to {most / 1e6:.1f})</text>",
        f'<text x="12" y="{edge - 16}">CPU seconds from text to record (to {longest:.1f})</text>',
    ]
    for colour, (name, points), row in zip(("#1f5fa8", "#b3441e"), series, range(2), strict=False):
        places = [(float(edge), float(height - edge)), *map(at, points)]
        path = " ".join(f"{x},{y}" for x, y in places)
        out.append(f'<polyline points="{path}" fill="none" stroke="{colour}" stroke-width="2"/>')
        out.extend(f'<circle cx="{x}" cy="{y}" r="3" fill="{colour}"/>' for x, y in places[1:])
        out.append(f'<text x="{edge + 16}" y="{edge + 18 * (row + 1)}" fill="{colour}">{name}</text>')
    return "\n".join([*out, "</svg>", ""])


LARGE = (
    "Measured apart in November 2026, on a machine shared with other work, whose CPU times are up to twice those of a "
    "quiet one: 5 MB of norms take 218 MB of memory at most until they are tagged, 259 MB with the record and 353 MB "
    "with its JSON of 22 MB, of which 106 MB are the program with its tables. A text of 5 MB in one line takes the CPU "
    "time of the same text in lines. Recognised text (eight scans of the gold, 0.08 MB) went at 0.07 MB/s from the "
    "page's lines to the record with all models and at 0.10 MB/s with rules alone: their short documents pay for "
    "repairs of diacritics and codes."
)


def page(tables: str) -> str:
    """The page of the documentation around the tables."""
    return (
        "# Speed and growth\n\nWritten by `scripts/bench --only growth --write`: CPU time from text to record in one "
        "process, rules and the calibration of confidence. Texts are the shared norms repeated up to the length, and "
        "an invented plan with one citation in each clause. The cost of a megabyte must not grow with the document.\n\n"
        f"{tables}\n\n![CPU seconds over megabytes](images/speed.svg)\n\n{LARGE}\n"
    )
