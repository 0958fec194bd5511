"""The whole way of a document, in order: the table of contents of the project.

In: a path or bytes. Out: a `Parsed` document with every claim. The pipeline owns order, timing,
error wrapping and the check of needs.
"""

from __future__ import annotations

import gc
import hashlib
import logging
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, fields
from pathlib import Path
from typing import ParamSpec, TypeVar

from docparse import clean, read, segment, tag
from docparse.errors import DocparseError, StageError
from docparse.model import Document, Source
from docparse.read.markup import read_text
from docparse.record import Record
from docparse.recording import to_record
from docparse.settings import Settings
from docparse.stage import Stage
from docparse.tables import Tables

STAGES: tuple[Stage, ...] = (*segment.STAGES, *tag.STAGES)

log = logging.getLogger(__name__)

P = ParamSpec("P")
R = TypeVar("R")


@dataclass(frozen=True, slots=True)
class Parsed(Document):
    """A document that has been through the whole pipeline."""

    def record(self) -> Record:
        """Its docparse/1 record, validated. Raises StageError when a stage made a claim that the contract forbids."""
        return _wrapped("record", to_record, self)


def check(stages: Sequence[Stage]) -> None:
    """Refuse an order in which a stage's needs are not met; raises StageError."""
    given: set[str] = set()
    for stage in stages:
        missing = stage.needs - given
        if missing:
            raise StageError(f"stage {stage.name} needs {', '.join(sorted(missing))} before it; reorder the pipeline")
        given |= stage.gives


check(STAGES)


def stages(settings: Settings) -> tuple[Stage, ...]:
    """The stages without those of models that the settings turn off."""
    off = {"lines": settings.learn.lines == "off", "bodies-model": settings.learn.bodies == "off"}
    return tuple(stage for stage in STAGES if not off.get(stage.name, False))


def parse(path: str | Path, settings: Settings | None = None) -> Parsed:
    """Read, clean, segment and tag one file. Raises a DocparseError that says what to do next, and nothing else."""
    settings = settings or Settings.load()
    scan = _wrapped("read", read.read_file, Path(path), settings)
    return annotate(_wrapped("clean", clean.clean, scan), stages(settings))


def parse_bytes(data: bytes, name: str = "-", settings: Settings | None = None) -> Parsed:
    """As `parse`, for bytes in memory; `name` becomes the record's `source.path`."""
    settings = settings or Settings.load()
    scan = _wrapped("read", read.read_bytes, data, name, settings)
    return annotate(_wrapped("clean", clean.clean, scan), stages(settings))


def parse_text(text: str, name: str = "-", settings: Settings | None = None) -> Parsed:
    """As `parse`, for a text in memory (plain or Markdown), whatever characters are in it."""
    data = text.encode("utf-8", "replace")
    source = Source(name, hashlib.sha256(data).hexdigest(), "text/plain", len(data))
    doc = _wrapped("clean", clean.clean, _wrapped("read", read_text, data, source))
    return annotate(doc, STAGES if settings is None else stages(settings))


def annotate(doc: Document, stages: Sequence[Stage] = STAGES, tables: Tables | None = None) -> Parsed:
    """Run the stages after cleaning on a document."""
    tables = tables or Tables.default()
    for stage in stages:
        doc = _wrapped(stage.name, stage.run, doc, tables)
    return Parsed(**{f.name: getattr(doc, f.name) for f in fields(Document)})


def _wrapped(name: str, function: Callable[P, R], *args: P.args, **kwargs: P.kwargs) -> R:
    began = time.perf_counter()
    collecting = gc.isenabled()
    gc.disable()  # a stage makes many values and no cycles: looking for some takes up to a third of its time
    try:
        return function(*args, **kwargs)
    except (DocparseError, MemoryError):
        raise
    except Exception as error:
        raise StageError(f"{name}: {type(error).__name__}: {error}; please report it with the kind of file") from error
    finally:
        if collecting:
            gc.enable()
        log.debug("%s: %.1f ms", name, 1000 * (time.perf_counter() - began))
