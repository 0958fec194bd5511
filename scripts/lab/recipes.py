"""Recipes of wear: a name in, the ranges from which each document's parameters are drawn out.

A range is a number, `(low, high)` for anything between, or a list of which one is taken.
"""

from __future__ import annotations

from dataclasses import fields
from typing import Any

import numpy as np

from lab.wear import Wear

Range = Any
NAMES = tuple(f.name for f in fields(Wear))

RECIPES: dict[str, dict[str, Range]] = {
    # one sheet on a good scanner: the floor of what print and engine give
    "clean": {"dpi": 300},
    # the page that must read at 1.5 % of errors or fewer: 200 dpi, 2 degrees, noise, a stamp
    # where the rules put it, over the signature (Nghị định 30/2020/NĐ-CP, Article 33)
    "target": {
        "dpi": 200, "skew": [-2.0, 2.0], "blur": 2.5, "noise": 12.0, "specks": 0.0008, "jpeg": 60, "shading": 18.0,
        "seal": "signature",
    },
    # the same with a second seal pressed across the text, as on a certified copy
    "stamped": {
        "dpi": 200, "skew": [-2.0, 2.0], "blur": 2.5, "noise": 12.0, "specks": 0.0008, "jpeg": 60, "shading": 18.0,
        "seal": "both",
    },
    # what archives hold
    "mixed": {
        "dpi": [100, 150, 150, 200, 200, 200, 300], "skew": (-3.0, 3.0), "blur": (0.0, 5.0), "noise": (0.0, 28.0),
        "specks": [0.0, 0.0, 0.0005, 0.002, 0.006], "jpeg": [None, 25, 40, 60, 80],
        "bilevel": [None, None, None, None, 150, 185], "shading": [0.0, 15.0, 40.0, 80.0],
        "tint": [0.0, 0.0, 15.0, 45.0], "fade": [0.0, 0.0, 0.2, 0.45], "seal": ["none", "signature", "both", "text"],
        "hand": [False, True], "folds": [0, 0, 0, 1, 2], "photo": [0.0] * 6 + [0.03],
        "turn": [0] * 12 + [90, 180, 270],
    },
    # at and beyond the edge of the legible: every page that is lost must be reported
    "hard": {
        "dpi": [72, 100, 150], "skew": (-9.0, 9.0), "blur": (3.0, 14.0), "noise": (10.0, 70.0),
        "specks": [0.0, 0.004, 0.02, 0.06], "jpeg": [None, 8, 20], "bilevel": [None, 110, 150, 200],
        "shading": (0.0, 150.0), "tint": (0.0, 60.0), "fade": (0.0, 0.85), "seal": ["none", "both"],
        "hand": [False, True], "folds": [0, 1, 3], "photo": [0.0, 0.0, 0.05], "turn": [0, 0, 0, 90, 180, 270],
    },
}  # fmt: skip


def draw(ranges: dict[str, Range], random: np.random.Generator) -> Wear:
    """The parameters of one document, each drawn whether it is used or not, so that one range changes one parameter."""
    values: dict[str, Any] = {}
    for name in NAMES:
        chance = float(random.random())
        if name not in ranges:
            continue
        given = ranges[name]
        if isinstance(given, tuple):
            values[name] = round(given[0] + chance * (given[1] - given[0]), 3)
        elif isinstance(given, list):
            values[name] = given[int(chance * len(given))]
        else:
            values[name] = given
    if values.get("photo"):
        values["bilevel"] = None  # a camera gives greys
    return Wear(**values)


def parsed(text: str) -> tuple[str, Range]:
    """`skew=2`, `dpi=100..300` or `jpeg=none,40,80` as a name and its range; raises ValueError."""
    name, sign, value = text.partition("=")
    if not sign or name not in NAMES:
        raise ValueError(f"{text!r} is none of {', '.join(f'{n}=…' for n in NAMES)}")
    if ".." in value:
        low, high = value.split("..")
        return name, (float(low), float(high))
    options = [_value(name, part) for part in value.split(",")]
    return name, options if len(options) > 1 else options[0]


def _value(name: str, text: str) -> Any:
    default = getattr(Wear(), name)
    if text == "none" and name in ("jpeg", "bilevel"):
        return None
    if isinstance(default, bool):
        return text in ("1", "true", "yes")
    if isinstance(default, str):
        return text
    return int(text) if isinstance(default, int) or default is None else float(text)
