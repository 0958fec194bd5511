"""Pictures of what warnings name."""

from __future__ import annotations

import io
import json
from pathlib import Path

from PIL import Image

from docparse.run.batch import Done
from docparse.run.crops import MARGIN, Crops
from docparse.run.inputs import Job
from docparse.run.summary import Summary


def test_a_warning_with_a_place_gets_its_picture(tmp_path: Path) -> None:
    page = Image.new("L", (1240, 1754), 255)  # A4 at 150 dots per inch
    page.paste(0, (300, 200, 340, 240))
    stream = io.BytesIO()
    page.save(stream, "PNG")
    record = {
        "source": {"pages": [{"number": 1, "width": 595.2, "height": 841.9}]},
        "warnings": [
            {"code": "unread_day", "message": "…", "page": 1, "box": [1, 144.0, 96.0, 163.2, 115.2]},
            {"code": "doubtful_page", "message": "…", "page": 1, "box": None},
            {"code": "unread_number", "message": "…", "page": 2, "box": [2, 1, 1, 9, 9]},
        ],
    }
    summary = Summary.__new__(Summary)
    kept = Crops(tmp_path / "crops", [Job("a/scan.png", stream.getvalue())]).keep(
        Done("a/scan.png", json.dumps(record), summary)
    )
    assert [p.name for p in kept] == ["scan.p1.unread_day.png"]
    with Image.open(kept[0]) as cut:
        assert abs(cut.width - (19.2 + 2 * MARGIN) * 150 / 72) < 2
        assert cut.getpixel((cut.width // 2, cut.height // 2)) == (0, 0, 0)
        assert cut.getpixel((2, 2)) == (255, 255, 255)
