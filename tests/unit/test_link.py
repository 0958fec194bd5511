"""Identity over a corpus: which names mean one document, and why."""

from __future__ import annotations

import pytest

from docparse.link.identity import resolve
from docparse.link.names import agree, parse_name

FULL = "urn:lex:vn;lam.dong:tinh.uy:chi.thi:2018-02-27;24-ct-tu"
UNDATED = "urn:lex:vn;lam.dong:tinh.uy:chi.thi:;24-ct-tu"
YEAR = "urn:lex:vn;lam.dong:tinh.uy:chi.thi:2018;24-ct-tu"
BARE = "urn:lex:vn::chi.thi:;24"
ELSEWHERE = "urn:lex:vn;bac.kan:tinh.uy:chi.thi:2015-06-01;24-ct-tu"
LATER = "urn:lex:vn;lam.dong:tinh.uy:chi.thi:2023-03-01;24-ct-tu"
DATED_ONLY = "urn:lex:vn::chi.thi:2018-02-27;24-ct-tu"


def test_a_name_gives_its_parts_back() -> None:
    name = parse_name("urn:lex:vn;lam.dong;lac.duong:huyen.uy:cong.van:2021-04-20;167-cv-hu")
    assert (name.places, name.authority, name.type) == (("lam.dong", "lac.duong"), "huyen.uy", "cong.van")
    assert (name.date, name.number, name.block) == ("2021-04-20", "167-cv-hu", "cong.van;167")


def test_a_file_without_a_name_meets_nobody() -> None:
    file = parse_name("sha256:" + "a" * 64)
    assert not agree(file, parse_name(FULL))
    assert resolve([file])[file.urn].reason == "itself"


@pytest.mark.parametrize(
    ("a", "b", "same"),
    [
        (FULL, UNDATED, True),  # a missing date contradicts nothing
        (FULL, YEAR, True),
        (FULL, BARE, True),  # a short form prints the running number alone
        (FULL, DATED_ONLY, True),
        (FULL, LATER, False),  # two full dates
        (FULL, ELSEWHERE, False),  # another province
        (YEAR, LATER, False),
        (BARE, "urn:lex:vn::chi.thi:;241", False),  # 24 is no part of 241
        (FULL, "urn:lex:vn;lam.dong:tinh.uy:cong.van:2018-02-27;24-ct-tu", False),  # another type
        ("urn:lex:vn;lam.dong:uy.ban.nhan.dan:chi.thi:;7-ct-ubnd",
         "urn:lex:vn;lam.dong;bao.loc:uy.ban.nhan.dan:chi.thi:;7-ct-ubnd", True),  # the district may lie open
    ],
)  # fmt: skip
def test_names_agree_where_no_known_part_differs(a: str, b: str, same: bool) -> None:
    assert agree(parse_name(a), parse_name(b)) is same
    assert agree(parse_name(b), parse_name(a)) is same


@pytest.mark.parametrize(
    ("urns", "asked", "stands_for", "reason"),
    [
        ([FULL, UNDATED], UNDATED, FULL, "fuller-name"),
        ([FULL, UNDATED, YEAR, BARE], BARE, FULL, "fuller-name"),
        ([FULL, ELSEWHERE, UNDATED], UNDATED, FULL, "fuller-name"),  # the place decides
        ([FULL, ELSEWHERE, BARE], BARE, BARE, "ambiguous"),
        ([FULL, LATER, UNDATED], UNDATED, UNDATED, "ambiguous"),  # the number of two terms
        ([FULL, LATER, YEAR], YEAR, FULL, "fuller-name"),
        ([UNDATED, DATED_ONLY], DATED_ONLY, UNDATED, "each-other"),  # one knows the place, one the day
        ([BARE], BARE, BARE, "itself"),
    ],
)
def test_a_partial_name_joins_the_one_that_fits(urns: list[str], asked: str, stands_for: str, reason: str) -> None:
    verdict = resolve(parse_name(urn) for urn in urns)[asked]
    assert (verdict.stands_for, verdict.reason) == (stands_for, reason)


def test_what_is_ambiguous_names_its_candidates() -> None:
    verdict = resolve(map(parse_name, [FULL, ELSEWHERE, BARE]))[BARE]
    assert verdict.candidates == tuple(sorted((FULL, ELSEWHERE)))
