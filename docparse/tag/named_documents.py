"""Documents cited by type word and name, with neither number nor date: the text goes in, mentions come out.

Only where the words tell that a document of its own is meant: the name ends with its central issuer (`Quy chế bầu cử
trong Đảng của Ban Chấp hành Trung ương`), or an implementing verb governs a long name. Generic instruments (`Quy chế
dân chủ ở cơ sở`) are none.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from docparse.tag.mention import Mention
from docparse.tag.type_words import type_word

_OF_CENTRE = re.compile(
    r"của\s+(?P<who>Ban Chấp hành Trung ương(?: Đảng)?|Bộ Chính trị|Ban Bí thư|Thủ tướng Chính phủ|Quốc hội)"
    r"(?:\s+kh(?:óa|oá)\s+[IVX]+)?(?=\s*(?:[.,;:)\n]|và\s|để\s|về\s))"
)
_NAMED = re.compile(
    r"(?<!\w)(?P<type>Quy chế|Quy định|Đề án|Chiến lược|Chương trình)\s+"
    r"(?P<name>[^.;:,()\d\n\u201c\u201d]{8,120}?)\s+\Z"
)
_GOVERNED = re.compile(
    r"[Tt](?<!\w.)(?:hực hiện|riển khai|riển khai thực hiện)(?:\s+(?:nghiêm túc|nghiêm|tốt"
    r"|có hiệu quả|hiệu quả|đầy đủ|đồng bộ|các)){0,2}\s+"
    r"(?P<type>Quy chế|Quy định|Đề án)\s+(?P<name>[a-zđ][^.;:()\d\n\u201c\u201d]{30,260})(?=[.;(\n])"
)
_NO_NAME = re.compile(r"(?:này|của|tại|về việc thi hành|số)\b")
_TITLE = 14
"""Words: a name so long is a title; shorter ones describe (`thực hiện Quy chế phối hợp với công an`)."""
_CUT = re.compile(
    r",\s+(?:gắn|góp|nhằm|bảo đảm|đảm bảo|đồng thời|trong đó|tạo|tăng cường|nâng cao|phấn đấu|chú trọng"
    r"|kịp thời|qua đó|phù hợp|theo)(?!\w)|\s+(?:được|đã|và các|theo đúng|theo hướng|nhằm|để|gắn với)\s"
)
_NONE = re.compile(
    r"(?<!\w)(?:này|pháp luật|hiện hành|nêu trên|dân chủ ở cơ sở|của Đảng|cấp trên|cấp có thẩm quyền|của "
    r"(?:Nhà nước|ngành|cơ quan|đơn vị))(?!\w)"
)


def find_named_documents(text: str, norm: bool = False) -> Iterator[Mention]:
    """Documents identified by type word and name; in a `norm` what a verb governs is a rule to be made."""
    for centre in _OF_CENTRE.finditer(text):
        low = max(centre.start() - 150, text.rfind("\n", 0, centre.start()) + 1)
        named = _NAMED.search(text[low : centre.start()])
        if named is None or _NONE.search(named["name"]) or _NO_NAME.match(named["name"]):
            continue
        yield _mention(text, low + named.start(), centre.end(), named["type"], centre["who"], "name-of-issuer", 0.7)
    for match in () if norm else _GOVERNED.finditer(text):
        cut = _CUT.search(text, match.start("name"), match.end("name"))
        end = cut.start() if cut else match.end("name")
        name = text[match.start("name") : end].rstrip(" ,")
        if _TITLE <= len(name.split()) <= 48 and not _NONE.search(name):
            stop = match.start("name") + len(name)
            yield _mention(text, match.start("type"), stop, match["type"], None, "governed-name", 0.55)


def _mention(text: str, start: int, end: int, word: str, issuer: str | None, rule: str, confidence: float) -> Mention:
    known = type_word(word)
    title = " ".join(text[start:end].split())
    return Mention(
        start, end, known.code if known else None, issuer=issuer, title=title, rule=rule, confidence=confidence
    )
