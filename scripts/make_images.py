#!/usr/bin/env python3
"""Makes docs/images/document-and-record.png: a scan of the corpus with what was found on it, beside its record.

.venv/bin/python scripts/make_images.py
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pypdfium2
from PIL import Image, ImageDraw, ImageFont

import docparse

ROOT = Path(__file__).resolve().parents[1]
DOCUMENT = ROOT / "corpus" / "documents" / "ct-21-tu-hoa-binh-2022-scan.pdf"
OUTPUT = ROOT / "docs" / "images" / "document-and-record.png"
HEIGHT, PANEL, MARGIN = 1180, 1010, 26
COLOURS = {"citations": (52, 120, 246), "bodies": (40, 167, 90), "deadlines": (232, 120, 20)}
PAPER, INK, DIM = (24, 27, 34), (222, 226, 234), (130, 140, 155)


def font(size: int, bold: bool = False) -> ImageFont.FreeTypeFont:
    name = "DejaVuSansMono-Bold.ttf" if bold else "DejaVuSansMono.ttf"
    found = next(Path("/usr/share/fonts").rglob(name), None)
    if found is None:
        raise FileNotFoundError(f"{name} is not installed; run scripts/setup, which installs it")
    return ImageFont.truetype(str(found), size)


def page_picture(record: dict[str, Any]) -> Image.Image:
    """The first page with a coloured veil over each citation, body and deadline."""
    page = pypdfium2.PdfDocument(DOCUMENT)[0]
    scale = HEIGHT / page.get_height()
    picture = page.render(scale=scale).to_pil().convert("RGB")
    veil = Image.new("RGBA", picture.size, (0, 0, 0, 0))
    draw = ImageDraw.Draw(veil)
    for kind, colour in COLOURS.items():
        for found in record[kind]:
            for number, x0, y0, x1, y1 in found.get("boxes", []):
                if number == 1:
                    box = (x0 * scale - 1, y0 * scale - 1, x1 * scale + 1, y1 * scale + 1)
                    draw.rectangle(box, fill=(*colour, 60), outline=(*colour, 190))
    return Image.alpha_composite(picture.convert("RGBA"), veil).convert("RGB")


def excerpt(record: dict[str, Any]) -> dict[str, Any]:
    """The parts of the record that a reader looks for first; `...` stands for what is left out."""
    head, citation = record["header"], record["citations"][0]
    deadlines = record["deadlines"][:2]
    tasks = record["tasks"][:3]
    bodies = [body for body in record["bodies"] if body["task"]]
    target = {key: _short(citation["target"][key], 62) for key in ("id", "type", "number", "date", "issuer", "title")}
    return {
        "schema": record["schema"],
        "id": record["id"],
        "header": {
            "system": head["system"],
            "type": head["type"],
            "number": head["number"],
            "issuer": {"name": head["issuer"]["name"]},
            "place": head["place"],
            "date": head["date"],
            "subject": _short(head["subject"], 58),
        },
        "tasks": [{"path": task["path"], "text": _short(task["text"], 66)} for task in tasks],
        "citations": [{"text": _short(citation["text"], 58), "relation": citation["relation"], "target": target}],
        "deadlines": [{key: deadline[key] for key in ("text", "kind", "value", "op")} for deadline in deadlines],
        "bodies": [{"text": body["text"], "name": body["name"], "role": body["role"]} for body in bodies[1:5]],
        "signature": {key: record["signature"][key] for key in ("capacity", "position", "name")},
    }


def _short(value: str | None, most: int) -> str | None:
    return value if value is None or len(value) <= most else value[:most].rstrip() + "…"


def written(value: Any, indent: int, before: str = "", after: str = "") -> list[str]:
    """JSON with whatever fits on one line on one line."""
    whole = " " * indent + before + json.dumps(value, ensure_ascii=False) + after
    if not isinstance(value, dict | list) or (indent and len(whole) <= 98):
        return [whole]
    opening, closing = "{}" if isinstance(value, dict) else "[]"
    pairs = value.items() if isinstance(value, dict) else ((None, item) for item in value)
    lines = [" " * indent + before + opening]
    for at, (key, item) in enumerate(pairs):
        label = "" if key is None else json.dumps(key) + ": "
        lines += written(item, indent + 2, label, "," if at < len(value) - 1 else "")
    return [*lines, " " * indent + closing + after]


def panel(record: dict[str, Any]) -> Image.Image:
    lines = written(excerpt(record), 0)
    size = min(17, int((HEIGHT - 2 * MARGIN) / (len(lines) + 1) / 1.32))
    picture = Image.new("RGB", (PANEL, HEIGHT), PAPER)
    draw = ImageDraw.Draw(picture)
    plain, bold, y = font(size), font(size, bold=True), float(MARGIN)
    section = ""
    for line in lines:
        key = line.strip().split('"')[1] if line.startswith('  "') else ""
        section = key or section
        colour = COLOURS.get(section, INK)
        draw.text((MARGIN, y), line, font=bold if key else plain, fill=colour if line.strip(" []{},") else DIM)
        y += size * 1.32
    return picture


def main() -> None:
    record = json.loads(docparse.parse(DOCUMENT).record().to_json())
    left, right = page_picture(record), panel(record)
    whole = Image.new("RGB", (left.width + right.width + 3 * MARGIN, HEIGHT + 2 * MARGIN), (236, 238, 242))
    whole.paste(left, (MARGIN, MARGIN))
    whole.paste(right, (left.width + 2 * MARGIN, MARGIN))
    OUTPUT.parent.mkdir(parents=True, exist_ok=True)
    smaller = whole.resize((1440, round(whole.height * 1440 / whole.width)), Image.Resampling.LANCZOS)
    smaller.save(OUTPUT, optimize=True)
    print(OUTPUT)


if __name__ == "__main__":
    main()
