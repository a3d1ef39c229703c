"""The model that ships answers the samples as it did when it was committed.

After a new model: ``python -m tests.end_to_end.test_answers > tests/end_to_end/answers.csv``.
"""

from __future__ import annotations

import csv
import sys
from pathlib import Path

import pytest

from krynica import Article, Model, load_model

SAMPLES = Path(__file__).parents[2] / "data" / "samples"
ANSWERS = Path(__file__).with_name("answers.csv")
FIELDS = ("sample", "verdict", "p_propaganda", "score", "genre", "language", "words")


def answer(model: Model, name: str) -> dict[str, str]:
    told = model.score(Article((SAMPLES / name).read_text("utf-8")), with_evidence=False)
    assert told.reading is not None
    assert told.genre is not None
    values = (
        name,
        told.verdict,
        f"{told.p_propaganda:.4f}",
        f"{told.reading.score:.3f}",
        told.genre.name,
        told.language,
        told.words,
    )
    return dict(zip(FIELDS, map(str, values), strict=True))


@pytest.fixture(scope="module")
def model() -> Model:
    return load_model()


@pytest.mark.parametrize("name", sorted(path.name for path in SAMPLES.glob("*.txt")))
def test_a_sample_is_answered_as_it_was(model: Model, name: str) -> None:
    with ANSWERS.open(encoding="utf-8", newline="") as file:
        kept = {row["sample"]: row for row in csv.DictReader(file)}[name]
    now = answer(model, name)
    # Activations are rounded to 8 bits: processors differ in the last digits.
    for figure in ("p_propaganda", "score"):
        assert float(now.pop(figure)) == pytest.approx(float(kept.pop(figure)), abs=0.02)
    assert now == kept


if __name__ == "__main__":
    shipped = load_model()
    writer = csv.DictWriter(sys.stdout, FIELDS, lineterminator="\n")
    writer.writeheader()
    writer.writerows(answer(shipped, path.name) for path in sorted(SAMPLES.glob("*.txt")))
