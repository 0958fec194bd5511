"""Lists of words as one expression that is tried letter by letter: alternatives in, the same choice without a walk
through the whole list out.

An alternation of the re module is tried from its first member to its last at every place. Members that begin with
different letters exclude each other, so they may be grouped by their letters without a change of what is found.
"""

from __future__ import annotations

from collections.abc import Sequence

AT_WORD = r"(?<!\w.)"
"""Behind a first letter: it begins a word."""
AT_CAPITAL = r"(?<!\w.)(?<=[A-ZĐ])"
"""Behind a first letter: it begins a word, and is a capital."""
_OPERATORS = frozenset("?*+{")


def one_of(sources: Sequence[str], behind: str = "") -> str:
    """An expression that matches as `(?:a|b|…)` would, its members grouped by the letters that they begin with.

    `behind` is an expression of no width that is asked behind the first letter: a condition on what stands before the
    words, given there as a look-behind over one letter more (`(?<!\\w.)` for `(?<!\\w)`), for the re module skips fast
    to letters only.
    """
    groups = _groups(sources)
    if behind and any(head == "" for head, _ in groups):
        raise ValueError("a member without a first letter cannot be looked behind")
    return "(?:" + "|".join(_group(head, rests, behind) for head, rests in groups) + ")"


def _group(head: str, rests: Sequence[str], behind: str = "") -> str:
    if not head:
        return rests[0]
    if len(rests) == 1:
        return head + behind + rests[0]
    if all(not rest for rest in rests):
        return head + behind
    return head + behind + "(?:" + "|".join(_group(h, r) for h, r in _groups(rests)) + ")"


def _groups(sources: Sequence[str]) -> list[tuple[str, list[str]]]:
    """The members by first letter in the order of their first; one that begins otherwise parts those around it."""
    out: list[tuple[str, list[str]]] = []
    places: dict[str, int] = {}
    for source in sources:
        head = _letter(source)
        if head and head in places:
            out[places[head]][1].append(source[len(head) :])
        elif head:
            places[head] = len(out)
            out.append((head, [source[len(head) :]]))
        else:
            places = {}
            out.append(("", [source]))
    return out


def _letter(source: str) -> str:
    """The letter or space that an expression begins with, empty when it begins with anything else."""
    head = source[:1]
    if not (head.isalnum() or head == " ") or source[1:2] in _OPERATORS:
        return ""
    return head
