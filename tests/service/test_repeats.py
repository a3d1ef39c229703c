"""A text that stands in a table again is scored once, and says so."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from krynica.data.corpus.duplicates import BANDS
from krynica.service.batch.repeats import ONCE, fingerprints, repeats
from krynica.service.rows import Row
from tests.service.tiny import JOURNALISM, PROPAGANDA, Run


def earlier(rows: list[Row]) -> list[int]:
    table = fingerprints(rows)

    def sketch_of(at: int) -> np.ndarray:
        numbers = table[at, 1 + BANDS :]
        return numbers[numbers > 0]

    found: list[int] = repeats(table[:, : 1 + BANDS], sketch_of).tolist()
    return found


def article(seed: int) -> str:
    return " ".join(np.random.default_rng(seed).choice([f"word{n}" for n in range(3000)], 300))


def test_the_first_is_named_and_what_is_no_text_repeats_nothing() -> None:
    a, b = article(1), article(2)
    rows = [Row(None), Row(a), Row(""), Row(b), Row(a.upper()), Row(None), Row(b), Row(a), Row(7)]
    assert earlier(rows) == [ONCE, ONCE, ONCE, ONCE, 1, ONCE, 3, 1, ONCE]


def test_nearly_the_same_is_the_same_and_a_chain_ends_at_its_head() -> None:
    a = article(3)
    near = a.replace(a.split()[150], "another", 1)
    far = " ".join(["other", *a.split()[::2]])
    assert earlier([Row(a), Row(near), Row(far), Row(near), Row(near + " end")])[:4] == [
        ONCE, 0, ONCE, 0,
    ]  # fmt: skip


def test_a_text_told_to_be_of_another_language_is_another() -> None:
    rows = [Row("Text of the article.", language=code) for code in ("ru", "be", "ru", None, None)]
    assert earlier(rows) == [ONCE, ONCE, 0, ONCE, 3]


def test_a_title_is_part_of_the_text() -> None:
    assert earlier([Row("The body.", "One"), Row("The body.", "Two"), Row("The body.", "One")]) == [
        ONCE, ONCE, 0,
    ]  # fmt: skip


@settings(deadline=None)
@given(st.lists(st.sampled_from([None, "", *map(article, range(4)), "a", "b c"]), max_size=30))
def test_heads_are_earlier_and_repeat_nothing(texts: list[str | None]) -> None:
    found = earlier([Row(text) for text in texts])
    for at, head in enumerate(found):
        if head == ONCE:
            assert texts[at] is None or texts[at] == "" or texts[at] not in texts[:at]
        else:
            assert head < at
            assert found[head] == ONCE
            assert texts[head] == texts[at]


@pytest.mark.parametrize("workers", ["1", "2"])
def test_the_table_says_so(workers: str, tiny: Path, tmp_path: Path, krynica: Run) -> None:
    texts = [PROPAGANDA, JOURNALISM, PROPAGANDA, None, PROPAGANDA.upper(), JOURNALISM] * 60
    pd.DataFrame({"text": texts}).to_parquet(tmp_path / "in.parquet")
    words = ("--model", tiny, "--workers", workers)
    said = krynica("batch", "in.parquet", "-o", "out.parquet", *words)
    assert said.returncode == 1
    assert b"298 rows: repeats of an earlier row, named in duplicate_of" in said.stderr
    out = pd.read_parquet(tmp_path / "out.parquet")
    assert out["duplicate_of"].dtype == "Int64" or out["duplicate_of"].dtype == "float64"
    first = out["duplicate_of"].fillna(-1).astype(int)
    assert first[:6].tolist() == [-1, -1, 0, -1, 0, 1]
    for at, head in enumerate(first.tolist()):
        if head >= 0:
            assert out["p_propaganda"][at] == out["p_propaganda"][head]
            assert out["verdict"][at] == out["verdict"][head]
    assert out["error"].notna().sum() == 60
