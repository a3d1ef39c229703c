"""A tiny encoder: its vectors say of each word whether it is loud or calm."""

from __future__ import annotations

import io
import json
import string
from collections.abc import Mapping, Sequence
from pathlib import Path

import numpy as np
from onnx import TensorProto, helper, numpy_helper
from tokenizers import Tokenizer, models, pre_tokenizers

from krynica.classifier.checksums import SUMS, listing
from krynica.classifier.encoder import MANIFEST, NETWORK, TOKENIZER, TUNED_ON

WIDTH = 4
LOUD = ("puppet", "regime", "hysteria", "stooges", "junta", "reżim", "режим", "марионетка")
CALM = ("council", "budget", "officials", "statement", "budżet", "совет", "бюджет", "савет")


def write_tiny_encoder(folder: Path, **manifest: object) -> Path:
    """Write an encoder's folder; `manifest` adds to what is told of it."""
    letters = string.ascii_letters + string.digits + string.punctuation + "▁"
    letters += "".join(map(chr, range(0x400, 0x460))) + "ąćęłńóśźżĄĆĘŁŃÓŚŹŻ«»“”„—–…№°’"
    pieces = ["<s>", "<pad>", "</s>", "<unk>", *(f"▁{word}" for word in (*LOUD, *CALM))]
    pieces += [letter for letter in dict.fromkeys(letters) if letter not in pieces]
    scores = [0.0] * 4 + [-1.0] * len((*LOUD, *CALM))
    scores += [-10.0] * (len(pieces) - len(scores))
    tokenizer = Tokenizer(models.Unigram(list(zip(pieces, scores, strict=True)), unk_id=3))
    tokenizer.pre_tokenizer = pre_tokenizers.Metaspace(replacement="▁", prepend_scheme="always")
    table = np.zeros((len(pieces), WIDTH), dtype=np.float32)
    for side, words in ((0, LOUD), (1, CALM)):
        for word in words:
            table[pieces.index(f"▁{word}"), side] = 10.0
    table[:, 2] = 1.0
    _write(folder, tokenizer.to_str().encode(), _network(table), manifest)
    return folder


def _network(table: np.ndarray) -> bytes:
    ids = helper.make_tensor_value_info("ids", TensorProto.INT64, ["batch", "length"])
    states = helper.make_tensor_value_info("states", TensorProto.FLOAT, ["batch", "length", WIDTH])
    node = helper.make_node("Gather", ["table", "ids"], ["states"])
    graph = helper.make_graph(
        [node], "tiny", [ids], [states], [numpy_helper.from_array(table, "table")]
    )
    opset = [helper.make_opsetid("", 17)]
    return bytes(helper.make_model(graph, opset_imports=opset, ir_version=9).SerializeToString())


def _write(folder: Path, pieces: bytes, network: bytes, manifest: Mapping[str, object]) -> None:
    folder.mkdir(parents=True)
    hashes = io.BytesIO()
    np.save(hashes, np.array([], dtype=np.uint64))
    told = {"format_version": 1, "name": "tiny", "width": WIDTH, "outlets": [], **manifest}
    files = {
        MANIFEST: json.dumps(told).encode(),
        NETWORK: network,
        TOKENIZER: pieces,
        TUNED_ON: hashes.getvalue(),
    }
    files[SUMS] = listing(files)
    for name, content in files.items():
        (folder / name).write_bytes(content)


def vector(words: Sequence[float]) -> np.ndarray:
    """Return coefficients over the vectors: of loud, of calm, of any word, and of nothing."""
    return np.array([*words, *[0.0] * (WIDTH - len(words))])
