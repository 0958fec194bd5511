"""Invented English case law: a size in bytes in, a text of opinions that cite reporters, statutes and short forms out.

No case, party or court of it exists; reporters are named, since a tokenizer knows them by their abbreviations.
"""

from __future__ import annotations

import random

_NAMES = (
    "Alder", "Birch", "Corran", "Dunmore", "Ellwick", "Farrow", "Garland", "Hollis", "Ingram", "Jarvis", "Kestrel",
    "Lorimer", "Marlow", "Norwood", "Ormond", "Penrose", "Quill", "Radley", "Selwyn", "Thorne", "Upton", "Vance",
)  # fmt: skip
_SUFFIXES = ("", " Mills, Inc.", " Freight Co.", " County", " Water District", " Holdings LLC")
_REPORTERS = ("U.S.", "F.2d", "F.3d", "F. Supp. 2d", "S. Ct.", "Cal. 4th", "N.E.2d", "P.3d", "So. 2d", "A.2d")
_COURTS = ("", "2d Cir. ", "9th Cir. ", "N.D. Cal. ", "S.D.N.Y. ", "Cal. ")
_FILLER = (
    "The record does not show that the notice was received before the hearing.",
    "The parties agree that the contract was signed and that the goods were never delivered.",
    "We review the grant of summary judgment de novo and the findings of fact for clear error.",
    "The trial court weighed the evidence and found the witness credible on every point at issue.",
    "Nothing in the language of the provision suggests that the legislature meant to go so far.",
    "The appellant argues that the delay was excusable, but she offers no authority for the claim.",
)


DENSE, PUBLISHED = 0.42, 0.08
"""The share of sentences that cite: a brief crowded with authorities, and about one citation in 1,000 characters, as
opinions that courts publish have."""


def opinions(size: int, seed: int = 7, share: float = PUBLISHED) -> str:
    """At least `size` bytes of opinions of which a `share` of the sentences cites; the same for the same arguments."""
    draw = random.Random(seed)
    parts: list[str] = []
    length = 0
    while length < size:
        paragraph = " ".join(_sentence(draw, share) for _ in range(draw.randint(4, 8)))
        parts.append(paragraph)
        length += len(paragraph) + 1
    return "\n".join(parts)


def _sentence(draw: random.Random, share: float) -> str:
    volume, page, year = draw.randint(1, 600), draw.randint(1, 1400), draw.randint(1935, 2019)
    one, other = draw.choice(_NAMES) + draw.choice(_SUFFIXES), draw.choice(_NAMES)
    reporter = draw.choice(_REPORTERS)
    kind = draw.random() / share
    if kind < 0.72:
        return f"See {one} v. {other}, {volume} {reporter} {page}, {page + 4} ({draw.choice(_COURTS)}{year})."
    if kind < 0.86:
        return f"The same rule was followed in {other}, {volume} {reporter} at {page + 2}. Id. at {page + 3}."
    if kind < 1:
        return (
            f"Relief lies under {draw.randint(5, 42)} U.S.C. § {draw.randint(100, 2400)}, as the district court held."
        )
    return draw.choice(_FILLER)
