"""The jobs of the formats that hold pages of words (hOCR, ALTO): a document's file in, the bytes of one file out."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path

from docparse.clean import clean
from docparse.errors import UnsupportedFormat
from docparse.export import alto, hocr
from docparse.export.attempts import attempted
from docparse.export.pages import WordPage, word_pages
from docparse.pipeline import annotate
from docparse.read import read_bytes, read_file
from docparse.run.batch import Failure
from docparse.run.inputs import Job
from docparse.run.summary import Summary, summarize
from docparse.settings import Settings


@dataclass(frozen=True, slots=True)
class Paged:
    """A made file, and the row of the record that the same reading gives."""

    path: str
    data: bytes
    summary: Summary


def hocr_job(job: Job, settings: Settings) -> Paged | Failure:
    """The hOCR of one document."""
    return attempted(job, settings, _hocr)


def alto_job(job: Job, settings: Settings) -> Paged | Failure:
    """The ALTO of one document."""
    return attempted(job, settings, _alto)


JOBS: Mapping[str, Callable[[Job, Settings], Paged | Failure]] = {"hocr": hocr_job, "alto": alto_job}


def _hocr(job: Job, settings: Settings) -> Paged:
    return _made(job, settings, hocr.written)


def _alto(job: Job, settings: Settings) -> Paged:
    return _made(job, settings, alto.written)


def _made(job: Job, settings: Settings, written: Callable[[Sequence[WordPage], str, str], bytes]) -> Paged:
    path = Path(job.path)
    scan = read_file(path, settings) if job.data is None else read_bytes(job.data, job.path, settings)
    doc = clean(scan)
    if all(page.width == 0 for page in scan.pages):
        raise UnsupportedFormat(f"{job.path} has no printed pages; hOCR and ALTO are made of PDFs and images")
    made = written(word_pages(scan, doc), path.name, version("docparse"))
    return Paged(job.path, made, summarize(annotate(doc).record()))
