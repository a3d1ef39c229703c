"""The encoder's vectors of texts, kept by a hash of each so that a second run is quick."""

from __future__ import annotations

import hashlib
import io
from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np
from joblib import Parallel, delayed

from krynica.classifier.arrays import Float32Array
from krynica.classifier.article import Article
from krynica.classifier.encoder import Encoder, open_encoder
from krynica.classifier.errors import KrynicaError
from krynica.classifier.passages import texts_of
from krynica.classifier.reading import read
from krynica.data.atomic import hidden, keep

_CHUNK = 100
"""Texts a task, and a file: half a minute's work at most is lost by a stop."""


class VectorStore:
    """Mean vectors of texts, computed once for an encoder and kept in a folder.

    Parameters
    ----------
    encoder
        The encoder.
    folder
        Where vectors are kept, as numbers beside hashes and no texts; None keeps none.
    """

    def __init__(self, encoder: Encoder, folder: Path | None) -> None:
        self.encoder = encoder
        self._folder = folder and folder / encoder.sha256[:16]
        self._known: dict[int, Float32Array] = {}
        if self._folder:
            self._folder.mkdir(parents=True, exist_ok=True)
            for path in sorted(self._folder.glob("*.npz")):
                self._take(path)

    def _take(self, path: Path) -> None:
        try:
            with np.load(io.BytesIO(path.read_bytes()), allow_pickle=False) as kept:
                numbers, vectors = kept["text"].tolist(), kept["vector"].astype(np.float32)
            good = vectors.shape == (len(numbers), self.encoder.width)
        except Exception:  # noqa: BLE001  # a spoilt file costs its texts' time, and nothing else
            good = False
        if not good:
            path.unlink(missing_ok=True)
            return
        self._known.update(zip(numbers, vectors, strict=True))

    def of(
        self,
        texts: Sequence[str],
        languages: Sequence[str],
        jobs: int = -1,
        done: Callable[[int], object] = lambda _: None,
    ) -> Float32Array:
        """Return the mean vector of each text, shape (n_texts, width); 0 for nothing to read.

        Parameters
        ----------
        texts, languages
            What to read, and in which language.
        jobs
            Processes; -1 for one a core.
        done
            Called with a number of texts whenever so many more are read.
        """
        keys = [_key(text, language) for text, language in zip(texts, languages, strict=True)]
        missing = {
            key: (text, language)
            for key, text, language in zip(keys, texts, languages, strict=True)
            if key not in self._known
        }
        # Texts of like length together: no process waits long for the last one.
        order = sorted(missing, key=lambda key: len(missing[key][0]))
        chunks = [order[at : at + _CHUNK] for at in range(0, len(order), _CHUNK)]
        done(len(texts) - len(order))
        found = Parallel(n_jobs=jobs, return_as="generator")(
            delayed(_encode)(self.encoder.path, self.encoder.sha256, [missing[k] for k in chunk])
            for chunk in chunks
        )
        for chunk, vectors in zip(chunks, found, strict=True):
            self._known.update(zip(chunk, vectors, strict=True))
            self._keep(chunk, vectors)
            done(len(chunk))
        empty = np.zeros((0, self.encoder.width), dtype=np.float32)
        return np.stack([self._known[key] for key in keys]) if keys else empty

    def _keep(self, chunk: Sequence[int], vectors: Float32Array) -> None:
        if self._folder is None:
            return
        path = self._folder / f"{chunk[0]:016x}-{len(chunk)}.npz"
        part = hidden(path)
        with part.open("wb") as file:
            np.savez(file, text=np.array(chunk, dtype=np.uint64), vector=vectors)
        keep(part, path)


def _key(text: str, language: str) -> int:
    """Return a number for a text as it is: the encoder minds case and punctuation."""
    content = f"{language}\n{text}".encode("utf-8", "surrogatepass")
    return int.from_bytes(hashlib.blake2b(content, digest_size=8).digest(), "big")


def _encode(path: Path, sha256: str, texts: Sequence[tuple[str, str]]) -> Float32Array:
    encoder = open_encoder(path, sha256)
    vectors = np.zeros((len(texts), encoder.width), dtype=np.float32)
    for row, (text, language) in enumerate(texts):
        try:
            reading = read(Article(text, language=language))
        except KrynicaError:
            continue
        vectors[row] = encoder.encode(texts_of(reading)).mean
    return vectors
