"""A job whose work may fail: a job and what to do in, what was made or a failure with its reason out."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from docparse.errors import DocparseError
from docparse.run.batch import Failure
from docparse.run.inputs import Job
from docparse.settings import Settings

Made = TypeVar("Made")


def attempted(job: Job, settings: Settings, make: Callable[[Job, Settings], Made]) -> Made | Failure:
    """What `make` makes of the job; whatever goes wrong becomes a failure, never a lost exception."""
    try:
        return make(job, settings)
    except DocparseError as error:
        said = str(error)
        return Failure(job.path, error.code, said if job.path in said else f"{job.path}: {said}", error.exit_code)
    except MemoryError:
        why = f"{job.path}: not enough memory for this file; use fewer --workers or lower limits.pixels"
        return Failure(job.path, "memory", why, 3)
    except Exception as error:
        why = f"{job.path}: {type(error).__name__}: {error}; please report it with the kind of file"
        return Failure(job.path, "stage", why, 5)
