"""One contender on one language, in a process of its own; it writes what it said and its cost."""

from __future__ import annotations

import json
import tempfile
import time
from pathlib import Path

import numpy as np
import pandas as pd
from contenders import PEERS, Peer
from rows import held_out, stacked


def contend(name: str, language: str, folder: Path) -> None:
    """Fit and score all blocks; write ``NAME-LANGUAGE.npz`` and ``.json`` beside the rows.

    A peer whose package is missing writes a sentence instead.
    """
    table = pd.read_parquet(folder / f"{language}.parquet")
    result = folder / f"{name}-{language}"
    if name not in PEERS:
        _krynica(table, language, result)
        return
    try:
        peer = PEERS[name](language)
    except ModuleNotFoundError as error:
        why = f"not run: the package `{error.name}` is missing (`pip install .[bench]`)."
        result.with_suffix(".json").write_text(json.dumps({"skipped": why}), "utf-8")
        return
    _peer(peer, table, result)


def _krynica(table: pd.DataFrame, language: str, result: Path) -> None:
    from recipe import krynica

    answer = krynica(table, pd.read_parquet(result.with_name("passages.parquet")), language)
    row, block = stacked(held_out(table))
    scored = answer.scored
    same = (
        np.array_equal(scored.block, block)
        and np.array_equal(scored.label, table["label"].to_numpy()[row])
        and np.array_equal(scored.outlet, table["outlet"].to_numpy()[row].astype(str))
    )
    if not same:
        raise SystemExit(f"Krynica did not judge the rows of {language} that its peers do.")
    np.savez(result.with_suffix(".npz"), p=scored.p, verdict=scored.verdict.astype(str))
    cost = {"fit": answer.fit, "score": answer.score, "size": answer.size}
    result.with_suffix(".json").write_text(json.dumps(cost), "utf-8")


def _peer(peer: Peer, table: pd.DataFrame, result: Path) -> None:
    """Run a peer; preparing a text is counted where the text is used."""
    texts, label = table["text"].tolist(), table["label"].to_numpy().astype(np.int64)
    held = held_out(table)
    start = time.process_time()
    features = peer.prepare(texts)
    each = (time.process_time() - start) / len(texts)
    fit = score = 0.0
    said = []
    for block in range(held.shape[1]):
        train, test = np.flatnonzero(~held[:, block]), np.flatnonzero(held[:, block])
        start = time.process_time()
        peer.fit([features[row] for row in train.tolist()], label[train])
        fitted = time.process_time()
        said.append(peer.predict([features[row] for row in test.tolist()]))
        score += time.process_time() - fitted + each * len(test)
        fit += fitted - start + each * len(train)
    p = np.concatenate(said)
    np.savez(
        result.with_suffix(".npz"), p=p, verdict=np.where(p >= 0.5, "propaganda", "journalism")
    )
    with tempfile.TemporaryDirectory() as name:
        peer.save(Path(name))
        size = sum(path.stat().st_size for path in Path(name).rglob("*") if path.is_file())
    cost = {"fit": fit / held.shape[1], "score": score / len(p) * 1000, "size": size}
    result.with_suffix(".json").write_text(json.dumps(cost), "utf-8")
