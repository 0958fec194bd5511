"""Documents cited by type word and name, with neither number nor date: the text goes in, mentions come out.

Only where the words tell that a document of its own is meant: the name ends with its central issuer (`Quy chế bầu cử
trong Đảng của Ban Chấp hành Trung ương`), or an implementing verb governs a long name. Generic instruments (`Quy chế
dân chủ ở cơ sở`) are none.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from docparse.tables import Tables
from docparse.tag.mention import Mention
from docparse.tag.type_words import type_word

_NAMED = re.compile(
    r"(?<!\w)(?P<type>Quy chế|Quy định|Đề án|Chiến lược|Chương trình)\s+"
    r"(?P<name>[^.;:,()\d\n\u201c\u201d]{8,120}?)\s+\Z"
)
_NO_NAME = re.compile(r"(?:này|của|tại|về việc thi hành|số)\b")
_TITLE = 14
"""Words: a name so long is a title; shorter ones describe (`thực hiện Quy chế phối hợp với công an`)."""


def find_named_documents(text: str, norm: bool = False) -> Iterator[Mention]:
    """Documents identified by type word and name; in a `norm` what a verb governs is a rule to be made."""
    rules = Tables.default().rules("named_documents")
    cuts, generic = rules["cut"].pattern, rules["generic"].pattern
    for centre in rules["of-centre"].pattern.finditer(text):
        low = max(centre.start() - 150, text.rfind("\n", 0, centre.start()) + 1)
        named = _NAMED.search(text[low : centre.start()])
        if named is None or generic.search(named["name"]) or _NO_NAME.match(named["name"]):
            continue
        yield _mention(text, low + named.start(), centre.end(), named["type"], centre["who"], "name-of-issuer", 0.7)
    for match in () if norm else rules["governed"].pattern.finditer(text):
        cut = cuts.search(text, match.start("name"), match.end("name"))
        end = cut.start() if cut else match.end("name")
        name = text[match.start("name") : end].rstrip(" ,")
        if _TITLE <= len(name.split()) <= 48 and not generic.search(name):
            stop = match.start("name") + len(name)
            yield _mention(text, match.start("type"), stop, match["type"], None, "governed-name", 0.55)


def _mention(text: str, start: int, end: int, word: str, issuer: str | None, rule: str, confidence: float) -> Mention:
    known = type_word(word)
    title = " ".join(text[start:end].split())
    return Mention(
        start, end, known.code if known else None, issuer=issuer, title=title, rule=rule, confidence=confidence
    )
