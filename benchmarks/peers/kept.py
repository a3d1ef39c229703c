"""An encoder whose vectors are kept in a folder, with the CPU seconds that each text took."""

from __future__ import annotations

import time
from collections.abc import Sequence
from pathlib import Path

import joblib

from krynica.classifier.encoder import Encoder, Vectors


class KeptEncoder(Encoder):
    """An encoder that reads each text once, however often the benchmark is run.

    Parameters
    ----------
    path
        Its folder.
    folder
        Where vectors are kept, by a hash of their text; no text is.
    """

    def __init__(self, path: Path, folder: Path) -> None:
        super().__init__(path)
        memory = joblib.Memory(folder, verbose=0)
        self._kept = memory.cache(_read, ignore=["encoder", "passages"])
        self.remembered = 0.0
        """CPU seconds that reading would have taken beyond those that it took this time."""

    def encode(self, passages: Sequence[str]) -> Vectors:
        """Read the passages of one text, or remember what was read."""
        begin = time.process_time()
        vectors, seconds = self._kept(self, self.sha256, joblib.hash(list(passages)), passages)
        self.remembered += seconds - (time.process_time() - begin)
        return vectors


def _read(
    encoder: KeptEncoder,
    sha256: str,  # noqa: ARG001  # with the next one, what it is kept by
    text: str,  # noqa: ARG001
    passages: Sequence[str],
) -> tuple[Vectors, float]:
    begin = time.process_time()
    vectors = Encoder.encode(encoder, passages)
    return vectors, time.process_time() - begin
