"""The error tree: each class has its code, exit code and HTTP status, and docs/errors.md names it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from docparse import errors

DOCS = Path(__file__).resolve().parents[2] / "docs" / "errors.md"


def kinds(base: type[errors.DocparseError] = errors.DocparseError) -> Iterator[type[errors.DocparseError]]:
    yield base
    for kind in base.__subclasses__():
        yield from kinds(kind)


ALL = [kind for kind in kinds() if kind.__module__ == "docparse.errors"]


def test_codes_are_unique() -> None:
    assert len({kind.code for kind in ALL}) == len(ALL)


@pytest.mark.parametrize("kind", ALL, ids=lambda kind: str(kind.__name__))
def test_each_error_is_documented_with_its_numbers(kind: type[errors.DocparseError]) -> None:
    rows = [line for line in DOCS.read_text("utf-8").splitlines() if line.startswith(f"| `{kind.__name__}`")]
    assert len(rows) == 1
    assert [cell.strip().strip("`") for cell in rows[0].split("|")[2:5]] == [
        kind.code,
        str(kind.exit_code),
        str(kind.http_status),
    ]
