"""The quality gate: train anew, and refuse a model below the floors.

``python -m training.gate CORPUS...`` trains on labelled tables as the shipped model was trained,
and compares the figures on outlets and documents never seen with the floors in ``floors.toml``.
"""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
import tomllib
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from classifier.folder import MANIFEST, SUMS
from classifier.model import DEFAULT
from training.run import train
from training.work import Work

FLOORS = Path(__file__).with_name("floors.toml")


def check(manifest: Mapping[str, Any], floors: Mapping[str, Any]) -> list[str]:
    """Say in what a model falls short.

    Parameters
    ----------
    manifest
        Manifest of the model.
    floors
        Content of ``floors.toml``: ``corpus`` (checksum of each table), ``epsilon``, ``floors``
        and ``ceilings`` (a figure's path in the metrics, and its bound).

    Returns
    -------
    list of str
        One sentence a failing; empty for a model that may pass.
    """
    failings = [
        f"The table {name} is not the one the floors were measured on."
        for name, digest in floors["corpus"].items()
        if manifest["corpus"].get(name) != digest
    ]
    for side, sign in (("floors", 1), ("ceilings", -1)):
        for path, bound in floors[side].items():
            value = _at(manifest["metrics"], path)
            if value is None:
                failings.append(f"{path} is missing; it must be {_word(sign)} {bound}.")
            elif sign * (value - bound) < -floors["epsilon"]:
                failings.append(f"{path} is {value}; it must be {_word(sign)} {bound}.")
    return failings


def _at(metrics: Any, path: str) -> float | None:
    for part in path.split("/"):
        metrics = metrics.get(part) if isinstance(metrics, Mapping) else None
    return metrics if isinstance(metrics, (int, float)) else None


def _word(sign: int) -> str:
    return "at least" if sign > 0 else "at most"


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the gate; return the exit status."""
    parser = argparse.ArgumentParser(prog="python -m training.gate", description=__doc__)
    parser.add_argument("corpus", nargs="+", type=Path)
    parser.add_argument("--floors", type=Path, default=FLOORS)
    options = parser.parse_args(arguments)
    floors = tomllib.loads(options.floors.read_text("utf-8"))
    with tempfile.TemporaryDirectory() as folder:
        output = Path(folder) / "model"
        train(options.corpus, output, work=Work(say=_say), result=_say)
        manifest = json.loads((output / MANIFEST).read_text("utf-8"))
        same = (output / SUMS).read_bytes() == (DEFAULT / SUMS).read_bytes()
    _say(f"The bytes are {'those' if same else 'not those'} of the model that ships.")
    failings = check(manifest, floors)
    for failing in failings:
        _say(failing)
    _say("The gate is shut." if failings else "The gate is open.")
    return 1 if failings else 0


def _say(sentence: str) -> None:
    sys.stdout.write(f"{sentence}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main())
