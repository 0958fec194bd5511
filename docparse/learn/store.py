"""Keeping a trained model: arrays or a text and a card in, a folder under `models/<role>/<version>` out."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np


def save(models: Path, role: str, version: str, arrays: Mapping[str, Any], card: Mapping[str, object]) -> Path:
    """Write weights and card, and put the version in use. The same arrays and card give the same bytes."""
    folder = _folder(models, role, version)
    np.savez(folder / "weights.npz", **{k: arrays[k] for k in sorted(arrays)})
    return _carded(models, role, version, card)


def save_text(models: Path, role: str, version: str, name: str, text: str, card: Mapping[str, object]) -> Path:
    """As `save`, for a model that is a small text file a person can read."""
    (_folder(models, role, version) / name).write_text(text, "utf-8")
    return _carded(models, role, version, card)


def save_files(models: Path, role: str, version: str, files: Mapping[str, bytes], card: Mapping[str, object]) -> Path:
    """As `save`, for a model of several files; the card gives each one's SHA-256."""
    folder = _folder(models, role, version)
    for name, data in sorted(files.items()):
        (folder / name).write_bytes(data)
    hashes = {f"sha256_{name.replace('.', '_')}": hashlib.sha256(data).hexdigest() for name, data in files.items()}
    return _carded(models, role, version, {**card, **hashes})


def _folder(models: Path, role: str, version: str) -> Path:
    folder = models / role / version
    folder.mkdir(parents=True, exist_ok=True)
    return folder


def _carded(models: Path, role: str, version: str, card: Mapping[str, object]) -> Path:
    folder = models / role / version
    lines = [f"{key} = {json.dumps(value, ensure_ascii=False)}" for key, value in card.items()]
    (folder / "card.toml").write_text("\n".join(lines) + "\n", "utf-8")
    _use(models / "current.toml", role, version)
    return folder


def _use(table: Path, role: str, version: str) -> None:
    lines = table.read_text("utf-8").splitlines() if table.is_file() else []
    kept = [line for line in lines if not line.startswith(f"{role} ")]
    table.write_text("\n".join([*kept, f'{role} = "{version}"']) + "\n", "utf-8")
