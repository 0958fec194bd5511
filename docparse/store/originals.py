"""Originals: a file's bytes go in under their hash and come out as they were; nothing is ever overwritten."""

from __future__ import annotations

import hashlib
import os
import tempfile
from contextlib import suppress
from pathlib import Path

import sqlalchemy as sa

from docparse.errors import NotFound, StoreError
from docparse.store import schema

FOLDER = "originals"


def keep(data: bytes, folder: Path | None, connection: sa.Connection | None) -> str:
    """Keep the bytes, in the corpus folder where it has one, else in the database; gives their SHA-256."""
    digest = hashlib.sha256(data).hexdigest()
    if folder is None:
        if connection is None:
            raise StoreError("a corpus without a folder keeps originals in its database; give the connection")
        o = schema.original
        if connection.execute(sa.select(o.c.sha256).where(o.c.sha256 == digest)).first() is None:
            connection.execute(o.insert().values(sha256=digest, data=data))
        return digest
    path = path_of(digest, folder)
    if path.is_file() and path.stat().st_size == len(data):
        return digest
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, temporary = tempfile.mkstemp(dir=path.parent, prefix=".docparse-")
        try:
            with os.fdopen(handle, "wb") as stream:
                stream.write(data)
            os.chmod(temporary, 0o444)
            os.replace(temporary, path)
        except BaseException:
            with suppress(FileNotFoundError):
                os.unlink(temporary)
            raise
    except OSError as error:
        raise StoreError(
            f"cannot keep the original in {path.parent}: {error.strerror}; free some space or make the folder writable"
        ) from error
    return digest


def read(digest: str, folder: Path | None, connection: sa.Connection) -> bytes:
    """The bytes under a hash. Raises NotFound when they are not there or not what the hash says."""
    if folder is None:
        o = schema.original
        data = connection.execute(sa.select(o.c.data).where(o.c.sha256 == digest)).scalar()
    else:
        path = path_of(digest, folder)
        data = path.read_bytes() if path.is_file() else None
    if data is None:
        raise NotFound(f"the corpus keeps no original {digest}; take the file in again with: docparse run")
    if hashlib.sha256(data).hexdigest() != digest:
        raise StoreError(f"the original {digest} was changed on the disk; restore it from a copy")
    return bytes(data)


def path_of(digest: str, folder: Path) -> Path:
    """Where the folder keeps the bytes under a hash: two levels, so that no folder grows too large."""
    return folder / FOLDER / digest[:2] / digest
