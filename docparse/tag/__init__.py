"""Tagging: citations with targets and relations, deadlines, bodies, and the ids of what is cited."""

from __future__ import annotations

from docparse.stage import Stage, tagger
from docparse.tag import bodies, body_choice, checks, citations, confidence, deadlines, naming

STAGES: tuple[Stage, ...] = (
    tagger("citations", citations.find_citations, needs=["header", "tasks"], gives=["citations"]),
    tagger("deadlines", deadlines.find_deadlines, needs=["header", "tasks", "citations"], gives=["deadlines"]),
    tagger("bodies", bodies.find_bodies, needs=["header", "tasks", "citations"], gives=["bodies"]),
    Stage("bodies-model", body_choice.sharpen, needs=frozenset({"header", "tasks", "bodies"})),
    Stage("identity", naming.name_documents, needs=frozenset({"header", "citations"}), gives=frozenset({"ids"})),
    tagger("checks", checks.find_doubts, needs=["header", "citations", "ids"]),
    Stage("confidence", confidence.calibrate, needs=frozenset({"header", "citations", "deadlines", "bodies", "ids"})),
)
