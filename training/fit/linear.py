"""Linear models over vectors, added up."""

from __future__ import annotations

import numpy as np

from krynica.classifier.parameters import LinearVector


def added(begun: LinearVector, more: LinearVector) -> LinearVector:
    """Add what was fitted to what was there, told from the same average text."""
    bias = begun.bias + more.bias + (begun.mean - more.mean) @ more.coef
    return LinearVector(begun.mean, begun.coef + more.coef, np.asarray(bias))
