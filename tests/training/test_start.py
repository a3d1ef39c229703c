"""Training that starts from a model: what it knew stays, what is new is learned."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from krynica import Article, CorpusError, load_model
from krynica.classifier.encoder import Encoder
from krynica.classifier.folder import open_folder
from krynica.data.corpus.duplicates import text_hash
from krynica.data.corpus.labelled import Basis, read_corpus
from krynica.training.fit.start import LEAST_READ, MET, Start
from krynica.training.run import Options, look_over, train
from krynica.training.work import Work
from tests.training import corpora

ONE = Work(jobs=1)


def _renamed(table: pd.DataFrame, name: str = "new") -> pd.DataFrame:
    return table.assign(outlet=f"{name} " + table["outlet"])


@pytest.fixture(scope="module")
def base(models: Path, encoder: Encoder, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A model of English and Polish, with marks and genres."""
    folder = tmp_path_factory.mktemp("base")
    polish = _renamed(corpora.readings(outlets=8, each=15, lang="pl", seed=2), "pl")
    table = pd.concat([corpora.readings(outlets=10, each=20), polish, corpora.passages()])
    table.to_parquet(folder / "base.parquet")
    train([folder / "base.parquet"], models / "base", encoder=encoder, work=ONE)
    return models / "base"


def _new_words(table: pd.DataFrame) -> pd.DataFrame:
    """Give a made corpus other telling words, which the encoder does not know either."""
    for old in (*corpora.LOUD, *corpora.CALM):
        for one in (old, old.capitalize()):
            table["text"] = table["text"].str.replace(rf"\b{one}\b", f"{one[::-1]}q", regex=True)
    return table


@pytest.fixture(scope="module")
def polished(base: Path, models: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The same, with 100 labelled Polish texts more, of other words."""
    folder = tmp_path_factory.mktemp("polish")
    table = _new_words(corpora.articles(lang="pl", outlets=5, each=10, seed=7))
    _renamed(table).to_parquet(folder / "polish.parquet")
    options = Options("mine", "2", open_folder(base), Basis.TEXT)
    train([folder / "polish.parquet"], models / "polished", options, work=ONE)
    return models / "polished"


def test_languages_of_which_nothing_is_said_stay_to_the_last_digit(
    base: Path, polished: Path
) -> None:
    before, after = load_model(base), load_model(polished)
    for text in corpora.readings(seed=9, outlets=2)["text"]:
        one, other = (model.score(Article(text, language="en")) for model in (before, after))
        assert other.model != one.model
        assert one.as_dict() | {"model": None} == other.as_dict() | {"model": None}
    for name in ("en.npz", "en.terms"):
        assert (base / name).read_bytes() == (polished / name).read_bytes()
    assert load_model(polished).manifest["metrics"]["en"] == before.manifest["metrics"]["en"]


def test_the_others_change_and_keep_what_they_knew(base: Path, polished: Path) -> None:
    def gap(model: Path, table: pd.DataFrame) -> float:
        loaded = load_model(model)
        p = [loaded.score(Article(text, language="pl")).p_propaganda or 0 for text in table["text"]]
        mean = pd.Series(p).groupby(table["label"].to_numpy()).mean()
        return float(mean["propaganda"] - mean["journalism"])

    old = corpora.articles(lang="pl", seed=19, each=4)
    other = _new_words(corpora.articles(lang="pl", seed=19, each=4))
    assert gap(base, other) < 0.15
    assert gap(polished, other) > gap(base, other) + 0.1  # what the new texts teach
    assert gap(polished, old) > 0.5 * gap(base, old) > 0.2  # what the model knew
    terms = [set(load_model(model).source.parameters("pl").terms) for model in (base, polished)]
    assert terms[0] < terms[1]


def test_marks_genres_and_points_are_those_of_the_start(base: Path, polished: Path) -> None:
    before, after = (open_folder(model).parameters("pl") for model in (base, polished))
    assert before.judging
    assert after.judging
    assert np.array_equal(before.judging.points.accuse, after.judging.points.accuse)
    assert before.judging.genre
    assert after.judging.genre
    assert np.array_equal(before.judging.genre.coef, after.judging.genre.coef)
    assert before.persuasion
    assert after.persuasion
    assert np.array_equal(before.persuasion.coef, after.persuasion.coef)


def test_the_past_is_told(base: Path, polished: Path) -> None:
    begun, made = open_folder(base), open_folder(polished)
    assert made.manifest["started_from"]["sha256"] == begun.sha256
    assert set(begun.manifest["outlets"]) < set(made.manifest["outlets"])
    learned = set(made.learned_from().tolist())
    assert set(begun.learned_from().tolist()) < learned
    text = _new_words(corpora.articles(lang="pl", outlets=5, each=10, seed=7))["text"].iloc[0]
    assert text_hash(text) in learned
    assert "## The model it started from" in made.card
    assert made.manifest["metrics"]["pl"]["readings"]["texts"] == 100
    assert made.manifest["metrics"]["en"]["passages"]
    assert (polished / "MODEL_CARD.md").read_text("utf-8").count(
        "as good as whoever gave them"
    ) == 1


def test_figures_are_of_outlets_that_the_start_had_not_met(
    base: Path, encoder: Encoder, tmp_path: Path
) -> None:
    fresh = _renamed(corpora.readings(outlets=6, each=15, seed=11))
    known = corpora.readings(outlets=6, each=15, seed=12)  # new texts of outlets that it knew
    pd.concat([fresh, known]).to_parquet(tmp_path / "both.parquet")
    said: list[str] = []
    options = Options(start=open_folder(base))
    told = train(
        [tmp_path / "both.parquet"], tmp_path / "one", options, work=ONE, result=said.append
    )
    assert told["en"].readings.texts == 90
    assert said[0].startswith("English, outlets never seen")
    known.to_parquet(tmp_path / "known.parquet")
    paths = [tmp_path / "known.parquet"]
    told = train(paths, tmp_path / "two", options, work=ONE, result=said.append)
    assert told["en"].encoder_met
    assert said[1].startswith("English, outlets held out, which the encoder or the start had met")


def test_what_the_model_has_met_is_left_out(base: Path, tmp_path: Path) -> None:
    met = corpora.readings(outlets=10, each=20).head(30)
    new = _renamed(corpora.readings(outlets=8, each=10, seed=21))
    marks = corpora.passages().head(3)
    pd.concat([met, new, marks]).to_parquet(tmp_path / "rows.parquet")
    left = Start.of(open_folder(base)).without_met(read_corpus([tmp_path / "rows.parquet"]))
    assert left.left_out == {MET: 33}
    assert len(left.articles) == 80
    met.to_parquet(tmp_path / "met.parquet")
    checked = look_over([tmp_path / "met.parquet"], Options(start=open_folder(base)))
    assert checked.refusal
    assert "30 (the model that training starts from" in checked.refusal


@pytest.mark.parametrize(
    ("table", "why"),
    [
        (corpora.readings(outlets=5, each=7, seed=21), f"35 of its texts.*{LEAST_READ} are needed"),
        (corpora.articles(outlets=5, each=10), "0 of its texts say how they read"),
    ],
)
def test_a_model_of_which_nothing_would_change_is_not_written(
    table: pd.DataFrame, why: str, base: Path, tmp_path: Path
) -> None:
    table.to_parquet(tmp_path / "rows.parquet")
    options = Options(start=open_folder(base))
    with pytest.raises(CorpusError, match=why):
        train([tmp_path / "rows.parquet"], tmp_path / "model", options, work=ONE)
    assert not (tmp_path / "model").exists()


def test_a_language_that_is_left_as_it_was_is_said_and_not_learned_from(
    base: Path, tmp_path: Path
) -> None:
    few = _renamed(corpora.articles(outlets=1, each=5, lang="pl", seed=30), "few")
    new = _renamed(corpora.readings(outlets=8, each=10, seed=21))
    new["label"] = np.where(new["score"] >= 2, "propaganda", "journalism")
    pd.concat([few, new.drop(columns="score")]).to_parquet(tmp_path / "rows.parquet")
    options = Options(start=open_folder(base), labels_of=Basis.TEXT)
    train([tmp_path / "rows.parquet"], tmp_path / "model", options, work=ONE)
    made = open_folder(tmp_path / "model")
    assert made.manifest["refused"]["pl"].startswith("Polish stays as the model that training")
    assert not [name for name in made.manifest["outlets"] if name.startswith("few")]
    assert text_hash(few["text"].iloc[0]) not in set(made.learned_from().tolist())
    assert (tmp_path / "model/pl.npz").read_bytes() == (base / "pl.npz").read_bytes()


def test_marked_passages_alone_move_the_marks_alone(
    base: Path, models: Path, tmp_path: Path
) -> None:
    corpora.passages(documents=30, seed=5).to_parquet(tmp_path / "marks.parquet")
    options = Options(start=open_folder(base))
    train([tmp_path / "marks.parquet"], models / "marked-on", options, work=ONE)
    before, after = load_model(base), load_model(models / "marked-on")
    for text in corpora.readings(seed=9, outlets=1)["text"]:
        one, other = (model.score(Article(text, language="en")) for model in (before, after))
        assert one.p_propaganda == other.p_propaganda
        assert one.p_persuasion != other.p_persuasion
    told = [model.manifest["metrics"]["en"] for model in (before, after)]
    assert told[0]["readings"] == told[1]["readings"]
    assert told[0]["passages"] != told[1]["passages"]


def test_the_number_of_processes_changes_no_byte(base: Path, tmp_path: Path) -> None:
    _renamed(corpora.readings(outlets=8, each=10, seed=21)).to_parquet(tmp_path / "rows.parquet")
    options = Options(start=open_folder(base))
    for jobs in (1, 2):
        made = tmp_path / f"model-{jobs}"
        train([tmp_path / "rows.parquet"], made, options, work=Work(jobs=jobs))
    one, two = (tmp_path / f"model-{jobs}" / "SHA256SUMS" for jobs in (1, 2))
    assert one.read_bytes() == two.read_bytes()
