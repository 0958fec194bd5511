"""The register: every row is found by its code and its names on its days; what was, is, and came after."""

from __future__ import annotations

import json
import unicodedata

import pytest
from typer.testing import CliRunner, Result

from docparse import cli
from docparse.authority import organ_of_code
from docparse.communes import communes, communes_after, communes_named, province_of_commune
from docparse.errors import InputError
from docparse.export import organs
from docparse.export.organs import organ_cards
from docparse.register import (
    Body,
    bodies,
    candidates_at,
    meanings,
    nearest,
    organ_at,
    place_of,
    predecessors,
    successor_today,
    successors,
)
from docparse.tables import Tables
from docparse.tag.symbols import parse_symbol
from docparse.territory import changes, kind_on, province_today, provinces_after, provinces_before, stood

ROWS = [pytest.param(row, id=row["id"]) for row in Tables.default().rows("organs")]


def day_of(body: Body) -> str:
    """A day on which the organ stood."""
    if body.until:
        return (body.until + "-01-01")[:10] if len(body.until) == 4 else (body.until + "-01")[:10]
    return max((body.since or "2025-12-01") + "-12-28"[len(body.since or "2025-12-01") - 10 :], "2025-12-28")


def test_the_register_is_large_enough() -> None:
    assert len(bodies()) >= 400
    assert len(bodies()) == len(ROWS), "ids are unique"


@pytest.mark.parametrize("row", ROWS)
def test_a_row_is_found_by_its_example(row: dict[str, str]) -> None:
    body = bodies()[row["id"]]
    if symbol := parse_symbol(row["example"]):
        code = next(c for c in symbol.organs if c.startswith(body.code or "-"))
        assert organ_of_code(code) is not None
        assert body.id in {b.id for b in candidates_at(code, day_of(body))}
    assert body.id in {b.id for b in candidates_at(body.name, day_of(body))}


@pytest.mark.parametrize("row", ROWS)
def test_a_row_is_found_by_all_spellings(row: dict[str, str]) -> None:
    body = bodies()[row["id"]]
    for name in (body.name, *body.names):
        old_tone = name.replace("òa", "oà").replace("óa", "oá").replace("ủy", "uỷ").replace("Ủy", "Uỷ")
        for spelled in (name.upper(), old_tone, unicodedata.normalize("NFD", name), f"  {name} "):
            assert body.id in {b.id for b in candidates_at(spelled, day_of(body))}, spelled
    for code in body.codes:
        assert organ_of_code(code) is not None, code
        assert body.id in {b.id for b in candidates_at(code, day_of(body))}, code


@pytest.mark.parametrize("row", ROWS)
def test_a_row_is_sound(row: dict[str, str]) -> None:
    body = bodies()[row["id"]]
    assert body.world in {"state", "party", "mass_organization"}
    assert body.level in {None, "central", "province", "district", "commune"}
    assert body.source.startswith(("DOMAIN", "mem:"))
    assert not (body.since and body.until) or body.since[:4] <= body.until[:4]
    for following in body.successors:
        assert following in bodies(), following
        after = bodies()[following]
        assert body.until, "what has a successor has ended"
        assert not after.until or after.until[:4] >= body.until[:4], "a successor outlives"


def test_every_line_of_successors_ends() -> None:
    for body in bodies().values():
        today = successor_today(body)
        assert today is None or today.until is None


@pytest.mark.parametrize(
    ("words", "day", "place", "then", "now"),
    [
        ("BNN", "2019-05-06", None, "Bộ Nông nghiệp và Phát triển nông thôn", "Bộ Nông nghiệp và Môi trường"),
        ("BNV", "1996-03-01", None, "Bộ Nội vụ", "Bộ Công an"),
        ("BNV", "2019-03-01", None, "Bộ Nội vụ", "Bộ Nội vụ"),
        ("BỘ THUỶ SẢN", "2004-01-01", None, "Bộ Thủy sản", "Bộ Nông nghiệp và Môi trường"),
        ("QH14", "2019-01-01", None, "Quốc hội", "Quốc hội"),
        ("SKHĐT", "2019-01-01", "Hải Dương", "Sở Kế hoạch và Đầu tư tỉnh Hải Dương",
         "Sở Tài chính thành phố Hải Phòng"),
        ("UBND tỉnh Sông Bé", "1990-01-01", None, "Ủy ban nhân dân tỉnh Sông Bé",
         "Ủy ban nhân dân thành phố Hồ Chí Minh"),
        ("Tỉnh uỷ Hà Tây", "2005-01-01", None, "Tỉnh ủy Hà Tây", "Thành ủy Hà Nội"),
        ("UBND tỉnh Cần Thơ", "2000-01-01", None, "Ủy ban nhân dân tỉnh Cần Thơ", "Ủy ban nhân dân thành phố Cần Thơ"),
        ("Sở NN&PTNT tỉnh Bắc Kạn", "2019-01-01", None, "Sở Nông nghiệp và Phát triển nông thôn tỉnh Bắc Kạn",
         "Sở Nông nghiệp và Môi trường tỉnh Thái Nguyên"),
        ("Huyện ủy Lạc Dương", "2021-01-01", None, "Huyện ủy Lạc Dương", "Đảng ủy xã"),
        ("UBND", "2021-01-01", "huyện Lạc Dương, Lâm Đồng", "Ủy ban nhân dân huyện Lạc Dương", "Ủy ban nhân dân xã"),
        ("Quận uỷ 1", "2021-01-01", None, "Quận ủy 1", "Đảng ủy phường"),
        ("BTGTW", "2020-01-01", None, "Ban Tuyên giáo Trung ương", "Ban Tuyên giáo và Dân vận Trung ương"),
    ],
)  # fmt: skip
def test_the_organ_of_the_day_and_of_today(words: str, day: str, place: str | None, then: str, now: str) -> None:
    found = organ_at(words, day, place)
    assert found is not None
    assert found.full_name == then
    today = successor_today(found, day)
    assert today is not None
    assert today.full_name == now


@pytest.mark.parametrize(
    ("words", "day", "place"),
    [
        ("Bộ Nông nghiệp và Môi trường", "2019-01-01", None),  # not yet
        ("BKHĐT", "2025-03-01", None),  # no longer
        ("UBND", "1985-01-01", "Hà Giang"),  # part of Hà Tuyên
        ("UBND tỉnh Bình Dương", "2025-07-01", None),
        ("Huyện ủy Lạc Dương", "2025-07-01", None),  # the end of districts
        ("Cuộc họp", "2020-01-01", None),
        ("XYZQ", "2020-01-01", None),
    ],
)
def test_what_did_not_stand_is_not_found(words: str, day: str, place: str | None) -> None:
    assert organ_at(words, day, place) is None


def test_a_code_of_two_organs_gives_both() -> None:
    names = [b.name for b in candidates_at("UBKHNN", "1990-01-01")]
    assert names == ["Ủy ban Kế hoạch Nhà nước", "Ủy ban Khoa học Nhà nước"]
    assert {b.level for b in candidates_at("BHXH", "2020-01-01", "Lâm Đồng")} == {"central", "province"}


def test_predecessors_and_successors() -> None:
    ministry = organ_at("BNNMT", "2026-01-01")
    assert ministry is not None
    assert [b.code for b in predecessors(ministry)] == ["BNNPTNT", "BTNMT"]
    province = organ_at("UBND", "1990-01-01", "Sông Bé")
    assert province is not None
    assert [b.full_name for b in successors(province)] == [
        "Ủy ban nhân dân tỉnh Bình Dương", "Ủy ban nhân dân tỉnh Bình Phước",
    ]  # fmt: skip
    department = organ_at("SNNMT", "2026-01-01", "Lâm Đồng")
    assert department is not None
    before = {b.full_name for b in predecessors(department)}
    assert "Sở Tài nguyên và Môi trường tỉnh Lâm Đồng" in before
    assert "Sở Nông nghiệp và Môi trường tỉnh Bình Thuận" in before


@pytest.mark.parametrize(
    ("place", "day", "now"),
    [
        ("xã Đạ Sar, Lâm Đồng", "2020-01-01", "Ủy ban nhân dân xã Lạc Dương"),
        ("thị trấn Lạc Dương, Lâm Đồng", "2020-01-01", "Ủy ban nhân dân phường Lang Biang - Đà Lạt"),
        ("phường 7, thành phố Đà Lạt, Lâm Đồng", "2020-01-01", "Ủy ban nhân dân phường Lang Biang - Đà Lạt"),
        (
            "xã Đạ Sar, Lâm Đồng",
            "2026-01-01",
            "Ủy ban nhân dân xã Đạ Sar",
        ),  # a name of after it
        ("phường 7", "2020-01-01", "Ủy ban nhân dân xã"),  # many cities had one: the kind of body alone
    ],
)
def test_a_communes_work_goes_on_where_its_land_went(place: str, day: str, now: str) -> None:
    commune = organ_at("UBND", day, place)
    assert commune is not None
    after = successor_today(commune, day)
    assert after is not None
    assert after.full_name == now


def test_communes_of_one_name_are_told_apart_or_left() -> None:
    assert communes_after("xã Tân Thành", "Lâm Đồng", "huyện Lâm Hà")
    assert communes_after("xã Tân Thành") == ()
    assert [unit.name for unit in communes_after("xã Lát", "Lâm Đồng")] == ["phường Lang Biang - Đà Lạt"]
    divided = communes_after("xã Thái Sơn", "Hải Phòng", "huyện An Lão")  # the greater part first
    assert [unit.name for unit in divided] == ["xã An Khánh", "xã An Lão"]
    assert [u.name for u in communes_named("Xã Cẩm Giàng", "Hải Phòng")] == ["xã Cẩm Giàng"]
    assert [u.name for u in communes_named("Xã Cẩm Giang", "Hải Phòng")] == ["xã Cẩm Giang"]
    found = province_of_commune("phường Hòa Cường")
    assert found is not None
    assert found.name == "Đà Nẵng"
    assert province_of_commune("xã Tân Thành") is None


def test_the_communes_are_all_there() -> None:
    units = communes()
    assert len(units) == 3321
    assert len({unit.province for unit in units}) == 34
    assert len({unit.code for unit in units}) == 3321
    assert all(unit.before and unit.kind in ("xã", "phường", "đặc khu") for unit in units)
    gone = {(old.province, old.district, old.name) for unit in units for old in unit.before}
    assert len(gone) > 10000
    assert len({province for province, _, _ in gone}) == 63


def test_meanings_are_told_in_the_order_of_time() -> None:
    assert [(b.name, b.since) for b in meanings("BNV")] == [("Bộ Nội vụ", "1975"), ("Bộ Nội vụ", "2002-08-05")]
    assert [b.full_name for b in meanings("SKHĐT", "Hải Dương")] == ["Sở Kế hoạch và Đầu tư tỉnh Hải Dương"]
    assert "Bộ Công nghiệp" in nearest("Bộ Công nghiep nang")


def test_a_card_says_before_after_and_today() -> None:
    (card,) = organ_cards("SKHĐT", "2019-03-01", "Hải Dương")
    assert (card["name"], card["since"], card["until"]) == (
        "Sở Kế hoạch và Đầu tư tỉnh Hải Dương", "1997-01-01", "2025-02-28",
    )  # fmt: skip
    assert card["today"]["name"] == "Sở Tài chính thành phố Hải Phòng"
    text = "\n".join(organs.lines([card]))
    assert "  today   Sở Tài chính thành phố Hải Phòng" in text
    assert "SKH&ĐT" in text
    with pytest.raises(InputError, match="1995-11-01 to 2025-02-28"):
        organ_cards("Bộ Nông nghiệp và Phát triển nông thôn", "2026-01-01")
    with pytest.raises(InputError, match="Bộ Công an"):
        organ_cards("Bộ Công ann")


def test_places_of_words() -> None:
    city = place_of("thành phố Đà Lạt, Lâm Đồng")
    assert city is not None
    assert (city.level, city.province) == ("district", "Lâm Đồng")
    assert place_of("Nơi không có") is None


def test_provinces_over_time() -> None:
    assert not stood("Hà Giang", "1985-01-01")
    assert stood("Hà Giang", "1991-08-12")
    assert not stood("Hà Giang", "2025-07-01")
    assert not stood("Nơi không có", "2020-01-01")
    assert stood("Hà Nội", "1980-01-01")
    assert provinces_after("Hà Nam Ninh", "1990-01-01", "2026-01-01") == ("Ninh Bình",)
    assert provinces_before("Hồ Chí Minh", "2026-01-01", "2020-01-01") == (
        "Hồ Chí Minh", "Bình Dương", "Bà Rịa - Vũng Tàu",
    )  # fmt: skip
    assert province_today("Hà Tuyên") == "Tuyên Quang"
    assert (kind_on("Cần Thơ", "2000-01-01"), kind_on("Cần Thơ", "2004-01-01")) == ("tỉnh", "thành phố")


def test_the_changes_name_known_provinces_and_reach_the_34_of_today() -> None:
    rows = Tables.default().rows("provinces")
    assert sum(stood(row["name"], "2025-06-30") for row in rows) == 63
    assert sum(stood(row["name"], "2025-07-01") for row in rows) == 34
    names = {row["name"] for row in rows}
    assert {n for c in changes() for n in (*c.before, *c.after)} <= names


def test_the_command_shows_an_organ() -> None:
    def run(*arguments: str) -> Result:
        return CliRunner().invoke(cli.app, ["organ", *arguments])

    shown = run("SKHĐT", "--at", "2019-03-01", "--place", "Hải Dương")
    assert "today   Sở Tài chính thành phố Hải Phòng" in shown.stdout
    (card,) = json.loads(run("SKHĐT", "--at", "2019-03-01", "--place", "Hải Dương", "--json").stdout)
    assert card["predecessors"][0]["name"].startswith("Sở Kế hoạch và Đầu tư")
    assert "SKH&ĐT" in card["variants"]
    assert run("BNV", "--at", "hôm nay").exit_code == 2
    unknown = run("Bộ Công ann")
    assert (unknown.exit_code, unknown.stdout) == (3, "")
    assert "Bộ Công an" in unknown.stderr
