"""Training that starts from a model: what it knew stays, what is new is learned."""

from __future__ import annotations

import json
from pathlib import Path

import pandas as pd
import pytest

from classifier import Article, CorpusError, load_model
from classifier.folder import open_folder
from classifier.model import DEFAULT
from data.duplicates import text_hash
from data.labelled import read_corpus
from tests.training import corpora
from training.prior import MET, Start
from training.run import Options, look_over, train
from training.work import Work

ENGLISH = sorted(corpora.SAMPLES.glob("en-*.txt"))
BELARUSIAN = sorted(corpora.SAMPLES.glob("be-*.txt"))


@pytest.fixture(scope="module")
def with_belarusian(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The shipped model, with 300 labelled Belarusian rows more."""
    folder = tmp_path_factory.mktemp("belarusian")
    corpora.of_samples("be").to_parquet(folder / "belarusian.parquet")
    options = Options("mine", "2", start=open_folder(DEFAULT))
    train([folder / "belarusian.parquet"], folder / "model", options, work=Work(jobs=1))
    return folder / "model"


def test_belarusian_answers_change(with_belarusian: Path) -> None:
    before, after = load_model(), load_model(with_belarusian)
    told = {}
    for path in BELARUSIAN:
        article = Article(path.read_text("utf-8"), language="be")
        assert before.score(article).p_propaganda is None
        told[path.name] = after.score(article).p_propaganda
    values = {name: value for name, value in told.items() if value is not None}
    assert len(values) == 6
    loud = [value for name, value in values.items() if "propaganda" in name]
    calm = [value for name, value in values.items() if "journalism" in name]
    assert min(loud) > max(calm)


def test_english_answers_stay_to_the_last_digit(with_belarusian: Path) -> None:
    assert len(ENGLISH) == 6
    before, after = load_model(), load_model(with_belarusian)
    for path in ENGLISH:
        article = Article(path.read_text("utf-8"), language="en")
        one, other = before.score(article), after.score(article)
        assert other.model != one.model
        assert other.p_propaganda == one.p_propaganda
        assert (other.verdict, other.evidence) == (one.verdict, one.evidence)


def test_the_past_is_told(with_belarusian: Path) -> None:
    manifest = json.loads((with_belarusian / "manifest.json").read_text("utf-8"))
    begun = open_folder(DEFAULT)
    assert manifest["started_from"]["sha256"] == begun.sha256
    assert set(manifest["started_from"]["kept"]) == set(begun.languages)
    assert manifest["metrics"]["en"] == begun.manifest["metrics"]["en"]
    assert set(begun.manifest["outlets"]) < set(manifest["outlets"])
    learned = set(open_folder(with_belarusian).learned_from().tolist())
    assert set(begun.learned_from().tolist()) < learned
    assert text_hash(corpora.of_samples("be")["text"].iloc[0]) in learned
    assert "## The model it started from" in (with_belarusian / "MODEL_CARD.md").read_text("utf-8")


def _new_words(table: pd.DataFrame) -> pd.DataFrame:
    """Give a made corpus other telling words, and other outlets."""
    for old in (*corpora.LOUD, *corpora.CALM):
        table["text"] = table["text"].str.replace(rf"\b{old}\b", f"{old[::-1]}q", regex=True)
        table["text"] = table["text"].str.replace(
            rf"\b{old.capitalize()}\b", f"{old[::-1].capitalize()}q", regex=True
        )
    return table.assign(outlet="new " + table["outlet"])


def test_a_language_that_is_learned_on_keeps_what_it_knew(trained: Path, tmp_path: Path) -> None:
    new = tmp_path / "new.parquet"
    _new_words(corpora.articles(seed=3)).to_parquet(new)
    train([new], tmp_path / "on", Options(start=open_folder(trained)), work=Work(jobs=1))
    train([new], tmp_path / "anew", work=Work(jobs=1))

    def gap(model: Path, table: pd.DataFrame) -> float:
        loaded = load_model(model)
        p = [loaded.score(Article(text, language="en")).p_propaganda or 0 for text in table["text"]]
        mean = pd.Series(p).groupby(table["label"].to_numpy()).mean()
        return float(mean["propaganda"] - mean["journalism"])

    old, other = corpora.articles(seed=9), _new_words(corpora.articles(seed=9))
    assert gap(tmp_path / "on", other) > 0.6  # what the new rows teach
    assert gap(tmp_path / "on", old) > 0.4  # what the model knew
    assert gap(tmp_path / "anew", old) < 0.2  # which the new rows alone do not teach


def test_what_the_model_has_met_is_left_out(
    trained: Path, corpus: list[Path], tmp_path: Path
) -> None:
    """Else the figures of a fit around it would be of texts and outlets that it knew."""
    options = Options(start=open_folder(trained))
    with pytest.raises(CorpusError):
        train(corpus, tmp_path / "model", options, work=Work(jobs=1))
    known = corpora.articles(seed=11, outlets=3)  # new articles of outlets that it knew
    fresh = corpora.articles(seed=12, outlets=3).assign(outlet=lambda t: "new " + t["outlet"])
    pd.concat([known, fresh]).to_parquet(tmp_path / "both.parquet")
    metrics = train([tmp_path / "both.parquet"], tmp_path / "model", options, work=Work(jobs=1))
    assert metrics["en"]["articles"]["articles"] == {"propaganda": 36, "journalism": 36}


def test_the_number_of_processes_changes_no_byte(tmp_path: Path) -> None:
    table = corpora.of_samples("pl", each=10)
    table.to_parquet(tmp_path / "polish.parquet")
    options = Options(start=open_folder(DEFAULT))
    for jobs in (1, 2):
        made = tmp_path / f"model-{jobs}"
        train([tmp_path / "polish.parquet"], made, options, work=Work(jobs=jobs))
    one, two = (tmp_path / f"model-{jobs}" / "SHA256SUMS" for jobs in (1, 2))
    assert one.read_bytes() == two.read_bytes()
    metrics = load_model(tmp_path / "model-1").manifest["metrics"]["pl"]
    assert metrics["passages"] == load_model().manifest["metrics"]["pl"]["passages"]


def test_marked_documents_of_one_collection_are_learned_on(tmp_path: Path) -> None:
    """Without them no passages are left: the view is that of the model begun from."""
    marked = corpora.passages(documents=30).assign(lang="pl")
    pd.concat([corpora.of_samples("pl", each=8), marked]).to_parquet(tmp_path / "rows.parquet")
    options = Options(start=open_folder(DEFAULT))
    found = train([tmp_path / "rows.parquet"], tmp_path / "model", options, work=Work(jobs=1))
    assert found["pl"]["passages"]


def test_a_check_says_no_where_nothing_would_be_learned(tmp_path: Path) -> None:
    corpora.articles().to_parquet(tmp_path / "rows.parquet")
    checked = look_over([tmp_path / "rows.parquet"], open_folder(DEFAULT))
    assert checked.refusal
    assert checked.refusal.startswith("English stays as krynica has it: its verdicts")
    assert look_over([tmp_path / "rows.parquet"]).refusal is None


def test_outlets_are_met_under_their_other_names_and_at_their_addresses(tmp_path: Path) -> None:
    start = Start.of(open_folder(DEFAULT))
    table = corpora.articles(seed=12, outlets=3, each=1)
    table["outlet"] = ["rt.com", "new one", "Медуза", "new two", "new three", "unnamed"]
    table["url"] = [None] * 5 + ["https://www.kommersant.ru/doc/1"]
    table.to_parquet(tmp_path / "rows.parquet")
    left = start.without_met(read_corpus([tmp_path / "rows.parquet"]))
    assert left.articles["outlet"].tolist() == ["new one", "new two", "new three"]
    assert left.left_out == {MET: 3}


def test_verdicts_that_were_earned_are_not_lost_to_a_few_newsrooms(tmp_path: Path) -> None:
    told: list[str] = []
    table = pd.concat([corpora.articles(), corpora.of_samples("be", each=8)])
    table.to_parquet(tmp_path / "rows.parquet")
    options = Options(start=open_folder(DEFAULT))
    work = Work(jobs=1, say=told.append)
    metrics = train([tmp_path / "rows.parquet"], tmp_path / "model", options, work=work)
    assert set(metrics) == {"be"}
    assert [said for said in told if said.startswith("English stays as krynica has it: its verd")]


def test_an_article_is_met_by_a_passage_that_was_learned_from(
    trained: Path, corpus: list[Path], tmp_path: Path
) -> None:
    passage = corpora.passages()["text"].iloc[0]
    table = corpora.articles(seed=21, outlets=3, each=2).assign(outlet=lambda t: "n " + t["outlet"])
    table.loc[table.index[0], "text"] = f"{table['text'].iloc[0]}\n\n{passage.upper()}"
    marked = corpora.passages(documents=2, seed=8).assign(source="another", doc="document 0")
    pd.concat([table, marked]).to_parquet(tmp_path / "rows.parquet")
    start = Start.of(open_folder(trained))
    left = start.without_met(read_corpus([tmp_path / "rows.parquet"]))
    assert left.left_out[MET] == 1
    assert len(left.articles) == 11
    assert len(left.passages) == 10  # of another collection's document of that name
