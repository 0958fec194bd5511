"""The formats that records can be written in: a format's name in, the function that makes a file's bytes out.

A format is a module with `dumped(records) -> bytes`. It is loaded when it is asked for, since some stand on packages
that need not be installed; a new format is a module and a row here.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from typing import cast

from docparse.errors import ConfigError, DependencyError
from docparse.record import Record

Dump = Callable[[Iterable[Record]], bytes]


@dataclass(frozen=True, slots=True)
class Format:
    """A format: what it is, the suffix of its files, its module, the extra of docparse whose packages it needs."""

    title: str
    suffix: str
    module: str
    extra: str | None = None


FORMATS: Mapping[str, Format] = {
    "jsonl": Format("records as JSON Lines", ".jsonl", "docparse.export.jsonl"),
    "spacy": Format("a spaCy DocBin with our spans", ".spacy", "docparse.export.spacy_docbin", "spacy"),
}


def format_of(output: Path) -> str:
    """The format that a file's suffix says. Raises ConfigError where none does."""
    for name, known in FORMATS.items():
        if output.suffix == known.suffix:
            return name
    raise ConfigError(f"{output}: no format has this suffix; say which with --format ({', '.join(sorted(FORMATS))})")


def dump_of(name: str) -> Dump:
    """The function that turns records into a file of the format. Raises ConfigError for an unknown one and
    DependencyError where its packages are not installed."""
    if name not in FORMATS:
        raise ConfigError(f"there is no format {name!r}; known: {', '.join(sorted(FORMATS))}")
    wanted = FORMATS[name]
    try:
        return cast("Dump", import_module(wanted.module).dumped)
    except ImportError as error:
        raise DependencyError(
            f"the format {name} needs {error.name}, which is not installed; run: pip install 'docparse[{wanted.extra}]'"
        ) from error
