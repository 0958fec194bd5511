"""ZIP archives: a path goes in; the names of its documents and their bytes come out, or why they cannot be trusted.

Nothing is ever unpacked to the disk. A name that leads out of the archive, a link, an encrypted member, an archive in
the archive and a member that grows beyond the limits are refused by name; the others go on.
"""

from __future__ import annotations

import stat
import zipfile
import zlib
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path, PurePosixPath

from docparse.errors import DamagedFile, EncryptedFile, InputError, TooLarge
from docparse.run.inputs import SUFFIXES, is_document
from docparse.settings import Settings

MARK = "!/"
"""What parts an archive's path from a member's name: `papers.zip!/2021/a.pdf`."""
MOST_TIMES = 200
"""How many times its packed size a member may unpack to; honest documents stay far below (text: 20 times)."""
FREE = 10_000_000
"""Bytes below which the ratio does not matter."""
FREE_ALL = 1_000_000_000
"""Bytes below which the ratio of the whole archive does not matter."""
CHUNK = 1 << 20
NESTED = ".zip"
UTF8_FLAG = 0x800


def is_archive(path: Path) -> bool:
    """Whether a file is a ZIP of documents: by its name and its first bytes (office files are ZIPs of another name)."""
    if path.suffix.lower() != ".zip":
        return False
    try:
        with path.open("rb") as stream:
            return stream.read(2) == b"PK"
    except OSError:
        return False


def members(path: Path) -> list[str]:
    """The names of the documents in an archive, sorted, those that will be refused included.

    Raises DamagedFile; TooLarge when all of them together unpack to more than an honest archive can.
    """
    archive, infos = _opened(path)
    del archive
    most = max(FREE_ALL, MOST_TIMES * path.stat().st_size)
    if sum(info.file_size for info in infos.values() if info.file_size <= _most(info)) > most:
        raise TooLarge(f"{path} unpacks to more than {most} bytes; unpack it yourself")
    return sorted(infos)


def read_member(path: Path, name: str, settings: Settings) -> bytes:
    """The bytes of one member. Raises InputError, EncryptedFile, TooLarge or DamagedFile."""
    archive, infos = _opened(path)
    info = infos.get(name)
    if info is None:
        raise DamagedFile(f"{path} has no member {name}; check the archive")
    _refuse(path, name, info)
    most = min(settings.limits.bytes, _most(info))
    try:
        with archive.open(info) as stream:
            data = bytearray()
            while chunk := stream.read(CHUNK):
                data += chunk
                if len(data) > most:
                    raise TooLarge(f"{path}{MARK}{name} unpacks to more than {most} bytes; unpack it yourself")
    except (zipfile.BadZipFile, zlib.error, NotImplementedError, EOFError, OSError, ValueError) as error:
        raise DamagedFile(f"{path}{MARK}{name} cannot be unpacked: {error}; check the archive") from error
    return bytes(data)


def _most(info: zipfile.ZipInfo) -> int:
    return max(FREE, MOST_TIMES * info.compress_size)


def _refuse(path: Path, name: str, info: zipfile.ZipInfo) -> None:
    parts = PurePosixPath(name.replace("\\", "/"))
    if parts.is_absolute() or ".." in parts.parts:
        raise InputError(f"{path}{MARK}{name} leads out of the archive and is not read; rename it")
    if stat.S_ISLNK(info.external_attr >> 16):
        raise InputError(f"{path}{MARK}{name} is a link and is not followed; pack the file itself")
    if info.flag_bits & 1:
        raise EncryptedFile(f"{path}{MARK}{name} needs a password; unpack the archive first")
    if name.lower().endswith(NESTED):
        raise InputError(f"{path}{MARK}{name} is an archive in an archive and is not opened; unpack it first")


def _opened(path: Path) -> tuple[zipfile.ZipFile, Mapping[str, zipfile.ZipInfo]]:
    """The archive with its documents by name; kept open for its next member as long as the file does not change."""
    try:
        now = path.stat()
        return _kept(str(path), now.st_mtime_ns, now.st_size)
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError) as error:
        raise DamagedFile(f"{path} is no whole ZIP archive: {error}; get it again") from error


@lru_cache(maxsize=1)
def _kept(path: str, changed: int, size: int) -> tuple[zipfile.ZipFile, Mapping[str, zipfile.ZipInfo]]:
    archive = zipfile.ZipFile(path)
    infos = {_name(info): info for info in archive.infolist() if not info.is_dir()}
    return archive, {name: info for name, info in infos.items() if _is_document(name)}


def _is_document(name: str) -> bool:
    *folders, last = name.replace("\\", "/").split("/")
    hidden = any(part.startswith(".") and part not in {".", ".."} for part in folders)
    return not hidden and "__MACOSX" not in folders and is_document(last, SUFFIXES | {NESTED})


def _name(info: zipfile.ZipInfo) -> str:
    """A member's name; packers that write UTF-8 without saying so are common, the rest is read as the format says."""
    if info.flag_bits & UTF8_FLAG:
        return info.filename
    try:
        return info.filename.encode("cp437").decode("utf-8")
    except UnicodeError:
        return info.filename
