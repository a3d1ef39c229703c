"""What ``krynica feed`` remembers: whose answer a row has, and who holds the state."""

from __future__ import annotations

import json
import threading
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from pathlib import Path

import pandas as pd
import pytest

from krynica.classifier.errors import KrynicaError
from krynica.service.database import Database, Kind
from tests.service.tiny import Run, write_tiny_model

CALM = " ".join(f"The council passed budget number {n}, officials said." for n in range(30))
LOUD = " ".join(f"The puppet regime spreads hysteria number {n}." for n in range(30))
LEFT_OUT = "krynica: 1 row has the answer of another model, and is left out of the summary"


class Feeds:
    """Runs the command over texts, with a model and one output."""

    def __init__(self, call: Run, folder: Path) -> None:
        self.call, self.folder = call, folder
        self.said, self.shown = "", ""

    def __call__(self, model: Path, *texts: str | None) -> pd.DataFrame:
        items = [
            {"url": f"https://example.org/{n}", "content_text": text}
            for n, text in enumerate(texts)
        ]
        (self.folder / "a.json").write_text(json.dumps({"items": items}), "utf-8")
        done = self.call("feed", "--text", "feed", "a.json", "-o", "out.csv", "--model", model)
        self.said, self.shown = done.stderr.decode(), done.stdout.decode()
        return pd.read_csv(self.folder / "out.csv", dtype={"model_version": str})


@pytest.fixture
def feeds(call: Run, tmp_path: Path) -> Feeds:
    return Feeds(call, tmp_path)


def test_an_answer_is_copied_and_summed_up_for_its_own_model(
    feeds: Feeds, tiny: Path, tmp_path: Path
) -> None:
    feeds(tiny, CALM)
    assert "example.org: 1 article;" in feeds.shown
    assert "another model" not in feeds.said
    other = write_tiny_model(tmp_path / "other", name="other")
    texts = [CALM, CALM, f"{CALM} No more.", f"{CALM} Our reporter knows no more."]
    table = feeds(other, *texts)
    assert "not written, as their text is there already: 1 item" in feeds.said
    assert table["duplicate_of"].astype(object).where(
        table["duplicate_of"].notna(), None
    ).to_list() == [
        None,
        None,
        1,
    ]
    assert LEFT_OUT in feeds.said.splitlines()
    assert "example.org: 1 article, 1 repeat;" in feeds.shown
    feeds(tiny, *texts)
    assert "krynica: 2 rows have the answer of another model" in feeds.said
    assert "example.org: 1 article;" in feeds.shown


def test_rows_taken_over_are_told_by_the_version_of_their_model(
    feeds: Feeds, tiny: Path, tmp_path: Path
) -> None:
    feeds(tiny, CALM, None)
    state = tmp_path / "out.csv.state"
    state.unlink()
    feeds(tiny, CALM, None)
    assert "another model" not in feeds.said
    state.unlink()
    feeds(write_tiny_model(tmp_path / "newer", version="0.2"), CALM, None, LOUD)
    assert LEFT_OUT in feeds.said.splitlines()
    assert "example.org: 1 article, 1 unreadable;" in feeds.shown


def test_who_loses_the_race_for_a_new_state_leaves_it_to_the_winner(tmp_path: Path) -> None:
    racers = 4
    for n in range(25):
        path, start = tmp_path / f"{n}.state", threading.Barrier(racers)

        def race(path: Path = path, start: threading.Barrier = start) -> Database | None:
            start.wait()
            with suppress(KrynicaError):
                return Database(
                    path,
                    Kind("feed", 1, 1),
                    lambda db: db.execute("CREATE TABLE mine (a)") and None,
                )
            return None

        with ThreadPoolExecutor(racers) as pool:
            held = [one.result() for one in [pool.submit(race) for _ in range(racers)]]
        assert path.exists()
        for database in filter(None, held):
            database.close()
