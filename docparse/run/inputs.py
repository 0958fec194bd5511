"""What the user named: paths, folders and `-` in, an ordered list of jobs out."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

SUFFIXES = frozenset({
    ".pdf", ".png", ".jpg", ".jpeg", ".tif", ".tiff", ".doc", ".docx", ".txt", ".md", ".html", ".htm",
})  # fmt: skip
"""What a walk through a folder takes up; a file that is named outright is read whatever it is called."""

STDIN = "-"


@dataclass(frozen=True, slots=True)
class Job:
    """One input: the path as given, or its bytes when it came through standard input.

    For a corpus: where its bytes are `stored` unchanged, and the `fingerprint` that its record will bear.
    """

    path: str
    data: bytes | None = None
    stored: str | None = None
    fingerprint: str = ""


def expand(paths: Iterable[str], stdin: BinaryIO | None = None) -> list[Job]:
    """A job for each file, in the order given; a folder stands for the documents in it, sorted by path.

    A path that does not exist, or a folder without documents, stays a job of its own: reading it then fails with the
    reason, and the others go on.
    """
    return [job for path in paths for job in _jobs(path, stdin)]


def _jobs(path: str, stdin: BinaryIO | None) -> Iterator[Job]:
    if path == STDIN and stdin is not None:
        yield Job(STDIN, stdin.read())
        return
    yield from (Job(found) for found in documents_in(path))


def documents_in(path: str, suffixes: Collection[str] = SUFFIXES) -> Iterator[str]:
    """The documents in a folder, sorted by path; a file, an empty folder and a path that is not there stand for
    themselves, so that reading them gives the reason."""
    folder = Path(path)
    found = sorted(p for p in folder.rglob("*") if _is_document(p, folder, suffixes)) if folder.is_dir() else []
    yield from (str(p) for p in found) if found else (path,)


def _is_document(path: Path, folder: Path, suffixes: Collection[str]) -> bool:
    hidden = any(part.startswith(".") for part in path.relative_to(folder).parts)
    return not hidden and path.suffix.lower() in suffixes and path.stem.upper() != "README" and path.is_file()
