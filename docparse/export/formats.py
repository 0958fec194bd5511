"""The formats that records can be written in: a format's name in, the function that makes a file's bytes out.

A format is a module with `dumped(records) -> bytes`, or one of pages, of which each document makes a file of its own
(docparse/export/paged.py). It is loaded when it is asked for, since some stand on packages
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
    paged: bool = False


FORMATS: Mapping[str, Format] = {
    "jsonl": Format("records as JSON Lines", ".jsonl", "docparse.export.jsonl"),
    "spacy": Format("a spaCy DocBin with our spans", ".spacy", "docparse.export.spacy_docbin", "spacy"),
    "hocr": Format("hOCR, a file for each document", ".hocr", "docparse.export.hocr", paged=True),
    "alto": Format("ALTO 4, a file for each document", ".xml", "docparse.export.alto", paged=True),
}


def format_of(output: Path) -> str:
    """The format that a file's suffix says. Raises ConfigError where none does."""
    for name, known in FORMATS.items():
        if output.suffix == known.suffix:
            return name
    raise ConfigError(f"{output}: no format has this suffix; say which with --format ({', '.join(sorted(FORMATS))})")


def is_paged(name: str) -> bool:
    """Whether each document makes a file of its own pages, where other formats make one file of all records."""
    return name in FORMATS and FORMATS[name].paged


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
