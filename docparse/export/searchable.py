"""The jobs of `docparse pdf`: a scan's file in, the bytes of its searchable PDF out, with notes on it where asked."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from docparse.clean import clean
from docparse.errors import UnsupportedFormat
from docparse.export import pdf_layer, pdf_notes
from docparse.export.attempts import attempted
from docparse.export.pages import word_pages
from docparse.model import Scan
from docparse.pipeline import annotate
from docparse.read import read_bytes, read_file
from docparse.run.batch import Failure
from docparse.run.inputs import Job
from docparse.run.summary import Summary, summarize
from docparse.settings import Settings


@dataclass(frozen=True, slots=True)
class Written:
    """A made file: on how many pages it got a text layer, how many annotations, and whether the source was signed."""

    path: str
    data: bytes
    summary: Summary
    layered: int
    notes: int
    signed: bool


def layered_job(job: Job, settings: Settings) -> Written | Failure:
    """A searchable PDF of one file."""
    return attempted(job, settings, _searchable)


def annotated_job(job: Job, settings: Settings) -> Written | Failure:
    """The same with citations, deadlines and tasks as annotations."""
    return attempted(job, settings, _annotated)


def _searchable(job: Job, settings: Settings) -> Written:
    return _made(job, settings, notes=False)


def _annotated(job: Job, settings: Settings) -> Written:
    return _made(job, settings, notes=True)


def _made(job: Job, settings: Settings, notes: bool) -> Written:
    scan, data = scanned(job, settings)
    media = scan.source.media_type
    if media != "application/pdf" and not media.startswith("image/"):
        raise UnsupportedFormat(f"{job.path} has no pages to search in; docparse pdf takes PDF, PNG, JPEG and TIFF")
    doc = clean(scan)
    pages = word_pages(scan, doc)
    record = annotate(doc).record()
    with pdf_layer.opened(data, media, pages, job.path) as pdf:
        layered = pdf_layer.add_layer(pdf, pages)
        count = pdf_notes.annotate(pdf, record) if notes else 0
        made = pdf_layer.saved(pdf)
    return Written(job.path, made, summarize(record), layered, count, bool(scan.signatures))


def scanned(job: Job, settings: Settings) -> tuple[Scan, bytes]:
    """What the reader saw of a job, and the job's bytes."""
    if job.data is not None:
        return read_bytes(job.data, job.path, settings), job.data
    path = Path(job.path)
    return read_file(path, settings), path.read_bytes()
