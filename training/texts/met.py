"""Which texts the encoder had met when it was tuned, by their outlets and by themselves."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

import numpy as np
import numpy.typing as npt

from krynica.classifier.arrays import IntArray
from krynica.data.corpus.labelled import canonical_outlet
from krynica.data.corpus.outlet_names import KnownOutlets

NEW, MET, HELD = 0, -1, -2
"""Texts of outlets that the encoder knows nothing of; of those that it was tuned on, which are
always learned from and tell nothing of new ones; and of those that it was tuned without on purpose,
which are never learned from."""


def met_by(
    encoder: Mapping[str, Any],
    tuned: npt.NDArray[np.uint64],
    outlet: npt.NDArray[np.str_],
    text: npt.NDArray[np.uint64],
) -> IntArray:
    """Tell of each text whether the encoder had met it.

    Parameters
    ----------
    encoder
        The encoder's manifest: ``outlets`` that it was tuned on, ``held_out_outlets`` it was not;
        their names count in the form that tables have them in, whatever the manifest's.
    tuned
        Hashes of the texts that it was tuned on.
    outlet, text
        Outlet and hash of each text.

    Returns
    -------
    ndarray of int64
        `NEW`, `MET` or `HELD`.
    """
    names, number = np.unique(outlet, return_inverse=True)
    known = KnownOutlets([str(name) for name in encoder.get("outlets", ())])
    # One outlet under two spellings may have been on both sides: then it was met.
    held = _canonical(encoder.get("held_out_outlets")) - _canonical(encoder.get("outlets"))
    told = np.full(len(names), NEW, dtype=np.int64)
    for at, name in enumerate(names.tolist()):
        if canonical_outlet(name) in held:
            told[at] = HELD
        elif known.match(name):
            told[at] = MET
    own = told[number.ravel()]
    own[np.isin(text, tuned)] = MET
    return own


def _canonical(names: Iterable[object] | None) -> set[str]:
    return {canonical_outlet(str(name)) for name in names or ()}
