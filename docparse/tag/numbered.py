"""Citations by symbol: each symbol in the text is an anchor around which type word, date, issuer and title are read.

In: the text. Out: mentions with what stands around their symbol, list members with what their list shares.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from docparse.alternatives import AT_WORD, one_of
from docparse.authority import organ_of_code
from docparse.tag.alias_brackets import read_alias
from docparse.tag.dates import read_date, read_year
from docparse.tag.issuers import organ_before, read_issuer, read_organ
from docparse.tag.laws import folded, register
from docparse.tag.line_start import line_start
from docparse.tag.mention import Mention
from docparse.tag.symbols import SYMBOL, Symbol, read_symbol
from docparse.tag.titles import read_title
from docparse.tag.type_words import alternation, type_word

_NUMBER_WORD = re.compile(r"(?<!\w)(?:[Ss][ốôóòổo]|SỐ)\s*[:.,]?\s*\Z")
_LIST_JOINT = re.compile(r"\s*(?:[,;]|,?\s*(?:và|hoặc|cùng)|[,;]\s*và)?\s*(?:các\s+)?\Z")
_LEFT_NUMBERS = re.compile(r"(?P<numbers>(?<![\w/.-])\d{1,4}[a-z]?(?:\s*,\s*\d{1,4}[a-z]?)*)\s*(?:,|và)\s*\Z")
_WINDOW = 130
_BROKEN_HEADING = re.compile(
    r"(?:NGHỊ ĐỊNH|THÔNG TƯ|QUYẾT ĐỊNH|NGHỊ QUYẾT|CHỈ THỊ|LIÊN TỊCH|KẾT LUẬN|LUẬT|PHÁP LỆNH)(?:\s+SỐ)?:?[ ]*\n\Z"
)
_DATE_BEFORE = re.compile(r"[^.;\n]{3,120}?\s(?:ban hành|ký|có|ra)\s+\Z")
_DEFINES = re.compile(r"(?:gọi|viết) (?:tắt )?(?:chung )?là:?\s*\Z")
_NO_DOCUMENT = re.compile(
    r"(?:[Mm]ẫu|MẪU|[Bb]iểu|BIỂU|[Pp]hiếu|[Hh]ợp đồng|[Tt]ài khoản|[Tt]hửa|[Ll]ô|[Pp]hòng|[Đđ]iện thoại"
    r"|QCVN|TCVN|[Gg]iấy chứng nhận|[Mm]ã)\s*\Z"
)
_LAW = re.compile(one_of(("Bộ luật", "Luật", "Pháp lệnh", "BỘ LUẬT", "LUẬT", "PHÁP LỆNH"), AT_WORD) + r"(?!\w)")
_AMENDING_LAW = re.compile(r"(?<!\w)(?:Luật|Pháp lệnh|LUẬT)\s+(?:[Ss]ửa đổi|SỬA ĐỔI|bổ sung)")
_ENACTING = re.compile(r"(?:Quốc hội|QUỐC HỘI)\s+ban hành\s+\Z")
_TO_NUMBER = re.compile(
    r"(?:\s*\([^()\n]{1,60}\))?\s*,?\s*(?:[Ss][ốôóổo]|SỐ)\s*:?\s*\Z|\s*\(\s*(?:Luật\s+)?(?:[Ss]ố\s*)?\Z"
)


def _named_before(named: re.Pattern[str], stem: str, code: str) -> re.Match[str] | None:
    """The type word of `Quy chế làm việc số …`: the last with a capital before the number, where the symbol's own code
    says that type."""
    last: re.Match[str] | None = None
    at = 0
    while (found := named.search(stem, at)) is not None:
        last, at = found, found.start() + 1
    if last is None or not last["type"][0].isupper() or len(last["name"].split()) > 8:
        return None
    known = type_word(last["type"])
    return last if known is not None and known.code == code else None


def _says(head: re.Match[str] | None, code: str) -> bool:
    """Whether the type word before a symbol is that of its only code; decisions and directives of the head of the
    Council of Ministers (1981-1992) bear `CT`."""
    known = type_word(head["type"]) if head else None
    return known is not None and known.code in ({"CT", "QĐ"} if code == "CT" else {code})


@lru_cache(maxsize=1)
def _heads() -> tuple[re.Pattern[str], re.Pattern[str], re.Pattern[str]]:
    words = alternation(behind=AT_WORD)
    direct = re.compile(rf"(?P<type>{words})\s*:?\s*\Z")
    through = re.compile(
        rf"(?P<type>{words})\s+(?P<of>(?:của|do)\s+)?(?P<who>[^;:.\n\d\u201c\u201d]{{2,90}}?)\s*:?\s*\Z"
    )
    named = re.compile(rf"(?P<type>{words})\s+(?P<name>[a-zđ][^;:.,\n\d()\u201c\u201d]{{2,80}}?)\s*:?\s*\Z")
    return direct, through, named


def find_numbered(text: str) -> Iterator[Mention]:
    """All mentions with a symbol, in order; the document's own number is not told apart here."""
    previous: Mention | None = None
    floor = 0
    for match in SYMBOL.finditer(text):
        if match.start() < floor:
            continue
        symbol = read_symbol(match)
        if symbol is None:
            continue
        mention = _around(text, match, symbol, previous, floor)
        if mention is None:
            continue
        shared = list(_left_members(text, mention, floor))
        yield from shared
        yield mention
        previous, floor = mention, mention.end


def _around(text: str, match: re.Match[str], symbol: Symbol, previous: Mention | None, floor: int) -> Mention | None:
    start = match.start()
    line = line_start(text, start)
    if line and _BROKEN_HEADING.search(text, max(0, line - 40), line) and not text[line:start].strip(" SỐố:."):
        line = line_start(text, line - 1)  # a heading in capitals broken before `SỐ` or before the number
    low = max(floor, start - _WINDOW, line)
    before = text[low:start]
    number_word = _NUMBER_WORD.search(before)
    stem = before[: number_word.start()] if number_word else before
    direct, through, named = _heads()
    head = direct.search(stem)
    if _DEFINES.search(stem if head is None else stem[: head.start()]):
        return None  # `(gọi tắt là Nghị định số …)` is part of a definition
    mention = Mention(start, match.end(), symbol.type, symbol.text, symbol=symbol, symbol_at=match.span())
    issuer: str | None = None
    if head is None and (number_word or stem.rstrip().endswith(":")):
        head = through.search(stem)
        # `Công điện của Thủ tướng, Điện số …` are two; `Nghị quyết HĐND tỉnh số …` has the organ without `của`
        if head and ("," in head["who"] or not head["of"]) and not _is_organ(head["who"]):
            head = None
        if head and not head["of"] and symbol.shape == "assembly":
            head = None  # `Luật Công an nhân dân số …`: a law's name
        if head:
            issuer = head["who"].strip()
        elif number_word and symbol.type:
            head = _named_before(named, stem, symbol.type)
    if head and number_word is None and symbol.shape == "old" and head["type"][0].islower():
        head = None  # `văn bản 1/UB` needs `số`
    if symbol.shape == "old" and symbol.type and not _says(head, symbol.type):
        return None  # a type code alone is a symbol after its own word: `Sắc lệnh số 142/SL`
    if match["gap"] and not (head and head["type"][0].isupper()):
        return None
    if (
        head
        and symbol.shape == "assembly"
        and not re.match(r"(?i)nghị quyết|luật|bộ luật|pháp lệnh|văn bản", head["type"])
    ):
        head = None  # the last word of a law's name (`Luật Quy hoạch số …`)
    law = _law_before(text, start, floor) if symbol.shape == "assembly" and head is None else None
    if law is not None:
        mention.start, mention.type = law
        words = text[mention.start : start]
        mention.title = _TO_NUMBER.sub("", words).strip(" ,")
    elif head:
        mention.start = low + head.start()
        mention.type = _settle(head["type"], symbol)
        mention.issuer = issuer
    else:
        if number_word:
            mention.start = low + number_word.start()
        gap = text[previous.end : mention.start] if previous else ""
        if previous and previous.end <= mention.start and _LIST_JOINT.match(gap):
            mention.lead = previous.lead if previous.lead >= 0 else previous.start
            mention.rule = "list-member"
            if (
                previous.symbol
                and symbol.shape == previous.symbol.shape
                and (symbol.type is None or symbol.type == previous.symbol.type)
            ):
                mention.type = previous.type
            if previous.type in {"QyĐ", "QC"} and symbol.type == "QĐ":
                mention.type = previous.type
        if mention.type is None:
            mention.type = "CV" if symbol.shape == "letter" else _of_assembly(symbol)
        if mention.rule != "list-member":
            mention.rule, mention.confidence = "bare-symbol", 0.8
            if symbol.shape in {"letter", "old"} and (not number_word or organ_of_code(symbol.organs[0]) is None):
                return None  # `24/KT-XH`, `Mẫu số 05/BHYT-QĐ`: no word and no organ says it is a document
            if _NO_DOCUMENT.search(stem):
                return None
            if symbol.shape == "old" and symbol.organs[0] not in {"CP", "TTg", "HĐBT"}:
                return None
    read_tail(text, mention)
    if mention.issuer is None:
        before_it = organ_before(text, mention.start)
        mention.issuer = None if before_it and _foreign_issuer(symbol, before_it) else before_it
    if mention.date is None and mention.issuer:
        mention.date = _date_before(text, mention.start)
    if (
        mention.issuer is None
        and previous is not None
        and previous.symbol
        and previous.symbol.organs == symbol.organs
        and symbol.shape in {"party", "state"}
        and "TW" not in symbol.organs
        and _LIST_JOINT.match(text[previous.end : mention.start])
    ):
        mention.issuer = previous.issuer  # `UBND huyện đã ban hành Kế hoạch số …; Quyết định số …`
    return mention


def _is_organ(words: str) -> bool:
    """Whether the words are one organ's name from end to end."""
    read = read_organ(words, 0)
    return read is not None and read[0] >= len(words.strip())


def _date_before(text: str, at: int) -> str | None:
    """The day of `Ngày 18/02/2025, Ban Thường vụ Tỉnh ủy ban hành Kế hoạch số …`."""
    low = max(line_start(text, at), at - 170)
    day = text.rfind("gày ", low, at)
    dated = read_date(text, day - 1) if day > low or (day > 0 and day - 1 >= low) else None
    return dated[1] if dated and _DATE_BEFORE.match(text[dated[0] : at]) else None


def _settle(word: str, symbol: Symbol) -> str | None:
    """The type by word and symbol: the word tells Quy định and Quy chế from Quyết định, else the symbol's code
    stands."""
    known = type_word(word)
    code = known.code if known else None
    if code is not None and symbol.shape == "old":
        return code
    if symbol.type == "TC" and code not in {None, "TC"}:
        return code  # the Ministry of Finance's own code until 1995: `1141-TC/QĐ/CĐKT`
    if symbol.type is None or symbol.type == "HĐ":
        if symbol.shape in {"letter", "old"} and code in {None}:
            return "CV"
        return code
    if symbol.type == "QĐi":
        return "QyĐ"
    if symbol.type in {"QĐ", "QyĐ"}:
        return code if code in {"QĐ", "QyĐ", "QC", "QTr"} else symbol.type
    if code == symbol.type or code is None or word.lower().startswith("văn bản"):
        return symbol.type
    if symbol.type == "TTLT" or code in {"L", "PL"}:
        return symbol.type if symbol.type == "TTLT" else code
    return symbol.type


def _of_assembly(symbol: Symbol) -> str | None:
    """The type of a bare assembly symbol: the Standing Committee's are resolutions or, so marked, ordinances."""
    if symbol.shape != "assembly":
        return symbol.type
    if "PL" in symbol.organs:
        return "PL"
    return "NQ" if symbol.organs[-1].startswith("UBTV") else None


def _law_before(text: str, at: int, floor: int) -> tuple[int, str] | None:
    """The law whose name runs up to `số` before `at`, as (start, type code)."""
    low = max(floor, line_start(text, at), text.rfind(";", max(0, at - 600), at) + 1, at - 520)
    stretch = text[low:at]
    laws = list(_LAW.finditer(stretch))
    if not _TO_NUMBER.search(stretch) and not (laws and folded(stretch[laws[-1].start() :]) in register()):
        return None
    if not laws:
        return None
    last = laws[-1]
    amending = _AMENDING_LAW.search(stretch)
    if amending and _ENACTING.search(text[max(0, low + amending.start() - 40) : low + amending.start()]):
        amending = None  # the amending law is the document at hand, the number that of the law it amends
    if amending and amending.start() <= last.start():
        last = next(m for m in laws if m.start() == amending.start())
    elif re.search(r"[:.]", stretch[last.start() : len(stretch) - 6].rstrip(" :.")):
        return None
    kind = type_word(last[0])
    return low + last.start(), kind.code if kind else "L"


def read_tail(text: str, mention: Mention) -> None:
    """Read date, issuer, alias brackets and title after the mention's end, in whatever order they stand."""
    titled = False
    while True:
        at = mention.end
        if mention.date is None and (dated := read_date(text, at)):
            mention.end, mention.date = dated
            continue
        if (bracket := read_alias(text, at)) is not None:
            following = bracket[0]
            mention.aliases.extend(bracket[1])
            mention.end = following
            continue
        if titled:
            return
        joint = mention.type in {"TTLT", "NQLT"}
        if (
            (issued := read_issuer(text, at, joint))
            and not (_foreign_issuer(mention.symbol, issued[1]))
            and not (mention.issuer and mention.date and text.startswith(" của", at) is False)
        ):
            mention.end = issued[0]
            mention.issuer = issued[1]
            continue
        bare = mention.date is None and mention.issuer is None
        if mention.title is None or mention.type != "L":
            title = read_title(text, at, bare)
            if title:
                mention.end, mention.title = title
                titled = True
                continue
        if mention.date is None and mention.symbol and not mention.symbol.year and (year := read_year(text, at)):
            mention.end, mention.date = year
            continue
        return


def _foreign_issuer(symbol: Symbol | None, issuer: str) -> bool:
    """Whether `của …` names no issuer: what the Government or its head signs, nobody else issues."""
    code = symbol.organs[-1] if symbol and symbol.organs else ""
    words = issuer.lower()
    if code == "CP":  # the Government was the Council of the Government until 1981
        return not words.startswith(("chính phủ", "hội đồng chính phủ", "phủ thủ tướng", "thủ tướng"))
    return code == "TTg" and "thủ tướng" not in words


def _left_members(text: str, mention: Mention, floor: int) -> Iterator[Mention]:
    """The bare numbers of `số 18, 19, 20-NQ/TW`: each takes the last one's type and organ."""
    symbol = mention.symbol
    if symbol is None or symbol.shape not in {"party", "state"}:
        return
    if not text[mention.start].isdigit() and text[mention.start] not in "sS":
        return  # it has a type word of its own: `Chỉ thị 05 và Quy định số 08-QĐi/TW`
    low = max(floor, line_start(text, mention.start), mention.start - _WINDOW)
    before = text[low : mention.start]
    numbers = _LEFT_NUMBERS.search(before)
    if numbers is None:
        return
    stem = before[: numbers.start()]
    number_word = _NUMBER_WORD.search(stem)
    head = _heads()[0].search(stem[: number_word.start()] if number_word else stem)
    if head is None:
        return
    rest = symbol.text[len(symbol.number) :]
    mention.type = _settle(head["type"], symbol)
    mention.rule = "list-member"
    mention.lead = low + head.start()
    first = True
    for found in re.finditer(r"\d+[a-z]?", numbers["numbers"]):
        start, end = low + numbers.start() + found.start(), low + numbers.start() + found.end()
        yield Mention(
            mention.lead if first else start, end, mention.type, found[0] + rest, mention.date, mention.issuer,
            symbol=symbol, rule="shared-symbol", lead=mention.lead, symbol_at=(start, end),
        )  # fmt: skip
        first = False


def _twins(text: str, one: Mention, other: Mention) -> bool:
    """Whether two Party documents of one type and organ stand side by side, the first with neither date nor issuer:
    `Nghị quyết số 18-NQ/TW, Nghị quyết số 19-NQ/TW ngày 25/10/2017` were issued together."""
    return (
        one.symbol is not None
        and other.symbol is not None
        and one.symbol.shape == other.symbol.shape == "party"
        and one.type == other.type
        and one.symbol.organs == other.symbol.organs
        and one.date is None
        and one.issuer is None
        and one.title is None
        and other.title is None
        and _LIST_JOINT.match(text[one.end : other.start]) is not None
    )


def share_lists(text: str, mentions: list[Mention]) -> None:
    """Give the members of a list with one type word the date, issuer and title that stand after its last member."""
    group: list[Mention] = []
    for mention in [*mentions, None]:
        if mention is not None and group and mention.rule in {"list-member", "shared-symbol"} and mention.lead >= 0:
            group.append(mention)
            continue
        if mention is not None and group and _twins(text, group[-1], mention):
            group.append(mention)
            continue
        _share(group)
        group = [mention] if mention is not None else []


def _share(group: list[Mention]) -> None:
    if len(group) < 2:
        return
    last = group[-1]
    first = next((i for i, m in enumerate(group) if m.date), 0)
    for mention in group[:first]:  # `số 1280/TTr-CP và số 1281/TTr-CP ngày …, số 18/TTr-CP ngày …`
        if first < len(group) - 1:
            mention.date = group[first].date
    dated = [m for m in group if m.date]
    titled = [m for m in group if m.title]
    for mention in group[:-1]:
        if mention.issuer is None:
            mention.issuer = last.issuer or group[0].issuer
        if dated == [last]:
            mention.date = last.date
        if titled == [last] and dated in ([last], []):
            mention.title = last.title
    if last.issuer is None:
        last.issuer = group[0].issuer
