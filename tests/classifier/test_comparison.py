from __future__ import annotations

import pytest

from krynica.classifier.comparison import compare
from krynica.classifier.measures import MEASURES

MEASURE = {measure.name: measure for measure in MEASURES}


@pytest.mark.parametrize(
    ("name", "value", "usual", "said", "stands_out"),
    [
        ("attribution", 0.2, (0.8, 1.8), "1 in 480 words; in newsrooms usually 3 to 9", True),
        ("attribution", 0.8, (0.8, 1.8), "4 in 480 words; in newsrooms usually 3 to 9", False),
        ("loaded", 1.3, (0.0, 0.4), "6 in 480 words; in newsrooms usually at most 2", True),
        ("exclamations", 0.2, (0.0, 0.0), "4 in 20 sentences; in newsrooms usually 0", True),
        ("quoted_words", 0.0, (0.07, 0.31), "0%; in newsrooms usually 7% to 31%", True),
        ("quoted_words", 0.4, (0.0, 0.31), "40%; in newsrooms usually at most 31%", True),
        ("sentence_length", 14.04, (14.06, 22.0), "14.0; in newsrooms usually 14.0 to 22.0", False),
        ("hedges_to_boosters", -2.3, (-1.2, 0.7), "0.1; in newsrooms usually 0.3 to 2.1", True),
        ("sentence_length", 30.0, (14.0, 22.0), "30.0; in newsrooms usually 14.0 to 22.0", True),
    ],
)
def test_a_measure_stands_beside_what_is_usual_in_a_text_of_that_length(
    name: str, value: float, usual: tuple[float, float], said: str, *, stands_out: bool
) -> None:
    compared = compare(MEASURE[name], value, usual, words=480, sentences=20)
    assert compared.note == f"{MEASURE[name].label}: {said}."
    assert compared.stands_out is stands_out


def test_nothing_stands_out_where_nothing_is_known_to_be_usual() -> None:
    compared = compare(MEASURE["commas"], 0.5, None, words=10, sentences=2)
    assert (compared.note, compared.stands_out) == ("Commas: 1 in 2 sentences.", False)
