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

# Of other designs, for the scan laboratory alone: no sample document is set in them and nothing was tuned on them.
# fonts-sil-gentiumplus, fonts-sil-charis, fonts-noto-core; scripts/setup does not install them.
HELD_OUT = {
    "GentiumPlus": ("GentiumPlus-Regular", "GentiumPlus-Bold", "GentiumPlus-Italic", "GentiumPlus-BoldItalic"),
    "CharisSIL": ("CharisSIL-Regular", "CharisSIL-Bold", "CharisSIL-Italic", "CharisSIL-BoldItalic"),
    "NotoSerif": ("NotoSerif-Regular", "NotoSerif-Bold", "NotoSerif-Italic", "NotoSerif-BoldItalic"),
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
    """Raises FileNotFoundError that says how to get it."""
    faces = {**FILES, **HELD_OUT}[name]
    for face in faces:
        path = _find(face)
        if path is None:
            how = "run scripts/setup, which installs it"
            if name in HELD_OUT:
                how = "apt-get install fonts-sil-gentiumplus fonts-sil-charis fonts-noto-core"
            raise FileNotFoundError(f"{face}.ttf is not installed; {how}")
        if face not in pdfmetrics.getRegisteredFontNames():
            pdfmetrics.registerFont(TTFont(face, str(path)))
    regular, bold, italic, bold_italic = faces
    pdfmetrics.registerFontFamily(regular, normal=regular, bold=bold, italic=italic, boldItalic=bold_italic)
    return Family(regular, bold, italic, bold_italic)


def _find(face: str) -> Path | None:
    return next((path for root in ROOTS for path in sorted(root.rglob(face + ".ttf"))), None)
