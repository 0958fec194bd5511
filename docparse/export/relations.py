"""How relations look in pictures: a relation goes in; its Vietnamese name, colours and strokes come out."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True)
class Look:
    """A relation's name as the citing document says it, its colours on light and dark paper, its dashes and width."""

    name: str
    light: str
    dark: str
    dash: str = ""
    width: float = 1.6


LOOKS: Final[Mapping[str, Look]] = {
    "based_on": Look("căn cứ", "#1d5fbf", "#7fb2ff"),
    "implements": Look("thực hiện", "#1b7f4b", "#6fd3a0"),
    "guides": Look("hướng dẫn", "#0f7f8c", "#66cfdb", "7 3"),
    "promulgates": Look("ban hành kèm theo", "#3f51b5", "#a3b0ff", "2 2", 2.2),
    "amends": Look("sửa đổi, bổ sung", "#c05a00", "#ffb066"),
    "replaces": Look("thay thế", "#b3261e", "#ff8a80", "", 2.6),
    "repeals": Look("bãi bỏ", "#b3261e", "#ff8a80", "7 4", 2.6),
    "corrects": Look("đính chính", "#c05a00", "#ffb066", "2 3"),
    "consolidates": Look("hợp nhất", "#7b3fa0", "#d3a3f2"),
    "extends": Look("gia hạn", "#8a6d00", "#e6cc66", "10 3"),
    "reports_on": Look("báo cáo về", "#8d4b66", "#eba9c4", "8 3 2 3"),
    "replies_to": Look("trả lời", "#8d4b66", "#eba9c4", "4 3"),
    "copies": Look("sao gửi", "#5f6368", "#b5bac0", "1 3", 2.2),
    "cites": Look("dẫn chiếu", "#5f6368", "#b5bac0", "5 4", 1.2),
}
"""In the order of a legend; ends and changes are the strong ones."""
