"""The authority file: type words and codes, organs, places, full names and URN paths."""

from __future__ import annotations

import pytest

from docparse.authority import (
    Context,
    authority_path,
    doc_type,
    fold,
    full_name,
    latin,
    organ_of_code,
    organs,
    province_in,
    province_of,
    provinces,
    slug,
    type_of_code,
    type_words,
)
from docparse.places import province_named, province_of_district, province_of_districts_in

PROVINCE = Context("Ủy ban nhân dân tỉnh Lâm Đồng", "province", "Lâm Đồng", None, "state", "2021-12-01")
DISTRICT = Context("Huyện ủy Lạc Dương", "district", "Lâm Đồng", "Lạc Dương", "party", "2021-04-20")
CITY = Context("Ủy ban nhân dân thành phố Hà Nội", "province", "Hà Nội", None, "state", "2010-04-26")
CENTRE = Context("Bộ Tư pháp", "central", None, None, "state", "2025-12-01")


def test_fold_keeps_positions() -> None:
    text = "Ủy ban nhân dân huyện Đắk Glong – năm 2021"
    assert len(fold(text)) == len(text)
    assert fold(text) == "Uy ban nhan dan huyen Dak Glong – nam 2021"


def test_slug_is_ascii_words_joined_by_dots() -> None:
    assert slug("Ủy ban nhân dân") == "uy.ban.nhan.dan"
    assert slug("24-CT/TU") == "24.ct.tu"
    assert slug("Đà Nẵng") == "da.nang"


def test_latin_replaces_look_alikes() -> None:
    assert latin("NĐ-\u0421\u0420") == "NĐ-CP"  # Cyrillic letters typed on a wrong keyboard
    assert latin("Q\u00d0") == "QĐ"


@pytest.mark.parametrize(
    ("word", "code"),
    [
        ("Chỉ thị", "CT"),
        ("QUYÉT ĐỊNH", "QĐ"),  # OCR's tone marks
        ("Thông tư liên tịch", "TTLT"),  # longest word first
        ("chương trình hành động", "CTr"),
        ("Quy định", "QyĐ"),  # the Party's QĐ in the number
        ("Luật", "L"),
        ("Công văn số", "CV"),
    ],
)
def test_type_of_a_word(word: str, code: str) -> None:
    found = doc_type(word)
    assert found is not None
    assert found.code == code


@pytest.mark.parametrize(
    ("code", "system", "name"),
    [
        ("QD", None, "Quyết định"),
        ("CTR", None, "Chương trình"),
        ("QĐi", "party", "Quy định"),
        ("TT", "state", "Thông tư"),
        ("TT", "party", "Thông tri"),  # one code, two worlds
        ("KL", "party", "Kết luận"),
    ],
)
def test_type_of_a_code(code: str, system: str | None, name: str) -> None:
    found = type_of_code(code, system)
    assert found is not None
    assert found.name == name


def test_unknown_words_and_codes_mean_nothing() -> None:
    assert doc_type("Cuộc họp") is None
    assert type_of_code("XYZ") is None
    assert organ_of_code("XYZQ") is None


def test_type_words_come_longest_first() -> None:
    words = type_words()
    assert words.index("Thông tư liên tịch") < words.index("Thông tư")


@pytest.mark.parametrize(
    ("code", "name"),
    [
        ("QH15", "Quốc hội"),  # the term is cut off
        ("UBTVQH15", "Ủy ban Thường vụ Quốc hội"),
        ("UBND-VX", "Ủy ban nhân dân"),  # a drafting unit after the organ
        ("BTCHU", "Ban Tổ chức Huyện ủy"),
        ("UBKTĐU", "Ủy ban Kiểm tra Đảng ủy"),
        ("BCĐ35", "Ban Chỉ đạo"),
        ("BGD&ĐT", "Bộ Giáo dục và Đào tạo"),
    ],
)
def test_organ_of_a_code(code: str, name: str) -> None:
    found = organ_of_code(code)
    assert found is not None
    assert found.name == name


@pytest.mark.parametrize(
    ("words", "context", "name"),
    [
        ("UBND tỉnh", PROVINCE, "Ủy ban nhân dân tỉnh Lâm Đồng"),
        ("Tỉnh ủy", PROVINCE, "Tỉnh ủy Lâm Đồng"),
        ("Ban Dân vận Tỉnh uỷ", PROVINCE, "Ban Dân vận Tỉnh ủy Lâm Đồng"),
        ("Sở Nội vụ", PROVINCE, "Sở Nội vụ tỉnh Lâm Đồng"),
        ("Sở Nội vụ", CITY, "Sở Nội vụ thành phố Hà Nội"),
        ("UBND Thành phố", CITY, "Ủy ban nhân dân Thành phố Hà Nội"),
        ("Ủy ban nhân dân huyện", DISTRICT, "Ủy ban nhân dân huyện Lạc Dương"),
        ("Ban Thường vụ Huyện ủy", DISTRICT, "Ban Thường vụ Huyện ủy Lạc Dương"),
        ("UBND các huyện, thành phố", PROVINCE, "Ủy ban nhân dân các huyện, thành phố"),  # collective
        ("các sở, ban, ngành", PROVINCE, "các sở, ban, ngành"),
        ("Ủy ban nhân dân cấp tỉnh", PROVINCE, "Ủy ban nhân dân cấp tỉnh"),
        ("Bộ Tư pháp", PROVINCE, "Bộ Tư pháp"),  # central
        ("Sở Tư pháp", CENTRE, "Sở Tư pháp"),  # no place to take
        ("Ủy ban nhân dân tỉnh Đắk Lắk", PROVINCE, "Ủy ban nhân dân tỉnh Đắk Lắk"),  # has its own
        (
            "UBND tỉnh",
            Context(province="Cần Thơ", date="2000-01-01"),
            "Ủy ban nhân dân tỉnh Cần Thơ",
        ),  # a city since 2004
        ("Sở Nội vụ", Context(province="Cần Thơ", date="2000-01-01"), "Sở Nội vụ tỉnh Cần Thơ"),
        ("Sở Nội vụ", Context(province="Cần Thơ", date="2020-01-01"), "Sở Nội vụ thành phố Cần Thơ"),
        ("UBND tỉnh", Context(province="Cần Thơ", date="2020-01-01"), "Ủy ban nhân dân tỉnh"),  # not that one
    ],
)
def test_full_name(words: str, context: Context, name: str) -> None:
    assert full_name(words, context) == name


@pytest.mark.parametrize(
    ("issuer", "context", "path"),
    [
        ("Ban Thường vụ Tỉnh ủy", PROVINCE, (("lam.dong",), "tinh.uy")),
        ("Huyện ủy Lạc Dương", DISTRICT, (("lam.dong", "lac.duong"), "huyen.uy")),
        ("Chính phủ", PROVINCE, ((), "chinh.phu")),
        ("Bộ trưởng Bộ Tư pháp", CENTRE, ((), "bo.tu.phap")),  # the office is the organ
        ("Chủ tịch UBND tỉnh", PROVINCE, (("lam.dong",), "uy.ban.nhan.dan")),  # one number series
        ("UBND tỉnh Bình Dương", CENTRE, (("binh.duong",), "uy.ban.nhan.dan")),
        ("Thủ tướng Chính phủ", CENTRE, ((), "thu.tuong.chinh.phu")),
    ],
)
def test_authority_path(issuer: str, context: Context, path: tuple[tuple[str, ...], str]) -> None:
    assert authority_path(issuer, context) == path


def test_places_stay_what_they_were() -> None:
    found = province_of("Bắc Cạn")
    assert found is not None
    assert (found.name, found.until, found.successor) == ("Bắc Kạn", "2025-06-30", "Thái Nguyên")
    capital = province_of("Đà Lạt")
    assert capital is not None
    assert capital.name == "Lâm Đồng"


def test_a_province_in_a_sentence_prefers_the_one_named_as_such() -> None:
    found = province_in("giữa Hà Nội và các huyện trên địa bàn tỉnh Hà Nam")
    assert found is not None
    assert found.name == "Hà Nam"
    assert province_in("công tác dân vận") is None


def test_the_tables_are_whole() -> None:
    assert sum(p.until is None for p in provinces()) == 34  # Nghị quyết 202/2025/QH15
    assert all(o.name and o.world in ("state", "party", "mass_organization") for o in organs())


@pytest.mark.parametrize(
    ("name", "province"),
    [
        ("Nam Đàn", "Nghệ An"),
        ("huyện Nam Đàn", "Nghệ An"),
        ("Châu Thành", None),  # nine provinces had one
        ("thị xã Bình Minh", "Vĩnh Long"),
        ("Không Đâu", None),
    ],
)
def test_a_district_tells_its_province_when_its_name_is_one_provinces_alone(name: str, province: str | None) -> None:
    found = province_of_district(name)
    assert (found.name if found else None) == province


def test_districts_of_two_provinces_tell_nothing() -> None:
    assert province_of_districts_in("Huyện ủy Nam Đàn và huyện Đô Lương") == province_named("Nghệ An")
    assert province_of_districts_in("huyện Nam Đàn và huyện Vũng Liêm") is None
