from __future__ import annotations

import json
import signal
import subprocess
import sys
import time
from pathlib import Path

import pandas as pd
import pytest

from krynica import Article, CorpusError, ModelFolderError, load_model
from krynica.classifier.encoder import Encoder, open_encoder
from krynica.data.corpus.duplicates import text_hash
from krynica.data.corpus.labelled import Basis
from krynica.training.check.finding import Finding
from krynica.training.run import Options, train
from krynica.training.run_folder import STEPS
from krynica.training.work import Work
from tests.tiny_encoder import write_tiny_encoder
from tests.training import corpora

ONE = Work(jobs=1)


def _bytes(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir()}


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


def test_scores_teach_levels_and_genres(scored: Path) -> None:
    model = load_model(scored)
    fresh = corpora.readings(seed=9, outlets=4)
    answers = [model.score(Article(text, language="en")) for text in fresh["text"]]
    told = pd.Series([answer.reading.score for answer in answers if answer.reading])
    means = told.groupby(fresh["score"].clip(upper=3)).mean()
    assert means.is_monotonic_increasing
    assert means.iloc[-1] > means.iloc[0] + 1.5
    assert {answer.genre.name for answer in answers if answer.genre} <= {"news", "opinion"}


@pytest.mark.parametrize("jobs", [1, 2])
def test_the_same_tables_make_the_same_bytes_in_another_order(
    corpus: list[Path], trained: Path, encoder: Encoder, tmp_path: Path, jobs: int
) -> None:
    shuffled = pd.read_parquet(corpus[0]).sample(frac=1, random_state=jobs)
    passages = pd.read_json(corpus[1], lines=True).sample(frac=1, random_state=jobs)
    shuffled.to_parquet(tmp_path / corpus[0].name)
    passages.to_json(tmp_path / corpus[1].name, orient="records", lines=True)
    paths = [tmp_path / path.name for path in reversed(corpus)]
    train(paths, tmp_path / "model", encoder=encoder, work=Work(jobs=jobs))
    one, other = _bytes(trained), _bytes(tmp_path / "model")
    told = [json.loads(files.pop("manifest.json")) for files in (one, other)]
    assert told[0].pop("corpus") != told[1].pop("corpus")  # other bytes, the same rows
    assert told[0] == told[1]
    del one["SHA256SUMS"], other["SHA256SUMS"]
    assert one == other


_SCRIPT = """
import sys
from pathlib import Path
from krynica.classifier.encoder import open_encoder
from krynica.training.texts import vectors
from krynica.training.run import train
from krynica.training.work import Work
vectors._CHUNK = 5
table, encoder, output = map(Path, sys.argv[1:])
train([table], output, encoder=open_encoder(encoder, ""), work=Work(jobs=1),
      run_folder=output.with_name("model.run"))
"""


def test_a_killed_run_finds_its_vectors_again_and_makes_the_same_bytes(
    readings: Path, scored: Path, models: Path, encoder: Encoder, tmp_path: Path
) -> None:
    output = tmp_path / "model"
    words = [sys.executable, "-c", _SCRIPT, readings, models / "encoder", output]
    steps = tmp_path / "model.run" / STEPS
    with subprocess.Popen(list(map(str, words)), stderr=subprocess.PIPE) as process:
        while process.poll() is None and not [*steps.rglob("[0-9a-f]*.npz")]:
            time.sleep(0.01)
        process.send_signal(signal.SIGKILL)
        process.wait()
    found = {path.name: path.stat().st_mtime_ns for path in steps.rglob("[0-9a-f]*.npz")}
    assert found
    train([readings], output, encoder=encoder, work=ONE, run_folder=tmp_path / "model.run")
    assert _bytes(output) == _bytes(scored)
    assert (
        found.items()
        <= {path.name: path.stat().st_mtime_ns for path in steps.rglob("*.npz")}.items()
    )


def test_the_unseen_outlet_result_is_told_first(
    corpus: list[Path], encoder: Encoder, tmp_path: Path
) -> None:
    said: list[str] = []
    train(corpus, tmp_path / "model", encoder=encoder, work=ONE, result=said.append)
    assert said[0].startswith("English, outlets never seen (144 texts of 12): AUC of 2 or more 1.0")


def test_metrics_tell_signal_from_none(trained: Path, encoder: Encoder, tmp_path: Path) -> None:
    noise = corpora.articles(signal=0.0)
    noise.to_parquet(tmp_path / "noise.parquet")
    found = train([tmp_path / "noise.parquet"], tmp_path / "model", encoder=encoder, work=ONE)
    told = json.loads((trained / "manifest.json").read_text("utf-8"))["metrics"]["en"]["readings"]
    assert told["auc"] > 0.95
    assert 0.3 < found["en"].readings.auc < 0.7


def test_outlets_that_share_a_house_style_do_not_pass_for_knowledge(
    encoder: Encoder, tmp_path: Path
) -> None:
    """Each outlet has words of its own: of held-out outlets they say nothing."""
    table = corpora.articles(signal=0.0)
    codes = {name: f"mark{chr(97 + i)}" for i, name in enumerate(sorted(set(table["outlet"])))}
    # Inside the sentences: one that stands in many articles would be taken out as a footer.
    table["text"] = [
        text.replace(" the ", f" the {codes[outlet]} ").replace(" of ", f" of {codes[outlet]} ")
        for text, outlet in zip(table["text"], table["outlet"], strict=True)
    ]
    table.to_parquet(tmp_path / "styled.parquet")
    found = train([tmp_path / "styled.parquet"], tmp_path / "model", encoder=encoder, work=ONE)
    assert found["en"].readings.auc < 0.75


@pytest.mark.parametrize(
    ("said", "taken"), [(None, "outlet"), (Basis.OUTLET, "outlet"), (Basis.TEXT, "text")]
)
def test_it_says_what_labels_were_taken_for(
    said: Basis | None, taken: str, encoder: Encoder, tmp_path: Path
) -> None:
    corpora.articles(each=6).to_parquet(tmp_path / "table.parquet")
    found: list[Finding] = []
    options, output = Options(labels_of=said), tmp_path / "model"
    paths = [tmp_path / "table.parquet"]
    train(paths, output, options, encoder=encoder, work=ONE, found=found.append)
    (sentence,) = [one.sentence for one in found if one.kind == "labels_of"]
    assert sentence.startswith(f"Labels are taken to be the {taken}s'")
    manifest = load_model_manifest(output)
    assert manifest["configuration"]["labels_of"] == taken
    card = (output / "MODEL_CARD.md").read_text("utf-8")
    assert ("The model learned from labels of outlets" in card) == (taken == "outlet")
    assert "language model" not in card


def load_model_manifest(folder: Path) -> dict[str, object]:
    told: dict[str, object] = json.loads((folder / "manifest.json").read_text("utf-8"))
    return told


def test_labels_of_one_outlet_on_both_sides_are_the_texts(encoder: Encoder, tmp_path: Path) -> None:
    table = corpora.articles(each=10)
    table["outlet"] = [f"outlet {at % 7}" for at in range(len(table))]
    table.to_parquet(tmp_path / "table.parquet")
    found: list[Finding] = []
    paths = [tmp_path / "table.parquet"]
    metrics = train(paths, tmp_path / "model", encoder=encoder, work=ONE, found=found.append)
    assert any(one.sentence.startswith("Labels are taken to be the texts'") for one in found)
    assert metrics["en"].readings.auc > 0.95


def test_where_texts_were_scored_outlets_labels_guard_and_teach_nothing(
    readings: Path, encoder: Encoder, place: Path
) -> None:
    """Newsrooms' unread texts hold a word that state outlets' unread texts lack."""
    unread = corpora.articles(outlets=6, each=40, signal=0.05, seed=4).assign(source="unread")
    unread["text"] = [
        text.replace(" the ", " the plantedword ") if label == "propaganda" else text
        for text, label in zip(unread["text"], unread["label"], strict=True)
    ]
    unread.to_parquet(place / "unread.parquet")
    paths = [readings, place / "unread.parquet"]
    metrics = train(paths, place / "model", encoder=encoder, work=ONE)
    assert metrics["pooled"].readings.texts == 480
    rooms = {room.outlet: room.texts for room in metrics["pooled"].newsrooms}
    assert rooms["journalism 0"] == 30
    assert not any(name.startswith("propaganda") for name in rooms)
    model = load_model(place / "model")
    terms = model.source.parameters("en").terms
    assert "plantedword" not in terms
    manifest = model.manifest
    assert "journalism 0" in manifest["outlets"]
    assert "propaganda 0" not in manifest["outlets"]
    learned = set(model.source.learned_from().tolist())
    loud = unread[unread["label"] == "propaganda"]["text"]
    assert not learned & {text_hash(text) for text in loud}
    rows = {source["source"]: source["rows"] for source in manifest["sources"]}
    assert rows == {"invented readings": 480, "unread": 6 * 30}


def test_a_language_in_which_nothing_was_read_is_not_judged(
    readings: Path, encoder: Encoder, tmp_path: Path
) -> None:
    polish = corpora.articles(lang="pl", outlets=3, each=5)
    polish.to_parquet(tmp_path / "polish.parquet")
    paths = [readings, tmp_path / "polish.parquet"]
    metrics = train(paths, tmp_path / "model", encoder=encoder, work=ONE)
    assert metrics.keys() == {"en", "pooled"}
    assert "pl" in load_model_manifest(tmp_path / "model")["refused"]  # type: ignore[operator]


def test_articles_without_passages_make_a_model_without_persuasion(scored: Path) -> None:
    text = corpora.articles(seed=5)["text"].iloc[0]
    answer = load_model(scored).score(Article(text, language="en"))
    assert answer.p_persuasion is None
    assert answer.p_propaganda is not None


def test_passages_alone_make_a_model_that_judges_nothing(
    corpus: list[Path], encoder: Encoder, models: Path
) -> None:
    train(corpus[1:], models / "marked", encoder=encoder, work=ONE)
    text = corpora.articles(seed=5)["text"].iloc[0]
    answer = load_model(models / "marked").score(Article(text, language="en"))
    assert answer.p_persuasion is not None
    assert answer.p_propaganda is None
    assert answer.verdict == "unclear"


@pytest.mark.parametrize(
    ("rows", "missing"),
    [
        (corpora.articles().query("label == 'propaganda'"), "read as journalism"),
        (corpora.articles().query("label == 'journalism'"), "read as propaganda"),
        (
            corpora.articles().assign(
                outlet=lambda t: t["outlet"].where(t["label"] == "journalism", "one")
            ),
            "one outlet",
        ),
        (corpora.articles(outlets=2), "5 outlets or more.*has 4"),
        (corpora.readings().assign(score=1), "read as propaganda"),
        (
            pd.concat([corpora.readings(outlets=3), corpora.articles(outlets=6)]),
            "5 outlets or more.*has 3",
        ),
    ],
)
def test_what_cannot_be_evaluated_honestly_is_refused(
    rows: pd.DataFrame, missing: str, encoder: Encoder, tmp_path: Path
) -> None:
    rows.to_parquet(tmp_path / "rows.parquet")
    with pytest.raises(CorpusError, match=missing):
        train([tmp_path / "rows.parquet"], tmp_path / "model", encoder=encoder, work=ONE)
    assert not (tmp_path / "model").exists()


def test_outlets_that_the_encoder_was_tuned_without_are_not_learned_from(tmp_path: Path) -> None:
    held = ["propaganda 0", "journalism 0", "propaganda 1", "journalism 1", "journalism 2"]
    met = ["propaganda 2", "propaganda 3", "journalism 3", "journalism 4"]
    folder = write_tiny_encoder(tmp_path / "encoder", held_out_outlets=held, outlets=met)
    corpora.articles(outlets=5).to_parquet(tmp_path / "rows.parquet")
    metrics = train(
        [tmp_path / "rows.parquet"],
        tmp_path / "model",
        encoder=open_encoder(folder, ""),
        work=ONE,
    )
    model = load_model(tmp_path / "model")
    assert model.manifest["held_out_outlets"] == sorted(held)
    assert set(model.manifest["outlets"]) == {*met, "propaganda 4"}
    assert metrics["en"].readings.outlets == len(held) + 1  # those met tell nothing
    assert len(model.source.learned_from()) == 5 * 12


def test_an_encoder_that_met_every_outlet_is_said_beside_the_figures(tmp_path: Path) -> None:
    table = corpora.articles(outlets=3)
    folder = write_tiny_encoder(tmp_path / "encoder", outlets=sorted(set(table["outlet"])))
    table.to_parquet(tmp_path / "rows.parquet")
    said: list[str] = []
    train(
        [tmp_path / "rows.parquet"],
        tmp_path / "model",
        encoder=open_encoder(folder, ""),
        work=ONE,
        result=said.append,
    )
    assert said[0].startswith("English, outlets held out, which the encoder or the start had met")
    card = (tmp_path / "model/MODEL_CARD.md").read_text("utf-8")
    assert "which flatters these figures (English, all)" in card


@pytest.mark.parametrize("checksums", [False, True])
def test_a_folder_of_something_else_is_left_alone(
    corpus: list[Path],
    encoder: Encoder,
    tmp_path: Path,
    checksums: bool,  # noqa: FBT001
) -> None:
    (tmp_path / "diary.txt").write_text("mine")
    if checksums:
        (tmp_path / "SHA256SUMS").write_text(f"{'0' * 64}  diary.txt\n")
    with pytest.raises(ModelFolderError, match="something else"):
        train(corpus, tmp_path, encoder=encoder, work=ONE)
    assert (tmp_path / "diary.txt").read_text() == "mine"


def test_articles_without_a_common_word_are_refused(encoder: Encoder, tmp_path: Path) -> None:
    table = corpora.articles(outlets=3, each=1)
    table["text"] = [f"{'abcdef'[at] * 6} " * 60 for at in range(len(table))]
    table.to_csv(tmp_path / "few.csv", index=False)
    with pytest.raises(CorpusError, match="Too few articles"):
        train([tmp_path / "few.csv"], tmp_path / "model", encoder=encoder, work=ONE)


def test_no_text_is_in_the_folder(trained: Path) -> None:
    texts = corpora.articles()["text"]
    content = b"".join(path.read_bytes() for path in trained.iterdir())
    assert not any(text.split(".")[0].encode() in content for text in texts)


def test_the_run_folder_cannot_lie_in_the_models(
    corpus: list[Path], encoder: Encoder, tmp_path: Path
) -> None:
    with pytest.raises(CorpusError, match="run folder"):
        train(corpus, tmp_path / "m", encoder=encoder, run_folder=tmp_path / "m" / "run")
