"""Provisions (điểm, khoản, Điều, Chương, Phụ lục) before a mention: its start goes in, the part cited comes out.

Vietnamese names the innermost part first (`điểm b khoản 2 Điều 24 Quy chế`); the record names the outermost first
(`Điều 24, khoản 2, điểm b`), parts of one document joined by `; `, siblings by commas (CONTRACT, Citations).
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from docparse.tag.line_start import line_start

_VALUE = r"(?:[IVXLC]+(?:\.\d+)*|\d+[a-zđ]?(?:\.\d+)*[a-zđ]?|[a-zđ]\d?)\b"
_TOKEN = re.compile(
    rf"(?P<kind>[Tt]iểu mục|[Đđ]iểm|[Kk]hoản|(?:các )?[Đđ]iều|[Pp]hụ lục|[Cc]hương|[Mm]ục|[Pp]hần|tên "
    rf"(?=Chương))(?:\s+số)?\s*"
    rf"(?:từ\s+)?(?P<values>{_VALUE}(?:(?:\s*,\s*|\s+và\s+|\s*,?\s*đến(?:\s+(?:hết\s+)?(?P=kind))?\s+){_VALUE}(?!\s*\)))*)?"
)
_JOIN = re.compile(r"\s*(?P<mark>[,;]|và|và tại|,\s*và|hoặc|của|thuộc|tại|,\s*tại)?\s*\Z")
_TAIL = re.compile(
    r"\s*(?:,)?\s*(?:của|tại|thuộc|trong|ban hành kèm theo|kèm theo|theo)?\s*(?:các\s+)?\Z|\s*(?:,"
    r"|và)\s+các nội dung(?: có)? liên quan\s+của\s+\Z"
)
_GOES_ON = re.compile(r"(?:(?<!\w)(?:và|tại|của)|,)\s*\n\Z")
_PARALLEL = re.compile(r"quy định tại\s+\Z")
_ANNEXED = re.compile(r"kèm theo\s*\Z")
_NAMED_ANNEX = re.compile(r"\s+[^.;\n]{3,200}?\s(?:ban hành )?kèm theo\s*\Z")
_FAR = re.compile(r"\s+[A-ZĐ][^.;,\n]{3,130}?\s(?:tại|của)\s+\Z")
_PART = re.compile(r"(?<!\w)" + _VALUE)
_SIBLINGS = re.compile(r"[^\s,]+(?:, [^\s,]+)*")
_NAMES = {
    "điểm": ("điểm", 1), "khoản": ("khoản", 2), "điều": ("Điều", 4), "mục": ("Mục", 5), "tiểu mục": ("Tiểu mục", 3),
    "chương": ("Chương", 6), "phần": ("Phần", 6), "phụ lục": ("Phụ lục", 7),
}  # fmt: skip
_WINDOW = 260


@dataclass(frozen=True, slots=True)
class _Step:
    start: int
    end: int
    name: str
    rank: int
    values: tuple[str, ...]


def read_provision(text: str, at: int, floor: int = 0) -> tuple[int, str] | None:
    """The provision that ends where a mention starts (`at`), as (start, canonical words); nothing before `floor`
    counts."""
    line = line_start(text, at)
    if line and _GOES_ON.search(text, max(0, line - 12), line) and _TOKEN.match(text, line):
        line = line_start(text, line - 1)  # a line of a scan broken before `Điều 3`
    low = max(floor, at - _WINDOW, line)
    window = text[low:at]
    near = window[-24:]
    if not (
        any(c.isdigit() or c.isupper() for c in near)
        or "điểm " in near
        or near.endswith(("kèm theo ", "liên quan của "))
    ):
        return None
    steps = [s for s in (_step(m) for m in _TOKEN.finditer(window)) if s]
    while steps and steps[-1].name != "Phụ lục" and _ANNEXED.search(window[steps[-1].end :]):
        steps.pop()
    if not steps or not (_TAIL.match(window[steps[-1].end :]) or _NAMED_ANNEX.match(window[steps[-1].end :])):
        return None
    first = len(steps) - 1
    while first > 0 and (
        (steps[first].name == "Phụ lục" and _FAR.match(window[steps[first - 1].end : steps[first].start]))
        or _JOIN.match(window[steps[first - 1].end : steps[first].start])
    ):
        first -= 1
    while first > 0 and len(steps) - first == 1 and _elliptic(steps[first - 1], steps[first], window):
        first -= 1
    chain = steps[first:]
    if chain[-1].rank < 3 and len(chain) == 1 and chain[-1].name == "điểm":
        return None
    return low + chain[0].start, _canonical(chain, window)


def _elliptic(one: _Step, other: _Step, window: str) -> bool:
    """Whether two provisions stand in parallel and share the document after the second: `quy định tại khoản 1; …
    quy định tại khoản 2 của Luật …`."""
    return (
        one.name == other.name
        and window.startswith(";", one.end)
        and "." not in window[one.end : other.start].replace("TP.", "")
        and _PARALLEL.search(window[: one.start]) is not None
        and _PARALLEL.search(window[: other.start]) is not None
    )


def _step(match: re.Match[str]) -> _Step | None:
    kind = match["kind"].lower().removeprefix("các ").strip()
    if match["values"] is None or kind.startswith("tên"):
        return None
    name, rank = _NAMES[kind]
    if name == "Mục" and match["kind"].startswith("m"):
        name = "mục"
    if name == "Phần" and match["kind"].startswith("p"):
        name = "phần"
    values = tuple(_PART.findall(match["values"]))
    if "đến" in match["values"] and len(values) == 2:
        values = _between(*values)
    return _Step(match.start(), match.end("values"), name, rank, values)


_LETTERS = "abcdđeghiklmnopqrstuvxy"
"""The order of points (NĐ 30/2020 and the alphabet of 29 without its marked vowels)."""


def _between(first: str, last: str) -> tuple[str, ...]:
    """All that `từ Điều 5 đến Điều 9` or `điểm a đến điểm d` counts; the two ends where that is not to be told."""
    if first.isdigit() and last.isdigit() and 0 < int(last) - int(first) < 30:
        return tuple(str(n) for n in range(int(first), int(last) + 1))
    if first in _LETTERS and last in _LETTERS and _LETTERS.index(first) < _LETTERS.index(last):
        return tuple(_LETTERS[_LETTERS.index(first) : _LETTERS.index(last) + 1])
    return first, last


def _canonical(chain: list[_Step], window: str) -> str:
    done: list[str] = []
    waiting: list[list[_Step]] = []  # paths, innermost first, that wait for what holds them
    for index, step in enumerate(chain):
        joint = window[chain[index - 1].end : step.start] if index else ""
        mark = (_JOIN.match(joint) or re.match("", "") or [""])[0].strip() if index else ""
        before = waiting[-1][-1] if waiting and waiting[-1] else None
        holds = (
            before is not None
            and step.rank > before.rank
            and (
                mark in {"", "của", "thuộc", "tại"}
                or (step.name == "Phụ lục" and len(joint) > 12)
                or (mark == "," and (before.rank < step.rank <= 4 or (before.rank, step.rank) == (5, 6)))
            )
        )
        if holds:
            for path in waiting:
                if path[-1].rank < step.rank:
                    path.append(step)
        else:
            if before is not None and before.rank >= 4:
                done.extend(_written(waiting))
                waiting = []
            waiting.append([step])
    done.extend(_written(waiting))
    return "; ".join(dict.fromkeys(done))


def _written(paths: list[list[_Step]]) -> list[str]:
    out: list[str] = []
    for path in paths:
        outer = [f"{s.name} {s.values[0]}" for s in reversed(path[1:])]
        inner = path[0]
        if inner.rank >= 3:
            out.extend(", ".join([*outer, f"{inner.name} {v}"]) for v in inner.values)
        else:
            words = ", ".join([*outer, f"{inner.name} {', '.join(inner.values)}"])
            stem = ", ".join([*outer, f"{inner.name} "])
            if out and outer and out[-1].startswith(stem) and _SIBLINGS.fullmatch(out[-1], len(stem)):
                out[-1] += ", " + ", ".join(inner.values)  # `khoản 1 và khoản 2 Điều 5`
            else:
                out.append(words)
    return out
