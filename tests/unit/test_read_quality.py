"""Whether text reads as Vietnamese."""

from __future__ import annotations

import unicodedata

import pytest

from docparse.read.quality import is_syllable, quality_of
from docparse.tables import Tables


@pytest.mark.parametrize("table", ["syllable_rimes", "syllable_onsets"])
def test_the_examples_of_the_tables_are_syllables(table: str) -> None:
    bad = [w for row in Tables.default().rows(table) for w in row["examples"].split() if not is_syllable(w)]
    assert not bad


@pytest.mark.parametrize(
    "word", ["Nghị", "QUYẾT", "thuỷ", "thủy", "hoà", "gì", "khuyến", unicodedata.normalize("NFD", "điều")]
)
def test_syllables(word: str) -> None:
    assert is_syllable(word)


@pytest.mark.parametrize("word", ["thìc", "ngê", "cêt", "brown", "đđi", "ươn̂g", "with", "Qxi"])
def test_no_syllables(word: str) -> None:
    assert not is_syllable(word)


def test_a_sentence_of_officialese_is_good_and_abbreviations_do_not_count() -> None:
    quality = quality_of(["Giao UBND các xã, Sở GDĐT báo cáo trước ngày 15/6"])
    assert (quality.words, quality.syllables, quality.odd) == (8, 1.0, 0.0)


def test_a_garbage_layer_is_bad() -> None:
    assert quality_of(["Uû ban nh©n d©n tØnh Qu¶ng", "\ue001\ue002 \ufffd"]).odd > 0.1
    assert quality_of(["xkcd wqer tzuio plmnb rtzfg"]).syllables < 0.1
