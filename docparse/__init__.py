"""docparse: Vietnamese Party and government documents as structured records.

The public names load on first use, so that `docparse --help` does not wait for the readers.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from docparse.model import Document
    from docparse.pipeline import Parsed, parse, parse_bytes, parse_text
    from docparse.settings import Settings
    from docparse.store.corpus import Corpus

__version__ = "0.1.0"
__all__ = ["Corpus", "Document", "Parsed", "Settings", "__version__", "parse", "parse_bytes", "parse_text"]

_HOMES = {
    "Corpus": "docparse.store.corpus",
    "Document": "docparse.model",
    "Parsed": "docparse.pipeline",
    "Settings": "docparse.settings",
    "parse": "docparse.pipeline",
    "parse_bytes": "docparse.pipeline",
    "parse_text": "docparse.pipeline",
}


def __getattr__(name: str) -> Any:
    if name in _HOMES:
        return getattr(import_module(_HOMES[name]), name)
    raise AttributeError(f"module 'docparse' has no attribute {name!r}")
