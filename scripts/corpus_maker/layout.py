"""A `Paper` in, what every format prints alike out: the letterhead's columns, addressees and recipients as lines.

Layouts after Nghị định 30/2020/NĐ-CP, Annex I (state), Hướng dẫn 36-HD/VPTW (party) and the Youth Union's rules.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from corpus_maker.source import Paper

STATE = ("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc")
PARTY = ("ĐẢNG CỘNG SẢN VIỆT NAM",)
YOUTH = ("ĐOÀN TNCS HỒ CHÍ MINH",)


@dataclass(frozen=True, slots=True)
class Letterhead:
    """The left and the right column; `mark` stands under the organ (a rule, `*` or `***`)."""

    parent: tuple[str, ...]
    organ: tuple[str, ...]
    mark: str
    number: str
    subject: str
    national: tuple[str, ...]
    date: str


def date_words(meta_date: str, place: str) -> str:
    """`Lạc Dương, ngày 05 tháng 01 năm 2021`; days, and months below 3, take a leading zero (NĐ 30, Annex I)."""
    year, month, day = meta_date.split("-")
    return f"{place}, ngày {day} tháng {month if int(month) < 3 else int(month)} năm {year}"


def letterhead(paper: Paper) -> Letterhead:
    meta = paper.meta
    layout = meta["layout"]
    national = {"state": STATE, "party": PARTY, "youth": YOUTH}[layout]
    mark = {"state": "", "party": "*", "youth": "***"}[layout]
    colon = ":" if layout != "party" else ""
    subject = meta["subject"] if meta["type"] == "CV" else ""
    return Letterhead(
        parent=tuple(meta.get("parent", [])),
        organ=tuple(meta["organ"]),
        mark=mark,
        number=f"Số{colon} {meta['number']}",
        subject=subject,
        national=national,
        date=date_words(meta["date"], meta["place"]),
    )


def recipients(paper: Paper) -> list[str]:
    """The lines under `Nơi nhận:`, each with its dash and its stop: `;` or, by the older Party habit, `,`."""
    names = paper.meta.get("recipients", [])
    stop = paper.meta.get("recipient_stop", ";")
    return [f"- {name}{'.' if at == len(names) - 1 else stop}" for at, name in enumerate(names)]


def addressees(paper: Paper) -> tuple[str, list[str]]:
    """The label line and the dash lines under it; one addressee alone stands on the label's line."""
    names = paper.meta.get("addressees", [])
    if not names:
        return "", []
    label = paper.meta.get("address_label", "Kính gửi")
    if len(names) == 1:
        return f"{label}: {names[0]}", []
    stop = paper.meta.get("recipient_stop", ";")
    return f"{label}:", [f"- {name}{'.' if at == len(names) - 1 else stop}" for at, name in enumerate(names)]


def wrapped(text: str, width: int) -> list[str]:
    """Greedy lines of at most `width` characters, as a typist breaks a subject."""
    lines: list[str] = []
    for word in text.split():
        if lines and len(lines[-1]) + len(word) < width:
            lines[-1] += " " + word
        else:
            lines.append(word)
    return lines


def with_note_marks(text: str, left: str, right: str) -> str:
    """`[^1]` becomes the mark that the format prints."""
    return re.sub(r"\[\^(\w+)\]", lambda found: left + found[1] + right, text)
