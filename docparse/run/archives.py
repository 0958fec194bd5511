"""ZIP archives: a path goes in; a job for each document in it comes out, and a failure for what cannot be trusted.

Nothing is ever unpacked to the disk. A name that leads out of the archive, a link, an encrypted member and a member
that grows beyond the limits are refused by name; the others go on.
"""

from __future__ import annotations

import stat
import zipfile
from collections.abc import Iterator
from pathlib import Path, PurePosixPath

from docparse.errors import DamagedFile, EncryptedFile, InputError, TooLarge
from docparse.settings import Settings

MARK = "!/"
"""What parts an archive's path from a member's name: `papers.zip!/2021/a.pdf`."""
MOST_TIMES = 200
"""How many times its packed size a member may unpack to; honest documents stay far below (text: 20 times)."""
FREE = 10_000_000
"""Bytes below which the ratio does not matter."""
CHUNK = 1 << 20


def is_archive(path: Path) -> bool:
    """Whether a file is a ZIP of documents: by its name and its first bytes (office files are ZIPs of another name)."""
    if path.suffix.lower() != ".zip":
        return False
    try:
        with path.open("rb") as stream:
            return stream.read(2) == b"PK"
    except OSError:
        return False


def members(path: Path) -> Iterator[str]:
    """The names of the files in an archive, in order. Raises DamagedFile."""
    with _opened(path) as archive:
        yield from sorted(info.filename for info in archive.infolist() if not info.is_dir())


def read_member(path: Path, name: str, settings: Settings) -> bytes:
    """The bytes of one member. Raises InputError, EncryptedFile, TooLarge or DamagedFile."""
    with _opened(path) as archive:
        try:
            info = archive.getinfo(name)
        except KeyError as error:
            raise DamagedFile(f"{path} has no member {name}; check the archive") from error
        _refuse(path, info)
        most = min(settings.limits.bytes, max(FREE, MOST_TIMES * info.compress_size))
        try:
            with archive.open(info) as stream:
                data = bytearray()
                while chunk := stream.read(CHUNK):
                    data += chunk
                    if len(data) > most:
                        raise TooLarge(f"{path}{MARK}{name} unpacks to more than {most} bytes; unpack it yourself")
        except (zipfile.BadZipFile, NotImplementedError, EOFError, OSError, ValueError) as error:
            raise DamagedFile(f"{path}{MARK}{name} cannot be unpacked: {error}; check the archive") from error
        return bytes(data)


def _refuse(path: Path, info: zipfile.ZipInfo) -> None:
    parts = PurePosixPath(info.filename.replace("\\", "/"))
    if parts.is_absolute() or ".." in parts.parts:
        raise InputError(f"{path}{MARK}{info.filename} leads out of the archive and is not read; rename it")
    if stat.S_ISLNK(info.external_attr >> 16):
        raise InputError(f"{path}{MARK}{info.filename} is a link and is not followed; pack the file itself")
    if info.flag_bits & 1:
        raise EncryptedFile(f"{path}{MARK}{info.filename} needs a password; unpack the archive first")


def _opened(path: Path) -> zipfile.ZipFile:
    try:
        return zipfile.ZipFile(path)
    except (zipfile.BadZipFile, OSError, ValueError) as error:
        raise DamagedFile(f"{path} is no whole ZIP archive: {error}; get it again") from error
