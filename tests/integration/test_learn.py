"""Training twice gives the same bytes, and settings turn the models off."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from docparse.learn.bodies import train_bodies
from docparse.learn.lines import train_lines
from docparse.pipeline import stages
from docparse.settings import Settings

ORGANS = ("Sở Nội vụ", "Sở Tài chính", "Sở Y tế", "Sở Xây dựng", "Thanh tra tỉnh", "Sở Tư pháp")


@pytest.fixture
def gold(tmp_path: Path) -> Path:
    folder = tmp_path / "gold"
    folder.mkdir()
    for n, organ in enumerate(ORGANS):
        (folder / f"d{n}.txt").write_text(
            f"UBND TỈNH A\nSố: {n + 3}/CT-UBND\nA, ngày 0{n + 1} tháng 3 năm 2024\n\nCHỈ THỊ\nVề việc thử\n\n"
            f"1. Giao {organ} chủ trì kiểm tra.\n2. Các sở báo cáo {organ}.\n\n"
            "Nơi nhận:\n- Như trên;\n- Lưu: VT.\n\nTM. ỦY BAN NHÂN DÂN\nCHỦ TỊCH\n\nNguyễn Văn An\n",
            "utf-8",
        )
        wanted = {
            "scored": ["kind", "header", "recipients", "tasks", "bodies", "signature"],
            "kind": "official",
            "header": {"number": f"{n + 3}/CT-UBND"},
            "recipients": ["Như trên;", "Lưu: VT."],
            "signature": {"capacity": "TM", "position": "CHỦ TỊCH", "name": "Nguyễn Văn An"},
            "tasks": [{"path": [str(i)], "starts": "", "ends": ""} for i in (1, 2)],
            "bodies": [
                {"text": organ, "role": "lead", "task": ["1"]},
                {"text": "Các sở", "role": "lead", "task": ["2"]},
                {"text": organ, "role": "report_to", "task": ["2"]},
            ],
        }
        (folder / f"d{n}.gold.json").write_text(json.dumps(wanted), "utf-8")
    return folder


def same(one: Path, other: Path) -> bool:
    names = sorted(p.name for p in one.iterdir())
    return names == sorted(p.name for p in other.iterdir()) and all(
        (one / name).read_bytes() == (other / name).read_bytes() for name in names
    )


def test_lines_train_to_the_same_bytes(tmp_path: Path, gold: Path) -> None:
    assert same(*(train_lines(tmp_path / name, "1", [gold]) for name in "ab"))


def test_bodies_train_to_the_same_bytes(tmp_path: Path, gold: Path) -> None:
    pytest.importorskip("pycrfsuite")
    pytest.importorskip("underthesea")
    assert same(*(train_bodies(tmp_path / name, "1", [gold]) for name in "ab"))


def test_settings_turn_the_models_off() -> None:
    off = Settings.model_validate({"learn": {"lines": "off", "bodies": "off"}})
    names = [stage.name for stage in stages(Settings())]
    assert {"lines", "bodies-model"} <= set(names)
    assert [stage.name for stage in stages(off)] == [n for n in names if n not in {"lines", "bodies-model"}]
