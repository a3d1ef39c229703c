"""The command ``python -m krynica.training.gate``."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path

from krynica.classifier.errors import KrynicaError
from krynica.classifier.model import DEFAULT
from krynica.training import gate
from krynica.training.gate.bounds import FLOORS, read_bounds
from krynica.training.gate.run import measure


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the gate; return the exit status: 0 open, 1 shut, 2 for what cannot be read."""
    parser = argparse.ArgumentParser(
        prog="python -m krynica.training.gate", description=gate.__doc__
    )
    parser.add_argument("readings", type=Path, help="table of texts scored 0 to 4")
    parser.add_argument("--model", type=Path, default=DEFAULT, help="model folder")
    parser.add_argument("--floors", type=Path, default=FLOORS, help="bounds of the figures")
    parser.add_argument("--workers", type=int, default=2, help="processes")
    options = parser.parse_args(arguments)
    bounds = read_bounds(options.floors)
    try:
        result = asdict(measure(options.readings, options.model, options.workers))
    except KrynicaError as error:
        _say(str(error))
        return 2
    _say(json.dumps(result, ensure_ascii=False, indent=1))
    failings = bounds.failings(result)
    for failing in failings:
        _say(failing)
    _say("The gate is shut." if failings else "The gate is open.")
    return 1 if failings else 0


def _say(sentence: str) -> None:
    sys.stdout.write(f"{sentence}\n")


if __name__ == "__main__":
    sys.exit(main())
