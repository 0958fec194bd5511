"""Laws, codes and ordinances cited by name: the text goes in, mentions with their names come out.

A name in the register (data/laws.tsv) is taken whole; another runs from its type word to the first word that no law's
name holds. Bills (`dự án Luật …`, `Luật … (sửa đổi)`) are no citations (CONTRACT, Citations).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from docparse.alternatives import AT_WORD, one_of
from docparse.tables import Tables
from docparse.tag.alias_brackets import read_alias
from docparse.tag.dates import read_date, read_year
from docparse.tag.line_start import line_start
from docparse.tag.mention import Mention

_TYPES = ("Bộ luật", "Bộ Luật", "Luật", "Pháp lệnh", "BỘ LUẬT", "LUẬT", "PHÁP LỆNH")
_ANCHOR = re.compile(rf"(?P<type>{one_of(_TYPES, AT_WORD)})[ ]+(?=\w)")
_AMENDING = re.compile(
    r"(?:[Ss]ửa đổi(?:,? bổ sung| và bổ sung)?|SỬA ĐỔI, BỔ SUNG)\s+(?:một số điều|một số nội dung|Điều \d+"
    r"|[^;.\n]{0,60}?)\s*(?:và Phụ lục[^;.\n]{0,60})?\s*của\s+(?:các\s+)?(?=(?:Bộ luật|Bộ Luật|Luật"
    r"|Pháp lệnh|luật|\d+ luật))",
    re.IGNORECASE,
)
_NEXT_LAW = re.compile(r"\s*(?:,|;|,?\s*và)\s+(?=(?:Bộ luật|Luật|Pháp lệnh)\s)")
_WORD = re.compile(r"[^\W_]+(?:[-/&][^\W_]+)*")
_UNNAMED_NEXT = re.compile(
    r"(?:này|đó|trên|nào|khác|sư|gia|học|pháp|lệ|định|số|và|hoặc|của|là|có|thì|năm|cũ|mới)(?!\w)", re.IGNORECASE
)
_DRAFT = re.compile(
    r"(?:dự án|dự thảo|hồ sơ|đề nghị xây dựng|xây dựng|soạn thảo|trình|dự thảo các|dự án các|các dự án"
    r"|Đại học|Khoa|Hội|Công ty|ngành|cử nhân|Trường|Viện|nghề|văn phòng|gọi là|gọi tắt là|gọi chung là"
    r"|viết tắt là)\s*:?\s+\Z",
    re.IGNORECASE,
)
_BILL = re.compile(r"\s*\(\s*(?:sửa đổi|thay thế|mới)(?:,\s*bổ sung)?\s*\)")
_BEFORE_ASSEMBLY = re.compile(
    r"[Tt]rình\s+(?:Chính phủ|Quốc hội|(?:Ủy|Uỷ) ban [Tt]hường vụ Quốc hội)[^.;\n]{0,80}\Z"
    r"|Chương trình xây dựng[^.;\n]{0,60}:?\s+\Z"
)
_JOINT = re.compile(r"\s*(?:[,;]|,?\s*và)\s*(?:(?:các\s+)?dự (?:án|thảo)\s+)?\Z")
_NO_LAW_BEFORE = re.compile(r"(?<!\w)(?:pháp|kỷ|kỉ|quy|qui|giới|định|luân|thi|âm|khoa học|ngành)\s+\Z", re.IGNORECASE)
_ENACTING = re.compile(r"(?:Quốc hội|QUỐC HỘI)\s+ban hành\s+\Z")
_BARE_YEAR = re.compile(r"[ ](?P<y>(?:19|20)\d\d)(?![\w/-]|\s?[-\u2013]\s?\d|[.,]\d)")
_SEVERAL = re.compile(
    r"\d+ luật(?: (?:trong lĩnh vực|có liên quan)(?:(?!\s(?:thì|hoặc|được|đã|có(?! liên)|ngày|số|theo|tại|quy định|này"
    r"|và (?:Luật|Nghị|các|Thông|quy))(?!\w))[^;.,()\n]){0,80})?",
    re.IGNORECASE,
)
_COMPLETE = re.compile(r"\s*(?:[;,.:)\n]|\Z|(?i:số|ngày|năm|và|được|đã)(?!\w)|\()")
_STOP = frozenset({
    "về", "được", "quy", "số", "ngày", "năm", "có", "để", "theo", "đối", "thì", "của", "trong", "tại", "này", "cho",
    "nhằm", "là", "khi", "đã", "như", "từ", "do", "bằng", "hiện", "hoặc", "nếu", "mà", "phải", "bao", "gồm", "cũng",
    "không", "các", "những", "trừ", "trên", "dưới", "với", "qua", "ban", "hành", "đến", "còn", "nay", "nêu", "sẽ",
    "chưa", "đang", "cùng", "hướng", "bảo", "đảm", "vào", "bởi", "việc", "thuộc", "ở",
})  # fmt: skip
_INNER = {
    "của": ("của Hội đồng nhân dân", "của Quốc hội", "của Nhà nước", "của người"),
    "tại": ("tại Việt Nam", "tại ngoại"),
}
_LIST_OF_BILLS = re.compile(r"\b(?:dự án|dự thảo)(?:\s+(?:luật|Luật))?[^.\n]*:\s*\Z")


@dataclass(frozen=True, slots=True)
class Law:
    """A row of the register: `date` ISO or empty."""

    number: str
    name: str
    date: str


def folded(name: str) -> str:
    """A law's name for comparison: lower case, no punctuation, no `(sửa đổi …)`, one spelling of oa/uy is assumed."""
    return " ".join(re.findall(r"\w+", name.lower().replace("uỷ", "ủy").replace("hoá", "hóa")))


@lru_cache(maxsize=1)
def register() -> dict[str, list[Law]]:
    """The register by folded name, each law under its short names too; of one name the oldest first."""
    out: dict[str, list[Law]] = {}
    rows = [row for row in Tables.default().rows("laws") if row["number"]]
    for row in rows:
        law = Law(row["number"], row["name"], row["date"])
        kind = row["name"].split()[0] if not row["name"].startswith("Bộ luật") else "Bộ luật"
        names = [row["name"], *(f"{kind} {a.strip()}" for a in row["aliases"].split(";") if a.strip())]
        for name in names:
            out.setdefault(folded(name), []).append(law)
    for laws in out.values():
        laws.sort(key=lambda law: (law.number.split("/")[1], law.date))
    short = {f"luật {a}": k for a, k in (("bhvbqppl", "luật ban hành văn bản quy phạm pháp luật"),) if k in out}
    for alias, name in short.items():
        out[alias] = out[name]
    for row in rows:  # a short name means every law of that name
        for alias in row["aliases"].split(";"):
            if alias.strip():
                kind = row["name"].split()[0]
                out[folded(f"{kind} {alias}")] = out[folded(row["name"])]
    return out


@lru_cache(maxsize=1)
def _names() -> re.Pattern[str]:
    """The names after the type word, longest first."""
    names: set[str] = set()
    for row in Tables.default().rows("laws"):
        bare = re.sub(r"^(?:Bộ luật|Luật|Pháp lệnh)\s+", "", row["name"])
        if "sửa đổi" not in bare.lower():
            names.update([bare, *(a.strip() for a in row["aliases"].split(";") if a.strip())])
    ordered = sorted(names, key=len, reverse=True)
    return re.compile(
        one_of([re.escape(n.lower()).replace(r"\ ", r"\s+").replace(",", ",?") for n in ordered]) + r"(?!\w)",
        re.IGNORECASE,
    )


def find_laws(text: str, taken: Iterator[tuple[int, int]], programme: bool = False) -> Iterator[Mention]:
    """Laws cited by name outside the `taken` spans (sorted): those of numbered citations; in a legislative
    `programme` a law that stands alone on its line is a bill."""
    spans = iter(taken)
    current = next(spans, None)
    floor = bill = 0
    for match in _ANCHOR.finditer(text):
        start = match.start()
        while current is not None and current[1] <= start:
            current = next(spans, None)
        if start < floor or (current is not None and current[0] <= start):
            continue
        if _UNNAMED_NEXT.match(text, match.end()) and not text.startswith("Luật sư", match.end()):
            continue
        line = line_start(text, start)
        lead = text[max(line, start - 120) : start]
        if _NO_LAW_BEFORE.search(lead[-12:]):
            continue  # the second syllable of `pháp luật`, `kỷ luật`
        drafted = _DRAFT.search(lead[-40:]) or _BEFORE_ASSEMBLY.search(lead)
        if not drafted and bill and bill <= start:
            drafted = _JOINT.match(text[bill:start]) if start - bill < 30 else None
        if _ENACTING.search(lead) and _AMENDING.match(text, match.end()):
            continue  # the amending law is the document at hand
        limit = current[0] if current is not None else len(text)
        end = _name_end(text, match, limit)
        if end is None or (match["type"].isupper() and not _named_in_capitals(text, match.end(), end)):
            continue
        mention = Mention(
            start, end, "PL" if match["type"].lower().startswith("ph") else "L", rule="law-name", confidence=0.9
        )
        mention.title = " ".join(text[start:end].split())
        if amended := _BILL.match(text, end):
            drafted = drafted or amended
            mention.end = amended.end()
        if dated := read_date(text, mention.end):
            mention.end, mention.date = dated
        elif year := read_year(text, mention.end):
            mention.end, mention.date = year
        elif (bare := _BARE_YEAR.match(text, mention.end)) and not drafted:
            mention.end, mention.date = bare.end(), bare["y"]
        if mention.date and len(mention.date) == 4:
            mention.title = " ".join(text[start : mention.end].split())
        if drafted and mention.date is None:
            floor = bill = mention.end
            continue
        if bracket := read_alias(text, mention.end):
            mention.end = bracket[0]
            mention.aliases.extend(bracket[1])
        floor = mention.end
        alone = programme and start - line < 6 and text[mention.end : mention.end + 1] in {"", "\n", ",", " "}
        if mention.date is None and (alone or _in_list_of_bills(text, line, start)):
            bill = mention.end
            continue
        yield mention


def _named_in_capitals(text: str, at: int, end: int) -> bool:
    """Whether capitals after `LUẬT` name a law: a known name, or one that its sentence or line closes.

    A heading in capitals has no small letters to tell where a name would end.
    """
    return _names().match(text, at) is not None or _COMPLETE.match(text, end) is not None


def _in_list_of_bills(text: str, line: int, start: int) -> bool:
    """Whether the item belongs to a list that a line on bills opens (`… đối với 03 dự án:`)."""
    if start - line > 6:
        return False
    opening = text.rfind(":\n", max(0, line - 1600), line)
    if opening < 0 or line - opening > 1500:
        return False
    head = text[max(line_start(text, opening), opening - 400) : opening + 1]
    return bool(_LIST_OF_BILLS.search(head)) or bool(re.search(r"dự án(?: luật)? được[^.\n]*:\Z", head))


def _name_end(text: str, match: re.Match[str], limit: int) -> int | None:
    at = match.end()
    amending = _AMENDING.match(text, at)
    if amending:
        end: int | None = None
        at = amending.end()
        while True:
            several = _SEVERAL.match(text, at)
            if several:
                return several.end()
            inner = _ANCHOR.match(text, at) or re.compile(r"(?P<type>luật)\s+").match(text, at)
            stop = _plain_end(text, inner.end(), limit) if inner else None
            if stop is None:
                return end
            end = stop
            following = _NEXT_LAW.match(text, end)
            if following is None:
                return end
            at = following.end()
    return _plain_end(text, at, limit)


def _plain_end(text: str, at: int, limit: int) -> int | None:
    known = _names().match(text, at)
    if known and known.end() <= limit:
        return known.end()
    first = _WORD.match(text, at)
    if first is None or (first[0].isupper() and first[0].lower() in _STOP):
        return None
    if not first[0][0].isupper():
        dated = re.compile(r"[^;,.:()\n\d]{3,110}?(?=,?\s+(?:ngày\s+\d|năm\s+(?:19|20)\d\d))").match(text, at)
        return dated.end() if dated and len(dated[0].split()) <= 16 else None
    end = at
    for count in range(22):
        word = _WORD.match(text, at)
        if word is None or word.start() >= limit:
            break
        lower = word[0].lower()
        if count and lower in _STOP:
            kept = next((p for p in _INNER.get(lower, ()) if text.startswith(p, at)), None)
            if kept is None:
                if count == 1 and lower == "hành":
                    return None  # `Luật Ban hành …`, which no name of the register goes on
                break
            at = end = at + len(kept)
        elif word[0].isdigit():
            break
        else:
            at = end = word.end()
        gap = re.compile(r"[ ]+(?:-[ ]+)?").match(text, at)
        if gap is None:
            comma = re.compile(r",[ ]+(?=chống\s|[a-zđ]+(?:\s[a-zđ]+){0,3}\s(?:và|trong|ở)\s[a-zđ])").match(text, at)
            if comma is None or not (text[comma.end()].islower()):
                break
            gap = comma
        at = gap.end()
        if text.startswith("và ", at) and not re.compile(r"và [a-zđ]").match(text, at):
            break
        if re.compile(
            r"và (?:các|những|quy|hướng|pháp|văn|theo|điều|được|nghị|thông|không|có|đã|phải|người|tổ chức thực)\b"
        ).match(text, at):
            break
    return end
