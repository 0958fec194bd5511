"""How well a text reads as Vietnamese: words in, shares of valid syllables and of odd characters out; no model.

A Vietnamese syllable is onset + rime + tone from closed lists (`data/syllable_*.tsv`); rimes that end in c, ch, p
or t take the tones sắc and nặng alone. A garbage text layer or an OCR of nothing has few valid ones.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from docparse.tables import Tables

_TONES = "\u0300\u0301\u0303\u0309\u0323"  # huyền, sắc, ngã, hỏi, nặng
_STOP_TONES = frozenset("\u0301\u0323")
_STOPS = ("c", "ch", "p", "t")
_LETTERS = re.compile(r"[^\W\d_]+")
_ODD = re.compile(r"[\ue000-\uf8ff\ufffd\x00-\x08\x0e-\x1f\x7f-\x9f¡-¬®-¿÷×]")


@dataclass(frozen=True, slots=True)
class Quality:
    """`words` of two and more letters were judged, `syllables` is the share of valid ones (1 where there are none),
    `odd` the share of characters that Vietnamese print does not use."""

    words: int
    syllables: float
    odd: float


@lru_cache(maxsize=1)
def _toneless() -> frozenset[str]:
    tables = Tables.default()
    rimes = [row["rime"] for row in tables.rows("syllable_rimes")]
    out = {"gi"}
    for row in tables.rows("syllable_onsets"):
        onset = "" if row["onset"] == "-" else row["onset"]
        allowed = row["before"].split()
        out.update(onset + rime for rime in rimes if not allowed or rime[0] in allowed)
    return frozenset(out)


@lru_cache(maxsize=20_000)
def is_syllable(word: str) -> bool:
    """Whether a word is a possible Vietnamese syllable, in any case and either placement of the tone."""
    tone = ""
    plain = []
    for char in unicodedata.normalize("NFD", word.lower()):
        if char in _TONES:
            if tone:
                return False
            tone = char
        else:
            plain.append(char)
    base = unicodedata.normalize("NFC", "".join(plain))
    if base not in _toneless():
        return False
    return tone in _STOP_TONES if base.endswith(_STOPS) else True


def quality_of(texts: Iterable[str]) -> Quality:
    """The quality of some words or lines."""
    judged = valid = odd = printed = 0
    for text in texts:
        printed += len(text)
        odd += len(_ODD.findall(text))
        for token in _LETTERS.findall(text):
            if len(token) < 2:
                continue
            good = is_syllable(token)
            if not good and len(token) <= 6 and not token[1:].islower():
                continue  # an abbreviation (UBND, TTg) proves nothing
            judged += 1
            valid += good
    return Quality(judged, valid / judged if judged else 1.0, odd / printed if printed else 0.0)
