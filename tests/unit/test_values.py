"""Values made quickly are frozen dataclasses like any other."""

from __future__ import annotations

import copy
import pickle
from dataclasses import FrozenInstanceError, field, fields, replace

import pytest

from docparse.model import ScanLine, Target
from docparse.spans import Span
from docparse.values import dataclass


def test_a_value_is_frozen_compared_by_its_fields_and_ordered() -> None:
    span = Span(1, 2)
    with pytest.raises(FrozenInstanceError):
        span.start = 3  # type: ignore[misc]
    assert {span: "x"}[Span(1, end=2)] == "x"
    assert Span(1, 2) < Span(1, 3)
    assert repr(span) == "Span(start=1, end=2)"
    assert type(span) is Span


def test_defaults_names_and_copies() -> None:
    line = ScanLine("Điều 1", widget=True)
    assert (line.words, line.role, line.widget) == ((), "body", True)
    assert replace(line, raw="x") == ScanLine(raw="x", widget=True)
    assert [f.name for f in fields(Target)][:2] == ["type", "number"]
    assert pickle.loads(pickle.dumps(line)) == copy.deepcopy(line) == line


def test_a_missing_field_and_one_too_many_are_told() -> None:
    with pytest.raises(TypeError, match="end"):
        Span(1)  # type: ignore[call-arg]
    with pytest.raises(TypeError, match="other"):
        Span(1, 2, other=3)  # type: ignore[call-arg]


def test_defaults_made_anew_are_refused() -> None:
    class Listed:
        items: list[str] = field(default_factory=list)

    with pytest.raises(TypeError, match="made anew"):
        dataclass(frozen=True, slots=True)(Listed)
