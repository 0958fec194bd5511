"""Party, State or mass organisation: letterhead, symbol and closing in, the system by weight of evidence out (DOMAIN.md 1.1)."""

from __future__ import annotations

import re
from collections.abc import Sequence

from docparse.authority import fold, organ_of_code
from docparse.segment.letterhead import Letterhead
from docparse.segment.paragraphs import Paragraph
from docparse.segment.symbols import Symbol
from docparse.spans import Span

_PARTY = re.compile(
    r"\b(?:TINH UY|THANH UY|HUYEN UY|QUAN UY|THI UY|DANG UY|DANG BO|CHI BO|DANG DOAN|BAN CAN SU|BAN BI THU|BO CHINH TRI"
    r"|BAN CHAP HANH TRUNG UONG|QUAN UY TRUNG UONG|TRUNG UONG DANG)\b"
)
_MASS = re.compile(
    r"\b(?:MAT TRAN TO QUOC|MTTQ|LIEN DOAN LAO DONG|HOI (?:LIEN HIEP|NONG DAN|CUU CHIEN BINH|CHU THAP DO|NHA BAO|LUAT GIA)"
    r"|DOAN (?:TNCS|THANH NIEN)|TINH DOAN|THANH DOAN|HUYEN DOAN|CONG DOAN)\b"
)


def system_of(
    head: Letterhead, symbol: Symbol | None, closing: Sequence[Paragraph], text: str
) -> tuple[str | None, Span]:
    """The system with the weightiest evidence and where that stands; None at a draw or without evidence."""
    votes: list[tuple[str, int, Span]] = []
    organs = [p for p in head.of("organ", "subject", "type")]
    mass = next((p for p in organs if p.role == "organ" and _MASS.search(fold(p.text).upper())), None)
    for piece in head.of("nation", "motto"):
        votes.append(("mass_organization" if mass else "state", 5, piece.span))
    for piece in head.of("party"):
        youth = "DOAN" in fold(piece.text).upper()
        votes.append(("mass_organization" if youth else "party", 6, piece.span))
    if mass is not None:
        votes.append(("mass_organization", 6, mass.span))
    for piece in organs:
        if piece.text.isupper() and _PARTY.search(fold(piece.text)):
            votes.append(("party", 3 if piece.role == "organ" else 2, piece.span))
        elif re.match(r"\W*CUA [A-Z ]+", fold(piece.text)) and _PARTY.search(fold(piece.text)):
            votes.append(("party", 3, piece.span))
    number = next((p.span for p in head.of("number")), Span(0, 0))
    if symbol is not None and symbol.organ_code:
        organ = organ_of_code(symbol.organ_code)
        if organ is not None:
            votes.append((organ.world, 3, number))
        votes.append(("party", 5, number) if symbol.party_shape else ("state", 3, number))
    for paragraph in closing:
        folded = fold(paragraph.text)
        if re.match(r"\W*(?:T/M|K/T|T/L)\b", folded):
            votes.append(("party", 3, paragraph.span))
        elif re.match(r"\W*(?:TM|KT|TL|TUQ)\s*\.", folded):
            votes.append(("state", 3, paragraph.span))
            if _MASS.search(folded.upper()):
                votes.append(("mass_organization", 5, paragraph.span))
        elif re.match(r"\W*Luu\s*:\s*VT", folded):
            votes.append(("state", 2, paragraph.span))
        elif re.match(r"\W*Luu\s+(?:Van phong )", folded):
            votes.append(("party", 2, paragraph.span))
        elif re.match(r"\W*(?:(?:PHO )?BI THU|TONG BI THU)\b", folded) and _PARTY is not None:
            votes.append(("party", 2, paragraph.span))
    totals: dict[str, int] = {}
    for name, weight, _ in votes:
        totals[name] = totals.get(name, 0) + weight
    ranked = sorted(totals.items(), key=lambda pair: -pair[1])
    if not ranked or (len(ranked) > 1 and ranked[0][1] == ranked[1][1]):
        return None, Span(0, 0)
    best = ranked[0][0]
    return best, max((v for v in votes if v[0] == best), key=lambda v: v[1])[2]
