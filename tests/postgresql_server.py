"""A PostgreSQL server of the tests' own: Debian's programs in, the URL of an empty database out.

It runs on loopback with its data in a temporary folder, never as root (PostgreSQL refuses that), and is not skipped
where it is missing: the store is promised on both engines.
"""

from __future__ import annotations

import itertools
import os
import pwd
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

USER = "docparse"
INSTALL = "install it as root with: apt-get install --no-install-recommends postgresql (scripts/setup --tests does)"
QUICK = ("fsync=off", "synchronous_commit=off", "full_page_writes=off", "max_wal_size=4GB", "max_connections=40")


class Server:
    """A running server; `database` makes an empty database and gives its URL."""

    def __init__(self, port: int) -> None:
        self.port = port
        self._numbers = itertools.count(1)

    def url(self, database: str, port: int | None = None) -> str:
        """The URL of a database, whether it is there or not."""
        return f"postgresql+psycopg://{USER}@127.0.0.1:{port or self.port}/{database}"

    def database(self) -> str:
        """The URL of a new empty database."""
        import psycopg

        name = f"corpus_{next(self._numbers)}"
        with psycopg.connect(f"host=127.0.0.1 port={self.port} user={USER} dbname=postgres", autocommit=True) as opened:
            opened.execute(f"CREATE DATABASE {name}")  # type: ignore[arg-type,unused-ignore]
        return self.url(name)


def programs() -> Path:
    """The folder of `initdb` and `pg_ctl`, the newest version's."""
    on_path = shutil.which("initdb")
    debian = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda path: float(path.parts[-3]))
    found = [path for path in [*([Path(on_path)] if on_path else []), *reversed(debian)] if path.is_file()]
    assert found, f"the tests of the store need the server programs of PostgreSQL; {INSTALL}"
    return found[0].parent


@contextmanager
def server(options: tuple[str, ...] = QUICK, parent: Path | None = None) -> Iterator[Server]:
    """A server for as long as the block lasts; `options` are settings of postgresql.conf."""
    folder, port, bin_ = Path(tempfile.mkdtemp(prefix="docparse-postgresql-", dir=parent)), free_port(), programs()
    run = _as_unprivileged(folder)
    data = str(folder / "data")
    try:
        _done(
            [*run, str(bin_ / "initdb"), "-D", data, "-U", USER, "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8", "-N"]
        )
        settings = {"port": port, "listen_addresses": "127.0.0.1", "unix_socket_directories": folder}
        words = [*(f"-c {key}={value}" for key, value in settings.items()), *(f"-c {option}" for option in options)]
        log = str(folder / "log")
        _done([*run, str(bin_ / "pg_ctl"), "-D", data, "-l", log, "-w", "-t", "60", "-o", " ".join(words), "start"])
        try:
            yield Server(port)
        finally:
            _done([*run, str(bin_ / "pg_ctl"), "-D", data, "-w", "-m", "immediate", "stop"])
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def free_port() -> int:
    """A port of loopback on which nobody listens."""
    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        return int(listening.getsockname()[1])


def _as_unprivileged(folder: Path) -> list[str]:
    """How a command is run by someone who is not root; the folder becomes theirs."""
    if os.geteuid() != 0:
        return []
    try:
        who = pwd.getpwnam("postgres")
    except KeyError as error:
        raise AssertionError(f"there is no user postgres, whom Debian's package makes; {INSTALL}") from error
    os.chown(folder, who.pw_uid, who.pw_gid)
    return ["runuser", "-u", "postgres", "--"]


def _done(command: list[str]) -> None:
    with tempfile.TemporaryFile() as said:  # a pipe would stay open in the server that pg_ctl leaves behind
        result = subprocess.run(
            command, stdin=subprocess.DEVNULL, stdout=said, stderr=subprocess.STDOUT, cwd="/", check=False
        )
        said.seek(0)
        assert result.returncode == 0, said.read().decode(errors="replace")
