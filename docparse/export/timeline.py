"""The timeline of a chain: a chain goes in; cards, lines between them, rows and years with their places come out.

Time runs from left to right, levels of government from top to bottom. A year is as wide as it needs to be, empty years
are narrow, documents without a date stand in a column of their own at the left. Cards never overlap. Pure geometry, in
pixels; the same chain gives the same picture whatever the keys of the store.
"""

from __future__ import annotations

import math
import re
import unicodedata
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from docparse.export.levels import ROWS, row_of
from docparse.link.names import parse_name
from docparse.store.chains import Chain, Link
from docparse.store.lookup import Node

MOST: Final = 200
"""How many documents one picture shows; of a longer chain the nearest are shown, and the picture says so."""
CARD_HEIGHT: Final = 38
NARROW, WIDE = 92, 190
LABELS: Final = 130
"""The width of the column with the names of the rows."""
TOP: Final = 34
"""Where the rows begin: below the years."""
_GAP, _LANE, _PAD = 16, 56, 12
_EMPTY = 22
_ROOM = 36
"""Left of the first card, for lines that go around."""
_WIDTHS = (760, 1000, 1280, 1600, 1960, 2400)
_SHORT: Final = {"Ủy ban nhân dân": "UBND", "Hội đồng nhân dân": "HĐND"}
"""As every office writes them short (NĐ 30/2020 Phụ lục VI)."""
_SHAPE = 1.7
"""How wide for its height a picture should be."""


@dataclass(frozen=True, slots=True)
class Card:
    """A document with its place: `x`, `y` are its upper left corner; `number` counts from 0 in order of time."""

    number: int
    node: Node
    day: str
    row: int
    x: float
    y: float
    width: float
    label: str
    below: str
    root: bool
    depth: int

    @property
    def middle(self) -> float:
        """Half its height down."""
        return self.y + CARD_HEIGHT / 2


@dataclass(frozen=True, slots=True)
class Line:
    """A relation with its curve, an SVG path from the citing to the cited card."""

    source: int
    target: int
    link: Link
    path: str


@dataclass(frozen=True, slots=True)
class Row:
    """A level of government that has documents: from `y` on, `height` high."""

    name: str
    y: float
    height: float


@dataclass(frozen=True, slots=True)
class Year:
    """A year, or several empty ones, from `x` on; `label` is empty where there is nothing to write."""

    label: str
    x: float
    width: float


@dataclass(frozen=True, slots=True)
class Timeline:
    """The whole picture; `undated` is the left edge of the column of documents without a date, None without any.
    `left_out` counts the documents beyond `MOST`."""

    cards: tuple[Card, ...]
    lines: tuple[Line, ...]
    rows: tuple[Row, ...]
    years: tuple[Year, ...]
    undated: float | None
    width: float
    height: float
    left_out: int


def timeline(chain: Chain) -> Timeline:
    """The picture of a chain, in the width that gives it the best shape."""
    kept = sorted(chain.nodes, key=lambda key: (chain.depth[key], _day(chain.nodes[key]), chain.nodes[key].id))[:MOST]
    found = sorted((chain.nodes[key] for key in kept), key=lambda node: (_day(node), node.id))
    drawn = [_drawn(found, chain, width, len(chain.nodes) - len(kept)) for width in _WIDTHS]
    return min(drawn, key=lambda one: abs(math.log(one.width / one.height / _SHAPE)))


def _day(node: Node) -> str:
    day = node.date or parse_name(node.id).date
    return day if re.match(r"\d{4}", day) else ""


def _drawn(found: Sequence[Node], chain: Chain, width: int, left_out: int) -> Timeline:
    rows = {node.key: row_of(node) for node in found}
    texts = {node.key: _texts(node) for node in found}
    undated = [node for node in found if not _day(node)]
    column = max((_width(texts[node.key]) for node in undated), default=0.0)
    start = LABELS + _ROOM + (column + 2 * _GAP if undated else 0)
    years = _years([node for node in found if _day(node)], rows, start, width)
    lanes, places = _placed(found, rows, texts, years)
    tops, y = {}, float(TOP)
    for row in sorted(lanes):
        tops[row] = y
        y += lanes[row] * _LANE + _PAD
    cards = tuple(
        Card(
            number, node, _day(node), rows[node.key], places[node.key][0],
            tops[rows[node.key]] + _PAD + places[node.key][1] * _LANE, _width(texts[node.key]), *texts[node.key],
            node.key == chain.root, chain.depth[node.key],
        )
        for number, node in enumerate(found)
    )  # fmt: skip
    right = max([card.x + card.width for card in cards] + [year.x + year.width for year in years])
    return Timeline(
        cards,
        tuple(_lines(cards, chain.links)),
        tuple(Row(ROWS[row], tops[row], lanes[row] * _LANE + _PAD) for row in sorted(lanes)),
        years,
        LABELS + _PAD if undated else None,
        round(right + _GAP),
        round(y),
        left_out,
    )


def _years(dated: Sequence[Node], rows: Mapping[int, int], start: float, width: int) -> tuple[Year, ...]:
    """The years of the documents, each as wide as the root of what its fullest row holds; empty ones between them."""
    if not dated:
        return ()
    held = Counter((int(_day(node)[:4]), rows[node.key]) for node in dated)
    most = {year: max(many for (at, _), many in held.items() if at == year) for year, _ in held}
    weight = sum(math.sqrt(many) for many in most.values())
    out: list[Year] = []
    x, last = start, min(most) - 1
    for year in sorted(most):
        if year > last + 1:
            out.append(Year("", x, _EMPTY))
            x += _EMPTY
        wide = round(max(54.0, width * math.sqrt(most[year]) / weight), 1)
        out.append(Year(str(year), x, wide))
        x, last = x + wide, year
    return tuple(out)


def _placed(
    found: Sequence[Node], rows: Mapping[int, int], texts: Mapping[int, tuple[str, str]], years: Sequence[Year]
) -> tuple[dict[int, int], dict[int, tuple[float, int]]]:
    """How many lanes each row has, and each document's left edge and lane: the first lane that is free there."""
    ends: dict[int, list[float]] = {}
    free: Counter[int] = Counter()
    places = {}
    for node in found:
        row = ends.setdefault(rows[node.key], [])
        if not _day(node):
            places[node.key] = (LABELS + _PAD + _GAP / 2, free[rows[node.key]])
            free[rows[node.key]] += 1
            continue
        x = _across(_day(node), years)
        lane = next((at for at, end in enumerate(row) if end + _GAP <= x), len(row))
        row[lane : lane + 1] = [x + _width(texts[node.key])]
        places[node.key] = (x, lane)
    return {row: max(len(lanes), free[row], 1) for row, lanes in ends.items()}, places


def _across(day: str, years: Sequence[Year]) -> float:
    """Where a day lies; one of which only the year is known at its beginning."""
    year = next(one for one in years if one.label == str(int(day[:4])))
    month, of_month = (int(part or 1) for part in ([*day.split("-")[1:], "1", "1"])[:2])
    return round(year.x + min(0.99, (30.4 * (month - 1) + of_month - 1) / 365) * year.width, 1)


def _lines(cards: Sequence[Card], links: Iterable[Link]) -> Iterable[Line]:
    """The lines, each from its own point of a card's edge, so that those of one card stay apart."""
    number = {card.node.key: card.number for card in cards}
    known = sorted(
        (number[one.source], number[one.target], one.relation, one)
        for one in links
        if one.source in number and one.target in number
    )
    ports: dict[int, list[tuple[float, int, int, str]]] = {}
    for source, target, relation, _ in known:
        ports.setdefault(source, []).append((cards[target].middle, 0, target, relation))
        ports.setdefault(target, []).append((cards[source].middle, 1, source, relation))
    for at in ports.values():
        at.sort()
    for source, target, relation, link in known:
        out = ports[source], (cards[target].middle, 0, target, relation)
        into = ports[target], (cards[source].middle, 1, source, relation)
        yield Line(source, target, link, _curve(cards[source], cards[target], _port(*out), _port(*into)))


def _port(at: Sequence[tuple[float, int, int, str]], one: tuple[float, int, int, str]) -> float:
    """How far below a card's middle a line ends: all its lines spread over two thirds of its height."""
    return (bisect_right(at, one) - (len(at) + 1) / 2) * min(7.0, CARD_HEIGHT * 0.66 / len(at))


def _curve(source: Card, target: Card, out: float, into: float) -> str:
    y1, y2 = source.middle + out, target.middle + into
    if target.x + target.width + 8 <= source.x:
        x1, x2, lean = source.x, target.x + target.width + 2, -1
    elif source.x + source.width + 8 <= target.x:
        x1, x2, lean = source.x + source.width, target.x - 2, 1
    else:
        x1, x2 = source.x, target.x - 2
        bend = min(x1, x2) - 14 - min(40.0, abs(y2 - y1) / 6)
        return f"M{x1:.1f} {y1:.1f}C{bend:.1f} {y1:.1f} {bend:.1f} {y2:.1f} {x2:.1f} {y2:.1f}"
    reach = lean * max(24.0, min(160.0, abs(x2 - x1) / 2))
    return f"M{x1:.1f} {y1:.1f}C{x1 + reach:.1f} {y1:.1f} {x2 - reach:.1f} {y2:.1f} {x2:.1f} {y2:.1f}"


def _texts(node: Node) -> tuple[str, str]:
    """The two lines of a card: what the document is called, and its day and issuer; cut to its width."""
    day = _day(node)
    shown = "/".join(reversed(day.split("-"))) if day else "không rõ ngày"
    label = node.number or node.title or parse_name(node.id).number.upper()
    issuer = node.issuer or ""
    for name, short in _SHORT.items():
        issuer = issuer.replace(name, short)
    return fitted(label, 12.0, WIDE - 30), fitted(" · ".join(filter(None, (shown, issuer))), 10.0, WIDE - 16)


def _width(texts: tuple[str, str]) -> float:
    return min(
        float(WIDE), max(float(NARROW), round(text_width(texts[0], 12) + 30), round(text_width(texts[1], 10) + 16))
    )


def text_width(text: str, size: float) -> float:
    """About how wide a text is, on the safe side for DejaVu Sans, the widest font that a picture asks for."""
    return size * sum(map(_letter, unicodedata.normalize("NFC", text)))


def _letter(letter: str) -> float:
    if letter in "iljíìỉĩị.,:;|!'·()[] /-":
        return 0.36
    if letter in "mwMW—…":
        return 0.98
    return 0.74 if letter.isupper() else 0.62


def fitted(text: str, size: float, width: float) -> str:
    """The text, cut with an ellipsis where it is wider."""
    text = " ".join(text[:200].split())
    if text_width(text, size) <= width:
        return text
    while text and text_width(text + "…", size) > width:
        text = text[:-1]
    return text.rstrip() + "…"
