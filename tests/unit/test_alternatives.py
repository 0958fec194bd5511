"""Grouped alternatives find what the plain list finds, in the list's order of preference."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from docparse.alternatives import AT_CAPITAL, AT_WORD, one_of

ENDS = st.sampled_from(["", "", "(?!a)", "x?", r"\b", "[ab]", "+"])
MEMBERS = st.lists(st.tuples(st.text("ab ", min_size=1, max_size=4), ENDS).map("".join), min_size=1, max_size=9)
WORDS = st.lists(st.text("abB", min_size=1, max_size=4), min_size=1, max_size=9)
TEXTS = st.text("abB x", max_size=24)


def spans(expression: str, text: str) -> list[tuple[int, int]]:
    return [m.span() for m in re.finditer(expression, text)]


@given(MEMBERS, TEXTS)
def test_grouped_members_match_as_the_plain_list(members: list[str], text: str) -> None:
    assert spans(one_of(members), text) == spans(f"(?:{'|'.join(members)})", text)


@given(WORDS, TEXTS)
def test_a_condition_behind_the_first_letter_asks_what_stands_before(words: list[str], text: str) -> None:
    plain = f"(?:{'|'.join(words)})"
    assert spans(one_of(words, AT_WORD), text) == spans(rf"(?<!\w){plain}", text)
    assert spans(one_of(words, AT_CAPITAL), text) == spans(rf"(?<!\w)(?=[A-Z]){plain}", text)


def test_the_longer_member_that_is_listed_first_wins() -> None:
    assert re.findall(one_of(["Luật Đất đai", "Luật"]), "Luật Đất đai và Luật") == ["Luật Đất đai", "Luật"]


def test_a_member_without_a_first_letter_cannot_be_looked_behind() -> None:
    with pytest.raises(ValueError, match="first letter"):
        one_of(["a", "[bc]"], AT_WORD)
