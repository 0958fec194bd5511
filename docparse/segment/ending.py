"""Where a document ends and its attachments begin: paragraphs in, the places of closing, annexes and copies out.

The closing (Nơi nhận and the signature, NĐ 30/2020 Annex I boxes 7 to 9) is the main document's own; what follows it is
attached, and forms in an attachment have closings of their own that must not be taken for it (DOMAIN.md 1.5, 8.6).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from docparse.authority import fold
from docparse.segment.paragraphs import Paragraph
from docparse.tables import Tables

LONGEST = 180  # no line of a signature block is longer
_ITEM = re.compile(r"^\W{0,3}[-–—+•*~_]\s*\S|^\W{0,3}L[uư]u\b|^\W{0,3}(?:Gui|Ban) (?:ban )?(?:giay|dien tu|qua)")
_RANK = re.compile(
    r"(?:(?:Dai|Thuong|Trung|Thieu)\s+(?:tuong|ta|uy)"
    r"|(?:Pho |Chuan )?Do doc|(?:PGS|GS|TSKH|TS|ThS|BS|BSCK\w*|LS)\b\.?)"
    r"[\s.,]*",
    re.IGNORECASE,
)
_NAME = re.compile(r"^\W{0,3}(?:[A-ZĐ][\w'’.]*\s+){1,6}[A-ZĐK][\w'’.]*\W{0,3}$")


@dataclass(frozen=True, slots=True)
class Ending:
    """Half-open ranges of paragraph indices: the closing, each annex, and the copy block (`SAO Y`)."""

    closing: range
    annexes: tuple[range, ...]
    copies: range


_TAIL = re.compile(r"(?<=[.;,)a-z\d])\s*(?=(?:T/M|K/T|T/L|(?:TM|KT|TL|TUQ)\s?\.)\s?[A-Z]{2}[A-Z ]+)")
_ARCHIVE = re.compile(r"^\W{0,3}L[uư]u\s*(?::|VT|[Vv]an phong|[Vv]an thu)")


def column_tail(text: str) -> int | None:
    """Where the signature's column begins on a recipients' line that runs into it (`- Lưu: VT. KT. GIÁM ĐỐC`)."""
    cut = _TAIL.search(fold(text))
    return cut.start() if cut else None


def starts_recipients(folded: str, tables: Tables) -> bool:
    """Whether a folded line is the label `Nơi nhận`."""
    return tables.rules("closing")["recipients"].pattern.match(folded) is not None


def is_signing(folded: str, tables: Tables) -> bool:
    """Whether a folded line in capitals names the authority or the office of a signer."""
    if len(folded) > LONGEST:
        return False
    rules = tables.rules("closing")
    return any(rules[name].pattern.match(folded) for name in ("authority", "authority-slash", "position"))


def without_rank(name: str) -> str:
    """A name without the rank or degree before it (`Đại tướng`, `PGS.TS.`): no part of it in NĐ 30 Annex I."""
    bare = name.strip(" *_.,:;'\"“”")
    while match := _RANK.match(fold(bare)):
        bare = bare[match.end() :]
    return bare


def is_name(text: str) -> bool:
    """Whether a line could be a person's name, a rank before it or not: two to seven short words in capitals' case."""
    stripped = without_rank(text)
    return 4 <= len(stripped) <= 50 and _NAME.match(fold(stripped)) is not None and not stripped.isupper()


def starts_annex(paras: Sequence[Paragraph], at: int, tables: Tables) -> bool:
    """Whether an attachment begins here: with an appendix title, or a title that is issued with the document."""
    text = paras[at].text
    if len(text) > 250 or text[:1] in '“"' or text.rstrip().endswith(":"):
        return False  # what is quoted belongs to the amended document, `QUYẾT NGHỊ:` to this one's body
    folded = fold(text)
    rules = tables.rules("closing")
    if rules["annex"].pattern.match(folded):
        return True
    if not (text[:1].isupper() and sum(map(str.isupper, text)) > sum(map(str.islower, text))):
        return False
    for following in paras[at + 1 : at + 6]:
        if rules["issued-with"].pattern.match(fold(following.text[:120])):
            return True
        if len(following.text) > 250 or rules["resumes"].pattern.match(fold(following.text[:40])):
            return False
    return False


def find_ending(paras: Sequence[Paragraph], body: int, tables: Tables) -> Ending:
    """The ending of a document whose body begins at paragraph `body`; all ranges are empty when there is none."""
    rules = tables.rules("closing")
    last = len(paras)
    marks: list[int] = []
    first_annex: int | None = None
    closing: range | None = None
    at = body
    quoted = -1  # the paragraph where an open quotation ends at the latest: quotes are not always closed
    while at < len(paras):
        text = paras[at].text
        if not text:
            at += 1
            continue
        if text[:1] == "“" and "”" not in text:
            quoted = at + 400
        elif text.rstrip(" .;").endswith("”"):
            quoted = at
        if len(text) > LONGEST and not text[:12].lower().startswith(("nơi nhận", "noi nhan")):
            at += 1
            continue
        folded = fold(text)
        archived = _ARCHIVE.match(folded) is not None
        if (
            starts_recipients(folded, tables)
            or archived
            or (is_signing(folded, tables) and _signed_below(paras, at, tables))
        ):
            end = _block_end(paras, at, tables)
            if (first_annex is None or end >= len(paras) - 3) and not _body_resumes(paras, end, tables):
                closing = range(_unlabelled(paras, at, body), end)
                break
            at = end
            continue
        if first_annex is None and at > max(body, quoted) and starts_annex(paras, at, tables):
            first_annex = at
        at += 1
    if closing is None:
        closing = range(last, last)
    start = closing.stop if closing else last
    copies = range(last, last)
    for index in range(start, len(paras)):
        if len(paras[index].text) < 40 and rules["copy"].pattern.match(fold(paras[index].text)):
            copies, last = range(index, last), index
            break
    if first_annex is not None and closing and first_annex < closing.start:
        marks.append(first_annex)
        annexes = _split(paras, first_annex, closing.start, tables)
        annexes += _split(paras, closing.stop, last, tables) if closing.stop < last else []
    elif closing:
        annexes = _split(paras, closing.stop, last, tables) if closing.stop < last else []
    else:
        annexes = _split(paras, first_annex, last, tables) if first_annex is not None else []
    return Ending(closing, tuple(annexes), copies)


def _split(paras: Sequence[Paragraph], start: int, end: int, tables: Tables) -> list[range]:
    heads = [start]
    filled = False  # whether more than title lines has followed the last head
    for at in range(start + 1, end):
        filled = filled or not _headline(paras[at - 1].text)
        if filled and starts_annex(paras, at, tables):
            heads.append(at)
            filled = False
    return [range(a, b) for a, b in zip(heads, [*heads[1:], end], strict=True)]


def _unlabelled(paras: Sequence[Paragraph], at: int, body: int) -> int:
    """Where a closing begins whose label `Nơi nhận` a scan lost: at the first item of the list that ends with `Lưu`."""
    if at <= body or not (_ARCHIVE.match(fold(paras[at].text)) or _ARCHIVE.match(fold(paras[at - 1].text))):
        return at
    start = at
    for index in range(at - 1, max(body, at - 60), -1):
        text = paras[index].text
        if len(text) < 160 and _ITEM.match(fold(text)):
            start = index
        elif len(text) > 25 or text.rstrip().endswith((".", ":")):
            break
    return start


def _headline(text: str) -> bool:
    """Whether a line could stand in the head of an attachment: capitals, or a short line without a full stop."""
    return len(text) < 160 and (text.isupper() or not text.rstrip().endswith((".", ";")))


def _signed_below(paras: Sequence[Paragraph], at: int, tables: Tables) -> bool:
    """Whether a name or `(Đã ký)` stands within the next lines, with nothing but signing lines between."""
    rules = tables.rules("closing")
    seen = 0
    for paragraph in paras[at + 1 : at + 12]:
        text = paragraph.text.strip()
        if not text:
            continue
        folded = fold(text)
        if rules["signed"].pattern.match(folded) or is_name(text) or rules["esign"].pattern.match(folded):
            return True
        if not (is_signing(folded, tables) or starts_recipients(folded, tables) or _ITEM.match(folded) or _noise(text)):
            return False
        seen += 1
    # the file may end with the office alone: the name was lost or never printed
    return at + 1 + seen >= len(paras)


def _noise(text: str) -> bool:
    return len(text) <= 60 and (text.isupper() or sum(c.isalpha() for c in text) < 4)


def _block_end(paras: Sequence[Paragraph], at: int, tables: Tables) -> int:
    """The first paragraph after the closing that begins at `at`: recipients and signature blocks in either order."""
    rules = tables.rules("closing")
    end = at
    listing = signing = named = False
    gap = 0
    for index in range(at, min(len(paras), at + 160)):
        text = paras[index].text.strip()
        folded = fold(text)
        if not text:
            continue
        if starts_recipients(folded, tables):
            if listing and index > at and named:
                break
            listing, gap = True, 0
        elif _ARCHIVE.match(folded):
            listing, gap = True, 0
        elif listing and _ITEM.match(folded) and text[:1] in "-–—~_" and len(text) < 200:
            gap = 0  # an item that extraction gave after the other column
        elif is_signing(folded, tables):
            if named and not _signed_below(paras, index, tables):
                break
            signing, named, gap = True, False, 0
        elif signing and not named and is_name(text):
            named, gap = True, 0
        elif rules["signed"].pattern.match(folded) or rules["esign"].pattern.match(folded):
            gap = 0
        elif tables.rules("closing")["annex"].pattern.match(folded):
            break
        elif listing and not (signing and named) and _lists(text, folded, paras, index):
            gap = 0
        elif signing and not named and gap < 3 and _noise(text):
            gap += 1
            continue
        elif starts_annex(paras, index, tables):
            break
        elif listing and not signing and is_name(text):
            # the signature's other lines were lost under the seal; the name remains
            named, gap = True, 0
        elif signing and named and len(text) < 60 and is_name(text):
            gap = 0
        else:
            break
        end = index + 1
    return max(end, at + 1)


def _lists(text: str, folded: str, paras: Sequence[Paragraph], index: int) -> bool:
    """Whether a line belongs to the list under Nơi nhận: an item, or the continuation of one."""
    if _ITEM.match(folded):
        return True
    if re.match(r"\W{0,3}(?:Dieu|Chuong|Muc|Phan) [\dIVX]", folded) or len(text) > 400:
        return False
    before = paras[index - 1].text.rstrip()
    if re.match(r"\W{0,3}[-–—+•*]?\s*L[uư]u\b", fold(before)) and before.endswith("."):
        return False
    return len(text) < 200 and not text.isupper()


def _body_resumes(paras: Sequence[Paragraph], at: int, tables: Tables) -> bool:
    """Whether articles of the same document follow: then the closing before them was part of a quotation or a form."""
    resumes = tables.rules("closing")["resumes"].pattern
    for index in range(at, min(at + 4, len(paras))):
        if starts_annex(paras, index, tables):
            return False
        if resumes.match(fold(paras[index].text[:40])):
            return True
    return False
