"""One frozen tree of settings: defaults here < `docparse.toml` < `DOCPARSE_OCR__LANG=…` < `--set ocr.lang=…`.

In: a file, the environment and overrides. Out: `Settings`. An unknown key is a `ConfigError` that names
the nearest known one.
"""

from __future__ import annotations

import difflib
import os
import tomllib
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from docparse.errors import ConfigError

PREFIX = "DOCPARSE_"


class _Branch(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class OcrSettings(_Branch):
    """How pages without a good text layer are read."""

    lang: str = Field(default="vie", description="Tesseract language data to use")
    engine: Literal["auto", "tesserocr", "pytesseract"] = Field(
        default="auto", description="binding to Tesseract; auto takes the in-process one where it works"
    )
    dpi: int = Field(default=300, ge=72, le=600, description="resolution at which PDF pages are rendered for OCR")
    page_seconds: float = Field(default=60.0, gt=0, description="CPU time that one page may take before it is given up")
    tessdata: str | None = Field(default=None, description="folder of the language data, where it is not the system's")


class ReadSettings(_Branch):
    """When a PDF page's own text layer is trusted."""

    layer: Literal["auto", "text", "ocr"] = Field(default="auto", description="auto judges each page's text layer")
    min_syllables: float = Field(
        default=0.7, ge=0, le=1, description="share of valid Vietnamese syllables a layer must have"
    )


class LimitSettings(_Branch):
    """What is refused as too large."""

    bytes: int = Field(default=500_000_000, gt=0, description="largest file, in bytes")
    pages: int = Field(default=5_000, gt=0, description="most pages of one file")
    pixels: int = Field(default=200_000_000, gt=0, description="largest image, in pixels")


class RunSettings(_Branch):
    """What one file of many may take."""

    seconds: float = Field(default=900.0, gt=0, description="time that a worker may take for one file")
    memory_mb: int = Field(default=6_000, ge=500, description="address space of a worker, in MB")


class LearnSettings(_Branch):
    """Which trained models help the rules (docs/models.md says what each gains)."""

    lines: Literal["auto", "off"] = Field(
        default="auto", description="the model of lines finds a closing whose formulae are spoiled; auto: where trained"
    )
    bodies: Literal["auto", "off"] = Field(
        default="auto", description="the model of bodies reads worn scans; auto: where trained and the extra is there"
    )


class Settings(_Branch):
    """All options of docparse."""

    ocr: OcrSettings = OcrSettings()
    read: ReadSettings = ReadSettings()
    limits: LimitSettings = LimitSettings()
    learn: LearnSettings = LearnSettings()
    run: RunSettings = RunSettings()

    @classmethod
    def load(
        cls,
        file: Path | None = None,
        environment: Mapping[str, str] | None = None,
        overrides: Iterable[str] = (),
    ) -> Settings:
        """Defaults, then `file` (or the working folder's `docparse.toml`, if any), the environment, `key=value` pairs.

        Raises ConfigError for an unreadable file, an unknown key or a value that does not fit.
        """
        values: dict[str, Any] = {}
        path = file or Path("docparse.toml")
        if path.is_file():
            try:
                _merge(values, tomllib.loads(path.read_text("utf-8")))
            except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
                raise ConfigError(f"{path} is not readable TOML: {error}; correct it or remove it") from error
        elif file is not None:
            raise ConfigError(f"there is no settings file {file}; check the path given with --config")
        for name, text in sorted((os.environ if environment is None else environment).items()):
            if name.startswith(PREFIX) and "__" in name:
                _put(values, name.removeprefix(PREFIX).lower().split("__"), text)
        for pair in overrides:
            key, sign, text = pair.partition("=")
            if not sign:
                raise ConfigError(f"--set takes KEY=VALUE, not {pair!r}; for example --set ocr.lang=vie")
            _put(values, key.strip().split("."), text.strip())
        try:
            return cls.model_validate(values)
        except ValidationError as error:
            raise ConfigError(_explain(error)) from error


def known_keys() -> dict[str, str]:
    """Every setting's dotted key with its description."""
    return {
        f"{branch}.{name}": option.description or ""
        for branch, field in Settings.model_fields.items()
        if isinstance(field.annotation, type) and issubclass(field.annotation, BaseModel)
        for name, option in field.annotation.model_fields.items()
    }


def _merge(into: dict[str, Any], new: Mapping[str, Any]) -> None:
    for key, value in new.items():
        if isinstance(value, dict) and isinstance(into.get(key), dict):
            _merge(into[key], value)
        else:
            into[key] = value


def _put(values: dict[str, Any], path: list[str], text: str) -> None:
    for name in path[:-1]:
        branch = values.setdefault(name, {})
        if not isinstance(branch, dict):
            raise ConfigError(f"{'.'.join(path)} is not a setting; see docs/settings.md")
        values = branch
    values[path[-1]] = text


def _explain(error: ValidationError) -> str:
    first = error.errors()[0]
    key = ".".join(str(part) for part in first["loc"])
    if first["type"] == "extra_forbidden":
        near = difflib.get_close_matches(key, known_keys(), n=1, cutoff=0.5)
        return (
            f"there is no setting {key}; the nearest is {near[0]}"
            if near
            else f"there is no setting {key}; see docs/settings.md"
        )
    return f"the setting {key} cannot be {first.get('input')!r}: {first['msg']}; see docs/settings.md"
