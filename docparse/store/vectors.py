"""PostgreSQL's form of indexed words: words in the order of a text go in; the text form of a `tsvector` comes out.

Made here and not by `to_tsvector`, so that both databases find the same words, and so that no text is too large.
"""

from __future__ import annotations

from typing import Final

LONGEST: Final = 500
"""Characters of a word that count; a lexeme may have 2,046 bytes."""
LAST: Final = 16_383
PLACES: Final = 255
"""A place above LAST is not told apart, and no word keeps more places."""
MOST: Final = 1_000_000
"""Bytes of lexemes and places that a `tsvector` may hold (PostgreSQL: 1,048,575); further new words are left out."""


def lexeme(word: str) -> str:
    """The word as it stands in the index. Words are letters, digits, `-` and `/`, so there is nothing to escape."""
    return word[:LONGEST]


def vector(words: str) -> str:
    """The words, parted by spaces, as a `tsvector` with their places: `'hành':2 'thủ':1`."""
    places: dict[str, list[int]] = {}
    size = 0
    for place, word in enumerate(map(lexeme, words.split()), 1):
        found = places.get(word)
        if found is None:
            size += len(word.encode()) + 4
            if size > MOST:
                break
            found = places[word] = []
        if place <= LAST and len(found) < PLACES:
            found.append(place)
            size += 2
    return " ".join(f"'{word}':{','.join(map(str, at))}" if at else f"'{word}'" for word, at in places.items())
