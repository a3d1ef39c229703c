"""Two stages, and the first alone: what each says, and of which texts."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from krynica import Article, Model, ModelFolderError, load_model
from krynica.classifier.folder import SCREEN
from tests.service.tiny import (
    CHINESE,
    JOURNALISM,
    MIXED,
    POLISH,
    PROPAGANDA,
    Run,
    sign,
    write_screened_model,
)


@pytest.fixture
def model(screened: Path) -> Model:
    return load_model(screened)


def test_what_the_words_clear_is_read_no_further(model: Model) -> None:
    whole = model.score(Article(JOURNALISM))
    staged = model.score(Article(JOURNALISM), depth="staged")
    assert whole.genre is not None
    assert whole.p_persuasion is not None
    assert (staged.verdict, staged.language, staged.words) == ("journalism", "en", whole.words)
    assert (staged.genre, staged.p_persuasion, staged.evidence) == (None, None, ())
    assert staged.why_unclear == ()
    assert staged.p_propaganda == staged.signals["screen"]
    assert staged.reading is not None
    assert sum(staged.reading.levels) == pytest.approx(1)
    assert sum(staged.reading.levels[2:]) == pytest.approx(staged.p_propaganda)


@pytest.mark.parametrize("text", [PROPAGANDA, MIXED, POLISH, CHINESE, "Too short.", " "])
def test_all_else_is_read_whole(model: Model, text: str) -> None:
    assert model.score(Article(text), depth="staged") == model.score(Article(text))


@pytest.mark.parametrize(
    ("text", "verdict", "codes"),
    [
        (JOURNALISM, "journalism", []),
        (PROPAGANDA, "unclear", ["words_alone"]),
        (MIXED, "unclear", ["words_alone"]),
        (POLISH, "unclear", ["unlike_training"]),
        (CHINESE, "unclear", ["language_unsupported"]),
        ("The council met.", "unclear", ["too_short"]),
    ],
)
def test_fast_clears_and_never_accuses(
    model: Model, text: str, verdict: str, codes: list[str]
) -> None:
    answer = model.score(Article(text), depth="fast")
    assert answer.verdict == verdict
    assert [reason.code for reason in answer.why_unclear] == codes
    assert (answer.genre, answer.p_persuasion, answer.evidence) == (None, None, ())


def test_fast_ranks(model: Model) -> None:
    calm, mixed, loud = (
        model.score(Article(text), depth="fast").p_propaganda
        for text in (JOURNALISM, MIXED, PROPAGANDA)
    )
    assert calm is not None
    assert mixed is not None
    assert loud is not None
    assert calm < mixed < loud


def test_words_that_the_screen_does_not_know_clear_nothing(model: Model) -> None:
    text = JOURNALISM.replace("council", "qwjzx") + "zorpl mirfu drofa blint. " * 200
    answer = model.score(Article(text, language="en"), depth="fast")
    assert answer.p_propaganda is not None
    assert answer.p_propaganda < 0.2
    assert answer.verdict == "unclear"


def test_a_model_without_a_screen_reads_everything_whole(tiny: Path) -> None:
    model = load_model(tiny)
    assert model.score(Article(JOURNALISM), depth="staged") == model.score(Article(JOURNALISM))
    with pytest.raises(ModelFolderError, match="it has no screen"):
        model.score(Article(JOURNALISM), depth="fast")


def test_a_screen_whose_arrays_do_not_fit_is_refused(tmp_path: Path) -> None:
    folder = write_screened_model(tmp_path / "model")
    with np.load(folder / SCREEN) as arrays:
        short = {name: arrays[name][:-1] if name == "idf" else arrays[name] for name in arrays}
    np.savez(folder / SCREEN, allow_pickle=False, **short)
    sign(folder)
    with pytest.raises(ModelFolderError, match=r"screen\.npz"):
        load_model(folder).score(Article(JOURNALISM), depth="staged")


def test_batch_reads_in_two_stages(call: Run, tmp_path: Path, screened: Path) -> None:
    pd.DataFrame({"text": [JOURNALISM, PROPAGANDA]}).to_csv(tmp_path / "in.csv", index=False)
    assert call("batch", "in.csv", "-o", "out.csv", "--model", screened).returncode == 0
    told = pd.read_csv(tmp_path / "out.csv")
    assert told["verdict"].tolist() == ["journalism", "propaganda"]
    assert told["genre"].isna().tolist() == [True, False]


def test_a_report_is_made_of_texts_that_were_read_whole(
    call: Run, tmp_path: Path, screened: Path
) -> None:
    pd.DataFrame({"text": [JOURNALISM]}).to_csv(tmp_path / "in.csv", index=False)
    words = ("batch", "in.csv", "-o", "out.csv", "--report", "report.csv", "--model", screened)
    assert call(*words).returncode == 0
    assert pd.read_csv(tmp_path / "out.csv")["genre"].tolist() == ["news"]


def test_batch_fast(call: Run, tmp_path: Path, screened: Path) -> None:
    pd.DataFrame({"text": [JOURNALISM, PROPAGANDA]}).to_csv(tmp_path / "in.csv", index=False)
    assert call("batch", "in.csv", "-o", "out.csv", "--fast", "--model", screened).returncode == 0
    told = pd.read_csv(tmp_path / "out.csv")
    assert told["verdict"].tolist() == ["journalism", "unclear"]
    assert told["why_unclear"].tolist()[1] == "words_alone"
    assert told["p_propaganda"].is_monotonic_increasing


def test_fast_without_a_screen_is_one_sentence(call: Run, tmp_path: Path, tiny: Path) -> None:
    pd.DataFrame({"text": [JOURNALISM]}).to_csv(tmp_path / "in.csv", index=False)
    said = call("batch", "in.csv", "-o", "out.csv", "--fast", "--model", tiny)
    assert said.returncode == 1
    assert said.stderr == (
        b"krynica: The model tiny 0.1 cannot read fast: it has no screen. Train it again with "
        b"krynica train.\n"
    )
    assert not (tmp_path / "out.csv").exists()


def test_fast_makes_no_report(call: Run, tmp_path: Path, screened: Path) -> None:
    pd.DataFrame({"text": [JOURNALISM]}).to_csv(tmp_path / "in.csv", index=False)
    words = ("batch", "in.csv", "-o", "out.csv", "--fast", "--report", "r.html")
    said = call(*words, "--model", screened)
    assert said.returncode == 2
    assert b"read whole" in said.stderr
