"""The state of the installation: settings in, one finding for each program, package and table out."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from importlib import metadata
from pathlib import Path

from docparse import __version__
from docparse.settings import Settings
from docparse.weights import weights_folder

SETUP = "run scripts/setup"
PACKAGES = (
    ("pypdfium2", True, "PDF files"),
    ("pdfplumber", True, "ruled tables of PDF files"),
    ("tesserocr", False, "OCR inside the process"),
    ("pytesseract", True, "OCR through the tesseract program"),
    ("opencv-python-headless", True, "cleaning of page images"),
    ("numpy", True, "page images"),
    ("python-docx", True, "DOCX files"),
    ("lxml", True, "HTML and DOCX files"),
    ("viparse", True, "TCVN3 and VNI texts"),
    ("pillow", True, "image files"),
    ("cryptography", True, "e-signatures of PDF files"),
    ("scikit-learn", False, "docparse train"),
    ("pydantic", True, "records and settings"),
    ("typer", True, "the command line"),
    ("rich", True, "tables and pages in the terminal"),
)
MODELS = (("handwriting", "number and day written by hand"),)


@dataclass(frozen=True, slots=True)
class Check:
    """One finding: `needed` when parsing cannot do without it, `advice` how to get it when it is missing."""

    name: str
    found: bool
    needed: bool
    version: str
    purpose: str
    advice: str = ""


def examine(settings: Settings) -> list[Check]:
    """Every finding, in the order in which they matter."""
    return [
        Check("docparse", True, True, __version__, "this program"),
        Check("python", sys.version_info >= (3, 11), True, sys.version.split()[0], "Python 3.11 or later", SETUP),
        *_tesseract(settings),
        *(_package(*row) for row in PACKAGES),
        *_word(),
        *_tables(),
        *(_model(*row) for row in MODELS),
    ]


def sound(checks: Sequence[Check]) -> bool:
    """Whether nothing that is needed is missing."""
    return all(check.found or not check.needed for check in checks)


def as_json(checks: Sequence[Check]) -> str:
    """The findings as JSON."""
    return json.dumps([asdict(check) for check in checks], ensure_ascii=False, indent=1)


def _tesseract(settings: Settings) -> Iterator[Check]:
    advice = "apt-get install tesseract-ocr tesseract-ocr-vie, or " + SETUP
    program = shutil.which("tesseract")
    folder = ["--tessdata-dir", settings.ocr.tessdata] if settings.ocr.tessdata else []
    version = _first_line([program, "--version"]).removeprefix("tesseract ") if program else ""
    yield Check("tesseract", bool(program), True, version, "OCR of scans and images", advice)
    known = _lines([program, "--list-langs", *folder]) if program else []
    for language, needed in ((settings.ocr.lang, True), ("osd", False)):
        purpose = "language data of Tesseract" if needed else "orientation of pages (Tesseract)"
        name = f"tesseract data: {language}"
        missing = f"apt-get install tesseract-ocr-{language}, or {SETUP}"
        yield Check(name, set(language.split("+")) <= set(known), needed, "", purpose, missing)


def _package(name: str, needed: bool, purpose: str) -> Check:
    try:
        version = metadata.version(name)
    except metadata.PackageNotFoundError:
        return Check(name, False, needed, "", purpose, f"pip install {name}, or {SETUP}")
    return Check(name, True, needed, version, purpose)


def _word() -> Iterator[Check]:
    advice = "apt-get install antiword (or libreoffice-writer)"
    programs = [p for p in ("antiword", "soffice", "libreoffice") if shutil.which(p)]
    yield Check("antiword or LibreOffice", bool(programs), False, ", ".join(programs), "legacy DOC files", advice)


def _tables() -> Iterator[Check]:
    folder = Path(__file__).resolve().parents[1] / "data"
    names = [p.name for p in folder.glob("*.t[so][vm]*")] if folder.is_dir() else []
    advice = "install docparse again: its docparse/data is not there"
    yield Check("knowledge tables", bool(names), True, f"{len(names)} tables", "types, organs, patterns", advice)


def _model(role: str, purpose: str) -> Check:
    folder = weights_folder(role)
    advice = f"docparse train {role}; without it such values stay empty"
    return Check(f"model: {role}", folder is not None, False, folder.name if folder else "", purpose, advice)


def _lines(command: Sequence[str | None]) -> list[str]:
    words = [word for word in command if word]
    try:
        done = subprocess.run(
            words, capture_output=True, text=True, timeout=20, check=False, env={**os.environ, "LC_ALL": "C.UTF-8"}
        )
    except (OSError, subprocess.TimeoutExpired):
        return []
    return (done.stdout or done.stderr).splitlines()


def _first_line(command: Sequence[str | None]) -> str:
    return next(iter(_lines(command)), "").strip()
