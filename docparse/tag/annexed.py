"""Documents issued by another: `Quy chế … ban hành kèm theo Quyết định số …`, and those that the document at hand
issues.

An annexed document is a target of its own with its own type and name and the number, date and issuer of the issuing
one; its mention ends before `ban hành kèm theo` (CONTRACT, Citations; Nghị định 30/2020/NĐ-CP Annex I, văn bản kèm
theo).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache

from docparse.alternatives import AT_WORD
from docparse.tag.line_start import line_start
from docparse.tag.mention import Mention
from docparse.tag.type_words import alternation, type_word

_ISSUED = re.compile(
    r"[,(]?\s*(?:đã\s+)?(?:được\s+)?(?:ban hành\s+(?:kèm\s+)?(?:theo|tại|bởi)|kèm theo|ban hành bằng)\s+\Z",
    re.IGNORECASE,
)
_BY = re.compile(r"\s+(?:theo|tại|(?:được\s+)?(?:phê duyệt|quy định)\s+(?:tại|theo|kèm theo|bởi))\s+\Z")
_NO_NAME = re.compile(r"(?<!\w)(?:này|được|thì|phải|Phụ lục|đã|có thẩm quyền)(?!\w)|[:\n]")
_SELF = re.compile(
    r"(?:[Bb]an hành|[Pp]hê duyệt|BAN HÀNH|PHÊ DUYỆT)\s+(?:(?:kèm theo\s+(?:[Qq]uyết định|[Tt]hông tư"
    r"|[Nn]ghị định|[Nn]ghị quyết|[Cc]hỉ thị)\s+này|kèm theo)\s*:?\s+)?(?:bản\s+|nội dung\s+)?[\u201c\"]?"
)
_ENDS = re.compile(
    r"[.;:\n]|,\s*(?:gồm|bao gồm|với|kèm|như)|\s+\((?:sau đây|kèm|có|gọi|theo)|\s+(?:ban hành kèm theo"
    r"|kèm theo|với các nội dung|như sau|gồm|thay thế|\(sau)|\s+\((?=Địa chỉ)|\s+của\s+(?:Quyết định"
    r"|Thông tư)\s+này"
)
_LEADS_ON = re.compile(
    r"(?:thực hiện|triển khai|thi hành|điều của|sửa đổi|bổ sung|ban hành|theo|điểm của|phê duyệt|thay thế)\s+\Z"
)
_BASE_NAME = re.compile(
    r"(?m)^[-\u2013+*\s]*(?:Căn cứ|Theo)\s+(?P<name>(?P<type>Quy chế|Quy định|Chương trình|Kế hoạch|Đề án"
    r"|Nội quy|Quy trình)[ ][^;.\n\d]{8,240}?(?:nhiệm kỳ\s+\d{4}\s?[-\u2013]\s?\d{4})?)\s*[;,.]?\s*$"
)


@lru_cache(maxsize=1)
def _named() -> re.Pattern[str]:
    return re.compile(rf"(?P<type>{alternation(named=True, behind=AT_WORD)})(?=\s+\w)")


def find_annexed(text: str, hosts: Sequence[Mention]) -> Iterator[Mention]:
    """The documents that numbered `hosts` (in order) issued, where the text names them just before."""
    floor = 0
    for host in hosts:
        low = max(floor, line_start(text, host.start), host.start - 420)
        if (
            low == line_start(text, host.start)
            and low == host.start - len(text[low : host.start])
            and text[low : low + 1].islower()
        ):
            low = max(
                floor, line_start(text, low - 1), host.start - 420
            )  # a title line broken before `ban hành kèm theo`
        before = text[low : host.start]
        floor = host.end
        issued = _ISSUED.search(before)
        plain = None if issued else _BY.search(before)
        cut = issued or plain
        if cut is None:
            continue
        stretch = before[: cut.start()].rstrip(" ,(")
        name_start = _name_start(stretch, strict=plain is not None)
        if name_start is None:
            continue
        start, word = name_start
        known = type_word(word)
        name = " ".join(stretch[start:].split())
        if known is None or len(name.split()) < 3 or _NO_NAME.search(stretch[start:]):
            continue
        mention = Mention(
            low + start, low + len(stretch), known.code, host.number, host.date, host.issuer, name, host.symbol,
            rule="annexed", confidence=0.85 if issued else 0.6, annex_of=host,
        )  # fmt: skip
        yield mention


def _name_start(stretch: str, strict: bool) -> tuple[int, str] | None:
    """Where the annexed document's name begins in the words before the issuing one, with its type word."""
    clause = max(stretch.rfind(";"), stretch.rfind(". "), stretch.rfind(": ")) + 1
    found = [m for m in _named().finditer(stretch, clause) if m["type"][0].isupper()]
    if not found:
        return None
    if strict:
        last = found[-1]
        words = stretch[last.start() :].split()
        if (
            last["type"] not in {"Đề án", "Quy chế", "Chương trình", "Kế hoạch", "Chiến lược"}
            or len(words) > 22
            or "," in stretch[last.start() :]
        ):
            return None
        return last.start(), last["type"]
    chosen = found[0]
    for match in found[1:]:  # `Kế hoạch thực hiện Quy chế …`: the Quy chế is annexed
        if _LEADS_ON.search(stretch[chosen.end() : match.start()]):
            chosen = match
    return chosen.start(), chosen["type"]


def find_promulgated(text: str, title_end: int, own_type: str | None) -> Iterator[Mention]:
    """The documents that the document at hand issues or approves: in its title, competence line and operative
    articles."""
    if own_type not in {"QĐ", "TT", "NĐ", "NQ"}:
        return
    article = re.compile(r"(?m)^\W*Điều 1\b").search(text)
    last = min(len(text), (article.end() if article else title_end) + 700)
    named = _named()
    for match in _SELF.finditer(text, 0, last):
        at = match.end()
        word = named.match(text, at)
        if word is None:
            continue
        formal = "này" in match[0]
        line = text.rfind("\n", 0, match.start()) + 1
        lead = text[line : match.start()]
        titled = (
            match.start() < title_end or re.search(r"ban hành (?:Quyết định|Thông tư|Nghị định)\s+\Z", lead) is not None
        )
        article_one = re.match(r"\W*Điều [12]\b[\s.:]*\Z", lead) is not None
        if not (formal or ((titled or article_one) and own_type == "QĐ")):
            continue
        if re.match(r"\W*(?:-\s*)?(?:Căn cứ|Theo|Xét)\b", lead):
            continue
        end = _ENDS.search(text, word.end())
        stop = end.start() if end else len(text)
        if titled and match.start() < title_end and end and end[0] == "\n" and text[stop + 1 : stop + 2].islower():
            following = _ENDS.search(text, stop + 1)
            stop = following.start() if following else stop
        name = " ".join(text[at:stop].split()).strip(" \"'\u201c\u201d,")
        known = type_word(word["type"])
        if known is None or len(name.split()) < 4 or len(name) > 600:
            continue
        yield Mention(
            at,
            at + len(text[at:stop].rstrip(' ,"')),
            known.code,
            title=name,
            rule="promulgated",
            confidence=0.85,
            promulgated=True,
        )


def find_bases_by_name(text: str) -> Iterator[Mention]:
    """Bases without a number: a line `Căn cứ Quy chế làm việc của …;`."""
    for match in _BASE_NAME.finditer(text):
        known = type_word(match["type"])
        name = " ".join(match["name"].split())
        if known and not re.search(r"\bnày\b|quy định tại|pháp luật", name):
            yield Mention(
                match.start("name"), match.end("name"), known.code, title=name, rule="base-name", confidence=0.8
            )
