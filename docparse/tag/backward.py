"""Short forms that mean a document named before: aliases (`Quy chế 456`), bare numbers (`Chỉ thị 24`), repeated names.

In: the text and the mentions found so far. Out: further mentions, each with the target of what it points back to.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache

from docparse.alternatives import AT_CAPITAL, AT_WORD, one_of
from docparse.authority import fold
from docparse.tables import Tables
from docparse.tag.dates import read_date
from docparse.tag.issuers import read_issuer
from docparse.tag.mention import Mention
from docparse.tag.namesakes import Namesakes
from docparse.tag.phrases import Phrases
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
    annexed = _annexed(mentions)
    for mention in mentions:
        for alias in mention.aliases:
            word = _type_word_of(alias)
            if word is None or len(alias.split()) == len(word.split()):
                continue  # `(sau đây gọi là Nghị định)`: a bare type word is no name to search for
            if len(SYMBOL.findall(alias)) > 1:
                continue  # `Thông tư số A được sửa đổi bởi Thông tư số B` names two documents, each in full
            target = _meant(mention, word, annexed)
            meaning.setdefault(" ".join(alias.split()), (mention.end, target))
    if not meaning:
        return
    for start, end, name in Phrases(meaning, barred="/").found(text):
        defined, target = meaning[name]
        if start >= defined:
            yield _pointing(start, end, target, "alias", "alias", 0.92)


_NAMED_ALONE = frozenset({"L", "PL", "NĐ", "TT", "NQ", "QĐ", "QC", "QyĐ", "CT"})


def find_bare_aliases(text: str, mentions: Sequence[Mention]) -> Iterator[Mention]:
    """A type word that a bracket defined as the name of one document (`sau đây gọi là Luật`), where a provision of it
    is cited: `khoản 2 Điều 5 Luật`. Without a provision a type word names nothing."""
    annexed = _annexed(mentions)
    defined: set[str] = set()  # where a word is defined again the first definition has the text behind it already
    for mention in mentions:
        for alias in mention.aliases:
            word = _type_word_of(alias)
            if word is None or word in defined or alias.strip() != word or not word[0].isupper():
                continue
            target = _meant(mention, word, annexed)
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


_Annexed = dict[tuple[tuple[str, str], str | None], Mention]


def _annexed(mentions: Sequence[Mention]) -> _Annexed:
    """The first mention of each annexed document, by what it is annexed to and its type."""
    out: _Annexed = {}
    for mention in mentions:
        if mention.annex_of is not None:
            out.setdefault((mention.annex_of.key, mention.type), mention)
    return out


def _meant(mention: Mention, word: str, annexed: _Annexed) -> Mention:
    """What an alias in a mention's bracket names: the annexed document when the alias has its type word, else the
    mention."""
    known = type_word(word)
    code = known.code if known else None
    if code == mention.type:
        return mention
    there = annexed.get((mention.key, code))
    return there or Mention(
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
    known: defaultdict[tuple[str, str], Namesakes] = defaultdict(Namesakes)
    for mention in mentions:
        if mention.symbol is not None and mention.type:
            known[mention.type, mention.symbol.number.lstrip("0")].add(mention)
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
        same = known[code, number]
        candidates = same.of_year(year) if year else same
        target = candidates.before(match.start()) or candidates.first
        mention = Mention(match.start(), match.end(), code, match["number"] + (year or ""), via="short")
        mention.rule, mention.confidence = "short", 0.85
        if target is not None and len(candidates.keys) == 1:
            mention = _pointing(match.start(), match.end(), target, "short", "short", 0.88)
        elif target is not None:
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
            same.add(mention)
        elif target is None and match["number"] in same.numbers:
            continue
        yield mention
        for more in _MORE_NUMBERS.finditer(text, mention.end, mention.end + 60):
            if more.start() != mention.end or mention.via == "alias":
                break
            mention = Mention(
                more.start("member"), more.end(), code, more["number"], via="short", rule="short", confidence=0.6,
                lead=match.start(),
            )  # fmt: skip
            found = known[code, more["number"].lstrip("0")]
            if found.last is not None and len(found.keys) == 1:
                mention = _pointing(mention.start, mention.end, found.last, "short", "short", 0.8)
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


_NAMED_WORK = re.compile(
    r"(?<!\w)(?P<type>Quy che|Quy dinh|Ke hoach|De an|Chuong trinh|Phuong an|Quy trinh)\s+(?P<about>ve\s+)?"
)


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
    phrases = Phrases(names)
    plain = fold(text)  # a scan loses marks before letters
    lower = plain.replace("İ", "I").lower()  # the one letter that two letters are the small form of
    for match in _NAMED_WORK.finditer(plain):
        at, behind = match.end(), phrases.longest(lower, match.end())
        if behind is None and match["about"]:
            at, behind = match.start("about"), phrases.longest(lower, match.start("about"))
        if behind is None:
            continue
        bare, target = names[behind[1]]
        known = type_word(text[match.start("type") : match.end("type")])
        if known is None or known.code != target.type:
            continue
        end = _as_far_as(text, at, bare)
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
    by: defaultdict[tuple[str, str], Namesakes] = defaultdict(Namesakes)
    coming = [m for m in reversed(mentions) if m.number and m.issuer and m.type]
    if not coming:
        return
    spans = set(taken)
    for match in _OF_ISSUER.finditer(text):
        issued = read_issuer(text, match.end())
        known = type_word(match["type"])
        if issued is None or known is None:
            continue
        while coming and coming[-1].end <= match.start():
            mention = coming.pop()
            by[mention.type or "", (mention.issuer or "").lower()].add(mention)
        found = by[known.code, issued[1].lower()]
        if not _WORKS.search(text[max(0, match.start() - 45) : match.start()]):
            continue
        if found.last is not None and len(found.keys) == 1 and (match.start(), issued[0]) not in spans:
            following = text[issued[0] : issued[0] + 3]
            if following[:1] in {",", ".", ";", "\n"} or following.startswith((" và", " tr")):
                yield _pointing(match.start(), issued[0], found.last, "short", "type-of-issuer", 0.7)
