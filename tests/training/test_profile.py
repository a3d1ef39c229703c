from __future__ import annotations

import json
from pathlib import Path

from krynica import load_model


def test_the_profile_tells_of_outlets_held_out(scored: Path) -> None:
    manifest = load_model(scored).manifest
    profile = manifest["profile"]["en"]
    assert profile["articles"] == manifest["metrics"]["en"]["readings"]["texts"] == 480
    assert profile["least_articles"] == 20
    assert sum(profile["outlets"].values()) == 16
    assert 0 <= profile["pooled"]["unlike_training"] < 0.05  # .005 of them, by its definition
    unclear = 1 - manifest["metrics"]["en"]["readings"]["clear_verdicts"]
    assert abs(profile["pooled"]["unclear"] - unclear) < 1e-3
    for name in ("known", "unlike_training", "unclear"):
        quantiles = profile[name]
        assert quantiles == sorted(quantiles)
        assert 0 <= quantiles[0] <= quantiles[-1] <= 1
        assert len(quantiles) == len(profile["shares"])


def test_what_reads_as_propaganda_lies_above_what_does_not(scored: Path) -> None:
    odds = load_model(scored).manifest["profile"]["en"]["log_odds"]
    assert odds["propaganda"][0] > odds["journalism"][0]
    assert json.dumps(odds)  # numbers of JSON, no arrays
