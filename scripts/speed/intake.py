"""Taking many small texts into a corpus: a number of texts goes in; what the engine costs beside parsing comes out."""

from __future__ import annotations

import tempfile
import time
from collections.abc import Sequence
from pathlib import Path
from statistics import median

from docparse.run import intake
from docparse.run.inputs import Job
from docparse.settings import Settings
from docparse.store.corpus import Corpus
from speed.letters import letter

SAMPLE = 100


def written(folder: Path, count: int) -> Path:
    """A folder of letters."""
    source = folder / "in"
    source.mkdir()
    for number in range(count):
        (source / f"{number:06}.txt").write_text(letter(number), "utf-8")
    return source


def taken_in(source: Path, corpus: Path, workers: int) -> tuple[float, float]:
    """Wall seconds of a run, and the CPU seconds of the process that walks, hashes, stores and links."""
    began, busy = time.perf_counter(), time.process_time()
    with Corpus.open(corpus, create=True) as opened:
        intake.take_in(opened, [str(source)], Settings(), workers)
    return time.perf_counter() - began, time.process_time() - busy


def worker_cpu(files: Sequence[Path]) -> tuple[float, float]:
    """CPU seconds that one letter takes to parse, and those that its rows and words take after that."""
    from docparse import parse

    settings = Settings()
    parsed, prepared = [], []
    intake.prepare(Job(str(files[0]), None, str(files[0])), settings)
    for path in files:
        began = time.process_time()
        parse(path, settings).record()
        middle = time.process_time()
        intake.prepare(Job(str(path), None, str(path)), settings)
        parsed.append(middle - began)
        prepared.append(time.process_time() - middle)
    return median(parsed), max(0.0, median(prepared) - median(parsed))


def measured(count: int) -> tuple[float, float, str]:
    """The engine's CPU over that of parsing, two workers over one, and the figures behind them."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        source = written(folder, count)
        parse, rows = worker_cpu(sorted(source.iterdir())[:SAMPLE])
        one, _ = taken_in(source, folder / "one", 1)
        two, busy = taken_in(source, folder / "two", 2)
    engine = busy / count
    note = (
        f"{count} letters of {len(letter(0).encode()) / 1000:.1f} kB: parse {parse * 1000:.1f} ms, rows and words "
        f"{rows * 1000:.1f} ms, engine {engine * 1000:.1f} ms; {count / one:.0f} and {count / two:.0f} files/s"
    )
    return (engine + rows) / parse, one / two, note
