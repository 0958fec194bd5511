"""Rewrites: a symbol as printed and as written in a target go in; each change between them comes out with its rule.

A reader of a record can so undo every repair: separators and spaces, look-alike letters, the bar that Đ lost, codes in
other letters, what a list or an earlier mention completed (DOMAIN 4.1, 11).
"""

from __future__ import annotations

import re
from functools import lru_cache

from docparse.model import Rewrite
from docparse.places import fold

_SEPARATOR = re.compile(r"\s*[-\u2010-\u2015\u2212/\u2044\u2215_]/?\s*")
_SLASHES = "/\u2044\u2215"


@lru_cache(maxsize=8192)
def rewrites(printed: str, written: str) -> tuple[Rewrite, ...]:
    """The changes from `printed` to `written`, in the order in which they were made; none for equal words."""
    if printed == written:
        return ()
    plain = _SEPARATOR.sub(lambda m: "/" if any(c in _SLASHES for c in m[0]) else "-", printed.strip())
    out: list[Rewrite] = []
    if plain != printed:
        out.append(Rewrite(printed, plain, "separator"))
    if written.startswith(plain) and not re.search(r"[^\W\d]", plain):
        return (*out, Rewrite(plain, written, "completed"))  # `18` of `18, 19-NQ/TW`, `Chỉ thị 24`
    old, new = re.split(r"([-/])", plain), re.split(r"([-/])", written)
    if len(old) != len(new):
        return (*out, Rewrite(plain, written, "spelling"))
    for before, after in zip(old, new, strict=True):
        if before != after:
            out.append(Rewrite(before, after, _rule(before, after)))
    return tuple(out)


def _rule(before: str, after: str) -> str:
    if before in "-/":
        return "separator"
    if before.replace("\u00d0", "Đ") == after:
        return "look-alike"  # the Icelandic letter for Đ
    if before.upper() == after.upper():
        return "case"
    if fold(before).upper() == fold(after).upper():
        return "marks"  # QD, ND: the bar of Đ is lost
    if before.rstrip(".") == after:
        return "punctuation"
    return "spelling"
