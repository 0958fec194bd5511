"""Where made files go: jobs and the place that the user named in, a path for each job out."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from docparse.errors import ConfigError
from docparse.run.inputs import Job
from docparse.run.sinks import file_names


def paths_for(jobs: Sequence[Job], output: Path, suffix: str) -> list[Path]:
    """One file with a suffix is written as `output`; otherwise `output` is a folder, made here, of `NAME` + `suffix`.

    Raises ConfigError where a file would overwrite its own source or the folder cannot be made.
    """
    if len(jobs) == 1 and output.suffix and not output.is_dir():
        paths = [output]
    else:
        try:
            output.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise ConfigError(f"cannot make the folder {output}: {error.strerror}; choose another with -o") from error
        paths = [output / f"{name}{suffix}" for name in file_names(jobs)]
    for job, path in zip(jobs, paths, strict=True):
        if job.data is None and path.exists() and path.samefile(job.path):
            raise ConfigError(f"{path} is the source itself; choose another place with -o")
    return paths
