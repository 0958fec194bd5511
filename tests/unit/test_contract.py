"""docs/contract.md names every key of a record."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any, get_args, get_origin

from pydantic import BaseModel

from docparse.record import Record

TEXT = (Path(__file__).resolve().parents[2] / "docs" / "contract.md").read_text("utf-8")
SHARED_KEYS = {"id", "text", "span", "boxes", "task", "confidence", "rule"}
"""Keys that the page explains once for all kinds of claims."""


def models(annotation: Any) -> Iterator[type[BaseModel]]:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        yield annotation
    for part in get_args(annotation):
        yield from models(part)


def keys(model: type[BaseModel], prefix: str = "") -> Iterator[str]:
    for name, field in model.model_fields.items():
        inner = [found for found in models(field.annotation) if found is not model]
        origin = get_origin(field.annotation)
        listed = origin is list and any(True for _ in models(field.annotation))
        tail = "[]" if listed else ".*" if origin is dict else ""
        key = f"{prefix}{field.alias or name}"
        yield key + tail.replace(".*", "")
        for found in inner:
            yield from keys(found, f"{key}{tail}.")


def test_every_key_has_its_row() -> None:
    rows = set(re.findall(r"^\| `([^`]+)` \|", TEXT, re.M))
    needed = {
        key
        for key in keys(Record)
        if key.rpartition(".")[2] not in SHARED_KEYS or key.startswith(("tasks", "header")) or "." not in key
    }
    needed = {key for key in needed if not key.startswith("signatures[].")}
    assert needed - rows == set()
    assert {row for row in rows if row not in set(keys(Record))} == set()
