"""Settings: four sources in their order, unknown keys and values refused with the next step."""

from __future__ import annotations

from pathlib import Path

import pytest

from docparse.errors import ConfigError
from docparse.settings import Settings, known_keys


def test_later_sources_win(tmp_path: Path) -> None:
    file = tmp_path / "docparse.toml"
    file.write_text("[ocr]\nlang = 'vie+eng'\ndpi = 200\n[limits]\npages = 7\n", "utf-8")
    settings = Settings.load(file, {"DOCPARSE_OCR__DPI": "250", "HOME": "/"}, ["ocr.lang=vie"])
    assert (settings.ocr.lang, settings.ocr.dpi, settings.limits.pages) == ("vie", 250, 7)


def test_the_working_folders_file_is_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert Settings.load(environment={}) == Settings()
    (tmp_path / "docparse.toml").write_text("[read]\nlayer = 'ocr'\n", "utf-8")
    assert Settings.load(environment={}).read.layer == "ocr"


@pytest.mark.parametrize(
    ("pair", "words"),
    [
        ("ocr.lan=vie", "the nearest is ocr.lang"),
        ("ocr.dpi=many", "ocr.dpi"),
        ("ocr.dpi=9", "greater than or equal to 72"),
        ("ocr.lang", "KEY=VALUE"),
        ("ocr.lang.code=x", "ocr.lang"),
        ("zebra=1", "docs/settings.md"),
    ],
)
def test_what_does_not_fit_is_refused(pair: str, words: str) -> None:
    with pytest.raises(ConfigError, match=words):
        Settings.load(environment={}, overrides=[pair])


def test_conflicting_depths_are_refused() -> None:
    with pytest.raises(ConfigError):
        Settings.load(environment={}, overrides=["ocr=x", "ocr.lang=vie"])


@pytest.mark.parametrize("content", [b"[ocr", b"\xff\xfe", None])
def test_an_unreadable_file_is_refused(tmp_path: Path, content: bytes | None) -> None:
    file = tmp_path / "settings.toml"
    if content is not None:
        file.write_bytes(content)
    with pytest.raises(ConfigError, match="settings"):
        Settings.load(file, {})


def test_settings_are_frozen() -> None:
    with pytest.raises(ValueError, match="frozen"):
        Settings().ocr.lang = "eng"


def test_every_setting_says_what_it_is_for() -> None:
    assert known_keys()
    assert all(known_keys().values())


def test_every_setting_is_documented_with_its_default() -> None:
    text = (Path(__file__).resolve().parents[2] / "docs" / "settings.md").read_text("utf-8")
    for key, description in known_keys().items():
        branch, name = key.split(".")
        default = getattr(getattr(Settings(), branch), name)
        assert f"| `{key}` | {'–' if default is None else f'`{default}`'} | {description} |" in text
