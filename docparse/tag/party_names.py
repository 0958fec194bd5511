"""Documents of congresses and plenums, the Party's charter and the Constitution: cited by name, without a number.

In: the text. Out: mentions whose title is the completed name; coordinated names are one mention each (CONTRACT,
Citations).
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from docparse.alternatives import AT_WORD, one_of
from docparse.tag.dates import read_date
from docparse.tag.mention import Mention
from docparse.tag.titles import read_title

_ORDER = (
    r"(?:lần thứ\s+(?:[IVXLH]+|\d{1,2}"
    r"|[a-zđăâêôơưàáảãạằắẳẵặầấẩẫậèéẻẽẹềếểễệìíỉĩịòóỏõọồốổỗộờớởỡợùúủũụừứửữựỳýỷỹỵ]{2,5}(?:\s+(?:một|hai|ba|tư"
    r"|lăm|sáu|bảy|tám|chín))?)|[IVXL]+(?!\w))"
)
_TERM = r"\(?\s*,?\s*nhiệm kỳ\s+\d{4}\s?[-\u2013]\s?\d{4}\s*\)?"
_UNIT = r"(?:tỉnh|thành phố|huyện|quận|thị xã|thị trấn|xã|phường|Tỉnh|Huyện|Thành phố|Khối|khối|cơ quan)"
_PLACE = r"(?:[A-ZĐÂĂÊÔƠƯÁÀẢÃẠ][^\W\d_]*(?:\s+[A-ZĐÂĂÊÔƠƯÁÀẢÃẠ][^\W\d_]*){0,3})"
MASS_ORGANISATION = (
    r"(?:Mặt trận Tổ quốc|MTTQ|Công đoàn|Đoàn TNCS Hồ Chí Minh|Đoàn Thanh niên Cộng sản Hồ Chí Minh|Đoàn Thanh niên"
    r"|Đoàn|Hội Nông dân|Hội Liên hiệp Phụ nữ|Phụ nữ|Hội Cựu chiến binh|Hội Chữ thập đỏ)"
)
"""The Front and the mass organisations whose congresses pass resolutions (DOMAIN 3)."""
_MASS = rf"{MASS_ORGANISATION}(?:\s+Việt Nam)?"
_CONGRESS = re.compile(
    rf"(?P<head>N(?<!\w.)(?:ghị quyết|GHỊ QUYẾT|Q)\s+(?:của\s+)?(?:các\s+)?Đại hội)"
    rf"(?P<rest>(?:\s+(?:đại biểu|Đại biểu|toàn quốc|toàn Đảng|của Đảng bộ|của Đảng(?:\s+Cộng sản Việt Nam"
    rf"|\s+ta)?|Đảng bộ|Đảng(?:\s+Cộng sản Việt Nam)?|đảng bộ|{_ORDER}|{_UNIT}|{_MASS}|{_PLACE}|khóa\s+[IVXL]+"
    rf"|các cấp)(?!\w)"
    rf"|\s*,\s+{_UNIT}(?=[\s,]))+(?:\s*{_TERM})?)"
)
_PLENUM = re.compile(
    rf"(?P<type>{one_of(('Nghị quyết', 'Kết luận', 'Văn kiện'), AT_WORD)})\s+"
    rf"(?:của\s+)?(?:Hội nghị\s+)?(?:{_ORDER}\s+)?(?:của\s+)?"
    rf"(?:Ban Chấp hành Trung ương|BCH Trung ương|BCHTW|BCH TW|Trung ương|TW)(?:\s+Đảng)?"
    rf"(?:\s+(?:lần thứ\s+)?(?:\d{{1,2}}(?P<more>(?:\s*,\s*\d{{1,2}}(?!\d))*(?:\s+và\s+\d{{1,2}}(?!\d))?)|[IVX]+"
    rf"|{_ORDER}))?"
    rf"(?P<term>\s*,?\s*\(?[Kk]h(?:óa|oá)\s+[IVX]+(?!\w)\)?)"
)
_MORE_TERMS = re.compile(
    r"\)?(?:\s*,\s*|\s+và\s+)(?P<member>(?P<bare>(?:\(?[Kk]h(?:óa|oá)\s+)?(?P<term>[IVX]+)(?!\w))\)?)"
)
_CHARTER = re.compile(
    r"Đ(?<!\w.)(?:iều lệ|IỀU LỆ)\s+(?:Đảng(?:\s+Cộng sản Việt Nam)?|ĐẢNG(?:\s+CỘNG SẢN VIỆT NAM)?"
    r"|Mặt trận Tổ quốc Việt Nam|Công đoàn Việt Nam"
    r"|Đoàn TNCS Hồ Chí Minh|Đoàn Thanh niên Cộng sản Hồ Chí Minh|Hội Nông dân Việt Nam"
    r"|Hội Liên hiệp Phụ nữ Việt Nam|Hội Cựu chiến binh Việt Nam)(?!\w)"
    r"(?:\s+kh(?:óa|oá)\s+[IVX]+(?!\w))?"
)
_CONSTITUTION = re.compile(
    r"H(?<!\w.)(?:iến pháp|IẾN PHÁP(?=\s+NƯỚC))(?:\s+(?i:nước\s+Cộng h(?:òa|oà)(?:\s+\w+){1,5}?\s+Việt Nam))?"
    r"(?:\s+(?:năm\s+)?(?P<year>(?:19|20)\d\d)(?![\w/-]))?(?!\s*,?\s*(?:và\s+)?(?:pháp luật|luật)(?!\w))(?!\w)"
)
_SPLIT = re.compile(rf",\s+(?={_UNIT}[\s,])")


def find_named(text: str) -> Iterator[Mention]:
    """Mentions of congress and plenum documents, charters and the Constitution, in the order of each kind."""
    for match in _CONGRESS.finditer(text) if "Đại hội" in text else ():
        yield from _congress(text, match)
    for match in _PLENUM.finditer(text) if "Trung ương" in text or "TW" in text else ():
        yield from _plenums(text, match)
    for match in _CHARTER.finditer(text) if "Điều lệ" in text or "ĐIỀU LỆ" in text else ():
        title = (
            match[0]
            if not match[0].isupper()
            else "Điều lệ " + ("Đảng" if "ĐẢNG" in match[0] else match[0][8:].title())
        )
        yield Mention(match.start(), match.end(), "ĐL", title=" ".join(title.split()), rule="charter", confidence=0.85)
    for match in _CONSTITUTION.finditer(text) if "Hiến pháp" in text else ():
        bare = match[0] == "Hiến pháp"
        if bare and not re.search(
            r"(?:Điều \d+[^.;\n]{0,30}|theo|của|[Cc]ăn cứ|tại)\s*\Z", text[max(0, match.start() - 40) : match.start()]
        ):
            continue
        yield Mention(
            match.start(), match.end(), "HP", date=match["year"], title=" ".join(match[0].split()), rule="constitution",
            confidence=0.7 if bare else 0.95,
        )  # fmt: skip


def _plenums(text: str, match: re.Match[str]) -> Iterator[Mention]:
    """One mention for each session and each term that share a type word: `Nghị quyết Trung ương 4 khóa XI, khóa XII`,
    `Nghị quyết Trung ương 5, 6 khóa XII`."""
    code = "NQ" if match["type"] == "Nghị quyết" else "KL"
    start, stem_end = match.start(), match.start("term")
    term = " ".join(match["term"].split())
    sessions = list(re.finditer(r"\d+", match["more"] or ""))
    if sessions:
        stem_end = match.start("more")
    stem = " ".join(text[start:stem_end].split())
    for index, session in enumerate([None, *sessions]):
        last = index == len(sessions)
        a = start if session is None else match.start("more") + session.start()
        b = match.end() if last else (stem_end if session is None else match.start("more") + session.end())
        name = stem if session is None else re.sub(r"\d+$", session[0], stem)
        mention = _plenum(a, b, code, f"{name} {term}", start)
        if last:
            if dated := read_date(text, mention.end):
                mention.end, mention.date = dated
            if titled := read_title(text, mention.end, bare=True):
                mention.end = titled[0]
        yield mention
    following = _MORE_TERMS.match(text, match.end() - match[0].endswith(")"))
    while following:
        yield _plenum(following.start("member"), following.end("bare"), code, f"{stem} khóa {following['term']}", start)
        following = _MORE_TERMS.match(text, following.end())


def _plenum(start: int, end: int, code: str, title: str, lead: int) -> Mention:
    opened = title.count("(") > title.count(")")
    title = title.replace("(", "") if opened else title
    return Mention(start, end, code, title=title, rule="plenum", confidence=0.9, lead=lead if lead < start else -1)


def _congress(text: str, match: re.Match[str]) -> Iterator[Mention]:
    end = match.end()
    rest = match["rest"].split("\n")[0].rstrip(" ,")  # a name ends with its paragraph
    if rest.count("(") != rest.count(")"):
        rest = rest.rstrip("()")
    end = match.start("rest") + len(rest)
    if not re.search(rf"{_ORDER}|nhiệm kỳ", rest):
        return  # `Nghị quyết Đại hội đảng bộ các cấp` names none
    parts = list(_SPLIT.finditer(rest))
    if not parts:
        yield Mention(
            match.start(),
            end,
            "NQ",
            title=" ".join(text[match.start() : end].split()),
            rule="congress",
            confidence=0.92,
        )
        return
    stem = re.search(rf"{_UNIT}\s*\Z", rest[: parts[0].start()])
    tail_at = parts[-1].end()
    tail = re.match(rf"{_UNIT}(?:\s+{_PLACE}(?!\w))?", rest[tail_at:])
    shared = rest[tail_at + (tail.end() if tail else 0) :]
    before = rest[: stem.start() if stem else parts[0].start()]
    edges = [0, *(p.end() for p in parts)]
    ends = [*(p.start() for p in parts), len(rest)]
    for index, (a, b) in enumerate(zip(edges, ends, strict=True)):
        start = match.start() if index == 0 else match.start("rest") + a
        words = rest[a:b] if index else rest[stem.start() if stem else 0 : b]
        unit = words if index < len(edges) - 1 else words[: tail.end() if tail else len(words)]
        name = f"{match['head']}{before if before.endswith(' ') else before + ' '}{unit}{shared}"
        yield Mention(
            start,
            match.start("rest") + b,
            "NQ",
            title=" ".join(name.split()),
            rule="congress-list",
            confidence=0.85,
            lead=match.start(),
        )
