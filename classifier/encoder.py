"""The encoder: passages in, vectors out; one set of weights for all languages.

::

    manifest.json     format version, name, source, licence, what it was tuned on
    encoder.onnx      the network: numbers of pieces in, a vector of each token out
    tokenizer.json    the pieces
    tuned_on.npy      a hash of each text that it was tuned on, sorted
    SHA256SUMS        of every other file, as ``sha256sum -c`` reads it

Models name the encoder they were fitted on by the checksum of its ``SHA256SUMS``, and do not copy
it. A window is read on its own, so that its vectors depend on nothing else: neither on what is
read beside it nor on how many threads there are.
"""

from __future__ import annotations

import hashlib
import io
import json
import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from pathlib import Path
from threading import Lock
from typing import Any

import numpy as np
import numpy.typing as npt

from krynica.classifier.arrays import FloatArray
from krynica.classifier.checksums import SUMS, verified
from krynica.classifier.errors import ModelFolderError
from krynica.classifier.windows import Window, windows

ENCODERS = Path(str(files("krynica.models") / "."))
"""Folder of the encoder that ships, in `NAME`."""
NAME = "encoder"
KEPT = ".encoders"
"""Folder of encoders beside models, each in a folder that is called by its checksum."""
MANIFEST, NETWORK, TOKENIZER, TUNED_ON = (
    "manifest.json",
    "encoder.onnx",
    "tokenizer.json",
    "tuned_on.npy",
)
_FORMAT = 1
_MOST_THREADS = 4
"""More gain nothing on a window of 320 tokens."""
_PREFIX = "passage:"
"""What the published encoder expects before a text."""


@dataclass(frozen=True)
class Vectors:
    """What the encoder says of the passages of one text.

    Parameters
    ----------
    sums
        Sum over the tokens of each passage, shape (n_passages, width).
    counts
        Tokens of each passage, shape (n_passages,).
    """

    sums: FloatArray
    counts: FloatArray

    @property
    def mean(self) -> FloatArray:
        """The mean over all tokens, shape (width,); 0 for a text without any."""
        mean: FloatArray = self.sums.sum(axis=0) / max(float(self.counts.sum()), 1.0)
        return mean

    @property
    def of_passages(self) -> FloatArray:
        """The mean over the tokens of each passage, shape (n_passages, width)."""
        means: FloatArray = self.sums / np.maximum(self.counts, 1.0)[:, None]
        return means


class Encoder:
    """A verified encoder, ready to read; nothing leaves the machine.

    Parameters
    ----------
    path
        Its folder.

    Raises
    ------
    ModelFolderError
        If the folder is not exactly what its checksums say.
    """

    def __init__(self, path: Path) -> None:
        content = verified(path, "encoder folder")
        self.path, self.sha256 = path, content.sha256
        self.manifest: Mapping[str, Any] = _manifest(content.read(MANIFEST), path)
        self._network, self._tokenizer = content.read(NETWORK), content.read(TOKENIZER)
        self._tuned_on = content.read(TUNED_ON)
        self._opening = Lock()
        self._session: Any = None
        self._pieces: Any = None

    @property
    def width(self) -> int:
        """Numbers of a vector."""
        return int(self.manifest["width"])

    def tuned_on(self) -> npt.NDArray[np.uint64]:
        """Return the sorted hashes of the texts that it was tuned on."""
        hashes: npt.NDArray[np.uint64] = np.load(io.BytesIO(self._tuned_on), allow_pickle=False)
        return hashes

    def windows(self, passages: Sequence[str]) -> list[Window]:
        """Cut the passages of a text into windows."""
        with self._opening:  # a service has several threads
            if self._pieces is None:
                self._open()
        coded = self._pieces.encode_batch(list(passages))
        return windows([one.ids for one in coded])

    def encode(self, passages: Sequence[str]) -> Vectors:
        """Read the passages of one text, in their order.

        Parameters
        ----------
        passages
            Of a clean text.
        """
        sums = np.zeros((len(passages), self.width))
        counts = np.zeros(len(passages))
        for window in self.windows(passages):
            states = self._states(window)
            begins = np.flatnonzero(np.diff(window.passage, prepend=-1))
            own = window.passage[begins]
            sums[own] += np.add.reduceat(states, begins, axis=0)
            counts[own] += np.diff(begins, append=len(states))
        return Vectors(sums, counts)

    def _states(self, window: Window) -> FloatArray:
        """Return the vector of each token of a window, without those of its frame."""
        ids = np.concatenate([self._front, window.ids, self._back])[None]
        (states,) = self._session.run(None, {"ids": ids})
        inside: FloatArray = states[0, len(self._front) : -1].astype(np.float64)
        return inside

    def _open(self) -> None:
        """Make the network and the tokeniser ready, at the first text."""
        import onnxruntime
        from tokenizers import Tokenizer

        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = _threads()
        options.log_severity_level = 3
        # Threads that wait by spinning would take the time of other processes.
        options.add_session_config_entry("session.intra_op.allow_spinning", "0")
        try:
            self._session = onnxruntime.InferenceSession(
                self._network, options, providers=["CPUExecutionProvider"]
            )
            pieces = Tokenizer.from_buffer(self._tokenizer)
        except Exception as error:
            raise ModelFolderError(f"The encoder {self.path} cannot be used: {error}") from error
        begin, end = (pieces.token_to_id(piece) for piece in ("<s>", "</s>"))
        self._front = np.array([begin, *pieces.encode(_PREFIX).ids], dtype=np.int64)
        self._back = np.array([end], dtype=np.int64)
        self._pieces = pieces
        self._network = self._tokenizer = b""


def _threads() -> int:
    """Return how many threads read a window; a pool of processes gives each one, by environment."""
    return int(os.environ.get("OMP_NUM_THREADS", "0")) or min(_MOST_THREADS, os.cpu_count() or 1)


def find_encoder(sha256: str, near: Path) -> Encoder:
    """Return the encoder that a model was fitted on.

    Parameters
    ----------
    sha256
        Checksum of its ``SHA256SUMS``.
    near
        The model's folder: encoders lie beside it, or with the model that ships.

    Raises
    ------
    ModelFolderError
        If it is nowhere, or was changed.
    """
    beside = near.resolve().parent
    places = (beside / NAME, beside / KEPT / sha256, ENCODERS / NAME)
    present = {place.resolve(): _checksum(place) for place in places if place.is_dir()}
    for place, found in present.items():
        if found == sha256:
            return open_encoder(place, found)
    # One that was changed says so itself.
    others = [open_encoder(place, found).sha256 for place, found in present.items()]
    if not others:
        raise ModelFolderError(
            f"The encoder of the model {near} is not there: neither {beside / NAME} nor "
            f"{ENCODERS / NAME} is a folder."
        )
    raise ModelFolderError(
        f"The model {near} was fitted on another encoder ({sha256[:12]}…) than the one that is "
        f"here ({others[0][:12]}…); train it again with krynica train."
    )


def _checksum(place: Path) -> str:
    """Return the checksum of an encoder's list of checksums; nothing where there is no list."""
    try:
        return hashlib.sha256((place / SUMS).read_bytes()).hexdigest()
    except OSError:
        return ""


@lru_cache(maxsize=2)
def open_encoder(path: Path, sha256: str) -> Encoder:  # noqa: ARG001  # one a content
    """Open an encoder; models of one process share it."""
    return Encoder(path)


def _manifest(content: bytes, path: Path) -> Mapping[str, Any]:
    try:
        manifest = json.loads(content)
        version = manifest["format_version"]
    except (ValueError, KeyError, TypeError) as error:
        raise ModelFolderError(f"{MANIFEST} of the encoder {path} is not a manifest.") from error
    if version != _FORMAT:
        raise ModelFolderError(
            f"{MANIFEST} of the encoder {path} has format version {version}; this program reads "
            f"version {_FORMAT}."
        )
    return dict(manifest)
