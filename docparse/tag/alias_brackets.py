"""Brackets that define a short name: `(sau đây gọi tắt là Quy chế)`, `(Quy chế 456)`; where it ends and which names
it gives."""

from __future__ import annotations

import re
from functools import lru_cache

from docparse.alternatives import AT_WORD
from docparse.tag.type_words import alternation

_INTRODUCED = re.compile(
    r"\s*,?\s*\(\s*(?:sau\s+đây|sau\s+này|dưới\s+đây|từ\s+đây)?\s*,?\s*(?:được\s+)?(?:gọi|viết)\s+(?:tắt"
    r"|chung|là|tắt\s+là)?\s*(?:là|:)?\s*:?\s*"
    r"(?P<name>[^()\n]{2,160})\)",
    re.IGNORECASE,
)


@lru_cache(maxsize=1)
def _plain() -> re.Pattern[str]:
    return re.compile(rf"\s*\((?P<name>(?:{alternation()})\s+(?:số\s+)?\d{{1,4}}[a-z]?)\)")


@lru_cache(maxsize=1)
def _typed() -> re.Pattern[str]:
    return re.compile(rf"{alternation(behind=AT_WORD)}(?!\w)")


def read_alias(text: str, at: int) -> tuple[int, list[str]] | None:
    """The alias bracket that begins at `at`, as (end, names)."""
    if not text.startswith(("(", " (", ", (", "  ("), at):
        return None
    match = _INTRODUCED.match(text, at) or _plain().match(text, at)
    if match is None:
        return None
    if match.re is _INTRODUCED and _typed().search(match["name"]) is None:
        return None  # `(sau đây gọi là Hội đồng)` names an organ
    name = re.sub(r"^(?:là|tắt là)\s+", "", match["name"].strip(" \"'\u201c\u201d.;,"))
    return match.end(), [n.strip(" \"'\u201c\u201d") for n in re.split(r"\s+hoặc\s+(?:là\s+)?", name) if n.strip()]
