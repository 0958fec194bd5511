"""When two strings count as the same: markup, quotes, dashes, case and the place of tone marks do not matter."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from difflib import SequenceMatcher
from functools import lru_cache

TONE_MARKS = frozenset("\u0300\u0301\u0303\u0309\u0323")
_MARKUP = dict.fromkeys(map(ord, "*_`“”\"'‘’«»"), " ")
_DASHES = dict.fromkeys(map(ord, "‐‑–—"), "-")
_LETTERS = re.compile(r"(?:[^\W\d_][\u0300-\u036f]*)+")
_TOKEN = re.compile(r"[\w\u0300-\u036f]+")
_OUTER = " .,;:/-()[]{}"


def _tones_at_the_end(letters: re.Match[str]) -> str:
    marks = sorted(c for c in letters[0] if c in TONE_MARKS)
    return "".join([*(c for c in letters[0] if c not in TONE_MARKS), *marks])


@lru_cache(maxsize=1 << 16)
def _folded(text: str) -> str:
    apart = unicodedata.normalize("NFD", text.replace("\u00d0", "Đ")).translate(_MARKUP)
    placed = _LETTERS.sub(_tones_at_the_end, " ".join(apart.split()))
    return unicodedata.normalize("NFC", placed).casefold().translate(_DASHES).strip(_OUTER)


def folded(value: object) -> str:
    """The comparison form of a value; nothing is the empty string."""
    return "" if value is None else _folded(str(value))


def folded_number(value: object) -> str:
    """The comparison form of a document number: without spaces, `Số:` and leading zeros."""
    tight = "".join(folded(value).split()).upper()
    tight = re.sub(r"^SỐ:?", "", tight)
    return re.sub(r"^0+(?=\d)", "", tight)


def folded_path(labels: object) -> tuple[str, ...]:
    """The comparison form of a task's or section's path."""
    if not isinstance(labels, list | tuple):
        return ()
    return tuple(folded(label).translate({ord("."): None, ord(")"): None}).strip() for label in labels)


@lru_cache(maxsize=1 << 15)
def _tokens(form: str) -> Counter[str]:
    return Counter(_TOKEN.findall(_folded(form)))


def _token_f1(x: str, y: str) -> float:
    a, b = _tokens(x), _tokens(y)
    size = a.total() + b.total()
    if not size:
        return 0.0
    few, many = (a, b) if len(a) < len(b) else (b, a)
    return 2 * sum(min(n, many[token]) for token, n in few.items()) / size


@lru_cache(maxsize=1 << 18)
def _alike(x: str, y: str, least: float) -> float:
    words = _token_f1(x, y)
    matcher = SequenceMatcher(None, x, y, autojunk=False)
    # the two bounds cost little; below `least` the exact figure decides nothing
    bound = max(words, least)
    if matcher.real_quick_ratio() < bound or matcher.quick_ratio() < bound:
        return words
    return max(words, matcher.ratio())


def similarity(found: object, wanted: object, least: float = 0.0) -> float:
    """The larger of character similarity and token F1, in [0, 1]; exact wherever it reaches `least`."""
    x, y = folded(found), folded(wanted)
    if x == y:
        return 1.0
    if not x or not y:
        return 0.0
    return _alike(x, y, least)


def accepted(wanted: object) -> list[object]:
    """The acceptable values of a gold field, which gives one or a list of them."""
    return list(wanted) if isinstance(wanted, list) else [wanted]


def any_alike(found: object, wanted: object, least: float) -> bool:
    """Whether a value is close enough to one of the accepted ones; nothing matches nothing."""
    options = accepted(wanted)
    if not options or options == [None]:
        return found in (None, "", [])
    if found is None:
        return None in options
    return any(option is not None and similarity(found, option, least) >= least for option in options)
