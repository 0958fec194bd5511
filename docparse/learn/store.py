"""Keeping a trained model: arrays and a card in, a folder under `models/<role>/<version>` out."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np


def save(models: Path, role: str, version: str, arrays: Mapping[str, Any], card: Mapping[str, object]) -> Path:
    """Write weights and card, and put the version in use. The same arrays and card give the same bytes."""
    folder = models / role / version
    folder.mkdir(parents=True, exist_ok=True)
    np.savez(folder / "weights.npz", **{k: arrays[k] for k in sorted(arrays)})
    lines = [f"{key} = {json.dumps(value, ensure_ascii=False)}" for key, value in card.items()]
    (folder / "card.toml").write_text("\n".join(lines) + "\n", "utf-8")
    _use(models / "current.toml", role, version)
    return folder


def _use(table: Path, role: str, version: str) -> None:
    lines = table.read_text("utf-8").splitlines() if table.is_file() else []
    kept = [line for line in lines if not line.startswith(f"{role} ")]
    table.write_text("\n".join([*kept, f'{role} = "{version}"']) + "\n", "utf-8")
