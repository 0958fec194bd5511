"""What the user named: paths, folders and `-` in, an ordered list of jobs out."""

from __future__ import annotations

import os
import re
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

SUFFIXES = frozenset({
    ".pdf", ".png", ".jpg", ".jpeg", ".tif", ".tiff", ".doc", ".docx", ".txt", ".md", ".html", ".htm",
})  # fmt: skip
"""What a walk through a folder takes up; a file that is named outright is read whatever it is called."""

STDIN = "-"
_ESCAPED = re.compile(r"\\x([89a-f][0-9a-f])")


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
    """The documents in a folder, sorted by path and found as they are asked for; a file, an empty folder and a path
    that is not there stand for themselves, so that reading them gives the reason."""
    found = _walk(path, suffixes) if os.path.isdir(path) else iter(())
    first = next(found, path)
    yield str(Path(first))
    yield from found


def _walk(folder: str, suffixes: Collection[str]) -> Iterator[str]:
    """Depth first, name by name; links to folders are not followed, a folder that cannot be listed is given itself."""
    try:
        with os.scandir(folder) as listing:
            entries = sorted(listing, key=lambda entry: entry.name)
    except OSError:
        yield folder
        return
    for entry in entries:
        if entry.name.startswith("."):
            continue
        path = os.path.join(folder, entry.name)
        if entry.is_dir(follow_symlinks=False):
            yield from _walk(path, suffixes)
        elif is_document(entry.name, suffixes) and entry.is_file():
            yield str(Path(path))


def is_document(name: str, suffixes: Collection[str] = SUFFIXES) -> bool:
    """Whether a walk takes up a file or a member of an archive of this name (its last part)."""
    stem, suffix = os.path.splitext(name)
    return not name.startswith(".") and suffix.lower() in suffixes and stem.upper() != "README"


def printable(path: str) -> str:
    """A path as text that can be stored: bytes of a name that are no UTF-8 become `\\xE9` and the like."""
    return os.fsencode(path).decode("utf-8", "backslashreplace")


def on_disk(path: str) -> str:
    """The path of which `printable` made this text."""
    if "\\x" not in path or os.path.lexists(path):
        return path
    parts = _ESCAPED.split(path)  # text and escapes in turn
    raw = b"".join(
        bytes.fromhex(part) if place % 2 else part.encode("utf-8", "surrogateescape")
        for place, part in enumerate(parts)
    )
    return os.fsdecode(raw)
