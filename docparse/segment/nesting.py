"""Decides what a label is in its place: the labels of a run of paragraphs in, for each the reading that the open lists
expect and how many of the open items stay open around it out.

A label is the next one of an open list, the first one of a list inside the deepest item, or, where OCR or the typist
lost a label, one a little further on (DOMAIN.md 8.2). All searches are bounded by the depth of nesting or by `AHEAD`.
"""

from __future__ import annotations

from collections.abc import Sequence

from docparse.segment.numbering import Label, following, steps

DEPTH = 18
"""No document nests deeper; what does hangs on the deepest item allowed."""
GAP = 4
"""How many steps a label may be ahead of its list before it is no longer taken for the list's."""
AHEAD = 40
"""How many paragraphs are looked at to see how a list goes on."""

Readings = Sequence[tuple[Label, ...]]


def choose(stack: Sequence[Label], labels: Readings, at: int) -> Label | None:
    """The reading of the label at paragraph `at` that the open items expect; None when the paragraph is no item."""
    found = labels[at]
    if not found:
        return None
    if found[0].structural:
        return None if _enumerated(stack, found[0], labels, at) else found[0]
    if found[0].scheme == "lost":
        return _lost(stack, found[0], labels, at)
    best: tuple[int, Label] | None = None
    for label in found:
        weight = _expected(stack, label, labels, at)
        if weight > 0 and (best is None or weight > best[0]):
            best = (weight, label)
    return best[1] if best else None


def _expected(stack: Sequence[Label], label: Label, labels: Readings, at: int) -> int:
    if label.scheme == "bullet":
        return 1
    if label.scheme == "paren" and not stack:
        return 0  # a note, or a list inside a sentence
    sibling, distance = _sibling(stack, label)
    if sibling is not None and distance == 1:
        # a body has one list of Roman numbers: a second `I.` is a `II.` that lost a stroke
        return 100 - (10 if label.scheme == "roman" else 30) * label.doubt
    if label.scheme == "decimal":
        return 90 if _prefix(stack, label) is not None else 40 if label.first or sibling is not None else 0
    if label.first:
        return 80 if not label.doubt else 50 if _goes_on(label, labels, at) else 0
    if label.doubt:
        return 0
    if sibling is not None and distance is not None:
        return 60
    return 30 if label.ordinal[0] <= 3 or _goes_on(label, labels, at) else 0


def _enumerated(stack: Sequence[Label], label: Label, labels: Readings, at: int) -> bool:
    """Whether an article is only listed inside an item of a report on a draft: the item's list goes on behind it."""
    if label.scheme != "article" or any(item.structural for item in stack):
        return False
    inner = next((item for item in reversed(stack) if item.scheme in ("number", "letter", "decimal")), None)
    if inner is None:
        return False
    for found in labels[at + 1 : at + AHEAD]:
        for after in found:
            if after.rank < inner.rank and after.scheme != "article":
                return True
            if after.scheme == inner.scheme and not after.doubt:
                return steps(inner, after) == 1
    return False


def _lost(stack: Sequence[Label], lost: Label, labels: Readings, at: int) -> Label | None:
    """The label that a speck stands for: the one missing in the deepest open list, None when none is missing."""
    inner = next((item for item in reversed(stack) if item.scheme != "bullet"), None)
    if inner is None or inner.scheme not in ("number", "letter") or (labels[at - 1] and _bullet(labels[at - 1])):
        return None
    for found in labels[at + 1 : at + AHEAD]:
        if _bullet(found):
            return None
        for after in found:
            if after.scheme == inner.scheme and not after.doubt:
                return following(inner, lost) if steps(inner, after) == 2 else None
            if after.rank < inner.rank:
                return following(inner, lost)
    return following(inner, lost)


def _bullet(found: tuple[Label, ...]) -> bool:
    return bool(found) and found[0].scheme == "bullet"


def _goes_on(label: Label, labels: Readings, at: int) -> bool:
    """Whether the next label of its scheme and punctuation comes soon and is its successor."""
    for found in labels[at + 1 : at + AHEAD]:
        for after in found:
            if after.scheme == label.scheme and after.style == label.style and not after.doubt:
                return steps(label, after) == 1
    return False


def _sibling(stack: Sequence[Label], label: Label) -> tuple[int | None, int | None]:
    """The place of the open item that `label` follows, and by how many steps: the exact next one before others, one of
    the same punctuation before another, the deepest before outer ones."""
    best: tuple[int, int, int] | None = None
    for place in range(len(stack) - 1, -1, -1):
        distance = steps(stack[place], label)
        if distance is not None and 0 <= distance <= GAP:
            rank = 2 * (distance == 1) + (stack[place].style == label.style)
            if best is None or rank > best[0]:
                best = (rank, place, distance)
        if _bars(stack[place], label):
            break
    return (best[1], best[2]) if best else (None, None)


def _bars(outer: Label, label: Label) -> bool:
    """Whether a list outside `outer` cannot go on inside it."""
    return label.rank > 50 if outer.scheme == "article" else outer.structural


def _prefix(stack: Sequence[Label], label: Label) -> int | None:
    """The open item whose number a decimal label begins with (`1.` for `1.2`, `II.` for `2.1`)."""
    for place in range(len(stack) - 1, -1, -1):
        item = stack[place]
        if item.ordinal == label.ordinal[:-1] and item.scheme in ("decimal", "number", "roman", "article", "upper"):
            return place
        if _bars(item, label):
            break
    return None


def depth(stack: Sequence[Label], label: Label, labels: Readings, at: int, led_in: bool) -> int:
    """How many open items stay open around `label`; `led_in` when the paragraph before it announces a list."""
    if label.structural:
        return _structural(stack, label)
    return min(_listed(stack, label, labels, at, led_in), DEPTH)


def _structural(stack: Sequence[Label], label: Label) -> int:
    kept = 0
    for item in stack:
        under = item.scheme == "subsection" and label.name.startswith("Tiểu") and not item.name.startswith("Tiểu")
        # old norms set Roman or lettered headings over their articles
        heads = label.scheme == "article" and item.scheme in ("roman", "upper")
        if not (item.rank < label.rank or under or heads):
            break
        kept += 1
    return kept


def _listed(stack: Sequence[Label], label: Label, labels: Readings, at: int, led_in: bool) -> int:
    if label.scheme == "bullet":
        same = [place for place, item in enumerate(stack) if item.scheme == "bullet" and item.name == label.name]
        return same[-1] if same else len(stack)
    if label.scheme == "decimal":
        prefix = _prefix(stack, label)
        if prefix is not None:
            return prefix + 1
    if label.first:
        return _first(stack, label, labels, at, led_in)
    sibling, _ = _sibling(stack, label)
    if sibling is not None:
        return sibling
    return _outer(stack, label, led_in=False)


def _first(stack: Sequence[Label], label: Label, labels: Readings, at: int, led_in: bool) -> int:
    """Where a list begins: inside the deepest item, or, when a list of its kind is open, in that list's place."""
    for place in range(len(stack) - 1, -1, -1):
        if stack[place].scheme == label.scheme:
            if led_in and labels[at - 1]:
                return _without_bullets(stack)  # the item just opened announces it
            same = stack[place].style == label.style and not _resumes(stack[place], label, labels, at)
            return place if same else _without_bullets(stack)
        if _bars(stack[place], label):
            break
    return _outer(stack, label, led_in)


def _resumes(outer: Label, label: Label, labels: Readings, at: int) -> bool:
    """Whether the list of `outer` goes on behind the list that `label` begins, so that the new one lies inside it."""
    last = label
    for found in labels[at + 1 : at + 2 * AHEAD]:
        for after in found:
            if after.rank < label.rank:
                return False
            if after.scheme == label.scheme and after.style == label.style and not after.doubt:
                if steps(last, after) == 1:
                    last = after
                    break
                return steps(outer, after) == 1
    return False


def _outer(stack: Sequence[Label], label: Label, led_in: bool) -> int:
    """The items of outer schemes; after a lead-in (`…:`) a list may lie in one of an inner scheme too."""
    if led_in and label.rank > 50:
        return _without_bullets(stack)
    kept = len(stack)
    while kept and stack[kept - 1].rank >= label.rank:
        kept -= 1
    return kept


def _without_bullets(stack: Sequence[Label]) -> int:
    kept = len(stack)
    while kept and stack[kept - 1].scheme == "bullet":
        kept -= 1
    return kept
