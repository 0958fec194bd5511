"""The knowledge tables: every pattern finds its examples and refuses the others, every TSV is rectangular."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest

from docparse import tables
from docparse.errors import ConfigError
from docparse.tables import Tables

DATA = Path(tables.__file__).parent / "data"


def is_pattern_file(path: Path) -> bool:
    """A TOML file of the tables holds patterns, unless none of its entries is one (lists, drawings)."""
    return any(
        isinstance(entry, dict) and "pattern" in entry for entry in tomllib.loads(path.read_text("utf-8")).values()
    )


PATTERNS = [
    pytest.param(rule, id=f"{path.stem}.{name}")
    for path in sorted(DATA.glob("*.toml"))
    if is_pattern_file(path)
    for name, rule in Tables().rules(path.stem).items()
]


@pytest.mark.parametrize("rule", PATTERNS)
def test_a_pattern_finds_its_examples_and_refuses_the_others(rule: tables.Rule) -> None:
    assert rule.examples, "a pattern without examples says nothing about what it is for"
    assert [text for text in rule.examples if not rule.pattern.search(text)] == []
    assert [text for text in rule.rejects if rule.pattern.search(text)] == []


@pytest.mark.parametrize("path", sorted(DATA.glob("*.tsv")), ids=lambda path: str(path.stem))
def test_a_table_is_rectangular_with_named_columns(path: Path) -> None:
    lines = [line for line in path.read_text("utf-8").splitlines() if line.strip() and not line.startswith("#")]
    header, *rows = [line.split("\t") for line in lines]
    assert rows
    assert all(header)
    assert len(set(header)) == len(header)
    assert [row for row in rows if len(row) != len(header)] == []


@pytest.mark.parametrize("path", sorted(DATA.glob("*.tsv")), ids=lambda path: str(path.stem))
def test_a_row_with_a_pattern_and_an_example_matches_it(path: Path) -> None:
    for row in Tables().rows(path.stem):
        if row.get("pattern") and row.get("example"):
            assert re.search(row["pattern"], row["example"]), row


def test_rows_skip_comments_and_strip_cells() -> None:
    rows = Tables({"x": "# note\na\tb\n 1 \t2\n\n3\t\n"}).rows("x")
    assert [dict(row) for row in rows] == [{"a": "1", "b": "2"}, {"a": "3", "b": ""}]


def test_rules_keep_order_flags_and_further_keys() -> None:
    rules = Tables({"x": "[b]\npattern='A'\nignore_case=true\nweight=2\n[a]\npattern='''x  y'''\nverbose=true"}).rules(
        "x"
    )
    assert list(rules) == ["b", "a"]
    assert rules["b"].pattern.search("a")
    assert rules["b"].extra == {"weight": 2}
    assert rules["a"].pattern.search("xy")


def test_a_missing_table_says_what_to_do() -> None:
    with pytest.raises(ConfigError, match="install docparse again"):
        Tables().rows("no_such_table")
