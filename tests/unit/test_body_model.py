"""The span model of bodies beside the rules: no weights are loaded, a scripted reader says what the model sees."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

import pytest

from docparse import pipeline
from docparse.errors import ConfigError
from docparse.learn.body_samples import damaged, from_gold, from_rules
from docparse.learn.portal import RULES
from docparse.model import Body, BodyRole, Document
from docparse.segment.paragraphs import paragraphs
from docparse.spans import Span
from docparse.tables import Tables
from docparse.tag import body_model
from docparse.tag.body_choice import NEVER, Choice, chosen, read_tasks
from docparse.tag.body_model import ROLES, Reading, labelled, read_words, spans
from docparse.tag.body_tokens import Lexicon, features, lexicon, syllables

TEXT = (
    "UBND TỈNH A\nSố: 12/CT-UBND\n\nCHỈ THỊ\nVề việc thử\n\n"
    "1. Giao Sở Nội vụ chủ trì, phối hợp với Sở Tài chính kiểm tra.\n"
    "2. Kiểm tra hằng tuần các việc mà nhóm thử nghiệm đã nêu.\n"
)


class Scripted:
    """Reads the given words in the given roles wherever they stand."""

    def __init__(self, words: Mapping[str, tuple[BodyRole, float]]) -> None:
        self.words = words

    def read(self, text: str, span: Span) -> Reading:
        places = syllables(text, span)
        chances = [dict.fromkeys(ROLES, 0.0) for _ in places]
        bodies: list[tuple[Span, BodyRole]] = []
        for words, (role, chance) in self.words.items():
            at = text.find(words, span.start, span.end)
            if at >= 0:
                bodies.append((Span(at, at + len(words)), role))
                for i, place in enumerate(places):
                    if bodies[-1][0].holds(place):
                        chances[i][role] = chance
        read = spans(labelled(places, bodies), places, chances)
        return Reading(tuple(read), tuple(places), tuple(chances))


def a_document() -> Document:
    return pipeline.parse_text(TEXT, settings=RULES)


def bodies(doc: Document, words: Mapping[str, tuple[BodyRole, float]], choice: Choice) -> dict[str, str]:
    found = chosen(doc, read_tasks(doc, Scripted(words)), choice)
    return {a.span.of(doc.text): a.value.role for a in found if isinstance(a.value, Body)}


def test_a_silent_model_changes_nothing() -> None:
    doc = a_document()
    assert chosen(doc, read_tasks(doc, Scripted({"kiểm tra": ("lead", 1.0)})), Choice()) == doc.annotations


def test_what_the_rules_missed_is_added_with_the_models_name() -> None:
    doc = a_document()
    before = bodies(doc, {}, Choice())
    assert before == {"Sở Nội vụ": "lead", "Sở Tài chính": "coordinate"}
    read: dict[str, tuple[BodyRole, float]] = {"nhóm thử nghiệm": ("lead", 0.9)}
    assert bodies(doc, read, Choice(anywhere=0.8)) == {**before, "nhóm thử nghiệm": "lead"}
    assert bodies(doc, read, Choice(add=0.8)) == {**before, "nhóm thử nghiệm": "lead"}
    assert bodies(doc, read, Choice(anywhere=0.95)) == before


def test_where_the_rules_found_a_doer_only_a_choice_for_anywhere_adds() -> None:
    doc = a_document()
    read: dict[str, tuple[BodyRole, float]] = {"kiểm tra.": ("monitor", 0.9)}
    assert "kiểm tra" not in " ".join(bodies(doc, read, Choice(add=0.5)))
    assert bodies(doc, read, Choice(anywhere=0.5))["kiểm tra."] == "monitor"


def test_the_model_never_cuts_into_a_body_of_the_rules() -> None:
    doc = a_document()
    assert "Nội vụ chủ trì" not in bodies(doc, {"Nội vụ chủ trì": ("lead", 0.99)}, Choice(anywhere=0.5))


def test_a_document_whose_words_are_whole_is_left_to_the_rules() -> None:
    doc = a_document()
    read: dict[str, tuple[BodyRole, float]] = {
        "Sở Nội vụ": ("lead", 0.9), "Sở Tài chính": ("coordinate", 0.9), "nhóm thử nghiệm": ("lead", 0.9),
    }  # fmt: skip
    # one of three is missed, and three more are taken to be found: a sixth
    assert "nhóm thử nghiệm" not in bodies(doc, read, Choice(anywhere=0.8, missed=0.2))
    assert "nhóm thử nghiệm" in bodies(doc, read, Choice(anywhere=0.8, missed=0.15))


def test_a_role_may_change_and_a_body_may_be_vetoed() -> None:
    doc = a_document()
    told: dict[str, tuple[BodyRole, float]] = {"Sở Nội vụ": ("coordinate", 0.97), "Sở Tài chính": ("coordinate", 0.9)}
    assert bodies(doc, told, Choice(role=0.95))["Sở Nội vụ"] == "coordinate"
    assert "Sở Tài chính" not in bodies(doc, {"Sở Nội vụ": ("lead", 0.9)}, Choice(veto=0.1))


def test_thresholds_are_those_of_the_kind_of_page() -> None:
    values = {"ocr.anywhere": 0.8, "ocr.missed": 0.18}
    assert Choice.of(values, scanned=True) == Choice(anywhere=0.8, missed=0.18)
    assert Choice.of(values, scanned=False) == Choice()
    assert Choice().add == NEVER


def test_labels_and_spans_are_inverse() -> None:
    text = "giao Sở Nội vụ và Sở Y tế"
    places = syllables(text, Span(0, len(text)))
    wanted: list[tuple[Span, BodyRole]] = [(Span(5, 14), "lead"), (Span(18, 25), "coordinate")]
    labels = labelled(places, wanted)
    assert labels == ["O", "B-lead", "I-lead", "I-lead", "O", "B-coordinate", "I-coordinate", "I-coordinate"]
    chances = [dict.fromkeys(ROLES, 0.5) for _ in places]
    assert [(r.span, r.role) for r in spans(labels, places, chances)] == wanted


def test_features_outlive_lost_marks() -> None:
    known = lexicon(Tables.default(), {})
    whole, worn = (features(words.split(), known) for words in ("phối hợp với Sở", "phoi hop voi Sở"))
    shared = set(whole[3]) & set(worn[3])
    assert any(f.startswith("cue=with") for f in shared)
    assert "head" in shared


def test_word_classes_are_features_only_where_a_model_has_them() -> None:
    bare = features(["kiểm", "tra"], Lexicon(frozenset(), {}, {}))
    tagged = features(["kiểm", "tra"], Lexicon(frozenset(), {}, {"kiểm tra": "V"}))
    assert set(tagged[0]) - set(bare[0]) == {"pos=?|V|?"}


def test_gold_bodies_are_labelled_in_their_own_task() -> None:
    doc = a_document()
    gold = {
        "tasks": [{"path": ["1"]}, {"path": ["2"]}],
        "bodies": [{"text": "nhóm thử nghiệm", "role": ["lead", "advise"], "task": ["2"]}],
    }
    first, second = from_gold("d", doc, gold)
    assert set(first.labels) == {"O"}
    assert second.labels[9:12] == ("B-lead", "I-lead", "I-lead")
    silver = next(iter(from_rules("d", doc)))
    assert "B-coordinate" in silver.labels
    assert damaged(second, 1, 1.0).words[9:12] == ("nhom", "thu", "nghiem")
    assert damaged(second, 1, 1.0).labels == second.labels


def test_without_a_model_nobody_reads(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert body_model.reader_in_use(Tables.default(), tmp_path) is None
    assert body_model.thresholds_in_use(tmp_path) == {}
    monkeypatch.setattr(body_model, "pycrfsuite", None)  # the extra `learn` is not installed
    assert body_model.reader_in_use(Tables.default()) is None
    assert body_model.thresholds_in_use() == {}


def test_a_damaged_model_says_what_to_do(tmp_path: Path) -> None:
    (tmp_path / "current.toml").write_text('bodies = "1"\n', "utf-8")
    (tmp_path / "bodies" / "1").mkdir(parents=True)
    with pytest.raises(ConfigError, match="docparse train bodies"):
        body_model.thresholds_in_use(tmp_path)
    assert read_words(tmp_path / "none.tsv") == {}


def test_a_reading_gives_mean_chances() -> None:
    text = "Sở Y tế"
    places = tuple(syllables(text, Span(0, 7)))
    chances = tuple({**dict.fromkeys(ROLES, 0.0), "lead": value} for value in (1.0, 0.5, 0.0))
    reading = Reading((), places, chances)
    assert math.isclose(reading.of(Span(0, 7))["lead"], 0.5)
    assert reading.of(Span(7, 9)) == {}


def test_press_reports_and_papers_without_tasks_are_not_read() -> None:
    doc = replace(a_document(), tasks=())
    assert read_tasks(doc, Scripted({})) == []
    assert list(paragraphs(doc))
