"""Citations: the document goes in, its mentions of other documents come out, with target, relation, provision and
via.

The order of reading: symbols (numbered.py), laws by name (laws.py), congress and plenum documents (party_names.py),
annexed and promulgated documents (annexed.py), then what points back (backward.py). The document itself, text quoted
for amendment and drafts are no citations (CONTRACT, Citations).
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator

from docparse.model import Citation, Document, Field, Found, Target, Zone
from docparse.spans import Span
from docparse.tables import Tables
from docparse.tag import annexed, backward, laws, named_documents, numbered, party_names, relations
from docparse.tag.line_start import line_start
from docparse.tag.mention import Mention, number_key
from docparse.tag.ocr_words import mended
from docparse.tag.provisions import read_provision
from docparse.tag.quoted import quoted_spans
from docparse.tag.relations import Setting
from docparse.tag.rewrites import rewrites

_LAW_NAME = re.compile(r"Bộ luật|Luật|Pháp lệnh", re.IGNORECASE)
_OWN_LINE = re.compile(r"[^\n]{0,40}?(?<!\w)[Ss][ốôóo]\s*:?\s*\Z")
_NORMS = frozenset({"NĐ", "TT", "TTLT", "L", "PL"})
_PROGRAMME = re.compile(r"lập pháp|(?:xây dựng|ban hành)\s+(?:các\s+)?(?:luật|pháp lệnh)|dự án luật", re.IGNORECASE)
_DRAFT = re.compile(r"(?:[Dd]ự thảo|DỰ THẢO)\s+(?:[Bb]áo cáo thẩm định\s+)?\Z")


def find_citations(doc: Document, tables: Tables) -> Iterator[Found]:
    """All citations of the document."""
    fields = {a.value.name: a.value.value for a in doc.of_kind(Field) if isinstance(a.value, Field)}
    for mention in read_mentions(doc, fields):
        target = Target(mention.type, mention.number, mention.date, mention.issuer, mention.title)
        said = Span(*mention.evidence) if mention.evidence else None
        at = mention.symbol_at
        changed = rewrites(doc.text[at[0] : at[1]], mention.number) if at and mention.number else ()
        citation = Citation(target, mention.via, mention.relation, mention.provision, said, changed)
        yield Found(mention.span, citation, mention.confidence, mention.rule)


def read_mentions(doc: Document, fields: dict[str, str]) -> list[Mention]:
    """The mentions of the document, in order, without overlaps, with what the whole document says about each target."""
    setting = _setting(doc, fields)
    text = _unbroken(doc.text, setting.title)
    if any(page.method == "ocr" for page in doc.pages):
        text = mended(text)
    own = number_key(fields.get("header.number"))
    header_end = max(
        [
            setting.title[1],
            *(a.span.end for a in doc.of_kind(Zone) if isinstance(a.value, Zone) and a.value.name == "header"),
        ]
    )
    by_symbol = [m for m in numbered.find_numbered(text) if not _own(text, m, own, fields, header_end)]
    numbered.share_lists(text, by_symbol)
    merged = _merge([], by_symbol)
    programme = _PROGRAMME.search(text, *setting.title) is not None
    merged = _merge(merged, laws.find_laws(text, iter([(m.start, m.end) for m in merged]), programme))
    merged = _merge(merged, party_names.find_named(text))
    hosts = [m for m in by_symbol if m.rule in {"symbol", "bare-symbol"}]
    merged = _merge(merged, annexed.find_annexed(text, hosts), replace=True)
    promulgated = list(annexed.find_promulgated(text, setting.title[1], setting.own_type))
    for mention in promulgated:
        mention.number, mention.date = fields.get("header.number"), fields.get("header.date")
        mention.issuer = fields.get("header.issuer.name")
    merged = _merge(merged, promulgated, replace=True)
    merged = _merge(merged, annexed.find_bases_by_name(text), replace=True)
    merged = _merge(merged, backward.find_aliases(text, merged), replace=True)
    merged = _merge(merged, backward.find_bare_aliases(text, merged))
    merged = _merge(merged, backward.find_repeated_names(text, merged), replace=True)
    merged = _merge(merged, named_documents.find_named_documents(text, setting.own_type in _NORMS))
    merged = _merge(merged, backward.find_short(text, merged))
    merged = _merge(merged, backward.find_by_issuer(text, merged, [(m.start, m.end) for m in merged]))
    merged = _outside(quoted_spans(text), merged)
    merged = [m for m in merged if not _DRAFT.search(text[max(0, m.start - 30) : m.start]) or m.symbol]
    _complete(merged)
    _trim_titles(text, merged)
    said = relations.triggers(text, merged)
    before: Mention | None = None
    for mention in merged:
        provision = read_provision(text, mention.start, before.end if before else 0)
        if provision:
            mention.provision_start, mention.provision = provision
        verdict = relations.relate(text, said, mention, setting)
        mention.relation, mention.evidence = verdict.relation, verdict.words
        if verdict.rule == "loses-force":
            relations.spread_back(text, merged, mention)
        before = mention
    if setting.press:
        relations.press_relations(merged)
    return merged


def _unbroken(text: str, title: tuple[int, int]) -> str:
    """The text with the line breaks of the document's own title as spaces: a title is one sentence."""
    return text[: title[0]] + text[title[0] : title[1]].replace("\n", " ") + text[title[1] :]


def _setting(doc: Document, fields: dict[str, str]) -> Setting:
    text = doc.text
    subject = next(
        (a for a in doc.of_kind(Field) if isinstance(a.value, Field) and a.value.name == "header.subject"), None
    )
    title = (subject.span.start, subject.span.end) if subject else (0, 0)
    operative = re.compile(
        r"(?m)^\W*(?:QUYẾT ĐỊNH|QUYẾT NGHỊ|Q\s?U\s?Y\s?Ế\s?T\s+Đ\s?Ị\s?N\s?H|Điều 1\b|CHỈ THỊ|LUẬT|Chương I\b"
        r"|PHẦN THỨ NHẤT|I[.-])\s*[:.]?"
    ).search(text, title[1])
    end = operative.start() if operative else 0
    return Setting(
        title,
        end,
        fields.get("header.type.code"),
        doc.kind == "press",
        relations.lead_ins(text),
        relations.heads(doc.sections),
    )


def _own(text: str, mention: Mention, own: str, fields: dict[str, str], header_end: int) -> bool:
    """Whether a symbol is the document's own number: equal to the header's, or alone on a `Số:` line of the
    letterhead."""
    if own and number_key(mention.number) == own:
        return True
    line = line_start(text, mention.start)
    if mention.rule == "bare-symbol" and re.match(r"\W*(?:Số|SỐ)\s*:", text[line : mention.start + 8]):
        return True
    if mention.start < header_end and mention.rule == "bare-symbol":
        return True
    if mention.start < 600 and mention.rule == "bare-symbol":
        lead = text[line : mention.start + 8]
        return re.match(r"[^\n]{0,60}?(?:[Ss][ốôóo]|SỐ)\s*[:.]?\s*\d", lead) is not None or not lead.strip()
    letterhead = re.match(r"(?:Luật|Nghị quyết|Pháp lệnh)\s+số\s*:", text[line : line + 30])
    return mention.start < 600 and letterhead is not None and mention.start - line < 3


def _merge(old: list[Mention], new: Iterable[Mention], replace: bool = False) -> list[Mention]:
    """Both, in order; of two that overlap the old one stays unless `replace` and the new one holds it whole."""
    out = list(old)
    starts = [m.start for m in out]
    for mention in sorted(new, key=lambda m: (m.start, -m.end)):
        at = (bisect_left if replace else bisect_right)(starts, mention.start)
        if replace and at < len(out) and starts[at] == mention.start and out[at].end >= mention.end:
            continue
        if at and out[at - 1].end > mention.start:
            continue
        stop = at
        while stop < len(out) and out[stop].start < mention.end:
            stop += 1
        if stop > at and (not replace or out[stop - 1].end > mention.end):
            continue
        out[at:stop] = [mention]
        starts[at:stop] = [mention.start]
    return out


def _outside(spans: list[tuple[int, int]], mentions: list[Mention]) -> list[Mention]:
    starts = [s for s, _ in spans]

    def inside(mention: Mention) -> bool:
        at = bisect_right(starts, mention.start) - 1
        return at >= 0 and mention.end <= spans[at][1]

    return [m for m in mentions if not inside(m)]


def _complete(mentions: list[Mention]) -> None:
    """Give each mention the number, date, issuer and title that the document states for its target anywhere."""
    known: dict[tuple[str, str], Mention] = {}
    issuers: dict[tuple[str | None, tuple[str, ...]], set[str]] = {}
    by_name: dict[str, Mention] = {}
    for m in mentions:
        if m.symbol and m.issuer and m.annex_of is None:
            issuers.setdefault((m.type, m.symbol.organs), set()).add(m.issuer)
            issuers.setdefault((None, m.symbol.organs), set()).add(m.issuer)
            issuers.setdefault((None, m.symbol.organs[:1]), set()).add(m.issuer)
    inner = [
        n for m in mentions if m.title and any(c.isdigit() for c in m.title) for n in numbered.find_numbered(m.title)
    ]
    for m in [*mentions, *inner]:
        if m.number and m.via == "explicit" and m.annex_of is None:
            first = known.setdefault(m.key, m)
            if first is not m:
                _fill(first, m)
        if m.type in {"L", "PL"} and m.number and m.title and _LAW_NAME.match(m.title):
            by_name.setdefault(laws.folded(m.title), m)
    by_number = {m.number: m for m in reversed(mentions) if m.type in {"L", "PL"} and m.number}
    dated: dict[str, set[str]] = {}
    for m in mentions:
        if m.type in {"L", "PL"} and m.title and m.date and len(m.date) == 10:
            dated.setdefault(laws.folded(_named(m.title)), set()).add(m.date)
    for m in mentions:
        if m.type in {"L", "PL"} and m.number is None and m.title and m.date and len(m.date) == 4:
            whole = [d for d in dated.get(laws.folded(_named(m.title)), ()) if d.startswith(m.date)]
            m.date = whole[0] if len(whole) == 1 else m.date
        if m.type in {"L", "PL"} and m.number is None and m.title and m.date is None:
            whole = list(dated.get(laws.folded(m.title), ()))
            m.date = whole[0] if len(whole) == 1 else None
        if m.number and (best := known.get(m.key)) is not None and best is not m:
            _fill(m, best)
        if m.type in {"L", "PL"} and m.number is None and m.title:
            named = by_name.get(laws.folded(_named(m.title))) or _registered(m.title, by_number)
            if named and (m.date is None or (named.date or named.number or "").find(m.date[:4]) >= 0):
                m.number, m.symbol = named.number, named.symbol
                _fill(m, named)
        if m.annex_of is not None:
            m.date, m.issuer = m.date or m.annex_of.date, m.issuer or m.annex_of.issuer
        if m.issuer is None and m.symbol and m.symbol.shape != "assembly" and "TW" not in m.symbol.organs:
            same = issuers.get((m.type, m.symbol.organs), set()) or issuers.get((None, m.symbol.organs), set())
            if not same and m.symbol.shape == "letter":
                same = issuers.get((None, m.symbol.organs[:1]), set())  # `123/UBND-VX` beside `5/CT-UBND`
            shortest = min(same, key=len, default=None)
            if shortest and all(s.endswith(shortest) for s in same):  # `UBND tỉnh` beside `Chủ tịch UBND tỉnh`
                m.issuer = shortest


def _registered(title: str, by_number: dict[str, Mention]) -> Mention | None:
    """The one law of that name in the register whose number the document prints."""
    known = [law.number for law in laws.register().get(laws.folded(_named(title)), [])]
    printed = [by_number[n] for n in known if n in by_number]
    return printed[0] if len(printed) == 1 else None


def _trim_titles(text: str, mentions: list[Mention]) -> None:
    """End a repeated title where the document's whole citation ends it: what follows there belongs to the sentence."""
    whole: dict[tuple[str, str], str] = {}
    titled = [
        m for m in mentions
        if m.title and m.number and m.end - len(m.title) >= m.start and text.startswith(m.title, m.end - len(m.title))
    ]  # fmt: skip
    for m in titled:
        closed = text[m.end : m.end + 1] in {";", ".", "\n", ""} or text.startswith(" hết hiệu lực", m.end)
        if m.date and m.issuer and m.title and len(m.title.split()) >= 6 and closed:
            whole.setdefault(m.key, m.title)
    for m in titled:
        title = whole.get(m.key)
        if title and m.title and m.title.startswith(title + " "):
            m.end -= len(m.title) - len(title)
            m.title = title


def _named(title: str) -> str:
    """A law's name without its year."""
    return re.sub(r"\s+(?:năm\s+)?\d{4}$", "", title)


def _fill(mention: Mention, other: Mention) -> None:
    """Take over what `mention` does not state, unless their full dates contradict."""
    if mention.date and other.date and mention.date != other.date and len(mention.date) == len(other.date) == 10:
        return
    if mention.date is None or (other.date and len(other.date) > len(mention.date)):
        mention.date = other.date or mention.date
    mention.issuer = mention.issuer or other.issuer
    mention.title = mention.title or other.title
