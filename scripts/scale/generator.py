"""Corpora of any size, invented: a number of documents and a seed go in; their rows, in the order of their days, come
out one after the other.

Issuers of four levels write series by type and year. A document cites some ten others: most of them already cited often
(copying what others cite gives the power law of real citations), some of its superiors and of its own series, some that
nobody holds. One in fifty citations leaves the day out or prints the running number alone. Words follow Zipf's law.
"""

from __future__ import annotations

import hashlib
import json
import random
import zlib
from array import array
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import accumulate, islice, product
from typing import Any, Final

from docparse.record import Record
from docparse.store.rows import Named, Rows, newest, unpacked
from docparse.store.search import words_of

FIRST, DAYS = date(2004, 1, 1), 21 * 365
WORDS, VOCABULARY = 60, 50_000
PARTIAL = 0.02
TYPES: Final = {
    "nghi.dinh": ("NĐ", "Nghị định"), "thong.tu": ("TT", "Thông tư"), "quyet.dinh": ("QĐ", "Quyết định"),
    "chi.thi": ("CT", "Chỉ thị"), "ke.hoach": ("KH", "Kế hoạch"), "bao.cao": ("BC", "Báo cáo"),
    "cong.van": ("CV", "Công văn"), "huong.dan": ("HD", "Hướng dẫn"),
}  # fmt: skip
LEVELS: Final = (
    # share of documents, organs, mean citations, types
    (0.01, 30, 4, ("nghi.dinh", "thong.tu", "quyet.dinh")),
    (0.06, 63, 8, ("quyet.dinh", "chi.thi", "ke.hoach")),
    (0.33, 63 * 20, 10, ("quyet.dinh", "ke.hoach", "cong.van", "huong.dan")),
    (0.60, 700 * 3, 11, ("ke.hoach", "bao.cao", "cong.van")),
)
ONSETS: Final = "b c ch d đ g gi h k kh l m n ng nh ph qu r s t th tr v x"
RIMES: Final = "a á à ả ã ạ an án àn ang áng anh ánh ao áo ay ây ấy ê ế ệ i í iên iến iệt o ó ong ông ốc u ụ ư ước"
RELATIONS: Final = ("cites", "implements", "based_on", "cites", "cites", "amends", "replaces", "implements")


def syllables() -> list[str]:
    """Syllables as Vietnamese writes them, the order of their frequency invented."""
    made = [onset + rime for onset, rime in product(ONSETS.split(), RIMES.split())]
    random.Random(7).shuffle(made)
    return made


def vocabulary() -> list[str]:
    """`VOCABULARY` different words, single syllables first."""
    single = syllables()
    return list(islice((*single, *(a + b for a, b in product(single[:300], single[300:600]))), VOCABULARY))


@dataclass(frozen=True, slots=True)
class Organ:
    """Who writes, with the level and the beginning of its documents' ids."""

    level: int
    places: tuple[str, ...]
    authority: str
    name: str


def organs() -> list[list[Organ]]:
    """The organs of each level."""
    out: list[list[Organ]] = []
    for level, (_, count, _, _) in enumerate(LEVELS):
        some = []
        for number in range(count):
            province, unit = number % 63, number // 63
            places = ((), (f"tinh.{province}",), (f"tinh.{province}",), (f"tinh.{province}", f"huyen.{unit}"))[level]
            slug = (f"bo.{number}", "uy.ban.nhan.dan", f"so.{unit}", "uy.ban.nhan.dan")[level]
            some.append(Organ(level, places, slug, f"Cơ quan {level}-{number}"))
        out.append(some)
    return out


class Generator:
    """A stream of documents; the same seed and number give the same ones."""

    def __init__(self, documents: int, seed: int = 1) -> None:
        self._count, self._random = documents, random.Random(seed)
        self._vocabulary = vocabulary()
        self._weights = list(accumulate(1 / (rank + 1) for rank in range(VOCABULARY)))
        self._organs = organs()
        self._levels = list(accumulate(level[0] for level in LEVELS))
        self._series: dict[tuple[Organ, str, int], int] = defaultdict(int)
        self._named: list[Named] = []
        self._popular = array("i")
        self._of_organ: dict[Organ, list[int]] = defaultdict(list)
        self._superior: dict[tuple[int, str], list[int]] = defaultdict(list)

    def __iter__(self) -> Iterator[tuple[Rows, tuple[str, str], int]]:
        """Rows of a record, its words for the index, the size of its file."""
        for at in range(self._count):
            yield self._document(at)

    def _document(self, at: int) -> tuple[Rows, tuple[str, str], int]:
        random_ = self._random
        share = random_.random()
        level = next((i for i, most in enumerate(self._levels) if share < most), len(LEVELS) - 1)
        organ = self._organs[level][min(int(random_.paretovariate(0.8)), len(self._organs[level])) - 1]
        day = FIRST + timedelta(days=at * DAYS // self._count)
        type_ = random_.choice(LEVELS[level][3])
        series = (organ, type_, day.year)
        self._series[series] += 1
        code, printed = TYPES[type_]
        number = f"{self._series[series]}/{code}-CQ{level}"
        place = "".join(f";{place}" for place in organ.places)
        urn = f"urn:lex:vn{place}:{organ.authority}:{type_}:{day.isoformat()};{number.lower().replace('/', '-')}"
        words = random_.choices(self._vocabulary, cum_weights=self._weights, k=WORDS)
        subject = " ".join(words[:8])
        own = Named(urn, printed, number, day.isoformat(), organ.name, subject)
        cited = 1 + min(60, int(random_.expovariate(1 / LEVELS[level][2])))
        targets = [self._cited(organ) for _ in range(cited)] if at else []
        self._named.append(Named(urn, printed, number, day.isoformat(), organ.name, None))
        self._of_organ[organ].append(at)
        if level < 3:
            self._superior[level, "".join(organ.places[:1])].append(at)
        if level == 0 or not at:
            self._popular.append(at)
        return self._rows(own, organ, words, targets)

    def _cited(self, organ: Organ) -> Named:
        random_ = self._random
        kind = random_.random()
        found = None
        if kind < 0.68:
            found = random_.choice(self._popular)
            self._popular.append(found)
        elif kind < 0.83:
            above = self._superior[max(0, organ.level - 1), "".join(organ.places[:1]) if organ.level > 1 else ""]
            found = random_.choice(above[-500:]) if above else None
        elif kind < 0.93:
            mine = self._of_organ[organ]
            found = random_.choice(mine[-50:]) if mine else None
        if found is None:  # one that nobody holds
            day = FIRST - timedelta(days=random_.randrange(2000))
            number = f"{random_.randrange(1, 3000)}/QĐ-TW"
            named = Named(
                f"urn:lex:vn:chinh.phu:quyet.dinh:{day.isoformat()};{number.lower().replace('/', '-')}",
                "Quyết định", number, day.isoformat(), None, None,
            )  # fmt: skip
        else:
            named = self._named[found]
        return partial(named, random_) if random_.random() < PARTIAL else named

    def _rows(
        self, own: Named, organ: Organ, words: list[str], targets: list[Named]
    ) -> tuple[Rows, tuple[str, str], int]:
        text = f"{own.number} {' '.join(words)}\n" + "; ".join(str(t.number) for t in targets)
        data = text.encode()
        digest = hashlib.sha256(own.urn.encode() + data).hexdigest()
        citations = [
            {
                "id": f"citation:{i}-{i + 1}", "text": text[i : i + 1], "span": [i, i + 1], "boxes": [], "task": None,
                "confidence": 0.9, "rule": "invented", "via": "explicit", "relation": RELATIONS[i % len(RELATIONS)],
                "provision": None,
                "target": {"id": t.urn, "type": t.type, "number": t.number, "date": t.date, "issuer": t.issuer,
                           "title": None},
            }
            for i, t in enumerate(targets)
        ]  # fmt: skip
        record = {
            "schema": "docparse/1", "id": own.urn, "kind": "official",
            "source": {"path": f"{digest}.txt", "sha256": digest, "media_type": "text/plain", "bytes": len(data),
                       "pages": [{"number": 1, "width": 0, "height": 0, "span": [0, len(text)], "method": "markup",
                                  "confidence": None, "rotation": 0}]},
            "text": text,
            "header": {"system": "state", "type": {"code": own.type, "name": own.type}, "number": own.number,
                       "issuer": {"name": organ.name, "parent": None, "level": None, "place": None}, "place": None,
                       "date": own.date, "subject": own.title, "secrecy": None, "urgency": None, "draft": False,
                       "evidence": {}},
            "addressees": [], "sections": [], "tasks": [], "recipients": [], "signature": None, "signatures": [],
            "citations": citations, "deadlines": [], "bodies": [], "warnings": [],
        }  # fmt: skip
        document: dict[str, Any] = {
            "sha256": digest, "newest": newest(own.date, digest), "path": f"{digest}.txt", "media_type": "text/plain",
            "kind": "official", "system": "state", "type": own.type, "number": own.number, "date": own.date,
            "issuer": organ.name, "level": None, "place": None, "subject": own.title, "pages": 1, "unreadable": 0,
            "quality": 1.0, "warnings": 0, "fingerprint": "scale",
            "record": zlib.compress(json.dumps(record, ensure_ascii=False).encode(), 1),
        }  # fmt: skip
        edges = tuple(
            {"target": t.urn, "relation": RELATIONS[i % len(RELATIONS)], "citation": f"citation:{i}-{i + 1}",
             "provision": None, "via": "explicit", "confidence": 0.9, "rule": "invented"}
            for i, t in enumerate(targets)
        )  # fmt: skip
        return Rows(own, document, tuple(targets), edges, (), ()), words_of(f"{own.title}\n{text}"), len(data)


def partial(named: Named, random_: random.Random) -> Named:
    """The name without its day, with its year alone, or with the running number alone."""
    head, _, number = named.urn.rpartition(";")
    before, _, day = head.rpartition(":")
    bare = number.split("-")[0]
    open_ = random_.choice((f"{before}:;{number}", f"{before}:{day[:4]};{number}", f"{before}:{day};{bare}"))
    return Named(open_, named.type, named.number, None, None, None)


def record(rows: Rows) -> Record:
    """The record behind the rows."""
    return Record.model_validate_json(unpacked(rows.document["record"]))
