"""Readings that differ in diacritics alone: pieces read by OCR in, the pieces with unsure syllables set right out.

The one repair of free text. Tesseract reads `tô chức` for `tổ chức` and is unsure of it; a count of what official texts
say (clean/syllables.py) chooses among the syllables that have the same letters but for marks, where the engine was
unsure and the margin is wide. Figures, symbols, abbreviations and names of persons and places are never touched: only
words in lower case, and a capital that begins a sentence whose next word is in lower case. The raw line stays, and each
repair is kept beside the piece with what was read. How the limits were chosen: docs/scans.md.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from docparse.clean.pieces import Mend, Piece
from docparse.clean.syllables import BREAK, FIGURE, OTHER, RARE, SyllableModel, bare, tokens

SURE = 0.955
"""Confidence of the OCR engine from which a syllable stands as it was read."""
LOST = 0.5
"""Confidence below which its very letters are guesses."""
GROUND = 0.75
"""Confidence of a neighbour that may be judged by."""
MARGIN, STEEP = 3.0, 4.0
"""Natural logarithm of how much likelier the chosen reading must be where the engine knew nothing, and what is added
to it in proportion to the engine's confidence."""
RULE = "diacritics"
DATES = ("ngày", "tháng", "năm")
"""What follows these is a figure or a blank, which says nothing about them."""
_BEFORE = frozenset(("", " ", "(", '"', "“"))
_BOUND = frozenset("/-–&_+#0123456789")


@dataclass(slots=True)
class _Token:
    """A word, figure or mark in reading order; `own` is the id of what was read, `piece` None for a line's end."""

    piece: Piece | None
    start: int
    end: int
    text: str
    own: int
    sure: float = 1.0
    choices: tuple[int, ...] = ()


def mend_diacritics(pieces: Iterable[Piece], model: SyllableModel) -> None:
    """Set right the pieces, which are those of the text in reading order."""
    run = _run(pieces, model)
    ids = [token.own for token in run]
    chosen: dict[int, tuple[int, float]] = {}
    for _ in range(2):  # what the first pass sets right is the ground of the second
        for at, token in enumerate(run):
            if token.choices and at not in chosen and (better := _better(run, ids, at, model)):
                chosen[at] = better
                ids[at] = better[0]
    for at, (word, chance) in sorted(chosen.items(), reverse=True):
        _set(run[at], model.words[word], chance)


def _run(pieces: Iterable[Piece], model: SyllableModel) -> list[_Token]:
    """The tokens of the pieces, each with the readings it may be exchanged for."""
    out: list[_Token] = []
    for piece in pieces:
        text, words = piece.text, list(piece.words_at(0))
        k = 0
        for match in tokens(text):
            start, end = match.span()
            if match["word"] is None:
                out.append(_Token(piece, start, end, "", FIGURE if match["figure"] else BREAK))
                continue
            while k < len(words) and words[k].span.end <= start:
                k += 1
            token = _Token(piece, start, end, match[0], model.id_of(match[0]))
            if k < len(words) and words[k].confidence is not None:
                token.sure = words[k].confidence or 0.0
            if LOST <= token.sure < SURE and token.text not in DATES and _free(text, start, end):
                token.choices = tuple(i for i in model.alike.get(bare(match[0]), ()) if i != token.own)
            out.append(token)
    for at, token in enumerate(out):
        if token.choices and not token.text.islower() and not _opens(out, at):
            token.choices = ()
    return out


def _free(text: str, start: int, end: int) -> bool:
    """Whether a word is one of running text: no part of a symbol, a figure or an abbreviation, no bare letter."""
    word = text[start:end]
    if end - start < 2 or not (word.islower() or (word[0].isupper() and word[1:].islower())):
        return False
    before, after = text[max(0, start - 1) : start], text[end : end + 1]
    return before in _BEFORE and after not in _BOUND


def _opens(run: Sequence[_Token], at: int) -> bool:
    """Whether a word in sentence case begins a sentence or item and the next word is in lower case."""
    if at and run[at - 1].own != BREAK:
        return False
    after = run[at + 1].text if at + 1 < len(run) and run[at + 1].piece is run[at].piece else ""
    return after.islower()


def _grounded(run: Sequence[_Token], ids: Sequence[int], at: int) -> bool:
    """Whether what stands around is read well enough to judge by: no rubbish beside it, two sure syllables near it."""
    beside = [i for i in (at - 1, at + 1) if 0 <= i < len(run)]
    if any(ids[i] in (OTHER, RARE) or (len(run[i].text) > 1 and run[i].text.isupper()) for i in beside):
        return False
    near = [i for i in range(max(0, at - 2), min(len(run), at + 3)) if i != at]
    sure = [abs(i - at) for i in near if ids[i] not in (BREAK, FIGURE, OTHER, RARE) and run[i].sure >= GROUND]
    return len(sure) >= 2 and 1 in sure


def _better(run: Sequence[_Token], ids: list[int], at: int, model: SyllableModel) -> tuple[int, float] | None:
    """The reading that is to be preferred by far, and its chance, if there is one."""
    if not _grounded(run, ids, at):
        return None
    token, first = run[at], max(0, at - 2)
    near, place = ids[first : at + 3], at - first
    scores: list[tuple[float, int]] = []
    for choice in token.choices:
        near[place] = choice
        scores.append((model.likeness(near, place), choice))
    if token.own != OTHER:
        near[place] = token.own
        scores.append((model.likeness(near, place), token.own))
    best, word = max(scores)
    if word == token.own:
        return None
    if not _seen_together(near, place, word, model):
        return None
    others = [score for score, choice in scores if choice != word]
    margin = best - max(others) if others else MARGIN + STEEP
    if margin < MARGIN + STEEP * token.sure:
        return None
    return word, 1 / (1 + 2.718281828 ** -min(margin, 30.0))


def _seen_together(near: Sequence[int], place: int, word: int, model: SyllableModel) -> bool:
    """Whether the chosen syllable is known beside a syllable at its side: rare things are not made of nothing."""
    left = near[place - 1] if place else BREAK
    right = near[place + 1] if place + 1 < len(near) else BREAK
    return (left > RARE and model.pair(left, word) > 0) or (right > RARE and model.pair(word, right) > 0)


def _set(token: _Token, word: str, chance: float) -> None:
    piece, old = token.piece, token.text
    if piece is None:
        return
    new = word[0].upper() + word[1:] if old[0].isupper() else word
    if len(new) != len(old):
        return
    piece.set_right(Mend(token.start, token.end, old, RULE, chance), new)
