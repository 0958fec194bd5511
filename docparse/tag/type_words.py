"""Type words (tên loại văn bản) as they stand in citations: their codes, their slugs, and the expression that finds
them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from docparse.alternatives import one_of
from docparse.tables import Tables


@dataclass(frozen=True, slots=True)
class TypeWord:
    """A type word with its code; `numbered` when a bare number may follow it, `named` when a name may stand for a
    number."""

    word: str
    code: str
    slug: str
    numbered: bool
    named: bool


@lru_cache(maxsize=1)
def _words() -> dict[str, TypeWord]:
    return {
        row["word"].lower(): TypeWord(
            row["word"], row["code"], row["slug"], row["numbered"] == "yes", row["named"] == "yes"
        )
        for row in Tables.default().rows("type_words")
    }


def type_word(word: str) -> TypeWord | None:
    """The entry of a type word in any case, spaces folded."""
    return _words().get(" ".join(word.lower().split()))


def type_word_code(word: str) -> str | None:
    """The code of a type word, None for another word."""
    found = type_word(word)
    return found.code if found else None


def slug_of(code: str | None) -> str:
    """The slug of a type code in URN:LEX names, empty for none."""
    return next((w.slug for w in _words().values() if w.code == code), (code or "").lower())


def alternation(*, numbered: bool = False, named: bool = False, behind: str = "", more: Sequence[str] = ()) -> str:
    """The type words as a regular expression, longest first, each in sentence, lower and upper case; with `behind` as
    for `one_of`, and `more` words after them."""
    chosen = [w.word for w in _words().values() if (w.numbered or not numbered) and (w.named or not named)]
    forms = {f for word in chosen for f in (word, word.upper(), word.title())}
    # `luật` and `lệnh` in lower case are words of `pháp luật`, `mệnh lệnh`
    forms |= {
        f
        for word in chosen
        if type_word_code(word) not in {"L", "HP"}
        for f in (word[0].lower() + word[1:], word.lower())
    }
    listed = [*sorted(forms, key=lambda f: (-len(f), f)), *more]
    return one_of([re.escape(f).replace(r"\ ", r"[ ]+") for f in listed], behind)
