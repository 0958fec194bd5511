"""`docparse.evaluate`: the same figures as the shared scorer, and what it prints."""

from __future__ import annotations

import copy
import json
import random
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from docparse import Settings, evaluate
from docparse.errors import InputError
from docparse.evaluate.folds import folded_scores
from docparse.evaluate.forms import any_alike, folded, folded_number, folded_path, similarity
from docparse.evaluate.tallies import best_pairs

Record = dict[str, Any]
SETS = ("seeds", "norms", "office", "party", "scans")


def as_prediction(gold: Record) -> Record:
    """A record that says all that its gold says, in the first of the accepted values."""

    def one(value: Any) -> Any:
        return value[0] if isinstance(value, list) and value else value

    header = gold.get("header")
    tasks = [
        {"id": f"t{i}", "path": t["path"], "text": f"{t['starts']} … {t['ends']}"}
        for i, t in enumerate(gold.get("tasks") or [])
    ]
    places = {tuple(t["path"]): t["id"] for t in tasks}

    def at(thing: Record) -> str | None:
        return places.get(tuple(thing.get("task") or ()))

    return {
        "kind": gold.get("kind"),
        "text": "",
        "header": header
        and {
            **{k: one(header.get(k)) for k in ("system", "number", "place", "date", "subject")},
            "type": {"code": one(header.get("type"))},
            "issuer": {"name": one(header.get("issuer"))},
        },
        "signature": gold.get("signature") and {k: one(v) for k, v in gold["signature"].items()},
        **{key: [{"text": t} for t in gold.get(key) or []] for key in ("addressees", "recipients")},
        "tasks": tasks,
        "sections": [
            {"path": s["path"], "kind": "clause", "heading": s["starts"], "children": []}
            for s in gold.get("sections") or []
        ],
        "citations": [
            {
                **{k: one(c.get(k)) for k in ("text", "via", "relation", "provision")},
                "task": at(c),
                "target": {
                    "id": c.get("doc"),
                    **{k: one(c.get(k)) for k in ("type", "number", "date", "issuer", "title")},
                },
            }
            for c in gold.get("citations") or []
        ],
        "deadlines": [{k: one(d[k]) for k in ("text", "kind", "value")} for d in gold.get("deadlines") or []],
        "bodies": [{"text": b["text"], "role": one(b["role"]), "task": at(b)} for b in gold.get("bodies") or []],
    }


def spoilt(record: Record, chance: random.Random) -> Record:
    """The same record with things left out, doubled, moved and misspelt."""
    record = copy.deepcopy(record)

    def bent(value: Any) -> Any:
        if isinstance(value, str) and value and chance.random() < 0.3:
            at = chance.randrange(len(value))
            kinds = (
                value[:at],
                value[:at] + "x" + value[at:],
                value.upper(),
                f"“{value}”.",
                value.replace("-", "–"),
                "",
            )
            return chance.choice(kinds)
        if isinstance(value, dict):
            return {k: v if k == "id" else bent(v) for k, v in value.items()}
        return value

    for key, value in record.items():
        if isinstance(value, list):
            kept = [bent(thing) for thing in value if chance.random() > 0.15]
            record[key] = kept + [copy.deepcopy(thing) for thing in kept if chance.random() < 0.1]
        else:
            record[key] = bent(value)
    return record


def same(record: Record, _: random.Random) -> Record:
    return record


def nothing(_record: Record, _: random.Random) -> Record:
    return {}


@pytest.mark.parametrize("change", [same, spoilt, nothing], ids=lambda f: str(f.__name__))
@pytest.mark.parametrize("name", SETS)
def test_the_figures_are_those_of_the_shared_scorer(
    name: str, change: Callable[[Record, random.Random], Record], shared: Path, tmp_path: Path
) -> None:
    gold = evaluate.load_gold(shared / "gold" / name)
    chance = random.Random(name)
    for stem, wanted in list(gold.items())[:6]:
        prediction = change(as_prediction(wanted), chance)
        (tmp_path / f"{stem}.json").write_text(json.dumps(prediction, ensure_ascii=False), "utf-8")
    if name == "seeds":  # one is absent, and one gold set is judged without any predictions for some of its files
        next(tmp_path.glob("*.json")).unlink()
    command = [sys.executable, str(shared / "tools" / "score.py"), str(tmp_path), str(shared / "gold" / name), "--json"]
    theirs = json.loads(subprocess.run(command, capture_output=True, text=True, check=True).stdout)
    ours = evaluate.figures(evaluate.score(evaluate.load_predictions(tmp_path), gold))
    assert ours == theirs


def test_gold_against_itself_is_perfect(shared: Path) -> None:
    gold = evaluate.load_gold(shared / "gold" / "norms")
    result = evaluate.score({name: as_prediction(wanted) for name, wanted in gold.items()}, gold).measures()
    low = {name: row for name, row in result.items() if row.get("f1", row.get("accuracy", 0)) < 0.97}
    assert not low


@pytest.mark.parametrize(
    ("value", "form"),
    [
        ("**Hoà** bình.", "hòa bình"),  # markup, tone placement and the full stop do not matter
        ("Ðảng  ủy", "đảng ủy"),  # U+00D0 is the letter that looks the same
        ("“Quy chế” – 456;", "quy chế - 456"),
        (None, ""),
    ],
)
def test_strings_are_compared_in_one_form(value: str | None, form: str) -> None:
    assert folded(value) == folded(form)


def test_numbers_lose_spaces_and_leading_zeros() -> None:
    assert folded_number("Số: 05 - CT/TU") == folded_number("5-CT/TU")


def test_paths_lose_punctuation() -> None:
    assert folded_path(["II.", "1)", "a"]) == ("ii", "1", "a")
    assert folded_path(None) == ()


def test_similarity_is_exact_from_its_bound_on() -> None:
    one, two = "Ủy ban nhân dân tỉnh Lâm Đồng", "Ủy ban nhân dân tỉnh"
    assert similarity(one, two, 0.5) == similarity(one, two)
    assert similarity("", "x") == 0
    assert any_alike(None, [None, "x"], 0.9)
    assert not any_alike("x", None, 0.9)


def test_each_thing_is_paired_once_the_likest_first() -> None:
    assert best_pairs(["ab", "b"], ["b", "ab"], lambda a, b: float(a == b), 0.5) == [(1, 0), (0, 1)]


GOLD = {"scored": ["kind", "recipients"], "kind": "official", "recipients": ["Sở Tài chính", "Lưu VT"]}


def test_misses_name_what_is_wrong_in_each_document() -> None:
    result = evaluate.score({"a": {"kind": "press", "recipients": ["Lưu VT", "Báo"]}}, {"a": GOLD})
    text = evaluate.rendered(result, misses=True)
    for line in ("kind: press for official", "recipients: invented Báo", "recipients: missed Sở Tài chính"):
        assert f"\n  {line}\n" in text


def test_an_absent_document_is_wholly_missed() -> None:
    result = evaluate.score({}, {"a": GOLD})
    assert result.measures()["kind"] == {"accuracy": 0.0, "n": 1}
    assert result.measures()["recipients"]["recall"] == 0.0
    assert "without: a" in evaluate.rendered(result)


def test_comparison_tells_gains_and_losses_by_document_and_measure() -> None:
    gold = {"a": GOLD, "b": GOLD}
    same = {"kind": "other", "recipients": ["Sở Tài chính"]}
    old = evaluate.score({"a": {"kind": "official", "recipients": ["Lưu VT"]}, "b": same}, gold)
    new = evaluate.score({"a": {"kind": "press", "recipients": ["Lưu VT", "Sở Tài chính"]}, "b": same}, gold)
    text = evaluate.compared(old, new)
    assert "\nkind                  1.0000" not in text  # one of two documents was right before
    assert "kind                  0.5000 -> 0.0000  -0.5000\n" in text
    assert "\na\n  kind                1.0000 -> 0.0000  -1.0000\n    - press for official\n" in text
    assert "    + missed Sở Tài chính" in text
    assert "\nb\n" not in text
    whole = json.loads(evaluate.compared(old, new, as_json=True))
    assert whole["measures"]["kind"] == {"old": 0.5, "new": 0.0}
    assert whole["documents"]["a"]["recipients"]["gains"] == ["missed Sở Tài chính"]
    assert evaluate.compared(old, old) == "no difference\n"


def test_a_value_wrong_in_another_way_is_neither_gain_nor_loss() -> None:
    gold = {"a": {"scored": ["kind"], "kind": "official"}}
    old, new = (evaluate.score({"a": {"kind": kind}}, gold) for kind in ("press", "other"))
    change = json.loads(evaluate.compared(old, new, as_json=True))["documents"]["a"]["kind"]
    assert (change["gains"], change["losses"], change["changed"]) == ([], [], ["press -> other for official"])


def test_folds_hold_every_document_once_and_show_the_spread() -> None:
    gold = {name: {"scored": ["kind"], "kind": "official"} for name in "abcdefg"}
    records = {name: {"kind": "press" if name == "a" else "official"} for name in gold}
    whole = evaluate.score(records, gold)
    parts = folded_scores(whole.parts)
    assert sorted(name for part in parts for name in part.parts) == sorted(gold)
    spread = evaluate.spreads(whole.parts)["kind"]  # `a` is in a fold with `f`
    assert (spread.folds, spread.least, spread.most) == (5, 0.5, 1.0)
    assert spread.mean == pytest.approx(0.9)
    assert spread.deviation == pytest.approx(0.5 / 5**0.5)


def test_documents_beside_the_gold_are_parsed(tmp_path: Path) -> None:
    (tmp_path / "a.gold.json").write_text(json.dumps(GOLD), "utf-8")
    (tmp_path / "a.txt").write_text("SỞ TÀI CHÍNH\n\nNơi nhận:\n- Lưu VT.\n", "utf-8")
    gold = evaluate.load_gold(tmp_path)
    assert evaluate.parse_sources(tmp_path, gold, Settings(), 1)["a"]["schema"] == "docparse/1"


def test_a_folder_without_gold_or_documents_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="holds the gold"):
        evaluate.load_gold(tmp_path)
    (tmp_path / "a.gold.json").write_text("{}", "utf-8")
    with pytest.raises(InputError, match="predictions"):
        evaluate.parse_sources(tmp_path, evaluate.load_gold(tmp_path), Settings())


def test_json_lines_are_predictions_too(tmp_path: Path) -> None:
    lines = tmp_path / "all.jsonl"
    lines.write_text(json.dumps({"source": {"path": "x/a.pdf"}, "kind": "press"}) + "\n\n", "utf-8")
    assert evaluate.load_predictions(lines)["a"]["kind"] == "press"
    lines.write_text("{", "utf-8")
    with pytest.raises(InputError, match="not JSON"):
        evaluate.load_predictions(lines)
