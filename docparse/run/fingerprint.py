"""What made a record: settings go in; one hash over stages, tables, models and settings comes out.

The same file and the same fingerprint give the same record, so a run may skip it (DESIGN 5).
"""

from __future__ import annotations

import hashlib
from functools import lru_cache
from pathlib import Path

from docparse.settings import Settings
from docparse.weights import MODELS

PACKAGE = Path(__file__).resolve().parents[1]
ROOMS = ("read", "clean", "segment", "tag", "data")
"""What a record depends on, beside the modules of the package itself."""


def fingerprint(settings: Settings) -> str:
    """The fingerprint under these settings, 64 hex digits; the limits of a run are no part of it."""
    digest = hashlib.sha256(_of_code().encode())
    digest.update(settings.model_dump_json(exclude={"run"}).encode())
    return digest.hexdigest()


@lru_cache(maxsize=1)
def _of_code() -> str:
    folders = [*(PACKAGE / room for room in ROOMS), MODELS]
    files = {*PACKAGE.glob("*.py"), *(path for folder in folders for path in folder.rglob("*") if path.is_file())}
    digest = hashlib.sha256()
    for path in sorted(path for path in files if path.suffix != ".pyc"):
        digest.update(path.as_posix().removeprefix(PACKAGE.parent.as_posix()).encode() + b"\0")
        digest.update(hashlib.sha256(path.read_bytes()).digest())
    return digest.hexdigest()
