"""Subjects up to their predicate of duty: the place where a subject begins goes in, its bodies come out.

A reader of names stops at a verb; where `có trách nhiệm` or `phải` follows in the same clause, the verb only says which
organ is meant (`Cơ quan cấp giấy phép có trách nhiệm …`, `Tổ chức kinh doanh vận tải phải …`), and a word in lower case
behind `và` belongs to the name. The subject stands before its predicate in all normative texts (Nghị định 78/2025,
language of legal documents: one clause, one subject).
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from docparse.tag.body_names import LONG, BodyGrammar, Names

REACH = 150
"""The predicate of duty stands at most so many characters behind what a reader takes for the name."""
NEAR = 70
"""A weak one (`phải`) at most so many."""
_ENDS = re.compile(r"[.;:()\n“”\"]")
_OTHER = re.compile(
    r"\b(?:thì|nếu|để|khi|mà|nhưng|cho|với|bằng|phối hợp|báo cáo|gửi|yêu cầu|giao|đề nghị|chỉ đạo|đôn đốc|"
    r"thông báo|quyết định|kết luận|không|"
    r"được(?! (?:giao|phân công|ủy quyền|thành lập|cấp|phép|chỉ định|lựa chọn|chọn|tặng|cử)\b))\b"
)
_MORE = re.compile(r"(?:,|\svà|\shoặc)\s(?=[a-zđà-ỹ])")
_ANY_MORE = re.compile(r"(?:,|\svà|\shoặc)\s(?=\w)")
# what nobody knows as a body may stand in the list
_LISTED = re.compile(r",(?:\s(?!về|trong|việc|để|theo|thực)\w+){1,6};\s")
_MADE = re.compile(r"\s(?:do|được)\s")
_COMMON = re.compile(
    r"(?:(?:các|những|mọi|mỗi|từng)\s)?(?:tổ chức|cá nhân|cơ quan|đơn vị|người|doanh nghiệp|cơ sở|hội đồng|đoàn|tổ|"
    r"bộ phận|công ty|hộ|chủ|bên|trung tâm|ngân hàng|nhà)\b",
    re.IGNORECASE,
)


def charged(names: BodyGrammar, words: Mapping[str, re.Pattern[str]], text: str, at: int, end: int) -> Names | None:
    """The bodies from `at` to a predicate of duty; None where the plain reader needs no help."""
    last = min(end, at + LONG + REACH)
    if words["charge"].search(text, at, last) is None:
        return None
    plain = names.read(text, at, end)
    if plain is None:
        return None
    duty = words["charge"].search(text, plain.end, min(end, plain.end + REACH))
    if duty is None or duty.start() == plain.end:
        return None
    gap = text[plain.end : duty.start()]
    if _ENDS.search(gap) is not None or _OTHER.search(gap) is not None:
        return None
    weak = duty["weak"] is not None
    if weak and (len(gap) > NEAR or "," in gap):
        return None
    if not (_said_of(names, text, plain) or (not weak and goes_on(names, text, plain.end))):
        return None
    whole = names.read(text, at, duty.start(), bounded=True)
    return Names(whole.spans, whole.end, True) if whole is not None and whole.end == duty.start() else None


def executors(names: BodyGrammar, words: Mapping[str, re.Pattern[str]], text: str, at: int, end: int) -> Names | None:
    """The list of doers in front of `chịu trách nhiệm thi hành`, cut only where a new name begins."""
    if not names.begins(text, at):
        return None
    formula = words["execution"].search(text, at, end)
    if formula is None or words["predicated"].search(text, at, formula.start()):
        return None
    found = names.read(text, at, formula.start(), bounded=True)
    return found if found is not None and found.end == formula.start() else None


def advised(names: BodyGrammar, words: Mapping[str, re.Pattern[str]], text: str, at: int) -> bool:
    """Whether a list of those who are advised, and do nothing, goes on at `at`: `tham mưu cho cấp ủy; xã …`."""
    back = max(0, at - REACH)
    last = max((m.end() for m in words["advising"].finditer(text, back, at)), default=-1)
    found = names.read(text, last, at + 60) if last >= 0 else None
    if found is None:
        return False
    return any(span.start == at for span in found.spans) or _LISTED.fullmatch(text, found.end, at) is not None


def goes_on(names: BodyGrammar, text: str, at: int, bracketed: bool = False) -> bool:
    """Whether a name goes on in lower case behind a comma or `và` (`Cục Pháp chế và cải cách hành chính`); where it
    stands alone in brackets, in upper case too (`qua Vụ Kế hoạch, Tài chính`)."""
    more = (_ANY_MORE if bracketed else _MORE).match(text, at)
    if more is None or names.begins(text, more.end()):
        return False
    return more[0][0] != "," or names.words.stop.match(text, more.end()) is None


def _said_of(names: BodyGrammar, text: str, plain: Names) -> bool:
    """Whether a common noun is the last, with words behind it that say which one is meant."""
    last = plain.spans[-1]
    if _COMMON.match(text, last.start, last.end) is None or text[plain.end : plain.end + 1] != " ":
        return False
    if _MADE.match(text, plain.end):
        return True
    return names.words.verb.match(text, plain.end + 1) is not None or (
        text[last.start : last.end].count(" ") < 6
        and text[plain.end + 1].islower()
        and names.words.stop.match(text, plain.end + 1) is None
    )
