"""The knowledge tables of `docparse/data/`: TSV rows and TOML patterns, each with examples that a test runs.

A TSV has a header line; lines that start with `#` are comments. A pattern file is TOML: each table is a rule's name
with `pattern` (verbose regular expressions are allowed through `verbose = true`), `examples` that it must find, `not`
that it must not, and optional further keys that its user reads.
"""

from __future__ import annotations

import csv
import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from importlib import resources
from types import MappingProxyType

from docparse.errors import ConfigError

Row = Mapping[str, str]


@dataclass(frozen=True)
class Rule:
    """One pattern of a table, compiled when first used, with its examples and further keys."""

    name: str
    source: str
    examples: tuple[str, ...] = ()
    rejects: tuple[str, ...] = ()
    verbose: bool = False
    ignore_case: bool = False
    extra: Mapping[str, object] = field(default_factory=dict)

    @cached_property
    def pattern(self) -> re.Pattern[str]:
        """The compiled expression."""
        flags = (re.VERBOSE if self.verbose else 0) | (re.IGNORECASE if self.ignore_case else 0)
        return re.compile(self.source, flags)


def _data(name: str) -> str:
    try:
        return resources.files("docparse").joinpath("data", name).read_text("utf-8")
    except FileNotFoundError as error:
        raise ConfigError(f"the table {name} is missing from docparse/data; install docparse again") from error


class Tables:
    """Reads each table once. One instance serves all documents; tests may build their own with `Tables(overrides)`."""

    def __init__(self, overrides: Mapping[str, str] | None = None) -> None:
        self._texts = dict(overrides or {})
        self._rows: dict[str, tuple[Row, ...]] = {}
        self._rules: dict[str, Mapping[str, Rule]] = {}

    @staticmethod
    @lru_cache(maxsize=1)
    def default() -> Tables:
        """The tables that come with docparse."""
        return Tables()

    def rows(self, name: str) -> tuple[Row, ...]:
        """The rows of `NAME.tsv` as mappings from column to cell; cells are stripped, absent ones are empty."""
        if name not in self._rows:
            text = self._texts.get(name) or _data(f"{name}.tsv")
            lines = [line for line in text.splitlines() if line.strip() and not line.startswith("#")]
            reader = csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE)
            self._rows[name] = tuple(
                MappingProxyType({k: (v or "").strip() for k, v in row.items() if k is not None}) for row in reader
            )
        return self._rows[name]

    def rules(self, name: str) -> Mapping[str, Rule]:
        """The patterns of `NAME.toml` by rule name, in the file's order."""
        if name not in self._rules:
            parsed = tomllib.loads(self._texts.get(name) or _data(f"{name}.toml"))
            known = {"pattern", "examples", "not", "verbose", "ignore_case"}
            self._rules[name] = MappingProxyType(
                {
                    key: Rule(
                        key,
                        entry["pattern"],
                        tuple(entry.get("examples", ())),
                        tuple(entry.get("not", ())),
                        bool(entry.get("verbose", False)),
                        bool(entry.get("ignore_case", False)),
                        {k: v for k, v in entry.items() if k not in known},
                    )
                    for key, entry in parsed.items()
                }
            )
        return self._rules[name]
