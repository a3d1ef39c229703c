"""Types of arrays."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

BoolArray = npt.NDArray[np.bool_]
CodeArray = npt.NDArray[np.uint32]
"""Code points."""
Float32Array = npt.NDArray[np.float32]
FloatArray = npt.NDArray[np.float64]
Hashes = npt.NDArray[np.uint64]
IntArray = npt.NDArray[np.int64]
Names = npt.NDArray[np.str_]
RowArray = npt.NDArray[np.int32]
"""Rows of a matrix, as scipy counts them."""
