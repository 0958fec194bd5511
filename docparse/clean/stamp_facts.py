"""Stamps as facts: the pieces of all pages with their roles in, each stamp with its kind, words and places out."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from docparse.clean.pieces import Piece
from docparse.model import ScanPage, Stamp, StampKind
from docparse.tables import Tables

NEAR = 110.0
"""Points from the word ĐẾN within which the other lines of its stamp stand: it is 50 × 35 mm, 142 × 99 points."""
KINDS: tuple[StampKind, ...] = ("urgency", "secrecy", "handling")


def stamps_of(pages: Sequence[Sequence[Piece]], scans: Sequence[ScanPage], tables: Tables) -> tuple[Stamp, ...]:
    """What is stamped on the pages; addresses, typists' marks and e-signatures are none."""
    out: list[Stamp] = []
    for pieces in pages:
        apart = [p for p in pieces if p.role == "stamp" and p.text.strip()]
        if apart:
            out.extend(_on_page(apart, tables))
    return tuple(out)


def _on_page(apart: list[Piece], tables: Tables) -> Iterator[Stamp]:
    rules = tables.rules("stamps")
    taken: set[int] = set()
    copy = next((i for i, p in enumerate(apart) if rules["copy"].pattern.fullmatch(p.text)), None)
    if copy is not None:
        lines = [p for p in apart if p is apart[copy] or _below(p, apart[copy])]
        taken |= {id(p) for p in lines}
        yield _stamp("copy", lines)
    arrived = next((p for p in apart if id(p) not in taken and rules["arrived"].pattern.fullmatch(p.text)), None)
    if arrived is not None:
        others = [p for p in apart if id(p) not in taken and _beside(p, arrived)]
        taken |= {id(p) for p in others}
        yield _stamp("arrival", others)
    for piece in apart:
        kind = next((k for k in KINDS if rules[k].pattern.fullmatch(piece.text)), None)
        if kind is not None and id(piece) not in taken:
            yield _stamp(kind, [piece])


def _below(piece: Piece, head: Piece) -> bool:
    return piece.box is None or head.box is None or piece.box.bottom >= head.box.top - 2


def _beside(piece: Piece, anchor: Piece) -> bool:
    a, b = piece.box, anchor.box
    if a is None or b is None:
        return piece is anchor
    return abs(a.top - b.top) < NEAR / 2 and a.x0 < b.x1 + NEAR and a.x1 > b.x0 - NEAR / 2


def _stamp(kind: StampKind, lines: Sequence[Piece]) -> Stamp:
    sure = [p.line.confidence for p in lines if p.line.confidence is not None]
    return Stamp(
        kind,
        "\n".join(p.text.strip(" |*_.") for p in lines),
        tuple((p.page, p.box) for p in lines if p.box is not None),
        sum(sure) / len(sure) if sure else None,
    )
