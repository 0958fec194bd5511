"""Laws of identity: the order of names does not matter, and two full dates never meet."""

from __future__ import annotations

from collections import defaultdict

from hypothesis import given
from hypothesis import strategies as st

from docparse.link.identity import FULL_DATE, resolve
from docparse.link.names import agree, parse_name

DATES = st.sampled_from(["", "2018", "2018-02-27", "2018-05-01", "2019", "2019-01-02"])
PLACES = st.sampled_from(["", ";lam.dong", ";bac.kan", ";lam.dong;lac.duong"])
AUTHORITIES = st.sampled_from(["", "tinh.uy", "huyen.uy"])
NUMBERS = st.sampled_from(["24", "24-ct-tu", "24-ct-hu"])
URNS = st.builds(lambda p, a, d, n: f"urn:lex:vn{p}:{a}:chi.thi:{d};{n}", PLACES, AUTHORITIES, DATES, NUMBERS)
SETS = st.lists(URNS, max_size=14, unique=True)


@given(SETS, st.randoms())
def test_the_order_of_names_does_not_matter(urns: list[str], random: object) -> None:
    shuffled = list(urns)
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    assert resolve(map(parse_name, urns)) == resolve(map(parse_name, shuffled))


@given(SETS)
def test_two_full_dates_never_meet(urns: list[str]) -> None:
    groups = defaultdict(set)
    for urn, verdict in resolve(map(parse_name, urns)).items():
        if len(date := parse_name(urn).date) == FULL_DATE:
            groups[verdict.stands_for].add(date)
    assert all(len(dates) == 1 for dates in groups.values())


@given(SETS)
def test_a_name_agrees_with_what_it_stands_for_and_that_stands_for_itself(urns: list[str]) -> None:
    verdicts = resolve(map(parse_name, urns))
    for urn, verdict in verdicts.items():
        assert verdicts[verdict.stands_for].stands_for == verdict.stands_for
        head = parse_name(verdict.stands_for)
        partners = [u for u, v in verdicts.items() if v.stands_for == verdict.stands_for]
        assert agree(parse_name(urn), head) or any(agree(parse_name(urn), parse_name(p)) for p in partners if p != urn)
