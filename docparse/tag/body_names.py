"""Names of bodies: a text and a place in it go in, the list of bodies that begins there comes out.

A grammar over lexicons (`body_words`, `body_names.toml`): a name is a quantifier or a title, a head, and a tail up to a
verb, a grammar word or a separator (DOMAIN.md 7.2). `các sở, ban, ngành` is one body, since the nouns share their
quantifier; full names joined by a comma or `và` are several (CONTRACT.md, Responsible bodies).
"""

from __future__ import annotations

import re
from functools import lru_cache

from docparse.spans import Span
from docparse.tables import Tables
from docparse.tag.body_lists import SHARED_NOUNS, Unit, joined, joins
from docparse.tag.body_words import WORD, BodyWords, first_syllable
from docparse.values import dataclass

LONGEST = 420
"""No name is longer than so many characters, in a list that runs up to a formula of execution."""
LONG = 180
"""No other name is."""
MOST = 60
"""No list of bodies has more names."""

_DASH = re.compile(r"\s?[-–—]\s(?=[A-ZĐÁÀÂÊÍÔƠỦƯ])")
_TITLES = re.compile(r"\s[-–—]\s|,\s(?=[A-ZĐ][^\W\d_]+(?:\s[^\W\d_]+){0,3}\s(?:các|những)\s)")
_PLACES = re.compile(
    r"(?::(?=(?:\s[A-ZĐÁÀÂÊÍÔƠỦƯ][^\W\d_]*){2,4}(?:,|\svà)\s[A-ZĐÁÀÂÊÍÔƠỦƯ][^\W\d_]*\s[A-ZĐÁÀÂÊÍÔƠỦƯ]))?"
    r"(?:\s[A-ZĐÁÀÂÊÍÔƠỦƯ][^\W\d_]*){1,4}(?:(?:,\s|\svà\s)"
    r"(?:(?:các\s)?(?:xã|phường|thị trấn|huyện|thị xã|thành phố|quận)\s)?"
    r"(?!(?:Sở|Ban|Bộ|Cục|Chi|Phòng|Văn|Ủy|Uỷ|UBND|Hội|Đoàn|Công|Trung|Trường|Mặt|Thủ|Giám|Chủ|Đảng|Hạt|Kho|Ngân|Viện|Tòa)"
    r"\s)[A-ZĐÁÀÂÊÍÔƠỦƯ][^\W\d_]*(?:\s[A-ZĐÁÀÂÊÍÔƠỦƯ][^\W\d_]*){0,3})*"
)
# `Trung tâm Văn hóa, Thông tin và Thể thao`: a comma inside a name that names several branches
_OF_SEVERAL_WORDS = frozenset(("Trung tâm", "Trường", "Viện", "Hội", "Liên hiệp", "Bảo tàng", "Phòng"))
_COORDINATED = re.compile(r",\s[A-ZĐ][^\W\d_]*(?:\s[^\W\d_]+){0,3}\s(?:và|[-–])\s[A-ZĐ]")
_COMPOUND = re.compile(r"(?:[Cc]ông|[Cc]hương|[Qq]uy|[Ll]ộ|[Gg]iáo)$")
_OPEN_ENDED = ("Công ty", "Tổng công ty", "Tập đoàn", "Hợp tác xã", "Trường", "Trung tâm", "Ngân hàng")
_OF_SEVERAL = frozenset(
    ("cấp ủy", "cấp uỷ", "chính quyền", "công an", "ban tổ chức", "ban tuyên giáo", "ban dân vận", "ban")
)
_SEVERAL = re.compile(
    r"các\s(?:địa phương|xã|huyện|tỉnh|quận|phường|cơ quan|đơn vị|chi bộ|đảng bộ|cấp"
    r"|(?:huyện|thị|thành|quận)\s[uủ][yỷ])"
    r"(?:(?:,\s|\svà\s)(?:(?:huyện|thị|thành|quận)\s(?:ủy|uỷ)|phường|thị trấn|đơn vị|địa phương|đặc khu))*"
    r"(?:\s(?:giáp ranh|liên quan|trực thuộc|lân cận|trên địa bàn))*(?!\w)"
)
_UNITS_AND_PLACES = re.compile(r"đơn vị(?:,\s|\svà\s)địa phương(?!\w)")
_BRACKET = re.compile(r"\s\([^()\n]{2,90}\)(?=\s(?:thuộc|có liên quan|liên quan)\b)")
# the armed and uniformed forces, which share one noun: `các lực lượng Công an, Hải quân, Kiểm ngư`
_FORCE = (
    r"(?:Công an|Quân đội(?: nhân dân)?|Quân sự|Bộ đội Biên phòng|Biên phòng|Hải quân|Hải quan|Cảnh sát biển|Kiểm ngư"
    r"|Kiểm lâm|Quản lý thị trường|Dân quân tự vệ|Dân quân|Cảnh sát giao thông|Thanh niên xung phong)"
)
_FORCES = re.compile(rf"\s{_FORCE}(?:(?:,\s|\svà\s){_FORCE}(?!\w))+(?!\s[A-ZĐ])")
_UNDER_ARMS = frozenset(("lực lượng", "đơn vị"))
_OF_A_FUNCTION = frozenset(("ngành", "sở", "phòng", "ban", "bộ"))
# a noun that never stands alone for one body
_NAMED_BY_WORK = frozenset(("cơ quan", "đơn vị", "tổ chức", "bên", "doanh nghiệp", "cơ sở", "tổ", "đoàn", "nhà thầu"))
_PREDICATE = re.compile(
    r"(?:tổ chức|chủ trì|thực hiện|lập|xem xét|trình|gửi|phải|chịu trách nhiệm"
    r"|có (?:trách nhiệm|nhiệm vụ|văn bản))(?!\w)"
)
_ALSO = re.compile(r",\s|\svà\s")
_SYLLABLES = 14
_DEVERBAL = re.compile(r"(?:[Cc]ông tác|[Bb]an [Cc]hỉ đạo|[Bb]an [Cc]hỉ huy|[Tt]ổ công tác|[Qq]uản lý)$")


@dataclass(frozen=True, slots=True)
class Names:
    """A list of bodies: their spans in order, and where the list ends."""

    spans: tuple[Span, ...]
    end: int
    proper: bool  # whether at least one is more than a bare collective noun


class BodyGrammar:
    """The reader of names over the lexicons."""

    def __init__(self, tables: Tables) -> None:
        self.words = BodyWords(tables)

    def read(self, text: str, at: int, limit: int, bounded: bool = False) -> Names | None:
        """The list of bodies that begins at `at` and ends before `limit`; None when no name begins there.

        `bounded` says that everything up to `limit` is names: then only separators before a new head cut.
        """
        unit = self._unit(text, at, limit, bounded)
        if unit is None:
            return None
        noun = unit.noun.lower()
        if noun in self.words.needs_name and unit.bare and text.startswith(("mỗi ", "Mỗi ", "từng ", "Từng "), at):
            return None
        idle = (noun in self.words.company and not unit.closed) or (noun in self.words.needs_name and unit.bare)
        lonely = unit.group and idle and not unit.shares and not unit.title
        found: list[Unit] = []
        for _ in range(MOST * 4):
            if len(found) >= MOST:
                break
            sep = self.words.separator.match(text, unit.end, limit)
            following = self._unit(text, sep.end(), limit, bounded) if sep else None
            if sep is None or following is None:
                found.append(unit)
                break
            if joins(self.words.quantifier, text, unit, following):
                lonely = lonely and bool(found)
                unit = joined(unit, following)
            else:
                found.append(unit)
                unit = following
        else:
            found.append(unit)
        if lonely:
            return None
        spans = tuple(Span(u.start, u.end) for u in found)
        proper = any(not u.group or u.closed or u.shares or u.noun.count(" ") > 1 for u in found)
        return Names(spans, found[-1].end, proper)

    def begins(self, text: str, at: int) -> bool:
        """Whether a name may begin at `at`."""
        quantifier = self.words.quantifier.match(text, at)
        at = quantifier.end() if quantifier else at
        return any(p.match(text, at) is not None for p in (self.words.title, self.words.proper, self.words.group))

    def _unit(self, text: str, at: int, limit: int, bounded: bool) -> Unit | None:
        limit = min(limit, at + (LONGEST if bounded else LONG))
        pos = at
        quantified = False
        title = group = False
        noun = ""
        quantifier = self.words.quantifier.match(text, pos, limit)
        if quantifier:
            pos, quantified = quantifier.end(), True
        word = WORD.match(text, pos, limit)
        first = first_syllable(word[0]) if word else ""
        if first not in self.words.starts_head:
            return None
        match = self.words.title.match(text, pos, limit) if first in self.words.starts_title else None
        if match:
            title, pos, noun = True, match.end(), match[0]
            while (dash := _TITLES.match(text, pos, limit)) and (
                match := self.words.title.match(text, dash.end(), limit)
            ):
                pos, noun = match.end(), match[0]
            inner = re.compile(r"\s").match(text, pos, limit)
            if inner:
                second = self.words.quantifier.match(text, inner.end(), limit)
                if second:
                    quantified = True
                nested = self._head(text, second.end() if second else inner.end(), limit)
                if nested is not None:
                    pos, group, noun = nested
                    quantified = quantified or group
                elif second:
                    return None
        else:
            head = self._head(text, pos, limit)
            if head is None:
                return None
            pos, group, noun = head
        named = 0 if quantified else self._by_its_work(text, pos, limit, noun)
        if named:
            return Unit(at, named, False, True, title, group, noun, False)
        end, closed = self._tail(text, pos, limit, bounded, group, noun)
        return Unit(at, end, quantified or (title and group), closed, title, group, noun, end == pos)

    def _head(self, text: str, at: int, limit: int) -> tuple[int, bool, str] | None:
        word = WORD.match(text, at, limit)
        first = first_syllable(word[0]) if word else ""
        match = self.words.proper.match(text, at, limit) if first in self.words.starts_proper else None
        lower = self.words.group.match(text, at, limit) if first in self.words.starts_group else None
        if match and (lower is None or match.end() >= lower.end()) and not self._is_common(text, match):
            return match.end(), False, match[0]
        if lower:
            return lower.end(), True, lower[0]
        return (match.end(), False, match[0]) if match else None

    def _by_its_work(self, text: str, at: int, limit: int, noun: str) -> int:
        """The end of a name that says which organ by its work (`Đơn vị chuẩn bị dự án lập …`), 0 for none: one common
        noun never stands alone, so a second verb behind the first is the predicate."""
        if noun.lower() not in _NAMED_BY_WORK or text[at : at + 1] != " ":
            return 0
        work = self.words.work.match(text, at + 1, limit)
        if work is None:
            return 0
        pos = work.end()
        while (also := _ALSO.match(text, pos)) and (work := self.words.work.match(text, also.end(), limit)):
            pos = work.end()  # `đơn vị quản lý, huấn luyện`
        for count in range(_SYLLABLES):
            if text[pos : pos + 1] != " ":
                return pos if count and text[pos : pos + 1] in ("", "\n", ":") else 0
            here = pos + 1
            if _PREDICATE.match(text, here):
                return pos
            kind = self.words.modifier.match(text, here, limit)
            if kind is None and count and self.words.verb.match(text, here, limit):
                return pos
            word = kind or WORD.match(text, here, limit)
            if word is None:
                return 0
            pos = word.end()
        return 0

    def _is_common(self, text: str, match: re.Match[str]) -> bool:
        """`Sở, ban, ngành` at the start of a sentence is the collective noun, not an organ."""
        return (
            match[0].lower() in SHARED_NOUNS
            and re.compile(r",|\sngành|\scó\b|\sliên").match(text, match.end()) is not None
        )

    def _tail(self, text: str, at: int, limit: int, bounded: bool, group: bool, noun: str) -> tuple[int, bool]:
        pos, closed, capitals = at, False, 0
        lexicon = self.words
        whole = not group and noun in lexicon.whole
        open_ended = noun.startswith(_OPEN_ENDED)
        names_a_function = not group or noun.lower() in _OF_A_FUNCTION
        while pos < limit:
            bracket = _BRACKET.match(text, pos, limit)
            if bracket:
                pos = bracket.end()
                continue
            dash = _DASH.match(text, pos, limit)
            if dash and not group:
                pos = dash.end() - 1 if text[dash.end() - 1] == " " else dash.end()
                word = WORD.match(text, dash.end(), limit)
                pos, whole, capitals = word.end() if word else pos, False, 1
                continue
            if (
                text[pos] == ":"
                and noun.lower() in ("sở", "ngành", "bộ", "ban", "phòng")
                and text[pos + 1 : pos + 2] == " "
            ):
                listed = self._functions(text, pos + 2, limit)
                if listed:
                    return listed, True
            if text[pos] != " ":
                if noun.startswith(("Công ty", "Tổng công ty")) and self._goes_on(text, pos):
                    pos = self._past_separator(text, pos)
                    continue
                if noun in _OF_SEVERAL_WORDS and _COORDINATED.match(text, pos) and not self._cuts(text, pos, limit):
                    pos = self._past_separator(text, pos)
                    continue
                if bounded and text[pos] in ",;" and not self._cuts(text, pos, limit):
                    pos = self._past_separator(text, pos)
                    continue
                break
            here = pos + 1
            if here >= limit:
                break
            word = WORD.match(text, here, limit)
            if word is None:
                break
            if noun.lower() in _UNDER_ARMS and (forces := _FORCES.match(text, pos, limit)):
                pos, closed, whole = forces.end(), True, True
                continue
            first = first_syllable(word[0])
            if names_a_function and (found := self._function(text, here, limit, group, first)):
                pos, capitals, whole = found, 0, not open_ended
                continue
            if (first in lexicon.starts_level or first.isdigit()) and (match := lexicon.level.match(text, here, limit)):
                pos, closed, whole = match.end(), True, True
                if match[0].startswith("các ") and (places := _PLACES.match(text, pos, limit)):
                    pos = places.end()
                continue
            if (
                first in lexicon.starts_modifier
                and (group or first != "chủ" or noun in ("Cơ quan", "Đơn vị"))
                and (match := lexicon.modifier.match(text, here, limit))
            ):
                pos, closed, whole = match.end(), True, True
                continue
            if noun == "Công an" and (match := _UNITS_AND_PLACES.match(text, here, limit)):
                pos, closed, whole = match.end(), True, True
                continue
            if first == "các" and noun.lower() in _OF_SEVERAL and (match := _SEVERAL.match(text, here, limit)):
                pos, closed, whole = match.end(), True, True
                continue
            if first in lexicon.starts_of and (match := lexicon.of.match(text, here, limit)):
                if match[0].endswith(" "):
                    inner = self._unit(text, match.end(), limit, False)
                    if inner is None and not bounded:
                        break
                    pos = inner.end if inner else match.end() - 1
                else:
                    pos = match.end()
                closed = whole = True
                continue
            inner_head = (
                lexicon.proper.match(text, here, limit) if not group and first in lexicon.starts_proper else None
            )
            if inner_head and (inner_head[0] in lexicon.whole or inner_head[0].count(" ") > 2):
                pos, capitals, whole = inner_head.end(), 0, True
                continue
            after_capital = capitals == 1
            capitals = capitals + 1 if word[0][0].isupper() else 0
            if word[0] in ("và", "hoặc", "cùng"):
                if bounded and not self._cuts(text, pos, limit):
                    pos = word.end()
                    continue
                if not group and not bounded and self._name_goes_on(text, word.end(), noun):
                    pos = word.end()
                    continue
                break
            if bounded:
                pos = word.end()
                continue
            if not word[0][0].isupper():
                if whole and not after_capital:
                    break
                ends = lexicon.stop.match(text, here) if first in lexicon.starts_stop else None
                inside = (
                    after_capital
                    and ends is not None
                    and " " not in ends[0]
                    and self.words.verb.match(text, here) is not None
                )
                if (
                    ends
                    and not inside
                    and not (_DEVERBAL.search(text, max(at - 12, 0), pos) and self._names_work(text, here))
                    and not (ends[0] == "trình" and _COMPOUND.search(text, max(at, pos - 8), pos))
                ):
                    break
            elif self.words.loud.match(text, here):
                break
            pos = word.end()
        return pos, closed

    def _function(self, text: str, at: int, limit: int, group: bool, first: str) -> int:
        """The end of a function (`Giáo dục và Đào tạo`; in any case after a collective noun), 0 for none."""
        if group:
            known, pattern = first.lower() in self.words.starts_any_function, self.words.any_function
        else:
            known, pattern = first in self.words.starts_function, self.words.function
        match = pattern.match(text, at, limit) if known else None
        return match.end() if match else 0

    def _names_work(self, text: str, here: int) -> bool:
        """Whether a verb behind `Ban Chỉ đạo` names what it steers (`thực hiện Đề án`), not what it has to do."""
        return self.words.verb.match(text, here) is not None and self.words.duty.match(text, here) is None

    def _cuts(self, text: str, pos: int, limit: int) -> bool:
        """Whether a separator at `pos` stands before another name."""
        sep = self.words.separator.match(text, pos, limit)
        return sep is not None and self.begins(text, sep.end())

    def _goes_on(self, text: str, pos: int) -> bool:
        """Whether a comma stands inside a company's name (`Công ty Đầu tư, Xây dựng và Kinh doanh dịch vụ`)."""
        if text[pos : pos + 2] != ", " or pos + 2 >= len(text) or self.begins(text, pos + 2):
            return False
        return text[pos + 2].isupper() and self.words.loud.match(text, pos + 2) is None

    def _past_separator(self, text: str, pos: int) -> int:
        """The end of the word after a comma inside a name, so that the reader goes on behind it."""
        word = WORD.match(text, pos + 2)
        return word.end() if word else pos + 1

    def _name_goes_on(self, text: str, at: int, noun: str) -> bool:
        """Whether `và` stands inside a name with an open end (`Công ty Cổ phần Xây dựng và thoát nước đô thị`)."""
        if at >= len(text) or text[at] != " " or self.begins(text, at + 1):
            return False
        word = WORD.match(text, at + 1)
        if word is None:
            return False
        return word[0][0].isupper() or (
            noun.startswith(("Công ty", "Tổng công ty")) and not self.words.stop.match(text, at + 1)
        )

    def _functions(self, text: str, at: int, limit: int) -> int | None:
        """The end of a list of functions after `các Sở:`."""
        match = self.words.function.match(text, at, limit)
        end = None
        while match:
            level = (
                self.words.level.match(text, match.end() + 1, limit)
                if text[match.end() : match.end() + 1] == " "
                else None
            )
            end = level.end() if level else match.end()
            sep = re.compile(r"(?:,\s|\svà\s|;\s)").match(text, end, limit)
            match = self.words.function.match(text, sep.end(), limit) if sep else None
        return end


@lru_cache(maxsize=2)
def grammar(tables: Tables) -> BodyGrammar:
    """The grammar of these tables."""
    return BodyGrammar(tables)
