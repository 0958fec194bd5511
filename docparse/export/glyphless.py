"""A font that paints nothing: the characters of a text in, the objects of an embedded PDF font out.

Every character has the same glyph without area, half as wide as the font is high; what it means stands in the map to
Unicode (PDF 32000-1, 9.10.3). An invisible text layer needs no more, and a letter of any script costs two bytes.
"""

from __future__ import annotations

import struct
from collections.abc import Iterable
from dataclasses import dataclass

import pikepdf
from pikepdf import Dictionary, Name

WIDTH = 0.5
"""Advance of every character in sizes of the font."""
_UNITS = 1000
_PER_BLOCK = 100  # entries that one block of a CMap may hold (Adobe Technical Note 5014)


@dataclass(frozen=True, slots=True)
class Font:
    """The font's object in a file, and the two-byte code of each character."""

    reference: pikepdf.Object
    codes: dict[str, int]

    def encoded(self, text: str) -> bytes:
        """The text as the font's codes."""
        return b"".join(struct.pack(">H", self.codes[c]) for c in text)


def embedded(pdf: pikepdf.Pdf, characters: Iterable[str]) -> Font:
    """Put the font into a file for these characters, in the order of their code points."""
    codes = {char: code for code, char in enumerate(sorted(set(characters) | {" "}), 1)}
    data = pikepdf.Stream(pdf, truetype())
    data.Length1 = len(truetype())
    descriptor = pdf.make_indirect(
        Dictionary(
            Type=Name.FontDescriptor,
            FontName=Name("/DocparseGlyphless"),
            Flags=5,  # fixed pitch, symbolic
            FontBBox=[0, 0, int(WIDTH * _UNITS), _UNITS],
            ItalicAngle=0,
            Ascent=_UNITS,
            Descent=0,
            CapHeight=_UNITS,
            StemV=80,
            FontFile2=pdf.make_indirect(data),
        )
    )
    inner = pdf.make_indirect(
        Dictionary(
            Type=Name.Font,
            Subtype=Name.CIDFontType2,
            BaseFont=Name("/DocparseGlyphless"),
            CIDSystemInfo=Dictionary(
                Registry=pikepdf.String("Adobe"), Ordering=pikepdf.String("Identity"), Supplement=0
            ),
            FontDescriptor=descriptor,
            CIDToGIDMap=pdf.make_indirect(pikepdf.Stream(pdf, b"\0\0" + b"\0\1" * len(codes))),
            DW=int(WIDTH * _UNITS),
        )
    )
    outer = pdf.make_indirect(
        Dictionary(
            Type=Name.Font,
            Subtype=Name.Type0,
            BaseFont=Name("/DocparseGlyphless"),
            Encoding=Name("/Identity-H"),
            DescendantFonts=[inner],
            ToUnicode=pdf.make_indirect(pikepdf.Stream(pdf, to_unicode(codes))),
        )
    )
    return Font(outer, codes)


def to_unicode(codes: dict[str, int]) -> bytes:
    """The CMap from codes to Unicode."""
    rows = [f"<{code:04X}> <{char.encode('utf-16-be').hex().upper()}>" for char, code in codes.items()]
    blocks = [rows[at : at + _PER_BLOCK] for at in range(0, len(rows), _PER_BLOCK)]
    body = "\n".join(f"{len(block)} beginbfchar\n" + "\n".join(block) + "\nendbfchar" for block in blocks)
    return (
        "/CIDInit /ProcSet findresource begin\n12 dict begin\nbegincmap\n"
        "/CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def\n"
        "/CMapName /Adobe-Identity-UCS def\n/CMapType 2 def\n"
        "1 begincodespacerange\n<0000> <FFFF>\nendcodespacerange\n"
        f"{body}\nendcmap\nCMapName currentdict /CMap defineresource pop\nend\nend\n"
    ).encode("ascii")


def truetype() -> bytes:
    """A whole TrueType file with an empty glyph and one without area (the tables that an embedded font must have)."""
    wide, high = int(WIDTH * _UNITS), _UNITS
    tables = {
        b"cmap": struct.pack(">HHHHI", 0, 1, 3, 0, 12)
        + struct.pack(">HHHHHHHHHHHHH", 4, 24, 0, 2, 2, 0, 0, 0xFFFF, 0, 0xFFFF, 1, 0, 0)[:24],
        # a line from corner to corner: no area to paint, but readers that measure glyphs find the letter's box
        b"glyf": struct.pack(">hhhhhHHBBhhhh", 1, 0, 0, wide, high, 1, 0, 1, 1, 0, wide, 0, high),
        b"head": struct.pack(
            ">IIIIHHQQhhhhHHhhh", 0x10000, 0x10000, 0, 0x5F0F3CF5, 3, high, 0, 0, 0, 0, wide, high, 0, 6, 2, 0, 0
        ),
        b"hhea": struct.pack(">IhhhHhhhhhhhhhhhH", 0x10000, high, 0, 0, wide, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 2),
        b"hmtx": struct.pack(">HhHh", wide, 0, wide, 0),
        b"loca": struct.pack(">HHH", 0, 0, 12),
        b"maxp": struct.pack(">IHHHHHHHHHHHHHH", 0x10000, 2, 2, 1, 0, 0, 1, *([0] * 8)),
        b"post": struct.pack(">IIhhIIIII", 0x30000, 0, 0, 0, 1, 0, 0, 0, 0),
    }
    offset = 12 + 16 * len(tables)
    directory, body = b"", b""
    for tag, data in sorted(tables.items()):
        padded = data + b"\0" * (-len(data) % 4)
        directory += struct.pack(">4sIII", tag, _checksum(padded), offset + len(body), len(data))
        body += padded
    power = 1 << (len(tables).bit_length() - 1)
    header = struct.pack(">IHHHH", 0x10000, len(tables), 16 * power, power.bit_length() - 1, 16 * (len(tables) - power))
    whole = header + directory + body
    adjust = (0xB1B0AFBA - _checksum(whole)) & 0xFFFFFFFF
    at = whole.index(struct.pack(">I", 0x5F0F3CF5)) - 4
    return whole[:at] + struct.pack(">I", adjust) + whole[at + 4 :]


def _checksum(data: bytes) -> int:
    numbers: tuple[int, ...] = struct.unpack(f">{len(data) // 4}I", data)
    return sum(numbers) & 0xFFFFFFFF
