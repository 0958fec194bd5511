"""Opening a store: a folder or a URL goes in; an engine on a store of this version comes out, errors said plainly.

A corpus is a folder with `corpus.db` (SQLite, WAL) and `originals/`, or the URL of a PostgreSQL database.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from sqlalchemy import event
from sqlalchemy.exc import ArgumentError, DBAPIError, NoSuchModuleError, OperationalError, SQLAlchemyError

from docparse.errors import ConfigError, DependencyError, StoreError
from docparse.store.migrate import migrate

FILE = "corpus.db"
BUSY_SECONDS = 60
CONNECT_SECONDS = 10
PRAGMAS = (
    f"busy_timeout={BUSY_SECONDS * 1000}",
    "journal_mode=WAL",
    "synchronous=NORMAL",
    "foreign_keys=ON",
    "temp_store=MEMORY",
    "cache_size=-65536",
)


@dataclass(frozen=True, slots=True)
class Place:
    """Where a corpus is: the database's URL, and the folder of the originals where it has one."""

    url: sa.URL
    folder: Path | None


def place_of(where: str | Path) -> Place:
    """The place that a folder or a URL names. Raises ConfigError for a URL that is none of ours."""
    if "://" not in str(where):
        folder = Path(where)
        return Place(sa.URL.create("sqlite", database=str(folder / FILE)), folder)
    try:
        url = sa.make_url(str(where))
    except (ArgumentError, ValueError) as error:
        raise ConfigError(
            f"{where} is no database URL; write postgresql+psycopg://USER@HOST/NAME or a folder"
        ) from error
    if url.get_backend_name() == "postgresql":
        return Place(url.set(drivername="postgresql+psycopg"), None)
    if url.get_backend_name() == "sqlite" and url.database:
        return Place(url, Path(url.database).parent)
    raise ConfigError(f"a corpus is a folder or a PostgreSQL URL, not {url.get_backend_name()}; name a folder instead")


def connect(where: str | Path, create: bool = False) -> tuple[sa.Engine, Place]:
    """An engine on the store at `where`, migrated to this version.

    Raises ConfigError where there is no corpus and `create` is not set, StoreError for a store that is newer than this
    docparse or damaged, DependencyError without the PostgreSQL driver.
    """
    place = place_of(where)
    where = where if place.folder is not None else place.url.render_as_string()  # which hides the password
    if place.folder is not None:
        database = Path(str(place.url.database))
        if not database.is_file():
            if not create:
                raise ConfigError(
                    f"there is no corpus in {place.folder}; make one with: docparse run FILES --corpus {place.folder}"
                )
            try:
                place.folder.mkdir(parents=True, exist_ok=True)
            except OSError as error:
                raise ConfigError(f"cannot make the folder {place.folder}: {error.strerror}; choose another") from error
    try:
        # a prepared statement would be planned without knowing how common a word is
        options: dict[str, Any] = {"prepare_threshold": None, "connect_timeout": CONNECT_SECONDS}
        engine = (
            sa.create_engine(place.url)
            if place.folder is not None
            else sa.create_engine(place.url, pool_pre_ping=True, connect_args=options)
        )
    except (ModuleNotFoundError, NoSuchModuleError) as error:
        raise DependencyError(
            "PostgreSQL needs its driver; install it with: pip install 'docparse[postgres]'"
        ) from error
    if place.folder is not None:
        event.listen(engine, "connect", _pragmas)
        event.listen(engine, "begin", _begin)
    with translated(where):
        migrate(engine, where)
    return engine, place


@contextmanager
def translated(where: object) -> Iterator[None]:
    """Errors of the database as errors of ours, each with the next step."""
    try:
        yield
    except OperationalError as error:
        raise StoreError(f"{where}: {_plain(error)}; {_advice(str(error.orig))}") from error
    except DBAPIError as error:
        raise StoreError(f"{where}: {_plain(error)}; {_advice(str(error.orig))}") from error
    except SQLAlchemyError as error:
        raise StoreError(f"{where}: {type(error).__name__}: {error}; please report it") from error


def _plain(error: DBAPIError) -> str:
    return " ".join(str(error.orig).split())


def _advice(message: str) -> str:
    known = {
        "UNIQUE": "a load of many takes new files only; take this one in with: docparse run",
        "duplicate key": "a load of many takes new files only; take this one in with: docparse run",
        "full": "free some space on the disk and run again: nothing that was stored is lost",
        "disk I/O error": "check the disk and the space on it, then run again: nothing that was stored is lost",
        "readonly": "the folder is read-only; copy the corpus to one that can be written",
        "unable to open": "check that the folder exists and may be written",
        "malformed": "the file is damaged; restore it from a copy, or run again into a new folder",
        "not a database": "the file is damaged; restore it from a copy, or run again into a new folder",
        "locked": "another run is writing; wait for it to end",
        "refused": "check that the server runs and that the URL names its host and port",
        "resolve": "check the name of the host in the URL",
        "translate host": "check the name of the host in the URL",
        "timeout": "check that the server can be reached from here",
        "role ": "check the user in the URL, or make it on the server with: createuser NAME",
        "authentication": "check the user and the password in the URL",
        "permission denied": "let the user write in that database, with: GRANT ALL ON SCHEMA public TO NAME",
        "does not exist": "create the database first, with: createdb NAME",
    }
    return next((advice for words, advice in known.items() if words in message), "check the corpus and try again")


def _pragmas(connection: Any, _: object) -> None:
    """SQLite as a store for one writer and many readers: WAL, waiting for a lock; transactions begin as we say."""
    connection.isolation_level = None
    cursor = connection.cursor()
    try:
        for pragma in PRAGMAS:
            try:
                cursor.execute(f"PRAGMA {pragma}")
            except sqlite3.OperationalError:
                if not pragma.startswith("journal_mode"):  # a read-only folder cannot change it, and need not
                    raise
    finally:
        cursor.close()


def _begin(connection: sa.Connection) -> None:
    """A writing transaction takes its lock at once, so that it never fails half-way on one that another took."""
    connection.exec_driver_sql("BEGIN IMMEDIATE" if connection.get_execution_options().get("writes") else "BEGIN")
