"""What is exported: documents, records and folders of either in; jobs and the record of each out."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import BinaryIO

from docparse.run.batch import Done, Outcome, kept_record, parse_job
from docparse.run.inputs import Job, expand
from docparse.run.summary import summarize
from docparse.settings import Settings

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
