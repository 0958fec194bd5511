"""Short forms that mean a document named before: aliases (`Quy chế 456`), bare numbers (`Chỉ thị 24`), repeated names.

In: the text and the mentions found so far. Out: further mentions, each with the target of what it points back to.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache

from docparse.alternatives import AT_CAPITAL, AT_WORD, one_of
from docparse.authority import fold
from docparse.tables import Tables
from docparse.tag.dates import read_date
from docparse.tag.issuers import read_issuer
from docparse.tag.mention import Mention
from docparse.tag.provisions import read_provision
from docparse.tag.symbols import SYMBOL
from docparse.tag.titles import read_title
from docparse.tag.type_words import alternation, type_word

_LEAD = re.compile(r"^(?:[Vv]ề việc|[Vv]ề|V/v|[Bb]an hành|[Qq]uy định|[Pp]hê duyệt)\s+")
_FOREIGN = re.compile(r"(?:\s+và\s+\d+)?\s*\((?:Rev\.?\s*|[^()\d]{0,40}?)[A-Z]{2,}\s?-?\s?\d|\s*:\s*[.\u2026]{2}")
_GOES_ON = re.compile(
    r"[ ]+(?:này|và|của|là|do|thì|được|đã|đối|trong|tại|trên|theo|để|nhằm|có|phải|không|khi|với|cho|từ|ở|gồm|như)(?!\w)"
)
_OWN_NUMBERS = frozenset({"CT", "NQ", "KL", "QĐ", "QyĐ", "NĐ", "TT", "ĐA", "KH", "HD", "CV", "TB", "QC", "PL", "SL"})


def find_aliases(text: str, mentions: Sequence[Mention]) -> Iterator[Mention]:
    """Each further mention by a name that a bracket defined, after its definition."""
    meaning: dict[str, tuple[int, Mention]] = {}
    for mention in mentions:
        for alias in mention.aliases:
            word = _type_word_of(alias)
            if word is None or len(alias.split()) == len(word.split()):
                continue  # `(sau đây gọi là Nghị định)`: a bare type word is no name to search for
            if len(SYMBOL.findall(alias)) > 1:
                continue  # `Thông tư số A được sửa đổi bởi Thông tư số B` names two documents, each in full
            target = _meant(mention, word, mentions)
            meaning.setdefault(" ".join(alias.split()), (mention.end, target))
    if not meaning:
        return
    pattern = re.compile(
        r"(?<!\w)(?:"
        + "|".join(re.escape(a).replace(r"\ ", r"\s+") for a in sorted(meaning, key=len, reverse=True))
        + r")(?!\w)(?!/)"
    )
    for match in pattern.finditer(text):
        start, target = meaning[" ".join(match[0].split())]
        if match.start() >= start:
            yield _pointing(match.start(), match.end(), target, "alias", "alias", 0.92)


_NAMED_ALONE = frozenset({"L", "PL", "NĐ", "TT", "NQ", "QĐ", "QC", "QyĐ", "CT"})


def find_bare_aliases(text: str, mentions: Sequence[Mention]) -> Iterator[Mention]:
    """A type word that a bracket defined as the name of one document (`sau đây gọi là Luật`), where a provision of it
    is cited: `khoản 2 Điều 5 Luật`. Without a provision a type word names nothing."""
    defined: set[str] = set()  # where a word is defined again the first definition has the text behind it already
    for mention in mentions:
        for alias in mention.aliases:
            word = _type_word_of(alias)
            if word is None or word in defined or alias.strip() != word or not word[0].isupper():
                continue
            target = _meant(mention, word, mentions)
            if target.type not in _NAMED_ALONE:
                continue
            defined.add(word)
            pattern = re.compile(
                rf"(?<!\w){re.escape(word)}(?=\s*[,.;:)\n]|\s+(?:và|thì|để|được|phải|về|đối|có|này)(?!\w))"
            )
            for match in pattern.finditer(text, mention.end):
                if text.startswith(" này", match.end()):
                    continue
                if read_provision(text, match.start()) is not None:
                    yield _pointing(match.start(), match.end(), target, "alias", "bare-alias", 0.75)


def _meant(mention: Mention, word: str, mentions: Sequence[Mention]) -> Mention:
    """What an alias in a mention's bracket names: the annexed document when the alias has its type word, else the
    mention."""
    known = type_word(word)
    code = known.code if known else None
    if code == mention.type:
        return mention
    annexed = next(
        (m for m in mentions if m.annex_of is not None and m.annex_of.key == mention.key and m.type == code), None
    )
    if annexed:
        return annexed
    return Mention(
        mention.start,
        mention.end,
        code,
        mention.number,
        mention.date,
        mention.issuer,
        mention.title,
        mention.symbol,
        annex_of=mention,
    )


@lru_cache(maxsize=1)
def _typed() -> re.Pattern[str]:
    return re.compile(rf"(?P<type>{alternation()})(?!\w)")


def _type_word_of(alias: str) -> str | None:
    match = _typed().match(alias)
    return match["type"] if match else None


_WITH_YEAR = frozenset({"NĐ", "TT", "QĐ", "NQ"})
"""Types whose number people shorten to number and year: `Nghị định 100/2019`."""
_SHORT_TYPES = ("NQ", "KL", "CT", "QĐ")


@lru_cache(maxsize=1)
def _short() -> re.Pattern[str]:
    return re.compile(
        rf"(?P<type>{alternation(numbered=True, behind=AT_CAPITAL, more=_SHORT_TYPES)})\s+(?P<word>(?:[Ss]ố)\s+)?"
        rf"(?P<number>\d{{1,4}}[a-z]?)(?P<year>/(?:19|20)\d\d(?!\s?[-/\u2013]))?(?![\w%])"
        rf"(?!\s?[-/\u2013]\s?[\dA-ZĐ]|[.,]\d)"
        rf"(?!{Tables.default().rules('short_forms')['counted'].source})"
    )


def find_short(text: str, mentions: Sequence[Mention]) -> Iterator[Mention]:
    """Bare numbers after a type word; the target is the last mention before it with that type and number."""
    known: dict[tuple[str, str], list[Mention]] = {}
    for mention in mentions:
        if mention.symbol is not None and mention.type:
            known.setdefault((mention.type, mention.symbol.number.lstrip("0")), []).append(mention)
    codes = {code: code for code in _SHORT_TYPES}
    for match in _short().finditer(text):
        entry = type_word(match["type"])
        code = codes.get(match["type"]) or (entry.code if entry else None)
        if code is None or not (match["type"][0].isupper()):
            continue
        number = match["number"].lstrip("0")
        year = match["year"]
        if year and (code not in _WITH_YEAR or len(match["number"]) < 2):
            continue  # `Kế hoạch 6/2021` is one of June
        candidates = [m for m in known.get((code, number), []) if not year or (m.number or "").find(year) > 0]
        before = [m for m in candidates if m.end <= match.start()]
        target = before[-1] if before else (candidates[0] if candidates else None)
        mention = Mention(match.start(), match.end(), code, match["number"] + (year or ""), via="short")
        mention.rule, mention.confidence = "short", 0.85
        if target is not None and len({m.key for m in candidates}) == 1:
            mention = _pointing(match.start(), match.end(), target, "short", "short", 0.88)
        elif candidates:
            continue  # two documents of one type and number: no guess
        else:
            if _FOREIGN.match(text, match.end()):
                continue  # `Nghị quyết 163 (WRC-15)`: of an international conference
            if code not in _OWN_NUMBERS or (match["word"] is None and len(match["number"]) < 2):
                continue
            mention.confidence = 0.6
        mention.symbol_at = (match.start("number"), match.end("year") if year else match.end("number"))
        _tail(text, mention)
        if target is None and (mention.date is not None or (mention.issuer and mention.title)):
            mention.via = "explicit"
            known.setdefault((code, number), []).append(mention)
        elif target is None:
            if not before and any(m.number == match["number"] for m in known.get((code, number), [])):
                continue
            known.setdefault((code, number), [])
        yield mention
        for more in _MORE_NUMBERS.finditer(text, mention.end, mention.end + 60):
            if more.start() != mention.end or mention.via == "alias":
                break
            mention = Mention(
                more.start("member"), more.end(), code, more["number"], via="short", rule="short", confidence=0.6,
                lead=match.start(),
            )  # fmt: skip
            found = known.get((code, more["number"].lstrip("0")), [])
            if len({m.key for m in found}) == 1:
                mention = _pointing(mention.start, mention.end, found[-1], "short", "short", 0.8)
            mention.symbol_at = more.span("number")
            _tail(text, mention)
            yield mention


_MORE_NUMBERS = re.compile(
    r"(?:\s*,\s*|\s+và\s+)(?P<member>[Ss]ố\s+(?P<number>\d{1,4}[a-z]?))(?![\w%])(?!\s?[-/\u2013.,]\s?[\dA-ZĐ])"
)


def _tail(text: str, mention: Mention) -> None:
    """Date, issuer and title after a bare number: `Chỉ thị số 24, ngày 27/02/2018 của …`."""
    dated = read_date(text, mention.end)
    if dated:
        mention.end, mention.date = dated
    issued = read_issuer(text, mention.end)
    if issued:
        mention.end, mention.issuer = issued
    if dated or issued:
        title = read_title(text, mention.end, bare=False)
        if title:
            mention.end, mention.title = title


def find_repeated_names(text: str, mentions: Sequence[Mention]) -> Iterator[Mention]:
    """A named type word followed by the name of a document cited before: `Quy chế công tác dân vận của hệ thống chính
    trị`."""
    names: dict[str, tuple[str, Mention]] = {}
    for mention in mentions:
        entry = mention.title
        if not entry or mention.type not in {"QC", "QyĐ", "KH", "ĐA", "CTr", "PA", "QTr", "ĐL"}:
            continue
        if mention.rule not in {"annexed", "promulgated", "base-name"} and mention.type not in {"QyĐ", "QC", "ĐA"}:
            continue
        bare = _bare(entry)
        words = bare.split()
        if len(words) >= 4 or (mention.type == "QyĐ" and len(words) >= 3):
            key = fold(" ".join(words[:4])).lower()
            names.setdefault(key, (bare, mention))
    if not names:
        return
    openings = "|".join(re.escape(k).replace(r"\ ", r"\s+") for k in sorted(names, key=len, reverse=True))
    pattern = re.compile(
        rf"(?<!\w)(?P<type>Quy che|Quy dinh|Ke hoach|De an|Chuong trinh|Phuong an|Quy trinh)\s+(?:ve\s+)?"
        rf"(?P<name>(?i:{openings}))(?!\w)"
    )
    plain = fold(text)  # a scan loses marks before letters
    for match in pattern.finditer(plain):
        bare, target = names[" ".join(match["name"].lower().split())]
        known = type_word(text[match.start("type") : match.end("type")])
        if known is None or known.code != target.type:
            continue
        end = _as_far_as(text, match.start("name"), bare)
        short = len(text[match.start() : end].split()) < 0.7 * len(bare.split())
        if short and re.match(r"[ ]+[a-zđ]", text[end : end + 3]) and not _GOES_ON.match(text, end):
            continue  # another name with the same beginning
        mention = _pointing(match.start(), end, target, "short" if short else "explicit", "repeated-name", 0.8)
        issued = read_issuer(text, end)
        if issued and target.issuer and text[end : issued[0]].count(" ") < 12 and _alike(issued[1], target.issuer):
            mention.end = issued[0]
        yield mention


def _alike(a: str, b: str) -> bool:
    return a.lower()[:14] == b.lower()[:14]


def _bare(title: str) -> str:
    """The name without its type word and lead word."""
    match = _typed().match(title)
    name = title[match.end() :] if match else title
    return _LEAD.sub("", name.strip(' :\u201c\u201d"'))


def _as_far_as(text: str, at: int, name: str) -> int:
    """The end of the words at `at` that follow `name` word for word."""
    end = at
    expected = iter(re.findall(r"\w+", fold(name.lower())))
    for match in re.compile(r"\w+").finditer(text, at):
        word, said = next(expected, None), fold(match[0].lower())
        if word == "cua" != said:
            word = next(expected, None)  # a name is repeated without its `của`
        if (
            said != word
            or (end > at and "\n" in text[end : match.start()])
            or (end > at and re.search(r"[.;:]", text[end : match.start()]))
        ):
            break
        end = match.end()
    return end


def _pointing(start: int, end: int, target: Mention, via: str, rule: str, confidence: float) -> Mention:
    mention = Mention(
        start, end, target.type, target.number, target.date, target.issuer, target.title, target.symbol, rule=rule,
        confidence=confidence, annex_of=target.annex_of, promulgated=target.promulgated,
    )  # fmt: skip
    mention.via = "alias" if via == "alias" else "short" if via == "short" else "explicit"
    return mention


_ISSUED_TYPES = (
    "Chỉ thị", "Nghị quyết", "Kết luận", "Quyết định", "Quy định", "Thông báo", "Hướng dẫn", "Kế hoạch", "Công điện",
)  # fmt: skip
_OF_ISSUER = re.compile(rf"(?P<type>{one_of(_ISSUED_TYPES, AT_WORD)})(?=\s+của\s+[A-ZĐ])")
_WORKS = re.compile(r"(?:thực hiện|triển khai|quán triệt|theo|tại|chấp hành|tinh thần|Thực hiện)[^.;\n]{0,25}\Z")


def find_by_issuer(text: str, mentions: Sequence[Mention], taken: Iterable[tuple[int, int]]) -> Iterator[Mention]:
    """`Chỉ thị của Ban Bí thư`: the one document of that type and issuer cited before it."""
    by: dict[tuple[str, str], list[Mention]] = {}
    for mention in mentions:
        if mention.number and mention.issuer and mention.type:
            by.setdefault((mention.type, mention.issuer.lower()), []).append(mention)
    if not by:
        return
    spans = set(taken)
    for match in _OF_ISSUER.finditer(text):
        issued = read_issuer(text, match.end())
        known = type_word(match["type"])
        if issued is None or known is None:
            continue
        found = [m for m in by.get((known.code, issued[1].lower()), []) if m.end <= match.start()]
        if not _WORKS.search(text[max(0, match.start() - 45) : match.start()]):
            continue
        if found and len({m.key for m in found}) == 1 and (match.start(), issued[0]) not in spans:
            following = text[issued[0] : issued[0] + 3]
            if following[:1] in {",", ".", ";", "\n"} or following.startswith((" và", " tr")):
                yield _pointing(match.start(), issued[0], found[-1], "short", "type-of-issuer", 0.7)
