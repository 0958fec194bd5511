"""The formats that records can be written in: a format's name in, the function that makes a file's bytes out.

A format is a module, loaded when it is asked for, since some stand on packages that need not be installed; a new
format is a module and a row here. Four kinds, by what the module has:

- `records`: `dumped(records) -> bytes`, one file of all records;
- `pages`: each document makes a file of its own (docparse/export/paged.py);
- `corpus`: `dumped(corpus) -> bytes`, one file of all that a corpus knows, its graph included;
- `folder`: `files(corpus) -> iterable of (path, bytes)`, a folder.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from typing import Literal, cast

from docparse.errors import ConfigError, DependencyError
from docparse.record import Record
from docparse.store.corpus import Corpus

Dump = Callable[[Iterable[Record]], bytes]
Kind = Literal["records", "pages", "corpus", "folder"]


@dataclass(frozen=True, slots=True)
class Format:
    """A format: what it is, the suffix of its files (of a folder: none), its module, the extra of docparse whose
    packages it needs, its kind, and its function where the module has several."""

    title: str
    suffix: str
    module: str
    extra: str | None = None
    kind: Kind = "records"
    function: str = "dumped"


_REGISTERS = {
    "outgoing": "of documents sent (NĐ 30/2020)",
    "incoming": "of documents received (NĐ 30/2020)",
    "archive": "of a digital archive (TT 02/2019)",
}

FORMATS: Mapping[str, Format] = {
    "jsonl": Format("records as JSON Lines", ".jsonl", "docparse.export.jsonl"),
    "spacy": Format("a spaCy DocBin with our spans", ".spacy", "docparse.export.spacy_docbin", "spacy"),
    "hocr": Format("hOCR, a file for each document", ".hocr", "docparse.export.hocr", kind="pages"),
    "alto": Format("ALTO 4, a file for each document", ".xml", "docparse.export.alto", kind="pages"),
    **{
        f"{register}-{suffix}": Format(
            f"the register {words} as {suffix.upper()}",
            f".{register}.{suffix}",
            "docparse.export.registers",
            "tables",
            "corpus",
            f"{register}_{suffix}",
        )
        for register, words in _REGISTERS.items()
        for suffix in ("csv", "xlsx")
    },
    "gold": Format("gold records of corrected documents", "", "docparse.export.gold", kind="folder"),
    "parquet": Format("tables as Parquet", "", "docparse.export.parquet", "tables", "folder"),
    "graphml": Format("the graph as GraphML", ".graphml", "docparse.export.graphml", "graph", kind="corpus"),
    "gexf": Format("the graph as GEXF", ".gexf", "docparse.export.gexf", "graph", kind="corpus"),
    "turtle": Format("linked data (ELI) as Turtle", ".ttl", "docparse.export.rdf", "rdf", "corpus", "turtle"),
    "jsonld": Format("linked data as JSON-LD", ".jsonld", "docparse.export.rdf", "rdf", "corpus", "jsonld"),
    "prov": Format("where each claim comes from, PROV-O", ".prov.ttl", "docparse.export.provenance", "rdf", "corpus"),
    "web-annotation": Format("claims as W3C Web Annotations", ".anno.json", "docparse.export.web_annotation"),
    "akn": Format("Akoma Ntoso, a file for each document", "", "docparse.export.akoma_ntoso", kind="folder"),
    "bagit": Format("originals and records as a bag", "", "docparse.export.bag", kind="folder"),
    "neo4j": Format("the graph as CSV for neo4j-admin", "", "docparse.export.neo4j", kind="folder"),
}


def format_of(output: Path) -> str:
    """The format that a file's suffix says. Raises ConfigError where none does."""
    for name, known in sorted(FORMATS.items(), key=lambda pair: -len(pair[1].suffix)):
        if known.suffix and output.name.endswith(known.suffix):
            return name
    raise ConfigError(f"{output}: no format has this suffix; say which with --format ({', '.join(sorted(FORMATS))})")


def kind_of(name: str) -> Kind:
    """The kind of a format. Raises ConfigError for an unknown one."""
    return _known(name).kind


def dump_of(name: str) -> Dump:
    """The function that turns records into a file of the format. Raises ConfigError for an unknown one and
    DependencyError where its packages are not installed."""
    return cast("Dump", _function(name))


def corpus_dump_of(name: str) -> Callable[[Corpus], bytes]:
    """The function that turns a corpus into a file of the format. Errors as of `dump_of`."""
    return cast("Callable[[Corpus], bytes]", _function(name))


def folder_of(name: str) -> Callable[[Corpus], Iterable[tuple[str, bytes]]]:
    """The function that turns a corpus into the files of a folder. Errors as of `dump_of`."""
    return cast("Callable[[Corpus], Iterable[tuple[str, bytes]]]", _function(name))


def _known(name: str) -> Format:
    if name not in FORMATS:
        raise ConfigError(f"there is no format {name!r}; known: {', '.join(sorted(FORMATS))}")
    return FORMATS[name]


def _function(name: str) -> object:
    wanted = _known(name)
    try:
        return getattr(import_module(wanted.module), "files" if wanted.kind == "folder" else wanted.function)
    except ImportError as error:
        raise DependencyError(
            f"the format {name} needs {error.name}, which is not installed; run: pip install 'docparse[{wanted.extra}]'"
        ) from error
