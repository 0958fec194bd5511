"""Segmentation: what kind of document it is, its zones, header, outline, tasks and closing."""

from __future__ import annotations

from docparse.segment import closing, header, line_choice, outline, tasks, zones
from docparse.stage import Stage, tagger

STAGES: tuple[Stage, ...] = (
    Stage("zones", zones.mark_zones, gives=frozenset({"zones", "kind"})),
    Stage("lines", line_choice.repair_closing, needs=frozenset({"zones"})),
    tagger("header", header.find_header, needs=["zones"], gives=["header"]),
    tagger("closing", closing.find_closing, needs=["zones"], gives=["closing"]),
    Stage("outline", outline.build_outline, needs=frozenset({"zones"}), gives=frozenset({"sections"})),
    Stage("tasks", tasks.find_tasks, needs=frozenset({"sections", "header"}), gives=frozenset({"tasks"})),
)
