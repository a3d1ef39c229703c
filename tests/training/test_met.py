"""Outlets are the encoder's whatever the letters in which its manifest writes them."""

from __future__ import annotations

import numpy as np
import pytest

from krynica.training.texts.met import HELD, MET, NEW, met_by


def told(manifest: dict[str, list[str]], outlet: str, tuned: tuple[int, ...] = ()) -> int:
    own = met_by(
        manifest, np.array(tuned, dtype=np.uint64), np.array([outlet]), np.array([7], np.uint64)
    )
    return int(own[0])


@pytest.mark.parametrize(
    ("written", "outlet"),
    [
        ("Вечірня  Газета", "вечірня газета"),
        ("https://www.Gazette.example/news", "gazette.example"),
        ("daily star", "Daily Star"),
    ],
)
def test_names_count_in_one_form(written: str, outlet: str) -> None:
    assert told({"held_out_outlets": [written]}, outlet) == HELD
    assert told({"outlets": [written]}, outlet) == MET
    assert told({"outlets": ["another"]}, outlet) == NEW


def test_an_outlet_on_both_sides_under_two_spellings_was_met() -> None:
    assert told({"outlets": ["Star"], "held_out_outlets": ["STAR"]}, "star") == MET


def test_a_text_that_was_learned_from_was_met_whosever_it_is() -> None:
    assert told({"held_out_outlets": ["star"]}, "star", tuned=(7,)) == MET
