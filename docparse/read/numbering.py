"""Automatic numbering of a Word file: `numbering.xml` and the paragraphs in order in, the label that Word shows
before each out."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from lxml import etree

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_BULLETS: Mapping[str, str] = {
    "\uf02d": "-",
    "\uf0b7": "-",
    "\uf02b": "+",
    "\uf0a7": "-",
    "o": "-",
    "–": "-",
    "—": "-",
    "": "-",
    "·": "-",
}
"""Officialese knows two bullets, the dash and the plus; symbol fonts' dots and squares stand for the dash."""


@dataclass(frozen=True, slots=True)
class _Level:
    start: int = 1
    form: str = "decimal"
    text: str = "%1."
    restart: int | None = None
    suffix: str = " "


@dataclass(slots=True)
class Numbering:
    """The lists of a file with their counters; `label` is asked once for each numbered paragraph, in order."""

    levels: dict[tuple[str, int], _Level] = field(default_factory=dict)
    lists: dict[str, str] = field(default_factory=dict)
    starts: dict[tuple[str, int], int] = field(default_factory=dict)
    _counters: dict[str, list[int | None]] = field(default_factory=dict)
    _begun: set[tuple[str, int]] = field(default_factory=set)

    def label(self, number: str, level: int) -> str:
        """What Word prints before the next paragraph of list `number` at `level`, with the space after it; empty for
        none."""
        abstract = self.lists.get(number)
        if abstract is None or not 0 <= level <= 8:
            return ""
        shape = self.levels.get((abstract, level))
        if shape is None or shape.form == "none":
            return ""
        if shape.form == "bullet":
            mark = shape.text.strip()
            return f"{_BULLETS.get(mark, mark)} "
        counters = self._counters.setdefault(abstract, [None] * 9)
        override = self.starts.get((number, level))
        if override is not None and (number, level) not in self._begun:
            counters[level] = None
        self._begun.add((number, level))
        before = counters[level]
        counters[level] = (override if override is not None else shape.start) if before is None else before + 1
        for deeper in range(level + 1, 9):
            below = self.levels.get((abstract, deeper))
            if below is None or below.restart is None or below.restart > level:
                counters[deeper] = None
        text = shape.text
        for n in range(level + 1):
            shown = self.levels.get((abstract, n), _Level())
            value = counters[n]
            text = text.replace(f"%{n + 1}", _figure(shown.start if value is None else value, shown.form))
        return text + shape.suffix if text.strip() else ""


def numbering_of(root: etree._Element | None) -> Numbering:
    """The lists that `word/numbering.xml` defines; none for None."""
    out = Numbering()
    if root is None:
        return out
    for abstract in root.iter(f"{W}abstractNum"):
        name = abstract.get(f"{W}abstractNumId") or ""
        for level in abstract.iterchildren(f"{W}lvl"):
            out.levels[name, _int(level.get(f"{W}ilvl"))] = _level(level)
    for number in root.iter(f"{W}num"):
        name = number.get(f"{W}numId") or ""
        target = number.find(f"{W}abstractNumId")
        if target is None:
            continue
        out.lists[name] = target.get(f"{W}val") or ""
        for override in number.iterchildren(f"{W}lvlOverride"):
            at = _int(override.get(f"{W}ilvl"))
            start = override.find(f"{W}startOverride")
            if start is not None:
                out.starts[name, at] = _int(start.get(f"{W}val"), 1)
            own = override.find(f"{W}lvl")
            if own is not None:
                private = f"{out.lists[name]}/{name}"
                for (abstract_name, n), shape in list(out.levels.items()):
                    if abstract_name == out.lists[name]:
                        out.levels.setdefault((private, n), shape)
                out.lists[name] = private
                out.levels[private, at] = _level(own)
    return out


def _level(level: etree._Element) -> _Level:
    def value(name: str) -> str | None:
        found = level.find(f"{W}{name}")
        return None if found is None else found.get(f"{W}val")

    restart = value("lvlRestart")
    suffix = {"nothing": ""}.get(value("suff") or "tab", " ")
    return _Level(
        _int(value("start"), 1),
        value("numFmt") or "decimal",
        value("lvlText") or "",
        None if restart is None else _int(restart),
        suffix,
    )


def _int(text: str | None, default: int = 0) -> int:
    try:
        return int(text) if text is not None else default
    except ValueError:
        return default


def _figure(value: int, form: str) -> str:
    if form in ("lowerLetter", "upperLetter"):
        letters = chr(ord("a") + (value - 1) % 26) * ((value - 1) // 26 + 1) if value > 0 else ""
        return letters.upper() if form == "upperLetter" else letters
    if form in ("lowerRoman", "upperRoman"):
        roman = _roman(value)
        return roman if form == "upperRoman" else roman.lower()
    if form == "decimalZero":
        return f"{value:02}"
    return "" if form in ("none", "bullet") else str(value)


def _roman(value: int) -> str:
    if not 0 < value < 4000:
        return str(value)
    out = ""
    for size, sign in zip(
        (1000, 900, 500, 400, 100, 90, 50, 40, 10, 9, 5, 4, 1),
        ("M", "CM", "D", "CD", "C", "XC", "L", "XL", "X", "IX", "V", "IV", "I"),
        strict=True,
    ):
        out += sign * (value // size)
        value %= size
    return out
