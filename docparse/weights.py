"""Which trained model is in use: a role in (`handwriting`), the folder of its weights out, or None when there is none.

`models/current.toml` names a version for each role; the folder is `models/<role>/<version>`. Rules work without models.
"""

from __future__ import annotations

import tomllib
from functools import lru_cache
from pathlib import Path

from docparse.errors import ConfigError

MODELS = Path(__file__).resolve().parent.parent / "models"
"""The models that come with a checkout of docparse."""


@lru_cache(maxsize=16)
def weights_folder(role: str, models: Path = MODELS) -> Path | None:
    """The folder of a role's model in use. Raises ConfigError when `current.toml` names one that is not there."""
    table = models / "current.toml"
    if not table.is_file():
        return None
    version = tomllib.loads(table.read_text("utf-8")).get(role)
    if version is None:
        return None
    folder = models / role / str(version)
    if not folder.is_dir():
        raise ConfigError(f"{table.name} names {role}/{version}, which is missing; run: docparse train {role}")
    return folder
