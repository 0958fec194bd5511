"""Writing an export: a format's name and what to export go in; a file or a folder comes out, each file whole."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path

from docparse.errors import ConfigError
from docparse.export import formats
from docparse.record import Record
from docparse.run.sinks import write_whole
from docparse.store.corpus import Corpus


def write(name: str, records: Iterable[Record], corpus: Callable[[], Corpus], output: Path) -> None:
    """Write records, or the corpus that links them, in a format. Raises ConfigError for an unknown format, one that is
    made of pages, or a place that cannot be written; DependencyError where a package is missing."""
    kind = formats.kind_of(name)
    if kind == "records":
        write_whole(output, formats.dump_of(name)(records))
    elif kind == "corpus":
        write_whole(output, formats.corpus_dump_of(name)(corpus()))
    elif kind == "folder":
        for path, data in formats.folder_of(name)(corpus()):
            place = output / path
            try:
                place.parent.mkdir(parents=True, exist_ok=True)
            except OSError as error:
                raise ConfigError(f"cannot make {place.parent}: {error.strerror}; choose another with -o") from error
            write_whole(place, data)
    else:
        raise ConfigError(f"the format {name} is made of pages, which records do not keep; name the documents")
