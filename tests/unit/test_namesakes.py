"""Mentions of one number and names of one document: found without a walk through all of them."""

from __future__ import annotations

import sys
from types import FrameType

from docparse.tag.mention import Mention
from docparse.tag.namesakes import Namesakes
from docparse.tag.phrases import Phrases


def named(start: int, number: str) -> Mention:
    return Mention(start, start + 10, "CT", number)


def test_the_last_before_a_place_is_the_one_added_last() -> None:
    same = Namesakes()
    first, second, early = named(100, "5/CT-TTg"), named(200, "5/CT-UBND"), named(50, "5/CT-TTg")
    for mention in (first, second, early):
        same.add(mention)
    assert same.before(40) is None
    assert same.before(110) is early  # added behind the one that ends nearer
    assert same.before(500) is early
    assert (same.first, same.last, len(same.keys)) == (first, early, 2)


def test_a_year_chooses_among_them_and_goes_on_choosing() -> None:
    same = Namesakes()
    same.add(named(0, "5/2019/CT-TTg"))
    assert same.of_year("/2020").first is None
    same.add(later := named(20, "5/2020/CT-TTg"))
    assert same.of_year("/2020").before(30) is later
    assert same.of_year("/2020").before(29) is None


def test_the_longest_name_stands_whatever_white_space_parts_it() -> None:
    names = Phrases(["Quy chế 45", "Quy chế 456", "Quy chế 456 mới", "Luật A-B"], barred="/")
    text = "Theo Quy  chế\n456, Quy chế 45/QĐ, Quy chế 456 mớia và Quy chế 456 mới; xQuy chế 45 Luật A-B."
    assert [name for _, _, name in names.found(text)] == ["Quy chế 456", "Quy chế 456", "Quy chế 456 mới", "Luật A-B"]
    assert next(text[a:b].split() for a, b, _ in names.found(text)) == ["Quy", "chế", "456"]


def test_looking_for_a_name_costs_the_same_among_ten_and_among_thousands() -> None:
    text = "Các sở thực hiện Quy chế 7 và Quy chế 9999999. " * 20

    def work(count: int) -> int:
        names, calls = Phrases(f"Quy chế {i}" for i in range(1000, 1000 + count)), 0

        def counted(frame: FrameType, event: str, argument: object) -> None:
            nonlocal calls
            calls += event in {"call", "c_call"}

        sys.setprofile(counted)
        try:
            assert list(names.found(text)) == []
        finally:
            sys.setprofile(None)
        return calls

    assert work(5000) <= work(10)
