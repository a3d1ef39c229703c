from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from classifier import Article, CorpusError, ModelFolderError, load_model
from tests.training import corpora
from training.run import train
from training.work import Work


def test_a_trained_folder_is_verified_and_judges(trained: Path) -> None:
    model = load_model(trained)
    loud = corpora.articles(seed=9).query("label == 'propaganda'")["text"].iloc[0]
    calm = corpora.articles(seed=9).query("label == 'journalism'")["text"].iloc[0]
    high, low = (model.score(Article(text, language="en")) for text in (loud, calm))
    assert high.p_propaganda is not None
    assert low.p_propaganda is not None
    assert high.p_propaganda > 0.8
    assert low.p_propaganda < 0.2
    assert high.p_persuasion is not None
    assert low.p_persuasion is not None
    assert high.p_persuasion > low.p_persuasion


def test_the_same_tables_make_the_same_bytes(
    corpus: list[Path], trained: Path, tmp_path: Path
) -> None:
    again = tmp_path / "again"
    train(list(reversed(corpus)), again, work=Work(jobs=2))
    assert {p.name: p.read_bytes() for p in again.iterdir()} == {
        p.name: p.read_bytes() for p in trained.iterdir()
    }


def test_the_unseen_outlet_result_is_told_first(corpus: list[Path], tmp_path: Path) -> None:
    said: list[str] = []
    train(corpus, tmp_path / "model", work=Work(jobs=1), result=said.append)
    assert said[0].startswith("English, outlets never seen: AUC ")
    assert said[0].index("never seen") < said[0].index("Random split")


def test_metrics_tell_signal_from_none(trained: Path, tmp_path: Path) -> None:
    noise = corpora.articles(signal=0.0)
    noise.to_parquet(tmp_path / "noise.parquet")
    found = train([tmp_path / "noise.parquet"], tmp_path / "model", work=Work(jobs=1))["en"][
        "articles"
    ]
    told = json.loads((trained / "manifest.json").read_text("utf-8"))["metrics"]["en"]["articles"]
    assert told["auc"] > 0.95
    assert 0.3 < found["auc"] < 0.7


def test_outlets_that_share_a_house_style_do_not_pass_for_knowledge(tmp_path: Path) -> None:
    """Each outlet has words of its own: a random split knows them again, held-out outlets not."""
    table = corpora.articles(signal=0.0)
    codes = {name: f"mark{chr(97 + i)}" for i, name in enumerate(sorted(set(table["outlet"])))}
    # Inside the sentences: one that stands in many articles would be taken out as a footer.
    table["text"] = [
        text.replace(" the ", f" the {codes[outlet]} ").replace(" of ", f" of {codes[outlet]} ")
        for text, outlet in zip(table["text"], table["outlet"], strict=True)
    ]
    table.to_parquet(tmp_path / "styled.parquet")
    metrics = train([tmp_path / "styled.parquet"], tmp_path / "model", work=Work(jobs=1))["en"]
    assert metrics["random_split_auc"] > 0.95
    assert metrics["articles"]["auc"] < 0.75


def test_articles_without_passages_make_a_model_without_persuasion(tmp_path: Path) -> None:
    corpora.articles().to_csv(tmp_path / "articles.csv", index=False)
    train([tmp_path / "articles.csv"], tmp_path / "model", work=Work(jobs=1))
    answer = load_model(tmp_path / "model").score(
        Article(corpora.articles(seed=5)["text"].iloc[0], language="en")
    )
    assert answer.p_persuasion is None
    assert answer.p_propaganda is not None


@pytest.mark.parametrize(
    ("rows", "missing"),
    [
        (corpora.articles().query("label == 'propaganda'"), "articles of journalism"),
        (corpora.articles().query("outlet != 'x' and label == 'journalism'"), "propaganda"),
        (
            corpora.articles().assign(
                outlet=lambda t: t["outlet"].where(t["label"] == "journalism", "one")
            ),
            "one outlet",
        ),
    ],
)
def test_what_cannot_be_evaluated_honestly_is_refused(
    rows: pd.DataFrame, missing: str, tmp_path: Path
) -> None:
    rows.to_parquet(tmp_path / "rows.parquet")
    with pytest.raises(CorpusError, match=missing):
        train([tmp_path / "rows.parquet"], tmp_path / "model", work=Work(jobs=1))
    assert not (tmp_path / "model").exists()


def test_a_folder_of_something_else_is_left_alone(corpus: list[Path], tmp_path: Path) -> None:
    (tmp_path / "diary.txt").write_text("mine")
    with pytest.raises(ModelFolderError, match="something else"):
        train(corpus, tmp_path, work=Work(jobs=1))
    assert (tmp_path / "diary.txt").read_text() == "mine"


def test_a_folder_with_checksums_of_something_else_is_left_alone(
    corpus: list[Path], tmp_path: Path
) -> None:
    (tmp_path / "precious.csv").write_text("mine")
    (tmp_path / "SHA256SUMS").write_text(f"{'0' * 64}  precious.csv\n")
    with pytest.raises(ModelFolderError, match="something else"):
        train(corpus, tmp_path, work=Work(jobs=1))
    assert (tmp_path / "precious.csv").read_text() == "mine"


def test_what_was_marked_in_an_article_is_not_met_where_it_is_judged(tmp_path: Path) -> None:
    """Words at random, marked at random: only whoever met the marks could tell the articles."""
    rng = np.random.default_rng(3)
    articles = corpora.articles(signal=0.0, each=8)
    rows = []
    for number, row in enumerate(articles.itertuples()):
        often = 0.6 if row.label == "propaganda" else 0.05
        for sentence in row.text.split(". "):
            label = "persuasive" if rng.random() < often else "plain"
            rows.append({"text": sentence, "label": label, "doc": f"d{number}", "lang": "en"})
    passages = pd.DataFrame(rows).assign(kind="passage", source="marks", licence="CC0")
    pd.concat([articles, passages]).to_parquet(tmp_path / "both.parquet")
    metrics = train([tmp_path / "both.parquet"], tmp_path / "model", work=Work(jobs=1))["en"]
    assert metrics["articles"]["auc"] < 0.7


def test_articles_without_a_common_word_are_refused(tmp_path: Path) -> None:
    table = corpora.articles(outlets=2, each=1)
    table["text"] = [f"alone{'abcd'[at]} " * 60 for at in range(len(table))]
    table.to_csv(tmp_path / "few.csv", index=False)
    with pytest.raises(CorpusError, match="Too few articles"):
        train([tmp_path / "few.csv"], tmp_path / "model", work=Work(jobs=1))


def test_the_card_says_what_was_measured_and_who_could_be_harmed(trained: Path) -> None:
    card = (trained / "MODEL_CARD.md").read_text("utf-8")
    manifest = json.loads((trained / "manifest.json").read_text("utf-8"))
    assert f"{manifest['metrics']['en']['articles']['auc']:.3f}" in card
    assert card.index("never saw") < card.index("AUC, random split")
    for word in ("CC0", "invented passages", "newsrooms", "Licence"):
        assert word in card


def test_no_text_is_in_the_folder(trained: Path) -> None:
    texts = corpora.articles()["text"]
    content = b"".join(path.read_bytes() for path in trained.iterdir())
    assert not any(text.split(".")[0].encode() in content for text in texts)


@pytest.mark.parametrize("documents", [1, 2])
def test_passages_of_few_documents_stop_no_training(tmp_path: Path, documents: int) -> None:
    table = pd.concat([corpora.articles(each=6), corpora.passages(documents=documents)])
    table["date"] = "2022-02-30"
    table.to_parquet(tmp_path / "made.parquet")
    metrics = train([tmp_path / "made.parquet"], tmp_path / "model", work=Work(jobs=1))
    assert ("passages" in metrics["en"]) == (documents > 1)
    assert metrics["en"]["articles"]["auc"] > 0.9
    assert load_model(tmp_path / "model").score(Article("One two. " * 60, language="en")).verdict


def test_the_profile_tells_of_outlets_held_out(trained: Path) -> None:
    manifest = load_model(trained).manifest
    profile = manifest["profile"]["en"]
    articles = manifest["metrics"]["en"]["articles"]["articles"]
    assert profile["articles"] == sum(articles.values())
    assert 0 <= profile["pooled"]["unlike_training"] < 0.05  # .005 of them, by its definition
    for name in ("known", "unlike_training", "unclear"):
        quantiles = profile[name]
        if quantiles is not None:
            assert quantiles == sorted(quantiles)
            assert 0 <= quantiles[0] <= quantiles[-1] <= 1
    for least in profile["log_odds"].values():
        assert least is None or least == sorted(least)
