"""The error tree: every failure that a caller may see, with its exit code, its HTTP status and what to do next.

Exit codes (also in docs/cli.md): 0 all well · 1 some pages unreadable or some files failed · 2 wrong usage or
settings · 3 input that cannot be read · 4 a program or package is missing · 5 a stage failed (a defect of docparse) ·
6 the corpus store cannot be opened, read or written.
"""

from __future__ import annotations


class DocparseError(Exception):
    """Base of all errors that docparse raises on purpose; the message ends with what to do next."""

    exit_code = 5
    http_status = 500
    code = "error"


class ConfigError(DocparseError):
    """A setting is unknown or has a value that it cannot have."""

    exit_code = 2
    http_status = 400
    code = "config"


class InputError(DocparseError):
    """The given file or bytes cannot be read as a document."""

    exit_code = 3
    http_status = 422
    code = "input"


class UnsupportedFormat(InputError):
    """The content is of a kind that no reader knows."""

    http_status = 415
    code = "unsupported_format"


class EncryptedFile(InputError):
    """The file needs a password."""

    code = "encrypted"


class DamagedFile(InputError):
    """The file claims a format that its bytes do not keep."""

    code = "damaged"


class TooLarge(InputError):
    """The file is beyond a limit of the settings (bytes, pages or pixels)."""

    http_status = 413
    code = "too_large"


class DependencyError(DocparseError):
    """A program or package that this input needs is not installed."""

    exit_code = 4
    http_status = 503
    code = "dependency"


class StoreError(DocparseError):
    """The corpus store cannot be opened, read or written."""

    exit_code = 6
    http_status = 503
    code = "store"


class NotFound(DocparseError):
    """The corpus has nothing under the given id; the message names the nearest ones."""

    exit_code = 2
    http_status = 404
    code = "not_found"


class StageError(DocparseError):
    """A stage failed on a document; the cause is chained."""

    exit_code = 5
    code = "stage"
