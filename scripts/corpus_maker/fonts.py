"""Fonts with every Vietnamese letter, from Debian's packages: a family's name in, its four registered faces out."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont

ROOTS = (Path("/usr/share/fonts"), Path("/usr/local/share/fonts"))
# fonts-croscore, fonts-freefont-ttf, fonts-dejavu-extra
FILES = {
    "Tinos": ("Tinos-Regular", "Tinos-Bold", "Tinos-Italic", "Tinos-BoldItalic"),
    "FreeSerif": ("FreeSerif", "FreeSerifBold", "FreeSerifItalic", "FreeSerifBoldItalic"),
    "DejaVuSerif": ("DejaVuSerif", "DejaVuSerif-Bold", "DejaVuSerif-Italic", "DejaVuSerif-BoldItalic"),
    "Arimo": ("Arimo-Regular", "Arimo-Bold", "Arimo-Italic", "Arimo-BoldItalic"),
}


@dataclass(frozen=True, slots=True)
class Family:
    """Names of the faces as reportlab knows them."""

    regular: str
    bold: str
    italic: str
    bold_italic: str


def missing_families() -> list[str]:
    return [name for name, faces in FILES.items() if any(_find(face) is None for face in faces)]


def family(name: str) -> Family:
    """Raises FileNotFoundError that says which package scripts/setup installs for it."""
    for face in FILES[name]:
        path = _find(face)
        if path is None:
            raise FileNotFoundError(f"{face}.ttf is not installed; run scripts/setup, which installs it")
        if face not in pdfmetrics.getRegisteredFontNames():
            pdfmetrics.registerFont(TTFont(face, str(path)))
    regular, bold, italic, bold_italic = FILES[name]
    pdfmetrics.registerFontFamily(regular, normal=regular, bold=bold, italic=italic, boldItalic=bold_italic)
    return Family(regular, bold, italic, bold_italic)


def _find(face: str) -> Path | None:
    return next((path for root in ROOTS for path in sorted(root.rglob(face + ".ttf"))), None)
