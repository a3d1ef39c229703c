"""Krynica and its peers on the same readings, the same outlets held out.

``python benchmarks/peers READINGS [--encoder DIR] [--naive DIR]`` fits each peer on the texts of
the outlets that the model learned from, all languages together, and prints a Markdown table of
what each makes of the outlets held out. All get raw text; what is fitted is fitted on the former
alone. Bold is the best figure of a column, so that it shows where a peer wins. CPU seconds are of
this process, and so is the reference: plain TF-IDF and logistic regression.

``-o docs`` puts the table into ``peers.md`` there, between its two markers, with ``peers.json`` and
the picture ``peers.svg`` beside it. ``--only krynica`` measures the contenders whose names begin
so, and the reference, anew; the others stay as ``peers.json`` has them. Without READINGS, table and
picture are made again from that file.

The packages come with ``pip install .[bench]``; one that is missing costs its row alone. What the
encoders say is kept in ``--keep DIR`` with the CPU seconds that it took, so that a run that was
stopped, or that is made with another model, is quick.
"""

from __future__ import annotations

import argparse
import tempfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial
from pathlib import Path

import numpy as np
import pandas as pd
from contenders import (
    FastText,
    FrozenEncoder,
    Krynica,
    NaiveEncoder,
    Peer,
    VowpalWabbit,
    WordTfidf,
    cpu,
)
from figures import KRYNICA, REFERENCE, Figures, Found, Worth, lines, read, rows_of, worth
from picture import draw

from krynica import DEFAULT, KrynicaError, load_model
from krynica.classifier.arrays import FloatArray
from krynica.classifier.titles import joined
from krynica.data.corpus.labelled import canonical_outlet

WARM = 20
"""Texts that are scored before times are taken, so that no start counts."""
BEGIN, END = "<!-- from benchmarks/peers -->", "<!-- end -->"


def main() -> None:
    """Fit and score; print the table, and write it where it is to stand."""
    options = _options()
    before = options.output and options.output / "peers.json"
    found = read(before) if before and before.exists() else None
    if options.readings:
        found = _measured(options, found)
    if found is None:
        raise SystemExit("There are neither READINGS nor a peers.json of an earlier run.")
    told = "\n".join(lines(found))
    print(told)
    if options.output:
        page = options.output / "peers.md"
        head, _, rest = page.read_text("utf-8").partition(BEGIN)
        page.write_text(f"{head}{BEGIN}\n\n{told}\n\n{END}{rest.partition(END)[2]}", "utf-8")
        found.write(options.output / "peers.json")
        draw(found, options.output / "peers.svg")


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("readings", nargs="?", type=Path)
    parser.add_argument("--model", type=Path, default=DEFAULT)
    parser.add_argument("--encoder", type=Path, help="as published")
    parser.add_argument("--encoder-texts", type=int, default=1500, help="that it is fitted on")
    parser.add_argument("--naive", type=Path, help="the same in single precision")
    parser.add_argument("--naive-texts", type=int, default=20, help="that it reads")
    parser.add_argument("--limit", type=int, help="texts held out, drawn at random; all")
    parser.add_argument("--only", action="append", help="what the name of a contender begins with")
    parser.add_argument("--keep", type=Path, help="folder for what the encoders say")
    parser.add_argument("-o", "--output", type=Path, help="folder of peers.md")
    return parser.parse_args()


def _measured(options: argparse.Namespace, before: Found | None) -> Found:
    known, held = _split(options)
    rows = rows_of(held)
    if options.only and before and before.rows != rows:
        raise SystemExit("peers.json tells of other texts held out; run all contenders again.")
    kept = before.contenders if options.only and before else {}
    with tempfile.TemporaryDirectory() as name:
        makers = _makers(options, options.keep or Path(name))
        wanted = [name for name in makers if _wanted(name, options.only)]
        fresh = dict(_contend({name: makers[name] for name in wanted}, known, held))
    order = [*makers, *(name for name in kept if name not in makers)]
    both = {**kept, **fresh}
    return Found(rows, {name: both[name] for name in order if name in both})


def _split(options: argparse.Namespace) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Return the texts to be fitted on, and those of outlets held out, each in an order drawn."""
    table = pd.read_parquet(options.readings)
    pairs = zip(table["title"], table["text"], strict=True)
    table = table.assign(text=[joined(*pair) for pair in pairs])
    names = map(canonical_outlet, load_model(options.model).manifest["held_out_outlets"])
    out = table["outlet"].fillna("").map(canonical_outlet).isin(set(names))
    known, held = (part.sample(frac=1, random_state=0) for part in (table[~out], table[out]))
    return known, held.head(options.limit) if options.limit else held


def _makers(options: argparse.Namespace, keep: Path) -> Mapping[str, Callable[[], Peer]]:
    """Return how each contender is made."""
    krynica = partial(Krynica, options.model, keep)
    makers: dict[str, Callable[[], Peer]] = {
        REFERENCE: WordTfidf,  # first, as all times are its multiples
        KRYNICA: partial(krynica, "full"),
        f"{KRYNICA}, two stages": partial(krynica, "staged"),
        f"{KRYNICA}, words alone": partial(krynica, "fast"),
        "fastText": FastText,
        "Vowpal Wabbit": VowpalWabbit,
    }
    if options.encoder:
        frozen = partial(FrozenEncoder, options.encoder, keep, options.encoder_texts)
        makers["encoder as published"] = frozen
    if options.naive:
        naive = partial(NaiveEncoder, options.naive, keep, options.naive_texts)
        makers["encoder, one passage a call"] = naive
    return makers


def _wanted(name: str, only: list[str] | None) -> bool:
    """Say whether a contender is measured: the reference always is."""
    starts = [one.lower() for one in only or [""]]
    return name == REFERENCE or name.lower().startswith(tuple(starts))


def _contend(
    makers: Mapping[str, Callable[[], Peer]], known: pd.DataFrame, held: pd.DataFrame
) -> Iterator[tuple[str, Figures]]:
    reference = 0.0
    for name, make in makers.items():
        try:
            peer = make()
        except (ImportError, KrynicaError) as error:
            print(f"{name}: not run: {error}")
            continue
        own = known[: peer.most_known]
        peer.fit(own["text"].tolist(), (own["score"] >= 2).to_numpy().astype(np.int64))
        p, seconds = _timed(peer, held["text"].tolist())
        reference = reference or seconds
        told = Worth() if peer.most_new else worth(held, p)
        yield name, Figures(told, len(own), 1000 * seconds, seconds / reference)


def _timed(peer: Peer, texts: Sequence[str]) -> tuple[FloatArray, float]:
    """Return what a peer says, and the CPU seconds a text; of fewer texts, by their length."""
    asked = texts[: peer.most_new]
    peer.predict(asked[:WARM])
    begin = cpu(peer)
    p = peer.predict(asked)
    share = sum(map(len, asked)) / sum(map(len, texts))
    return p, (cpu(peer) - begin) / share / len(texts)


if __name__ == "__main__":
    main()
