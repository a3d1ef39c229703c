"""What articles of outlets never seen look like to a model: what drift is measured against."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from classifier.parameters import Combiner
from classifier.verdict import judge
from training.articles import ArticleRows, repeated
from training.crossfit import CrossFit
from training.figures import Figures
from training.usual import weighted_quantiles

FloatArray = npt.NDArray[np.float64]
LEAST = 20
"""Fewest articles of an outlet that stands in the profile: a share of ten articles or fewer is
mostly chance."""
OUTLETS = 5
"""Fewest outlets of which quantiles are told."""
SHARES = (0.05, 0.1, 0.25, 0.5, 0.75, 0.9, 0.95)
_DIGITS = 4


def profile(rows: ArticleRows, fitted: CrossFit, combiner: Combiner) -> Figures:
    """Describe articles as views see them that had not seen their outlets.

    The combiner is the one that ships, as it is what judges the articles that will be compared.
    An outlet is the unit: articles of one outlet are alike, and what comes in are outlets.

    Parameters
    ----------
    rows, fitted
        Articles of one language, and what views said of them once their outlets were held out.
    combiner
        The language's combiner.

    Returns
    -------
    dict
        ``articles`` and ``outlets`` described; ``least_articles`` of an outlet among them;
        ``shares`` of outlets, and the quantiles at them, over outlets, of the mean share of
        words known (``known``), of the shares of articles ``unlike_training`` and with an
        ``unclear`` verdict, and, by class, of the mean ``log_odds`` (None with fewer than
        `OUTLETS`); and the first three over all articles, ``pooled``.
    """
    place = np.concatenate([part.test for part in fitted.parts])
    logits = np.concatenate([part.logits for part in fitted.parts])
    known = np.concatenate([part.known for part in fitted.parts])
    _, times = repeated(rows, place)
    once = 1.0 / times
    odds = logits @ combiner.coef + combiner.bias
    unclear = np.array(
        [
            judge(one, combiner, 1, 0, share).verdict == "unclear"
            for one, share in zip(logits, known.tolist(), strict=True)
        ]
    )
    measured = {
        "known": known,
        "unlike_training": (known < combiner.least_known).astype(np.float64),
        "unclear": unclear.astype(np.float64),
    }
    names, number = np.unique(rows.outlet[place].astype(str), return_inverse=True)
    size = np.bincount(number, once)
    label = np.bincount(number, rows.label[place] * once) / size >= 0.5
    large = size > LEAST - 0.5

    def mean_of(values: FloatArray) -> FloatArray:
        means: FloatArray = np.bincount(number, values * once, len(names)) / size
        return means

    by_outlet = mean_of(odds)
    return {
        "articles": round(float(once.sum())),
        "least_articles": LEAST,
        "outlets": {
            "journalism": int((large & ~label).sum()),
            "propaganda": int((large & label).sum()),
        },
        "shares": list(SHARES),
        **{name: _quantiles(mean_of(values)[large]) for name, values in measured.items()},
        "log_odds": {
            "journalism": _quantiles(by_outlet[large & ~label]),
            "propaganda": _quantiles(by_outlet[large & label]),
        },
        "pooled": {
            name: round(float((values * once).sum() / once.sum()), _DIGITS)
            for name, values in measured.items()
        },
    }


def _quantiles(values: FloatArray) -> list[float] | None:
    """Return the quantiles at `SHARES`; None of too few outlets."""
    if len(values) < OUTLETS:
        return None
    found = weighted_quantiles(values[:, None], np.ones(len(values)), SHARES)
    return [round(float(one[0]), _DIGITS) for one in found]
