"""Where the paragraph of a position begins: looked for within a reach, so endless lines cost no more."""

from __future__ import annotations

_REACH = 5_000
"""Characters: no clause of a document is longer."""


def line_start(text: str, at: int, reach: int = _REACH) -> int:
    """The start of the paragraph around `at`, or the position `reach` before it."""
    low = max(0, at - reach)
    found = text.rfind("\n", low, at)
    return found + 1 if found >= 0 else low
