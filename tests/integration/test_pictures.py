"""A chain over time: cards in their rows and years, none over another, the same bytes for any order of intake."""

from __future__ import annotations

import random
from collections.abc import Iterator
from itertools import combinations
from pathlib import Path
from typing import get_args

import pytest
from lxml import etree
from records import LAM_DONG, LETTER, PLAN, a_record
from typer.testing import CliRunner

from docparse import cli
from docparse.export import html, svg
from docparse.export.levels import ROWS, row_of
from docparse.export.relations import LOOKS
from docparse.export.timeline import CARD_HEIGHT, MOST, Card, fitted, text_width, timeline
from docparse.link.names import parse_name
from docparse.model import Relation
from docparse.record import Record
from docparse.store.corpus import Corpus
from docparse.store.lookup import Node

LAW = "urn:lex:vn:quoc.hoi:luat:2015-06-19;77-2015-qh13"
UNDATED = "urn:lex:vn;lam.dong:uy.ban.nhan.dan:ke.hoach:;9-kh-ubnd"
YEAR_ONLY = "urn:lex:vn:bo.noi.vu:thong.tu:2004;3-2004-tt-bnv"
SVG = "{http://www.w3.org/2000/svg}"


def archive(many: int) -> list[Record]:
    """Documents that all carry LAM_DONG out, or each other, over six years and four levels."""
    chance = random.Random(many)
    made = [LAM_DONG]
    records = [a_record(LAM_DONG, [("based_on", LAW), ("cites", YEAR_ONLY)])]
    for number in range(1, many):
        place = chance.choice(["lam.dong", "lam.dong;lac.duong", "lam.dong;lac.duong;lat"])
        day = f"{chance.randint(2018, 2024)}-{chance.randint(1, 12):02}-{chance.randint(1, 28):02}"
        urn = f"urn:lex:vn;{place}:uy.ban.nhan.dan:ke.hoach:{day if number % 9 else ''};{number}-kh-ubnd"
        cites = [("implements", LAM_DONG), (chance.choice(list(LOOKS)), chance.choice(made))]
        records.append(a_record(urn, [pair for pair in cites if pair[1] != urn], subject="Kế hoạch <thử> & đo"))
        made.append(urn)
    return records


def opened(where: Path, records: list[Record]) -> Corpus:
    corpus = Corpus.open(where, create=True)
    for record in records:
        corpus.add(record)
    return corpus


@pytest.fixture
def small(tmp_path: Path) -> Iterator[Corpus]:
    records = [
        a_record(PLAN, [("implements", LAM_DONG), ("based_on", LAW)], text="Thực hiện Chỉ thị 24-CT/TU; các sở lo."),
        a_record(LETTER, [("cites", PLAN), ("cites", LAM_DONG)]),
        a_record(UNDATED, [("amends", PLAN)]),
    ]
    with opened(tmp_path / "small", records) as corpus:
        yield corpus


def test_cards_stand_in_their_rows_and_in_order_of_time(small: Corpus) -> None:
    picture = timeline(small.chain(LAM_DONG, "down"))
    rows = {card.node.id: ROWS[card.row] for card in picture.cards}
    assert rows == {LAM_DONG: "Đảng: tỉnh", PLAN: "Tỉnh", LETTER: "Đảng: huyện", UNDATED: "Tỉnh"}
    dated = [card for card in picture.cards if card.day]
    assert [card.node.id for card in dated] == [LAM_DONG, PLAN, LETTER]
    assert [card.x for card in dated] == sorted(card.x for card in dated)
    assert [card.node.id for card in picture.cards if not card.day] == [UNDATED]
    assert picture.undated is not None
    assert max(c.x + c.width for c in picture.cards if not c.day) < min(c.x for c in dated)
    tops = {row.name: row.y for row in picture.rows}
    assert list(tops) == ["Đảng: tỉnh", "Đảng: huyện", "Tỉnh"]  # empty rows are left out


@pytest.mark.parametrize("many", [5, 20, 60])
def test_no_card_lies_over_another(tmp_path: Path, many: int) -> None:
    with opened(tmp_path / "many", archive(many)) as corpus:
        picture = timeline(corpus.chain(LAM_DONG, "down"))
    assert len(picture.cards) == many
    assert not [(a.label, b.label) for a, b in combinations(picture.cards, 2) if over(a, b)]
    for card in picture.cards:
        assert 0 < card.x < card.x + card.width <= picture.width
        assert card.y + CARD_HEIGHT <= picture.height
        assert text_width(card.label, 12) <= card.width
    assert picture.width < 3200


def over(a: Card, b: Card) -> bool:
    return a.x < b.x + b.width and b.x < a.x + a.width and a.y < b.y + CARD_HEIGHT and b.y < a.y + CARD_HEIGHT


def test_the_order_of_intake_changes_no_byte(tmp_path: Path) -> None:
    records = archive(20)
    drawn = []
    for name, order in (("a", records), ("b", records[::-1])):
        with opened(tmp_path / name, order) as corpus:
            chain = corpus.chain(LAM_DONG, "down")
            drawn.append((svg.dumped(chain), html.dumped(corpus, chain)))
    assert drawn[0] == drawn[1]


def test_the_picture_stands_for_itself_and_can_be_read_aloud(small: Corpus) -> None:
    drawn = svg.dumped(small.chain(PLAN, "up"))
    root = etree.fromstring(drawn)
    assert not root.findall(f".//{SVG}script")
    assert b"http" not in drawn.replace(b"http://www.w3.org/2000/svg", b"")
    cards = [group for group in root.iter(f"{SVG}g") if "card" in group.get("class", "").split()]
    assert [group.get("tabindex") for group in cards] == ["0"] * 3
    assert all(group.find(f"{SVG}title") is not None and group.find(f"{SVG}desc") is not None for group in cards)
    lines = [path for path in root.iter(f"{SVG}path") if path.get("data-from")]
    said = {path.findtext(f"{SVG}title") for path in lines}
    assert said == {"215-KH/UBND thực hiện 24-CT/TU", "215-KH/UBND căn cứ 77-2015/QH13"}
    assert {rect.get("stroke-dasharray") for rect in root.iter(f"{SVG}rect") if "cited" in rect.get("class", "")} == {
        "4 3"
    }
    assert b"prefers-color-scheme:dark" in drawn


def test_the_page_has_the_sentences_and_escapes_them(tmp_path: Path) -> None:
    words = "Theo đề nghị <script>alert(1)</script> của Sở. Thực hiện Chỉ thị; các sở lo liệu."
    with opened(tmp_path / "page", [a_record(PLAN, [("implements", LAM_DONG)], text=words)]) as corpus:
        page = html.html(corpus, corpus.chain(PLAN, "up"))
    assert "<mark>T</mark>heo đề nghị" in page
    assert page.count("<script>") == 1
    assert 'id="doc-0"' in page
    assert 'href="#doc-1"' in page
    assert "by-hand" in page


def test_the_command_writes_both_files(small: Corpus, tmp_path: Path) -> None:
    files = [str(tmp_path / name) for name in ("chain.svg", "chain.html")]
    asked = [
        "chain",
        LAM_DONG,
        "--down",
        "--as-of",
        "2020-01-01",
        "-C",
        small.where,
        "--svg",
        files[0],
        "--html",
        files[1],
    ]
    done = CliRunner().invoke(cli.app, asked)
    assert done.exit_code == 0, done.output
    assert "tính đến 2020-01-01" in Path(files[0]).read_text("utf-8")
    assert "<!DOCTYPE html>" in Path(files[1]).read_text("utf-8")
    done = CliRunner().invoke(cli.app, [*asked[:-3], str(tmp_path / "none" / "a.svg")])
    assert done.exit_code != 0
    assert "a.svg" in done.stderr or "none" in done.stderr


def test_a_long_chain_shows_the_nearest_and_says_so(tmp_path: Path) -> None:
    cites = [("cites", f"urn:lex:vn:bo.noi.vu:thong.tu:2010-01-01;{number}-2010-tt-bnv") for number in range(MOST + 5)]
    with opened(tmp_path / "long", [a_record(LAM_DONG, cites)]) as corpus:
        chain = corpus.chain(LAM_DONG, "up")
        assert timeline(chain).left_out == 6
        assert "còn 6 văn bản xa hơn" in svg.svg(chain)


@pytest.mark.parametrize(
    ("urn", "issuer", "row"),
    [
        (LAW, None, "Trung ương"),
        ("urn:lex:vn::luat:2015-06-19;luat.ngan.sach", None, "Trung ương"),
        (YEAR_ONLY, None, "Bộ, ngành"),
        ("urn:lex:vn:trung.uong:nghi.quyet:2017-10-25;18-nq-tw", None, "Đảng: Trung ương"),
        ("urn:lex:vn;bac.kan;ba.be:huyen.uy:chi.thi:2019-01-02;1-ct-hu", None, "Đảng: huyện"),
        ("urn:lex:vn;bac.kan;ba.be:dang.uy:cong.van:2025-08-02;1-cv-du", None, "Đảng: xã"),
        ("urn:lex:vn;bac.kan;ba.be:uy.ban.nhan.dan:ke.hoach:2019-01-02;1-kh-ubnd", None, "Huyện"),
        ("urn:lex:vn;bac.kan;ba.be:uy.ban.nhan.dan:ke.hoach:2025-08-02;1-kh-ubnd", None, "Xã"),
        ("urn:lex:vn;ba.be:uy.ban.nhan.dan:ke.hoach:2020-08-02;1-kh-ubnd", "Ủy ban nhân dân xã Ba Bể", "Xã"),
        ("urn:lex:vn:trung.uong.doan.thanh.nien.cong.san.ho.chi.minh:ke.hoach:2020-01-01;1-kh-twdtn", None, "Đoàn thể"),
        ("urn:lex:vn:::;24", None, "Không rõ cấp"),
    ],
)
def test_an_issuer_has_a_level(urn: str, issuer: str | None, row: str) -> None:
    assert ROWS[row_of(Node(1, urn, None, None, parse_name(urn).date or None, issuer, None, ()))] == row


def test_every_relation_has_a_look_of_its_own() -> None:
    assert set(LOOKS) == set(get_args(Relation))
    assert len({(look.light, look.dash, look.width) for look in LOOKS.values()}) == len(LOOKS)


def test_a_text_is_cut_to_its_room() -> None:
    assert fitted("Ủy ban nhân dân tỉnh", 10, 400) == "Ủy ban nhân dân tỉnh"
    cut = fitted("Ủy ban nhân dân " * 40, 10, 100)
    assert cut.endswith("…")
    assert text_width(cut, 10) <= 100
