"""Readers: bytes in, a `Scan` out. The reader is chosen by content, never by the file's name."""

from __future__ import annotations

import hashlib
from pathlib import Path

from docparse.errors import InputError
from docparse.model import Scan, Source
from docparse.read import markup, pdf
from docparse.settings import Settings


def read_file(path: Path, settings: Settings) -> Scan:
    """Read one file. Raises InputError and its kinds."""
    try:
        data = path.read_bytes()
    except OSError as error:
        raise InputError(f"{path}: {error.strerror}; check the path and its permissions") from error
    return read_bytes(data, str(path), settings)


def read_bytes(data: bytes, name: str, settings: Settings) -> Scan:
    """Read bytes; `name` is only what the record calls them."""
    digest = hashlib.sha256(data).hexdigest()
    if data[:1024].find(b"%PDF-") >= 0:
        return pdf.read_pdf(data, Source(name, digest, "application/pdf", len(data)), settings)
    return markup.read_text(data, Source(name, digest, "text/plain", len(data)))
