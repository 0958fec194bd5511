"""Status, series and audit: what the edges and names of a corpus tell, on a handful made by hand."""

from __future__ import annotations

import pytest

from docparse.link.audit import Edge, audit
from docparse.link.series import series_of
from docparse.link.status import Act, status_of

CT = "urn:lex:vn;lam.dong:uy.ban.nhan.dan:chi.thi:{};{}-ct-ubnd"
TU = "urn:lex:vn;lam.dong:tinh.uy:chi.thi:{};{}-ct-tu"


def act(relation: str, date: str | None, provision: str | None = None) -> Act:
    return Act("urn:other", date, relation, provision, 0.9)


@pytest.mark.parametrize(
    ("acts", "as_of", "state", "since"),
    [
        ([], None, "in_force", None),
        ([act("amends", "2020-01-01")], None, "changed", "2020-01-01"),
        ([act("amends", "2020-01-01"), act("replaces", "2022-05-01")], None, "replaced", "2022-05-01"),
        ([act("replaces", "2022-05-01")], "2022-04-30", "in_force", None),  # not yet on that day
        ([act("repeals", "2022-05-01", "Điều 4")], None, "partly_ended", "2022-05-01"),  # a provision, not the whole
        ([act("repeals", None)], "2000-01-01", "repealed", None),  # may be of that time: said, without a day
    ],
    ids=["nothing", "amended", "replaced", "before", "part", "undated"],
)
def test_the_strongest_act_up_to_the_day_gives_the_status(
    acts: list[Act], as_of: str | None, state: str, since: str | None
) -> None:
    status = status_of(acts, as_of)
    assert (status.state, status.since) == (state, since)


def test_state_numbers_run_by_year_and_normative_ones_apart() -> None:
    urns = [CT.format("2021-01-05", 1), CT.format("2021-03-05", 4), CT.format("2022-01-09", 1)]
    urns.append("urn:lex:vn;lam.dong:uy.ban.nhan.dan:quyet.dinh:2021-02-02;2-2021-qd-ubnd")
    urns.append("urn:lex:vn;lam.dong:uy.ban.nhan.dan:quyet.dinh:2021-02-02;2-qd-ubnd")
    found = {(one.symbol, one.period): one.missing for one in series_of((urn, True) for urn in urns)}
    assert found == {
        ("ct-ubnd", "2021"): [(2, 3)],
        ("ct-ubnd", "2022"): [],
        ("qd-ubnd (qppl)", "2021"): [(1, 1)],
        ("qd-ubnd", "2021"): [(1, 1)],
    }


def test_party_numbers_run_by_term() -> None:
    urns = [TU.format("2016-02-01", 1), TU.format("2018-02-27", 3), TU.format("2021-05-01", 1)]
    found = series_of((urn, urn.endswith("1-ct-tu")) for urn in urns)
    assert [(one.period, one.missing) for one in found] == [("2015-2020", [(2, 2)]), ("2020-2025", [])]
    assert [entry.number for entry in found[0].not_held] == [3]


def codes(documents: list[str], edges: list[Edge]) -> list[str]:
    return [finding.code for finding in audit(((urn, True) for urn in documents), edges)]


def test_an_audit_finds_what_cannot_be_right_and_nothing_else() -> None:
    old, new = CT.format("2020-01-01", 1), CT.format("2021-01-01", 1)
    assert codes([old, new], [Edge(new, old, "replaces", "2021-01-01", "2020-01-01", "x")]) == []
    assert codes([], [Edge(old, new, "cites", "2020-01-01", "2021-01-01", "x")]) == ["cites-future"]
    assert codes([], [Edge(old, old, "amends", "2020-01-01", "2020-01-01", "x")]) == ["cites-itself"]
    circle = [Edge("a", "b", "replaces", None, None, "x"), Edge("b", "a", "repeals", None, None, "y")]
    assert codes([], circle) == ["replacement-cycle"]
    assert codes([CT.format("2020-01-01", 7), CT.format("2020-06-01", 7)], []) == ["one-number"]


def test_the_one_that_breaks_the_order_is_named() -> None:
    rising = [CT.format("2020-01-01", 1), CT.format("2020-09-01", 2), CT.format("2020-03-01", 3)]
    found = audit(((urn, True) for urn in rising), [])
    assert [(one.code, one.documents) for one in found] == [("out-of-order", (rising[2],))]
    misread = [CT.format("2020-01-01", 1), CT.format("2020-09-01", 2), CT.format("2020-03-01", 3),
               CT.format("2020-04-01", 4)]  # fmt: skip
    assert audit(((urn, True) for urn in misread), [])[0].documents == (misread[1],)
