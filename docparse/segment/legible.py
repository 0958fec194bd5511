"""What a scan left of a signature, read against closed lists: spoiled offices and names in, likely right ones out.

The red seal and the blue e-signature cover a third of the block; offices are few and surnames are few (DOMAIN.md 11).
"""

from __future__ import annotations

import re
from dataclasses import replace
from difflib import SequenceMatcher
from functools import lru_cache

from docparse.authority import fold
from docparse.model import Signer
from docparse.tables import Tables


@lru_cache(maxsize=4)
def _offices(tables: Tables) -> dict[str, str]:
    return {fold(row["office"]): row["office"] for row in tables.rows("signing")}


@lru_cache(maxsize=4)
def _surnames(tables: Tables) -> dict[str, str]:
    return {fold(row["surname"]).lower(): row["surname"] for row in tables.rows("surnames")}


def office(text: str, tables: Tables, least: float = 0.72) -> str | None:
    """The office that a line in capitals most resembles, None when it resembles none."""
    key = re.sub(r"[^A-Z ]", "", fold(text).upper()).strip()
    if not 4 <= len(key) <= 40:
        return None
    known = _offices(tables)
    if key in known:
        return known[key]
    best = max(known, key=lambda name: SequenceMatcher(None, key, name, autojunk=False).ratio())
    return known[best] if SequenceMatcher(None, key, best, autojunk=False).ratio() >= least else None


def name(text: str, tables: Tables) -> str:
    """A name without specks, its surname read against the list when it is none (`guyễn Văn An`, `Trân Văn An`)."""
    words = [w for w in (re.sub(r"[^\w'’]", "", w) for w in text.split()) if w and not any(c.isdigit() for c in w)]
    while len(words) > 2 and (len(words[0]) < 2 and words[0] != "Y"):
        words = words[1:]
    if not words:
        return text
    known = _surnames(tables)
    first = fold(words[0]).lower()
    if first in known:
        # the list's own tone marks: `Trân` is no surname, `Trần` is; words that are both stay
        if words[0].capitalize() not in known.values():
            words[0] = known[first]
    else:
        best = max(known, key=lambda surname: SequenceMatcher(None, first, surname, autojunk=False).ratio())
        if SequenceMatcher(None, first, best, autojunk=False).ratio() >= 0.8:
            words[0] = known[best]
    return " ".join(words)


def restored(signer: Signer, tables: Tables) -> Signer:
    """A scanned signer with office and name read against the lists. Who signs `KT.` is the deputy of the office named
    there (NĐ 30/2020 Điều 13), so a deputy's own line that the seal covers is told by the line above it."""
    position = signer.position
    if position is not None:
        position = office(position, tables, 0.8) or position
    elif signer.capacity in ("KT", "TL") and signer.authority:
        last = signer.authority.split("\n")[-1]
        head = (
            office(re.sub(r"^\W*K\s*/?\s*T\s*[./]*\s*", "", fold(last)), tables, 0.85)
            if signer.capacity == "KT"
            else None
        )
        deputies = {"BỘ TRƯỞNG": "THỨ TRƯỞNG"}
        if head is not None and not head.startswith("PHÓ"):
            position = deputies.get(head, f"PHÓ {head}")
    return replace(signer, position=position, name=name(signer.name, tables) if signer.name else None)
