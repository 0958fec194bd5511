"""`Aligned`: rewriting keeps every character's origin."""

from __future__ import annotations

import pytest

from docparse.spans import INSERTED, Aligned, Box, Span


def test_a_shorter_replacement_keeps_the_first_origins_a_longer_one_repeats_the_last() -> None:
    line = Aligned.of("abcdef")
    assert list(line.sub("bcd", "X").origins) == [0, 1, 4, 5]
    assert list(line.sub("b", "XYZ").origins) == [0, 1, 1, 1, 2, 3, 4, 5]
    assert line.sub("q", "X") is line


def test_removed_characters_take_their_origins_with_them() -> None:
    line = Aligned.of("a-b-c", start=10).sub("-", "")
    assert (line.text, list(line.origins)) == ("abc", [10, 12, 14])


def test_composing_keeps_the_origin_of_the_base_letter() -> None:
    line = Aligned.of("e\u0302\u0301x").nfc()
    assert (line.text, list(line.origins)) == ("ếx", [0, 3])


def test_translate_expands_and_removes() -> None:
    line = Aligned.of("ﬁx-").translate({0xFB01: "fi", ord("-"): None})
    assert (line.text, list(line.origins)) == ("fix", [0, 0, 1])


def test_join_slice_and_strip() -> None:
    line = Aligned.join([Aligned.of("  ab", 5), Aligned.inserted(" "), Aligned.of("c ", 20)])
    assert (line.strip().text, list(line.strip().origins)) == ("ab c", [7, 8, INSERTED, 20])
    assert list(line[2:4].origins) == [7, 8]
    assert bool(Aligned.of("")) is False


def test_origins_must_match() -> None:
    with pytest.raises(ValueError, match="2 characters"):
        Aligned("ab", Aligned.of("abc").origins)


def test_spans_and_boxes() -> None:
    assert Span(1, 8).trimmed("a  bcd  e") == Span(3, 6)
    assert Span(0, 4).meets(Span(3, 9))
    assert not Span(0, 3).meets(Span(3, 9))
    assert Box.around([Box(1, 2, 3, 4), Box(0, 3, 2, 9)]) == Box(0, 2, 3, 9)
    assert Box.around([]) is None
