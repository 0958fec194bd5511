"""What is exported: documents, records and folders of either in; jobs and the record of each out."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import BinaryIO

from docparse.errors import ConfigError
from docparse.record import Record
from docparse.run.batch import Done, Outcome, kept_record, parse_job
from docparse.run.inputs import Job, expand
from docparse.run.summary import summarize
from docparse.settings import Settings
from docparse.store.corpus import Corpus

_NO_RECORDS = (".error.json", ".gold.json")


def jobs_of(paths: Iterable[str], stdin: BinaryIO | None = None) -> list[Job]:
    """A job for each document or record, in the order given. A folder stands for the documents in it; one without
    documents for its `NAME.json`; a JSON Lines file for each of its lines."""
    return [job for path in paths for job in _jobs(path, stdin)]


def _jobs(path: str, stdin: BinaryIO | None) -> Iterator[Job]:
    place = Path(path)
    if place.suffix == ".jsonl" and place.is_file():
        rows = place.read_bytes().split(b"\n")
        yield from (Job(f"{path}:{number}", row) for number, row in enumerate(rows, 1) if row.strip())
        return
    found = expand([path], stdin)
    if place.is_dir() and [job.path for job in found] == [path]:
        records = sorted(p for p in place.glob("*.json") if not p.name.endswith(_NO_RECORDS))
        found = [Job(str(p)) for p in records] or found
    yield from found


def record_job(job: Job, settings: Settings) -> Outcome:
    """The record that the job's file already is, or that of the document in it."""
    kept = kept_record(Path(job.path) if job.data is None else job.data)
    return parse_job(job, settings) if kept is None else Done(job.path, kept.to_json(), summarize(kept))


def refuse_both(files: Sequence[str] | None) -> None:
    """Files and a corpus are not exported at once. Raises ConfigError."""
    if files:
        raise ConfigError("name files or --corpus, not both; to add files to a corpus: docparse run FILES --corpus DIR")


def refuse_none(files: Sequence[str] | None) -> Sequence[str]:
    """The files, of which there must be some. Raises ConfigError."""
    if not files:
        raise ConfigError("nothing to export; name files, or a corpus with --corpus DIR")
    return files


@contextmanager
def records_corpus(lines: Sequence[str]) -> Iterator[tuple[list[Record], Callable[[], Corpus]]]:
    """The records of the lines, and a function that links them in a corpus of their own, which goes at the end."""
    records = [Record.model_validate_json(line) for line in lines]
    with ExitStack() as stack:

        def made() -> Corpus:
            folder = stack.enter_context(tempfile.TemporaryDirectory(prefix="docparse-"))
            corpus = stack.enter_context(Corpus.open(folder, create=True))
            for record in records:
                corpus.add(record)
            return corpus

        yield records, made
