"""Party, State or mass organisation: letterhead, symbol and closing in, the heaviest evidence out (DOMAIN.md 1.1)."""

from __future__ import annotations

import re
from collections.abc import Sequence

from docparse.authority import fold, organ_of_code
from docparse.segment.letterhead import Letterhead
from docparse.segment.paragraphs import Paragraph
from docparse.segment.symbols import Symbol
from docparse.spans import Span
from docparse.tables import Tables


def system_of(
    head: Letterhead, symbol: Symbol | None, closing: Sequence[Paragraph], tables: Tables
) -> tuple[str | None, Span]:
    """The system with the weightiest evidence and where that stands; None at a draw or without evidence."""
    rules = tables.rules("system")
    party, mass_organ = rules["party-organ"].pattern, rules["mass-organ"].pattern
    votes: list[tuple[str, int, Span]] = []
    organs = list(head.of("organ", "subject", "type"))
    mass = next((p for p in organs if p.role == "organ" and mass_organ.search(fold(p.text).upper())), None)
    for piece in head.of("nation", "motto"):
        votes.append(("mass_organization" if mass else "state", 5, piece.span))
    for piece in head.of("party"):
        youth = "DOAN" in fold(piece.text).upper()
        votes.append(("mass_organization" if youth else "party", 6, piece.span))
    if mass is not None:
        votes.append(("mass_organization", 6, mass.span))
    for piece in organs:
        folded = fold(piece.text)
        if (piece.text.isupper() or re.match(r"\W*CUA [A-Z ]+", folded)) and party.search(folded):
            votes.append(("party", 3 if piece.role == "organ" or not piece.text.isupper() else 2, piece.span))
    number = next((p.span for p in head.of("number")), Span(0, 0))
    if symbol is not None and symbol.organ_code:
        organ = organ_of_code(symbol.organ_code)
        if organ is not None:
            votes.append((organ.world, 3, number))
        votes.append(("party", 5, number) if symbol.party_shape else ("state", 3, number))
    weights = {"party-mark": ("party", 3), "state-mark": ("state", 3), "state-archive": ("state", 2)}
    weights |= {"party-archive": ("party", 2), "party-office": ("party", 2)}
    for paragraph in closing:
        folded = fold(paragraph.text).upper()
        for name, (system, weight) in weights.items():
            if rules[name].pattern.match(folded):
                votes.append((system, weight, paragraph.span))
        if rules["state-mark"].pattern.match(folded) and mass_organ.search(folded):
            votes.append(("mass_organization", 5, paragraph.span))
    totals: dict[str, int] = {}
    for name, weight, _ in votes:
        totals[name] = totals.get(name, 0) + weight
    ranked = sorted(totals.items(), key=lambda pair: -pair[1])
    if not ranked or (len(ranked) > 1 and ranked[0][1] == ranked[1][1]):
        return None, Span(0, 0)
    best = ranked[0][0]
    return best, max((v for v in votes if v[0] == best), key=lambda v: v[1])[2]
