"""The model that ships, on the samples that ship. No figure of quality is drawn from them."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import pytest

from krynica import DEFAULT, Answer, Article, Model, load_model
from krynica.classifier.checksums import verified
from krynica.classifier.encoder import ENCODERS, NAME
from krynica.classifier.language import detect
from krynica.classifier.languages import LANGUAGES
from krynica.classifier.parameters import POINTS, SIGNALS
from krynica.data.corpus.duplicates import text_hash
from krynica.training.gate.bounds import read_bounds
from krynica.training.gate.figures import POOLED

ROOT = Path(__file__).resolve().parents[2]
SAMPLES = ROOT / "data" / "samples"
LABELS = list(csv.DictReader((SAMPLES / "labels.csv").read_text("utf-8").splitlines()))


def _text(row: dict[str, str]) -> str:
    return (SAMPLES / row["file"]).read_text("utf-8")


@pytest.fixture(scope="module")
def model() -> Model:
    return load_model()


@pytest.fixture(scope="module")
def answers(model: Model) -> dict[str, Answer]:
    return {row["file"]: model.score(Article(_text(row))) for row in LABELS}


def test_the_samples_cover_both_kinds_in_five_languages() -> None:
    kinds = [(row["lang"], row["label"]) for row in LABELS]
    assert len(LABELS) >= 24
    for lang in ("be", "en", "pl", "ru", "uk"):
        for label in ("journalism", "propaganda"):
            assert kinds.count((lang, label)) >= 2
    assert {row["file"] for row in LABELS} == {path.name for path in SAMPLES.glob("*.txt")}
    assert all(_text(row).startswith(row["title"]) for row in LABELS)


@pytest.mark.parametrize("row", LABELS, ids=lambda row: row["file"])
def test_the_language_of_every_sample_is_told(row: dict[str, str]) -> None:
    assert detect(_text(row)) == row["lang"]


@pytest.mark.parametrize("row", LABELS, ids=lambda row: row["file"])
def test_every_sample_gets_a_whole_answer(row: dict[str, str], answers: dict[str, Answer]) -> None:
    answer = answers[row["file"]]
    assert answer.error is None
    assert answer.language == row["lang"]
    assert answer.words is not None
    assert answer.words > 150
    assert (answer.verdict == "unclear") == bool(answer.why_unclear)
    for item in answer.evidence:
        if item.start is not None:
            assert _text(row)[item.start : item.end] == item.text


def test_all_five_languages_are_judged(model: Model, answers: dict[str, Answer]) -> None:
    assert set(model.source.languages) == set(LANGUAGES) == {row["lang"] for row in LABELS}
    for answer in answers.values():
        assert answer.p_propaganda is not None
        assert answer.reading is not None
        assert answer.genre is not None
        assert list(answer.signals) == [*SIGNALS, "persuasion"]


def test_every_text_of_propaganda_lies_above_every_text_of_journalism(
    answers: dict[str, Answer],
) -> None:
    """The third sample of each language's propaganda is quiet, and may lie anywhere."""
    for language in LANGUAGES:
        p = {
            label: [
                answers[row["file"]].p_propaganda or 0.0
                for row in LABELS
                if (row["lang"], row["label"]) == (language, label)
                and not row["file"].endswith("propaganda-3.txt")
            ]
            for label in ("journalism", "propaganda")
        }
        assert min(p["propaganda"]) > max(p["journalism"]), language


def test_the_probability_is_that_of_the_levels(answers: dict[str, Answer]) -> None:
    for answer in answers.values():
        assert answer.reading is not None
        assert sum(answer.reading.levels) == pytest.approx(1.0)
        assert sum(answer.reading.levels[2:]) == pytest.approx(answer.p_propaganda)


def test_taking_all_phrases_away_lowers_what_the_words_say(model: Model) -> None:
    fell, tried = 0, 0
    for row in LABELS:
        text = _text(row)
        answer = model.score(Article(text, language=row["lang"]))
        phrases = [item for item in answer.evidence if item.kind == "phrase" and item.weight > 0]
        if answer.p_propaganda is None or not phrases:
            continue
        for item in sorted(phrases, key=lambda item: -(item.start or 0)):
            assert item.start is not None
            assert item.end is not None
            text = text[: item.start] + text[item.end :]
        less = model.score(Article(text, language=row["lang"])).signals["words"]
        tried += 1
        fell += less < answer.signals["words"]
    assert tried >= 12
    assert fell >= 0.9 * tried


def test_every_word_counts(model: Model) -> None:
    text = _text(LABELS[6]) * 40
    longer = f"{text}\n\nShameful puppets always betray everyone."
    before, after = (model.score(Article(t, language="en")) for t in (text, longer))
    assert before.words is not None
    assert after.words == before.words + 5
    assert after.p_persuasion != before.p_persuasion


def test_model_and_encoder_are_what_their_checksums_say(model: Model) -> None:
    assert verified(DEFAULT).sha256 == model.id.sha256
    assert verified(ENCODERS / NAME, "encoder folder").sha256 == model.encoder.sha256
    assert model.manifest["encoder"]["sha256"] == model.encoder.sha256
    assert model.encoder.path == ENCODERS / NAME


def test_the_encoder_was_tuned_on_no_sample(model: Model) -> None:
    tuned = set(model.encoder.tuned_on().tolist())
    assert not {text_hash(_text(row)) for row in LABELS} & tuned
    assert not {text_hash(_text(row)) for row in LABELS} & set(model.source.learned_from().tolist())


def test_the_folder_holds_terms_and_numbers_alone() -> None:
    names = {path.name for path in DEFAULT.iterdir()}
    fixed = {"manifest.json", "MODEL_CARD.md", "SHA256SUMS", "learned_from.npy"}
    assert fixed <= names
    assert {Path(name).suffix for name in names - fixed} == {".npz", ".terms"}
    assert sum(path.stat().st_size for path in DEFAULT.iterdir()) < 25_000_000


def test_terms_hold_no_name_and_no_number(model: Model) -> None:
    for language in model.source.languages:
        for term in model.source.parameters(language).terms:
            bare = term.replace("<name>", "").replace("<num>", "")
            assert not any(char.isdigit() or char.isupper() for char in bare)


def test_figures_on_the_card_are_those_of_the_manifest(model: Model) -> None:
    card = model.source.card
    for metrics in model.manifest["metrics"].values():
        if metrics.get("readings"):
            assert f"{metrics['readings']['auc']:.3f}" in card
        for unit in metrics.get("passages", {}).values():
            assert f"{unit['auc']:.3f}" in card


def test_figures_in_the_readme_are_those_of_the_card(model: Model) -> None:
    readme = (ROOT / "README.md").read_text("utf-8")
    copied = readme.split("<!-- from the card -->")[1].split("<!-- end -->")[0]
    rows = [line for line in copied.splitlines() if line.startswith("|") or "AUC against" in line]
    assert len(rows) == 8
    assert f"AUC {model.manifest['metrics']['pooled']['readings']['auc']:.3f}" in readme
    on_card = set(model.source.card.splitlines())
    assert [row for row in rows if row not in on_card] == []


def test_the_licences_of_all_sources_are_on_the_card(model: Model) -> None:
    sources = model.manifest["sources"]
    assert len(sources) > 30
    for source in sources:
        assert f"| {source['source']} | {source['rows']} | {source['licence']} |" in (
            model.source.card.splitlines()
        )
    silent = {one["source"] for one in sources if one["licence"] == "not stated"}
    assert silent <= {"euvsdisinfo_ru", "yabc_state_papers"}  # whose tables state none


def test_every_kind_of_text_has_its_operating_points(model: Model) -> None:
    for language in model.source.languages:
        judging = model.source.parameters(language).judging
        assert judging is not None
        told = model.manifest["operating_points"][language]
        for name, points in (
            ("propaganda_from", judging.points.accuse),
            ("journalism_to", judging.points.clear),
        ):
            assert list(told[name].values()) == pytest.approx(
                [float(points[POINTS.index(kind)]) for kind in told[name]], abs=1e-4
            )
        assert (judging.points.clear < judging.points.accuse).all()
        # An opinion needs more than a report, and fewer words need no less.
        report, opinion, _ = judging.points.accuse.tolist()
        assert opinion >= report


def test_the_gate_binds_every_language_in_which_the_model_judges(model: Model) -> None:
    judged = {code for code, kinds in model.manifest["languages"].items() if "articles" in kinds}
    bounds = read_bounds()
    for paths, figure in ((bounds.floors, "auc"), (bounds.ceilings, "newsrooms_accused")):
        assert {f"{code}/{figure}" for code in judged} <= paths.keys()
    assert {path.split("/")[0] for path in bounds.floors} == {*judged, POOLED}


def test_the_answer_is_plain_json(answers: dict[str, Answer]) -> None:
    for answer in answers.values():
        assert json.loads(json.dumps(answer.as_dict())) == answer.as_dict()
