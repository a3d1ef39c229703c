from __future__ import annotations

import pytest

from krynica.classifier.statistics import holm, wilson


def test_holm_as_r_adjusts() -> None:
    assert holm([0.01, 0.04, 0.03, 0.005]) == pytest.approx([0.03, 0.06, 0.06, 0.02])
    assert holm([0.5, 0.9]) == [1.0, 1.0]
    assert holm([]) == []


def test_wilson_agrees_with_the_published_example() -> None:
    low, high = wilson(15, 148)
    assert (round(low, 4), round(high, 4)) == (0.0624, 0.1605)
    assert wilson(0, 0) == (0, 1)
