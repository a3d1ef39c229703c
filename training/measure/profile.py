"""What texts of outlets never seen look like to a model: what drift is measured against."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from krynica.classifier.arrays import FloatArray
from krynica.classifier.parameters import Points
from krynica.training.fit.journalism_ranges import weighted_quantiles
from krynica.training.fit.material import Material
from krynica.training.results.profiles import ByClass, Profile, Quantiles
from krynica.training.statistics.figures import Judged

LEAST = 20
"""Fewest texts of an outlet that stands in the profile: a share of ten is mostly chance."""
OUTLETS = 5
"""Fewest outlets of which quantiles are told."""
SHARES = (0.05, 0.1, 0.25, 0.5, 0.75, 0.9, 0.95)
_DIGITS = 4
_EDGE = 1e-6


def profile(
    material: Material, judged: Judged, known: FloatArray, points: Points
) -> dict[str, Profile]:
    """Describe texts as a model sees them that had not met their outlets, by language.

    An outlet is the unit: texts of one outlet are alike, and what comes in are outlets.

    Parameters
    ----------
    material, judged
        Texts, and what the model says of them.
    known
        Share of the words of each that the model knows.
    points
        Its operating points.
    """
    p = np.clip(judged.p, _EDGE, 1 - _EDGE)
    measured = {
        "known": known,
        "unlike_training": (known < points.least_known).astype(np.float64),
        "unclear": (judged.verdict == "unclear").astype(np.float64),
    }
    odds = np.log(p / (1 - p))
    return {
        str(code): _language(judged, np.flatnonzero(material.language == code), measured, odds)
        for code in np.unique(material.language).tolist()
    }


def _language(
    judged: Judged,
    rows: npt.NDArray[np.int64],
    measured: dict[str, FloatArray],
    odds: FloatArray,
) -> Profile:
    names, number = np.unique(judged.outlet[rows], return_inverse=True)
    size = np.bincount(number, minlength=len(names))
    loud = np.bincount(number, judged.propaganda[rows], len(names)) / size >= 0.5
    large = size >= LEAST

    def mean_of(values: FloatArray) -> FloatArray:
        means: FloatArray = np.bincount(number, values[rows], len(names)) / size
        return means

    by_outlet = mean_of(odds)
    return Profile(
        articles=len(rows),
        least_articles=LEAST,
        outlets={
            "journalism": int((large & ~loud).sum()),
            "propaganda": int((large & loud).sum()),
        },
        shares=list(SHARES),
        **{name: _quantiles(mean_of(values)[large]) for name, values in measured.items()},
        log_odds=ByClass(_quantiles(by_outlet[large & ~loud]), _quantiles(by_outlet[large & loud])),
        pooled={
            name: round(float(values[rows].mean()), _DIGITS) for name, values in measured.items()
        },
    )


def _quantiles(values: FloatArray) -> Quantiles:
    """Return the quantiles at `SHARES`; None of too few outlets."""
    if len(values) < OUTLETS:
        return None
    found = weighted_quantiles(values[:, None], np.ones(len(values)), SHARES)
    return [round(float(one[0]), _DIGITS) for one in found]
