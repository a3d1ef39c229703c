"""A tiny model, texts it has a clear word on, and how to start the command."""

from __future__ import annotations

import hashlib
import json
import os
import subprocess
import sys
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Protocol

import numpy as np

from classifier.folder import FORMAT_VERSION, arrays_of
from classifier.measures import MEASURES
from classifier.parameters import (
    Articles,
    Combiner,
    LanguageParameters,
    LinearStyle,
    LinearTerms,
    Persuasion,
    StyleScale,
)

ROOT = Path(__file__).resolve().parents[2]

LOUD, CALM = "puppet regime hysteria so-called stooges", "council budget officials statement"
PROPAGANDA = "The puppet regime spreads hysteria and its stooges obey. " * 8
JOURNALISM = "The council passed its budget, officials said in a statement. " * 8
MIXED = "The puppet regime passed its budget, officials said. " * 8
POLISH = "Rada miasta przyjęła budżet na przyszły rok, powiedział burmistrz w czwartek. " * 6
CHINESE = "市议会星期四通过了明年的预算，官员们在一份声明中说。" * 20


def _scale() -> tuple[StyleScale, LinearStyle]:
    n = len(MEASURES)
    scale = StyleScale(np.zeros(n), np.ones(n), np.zeros((1, n)))
    coef = np.zeros(2 * n)
    coef[0] = -0.05
    return scale, LinearStyle(coef, 0.0)


def _terms(words: Sequence[str], weight: Callable[[str], float]) -> LinearTerms:
    return LinearTerms(np.ones(len(words)), np.array([weight(word) for word in words]), 0.0)


def tiny_parameters() -> dict[str, LanguageParameters]:
    """English with articles, Polish with passages alone."""
    words = tuple(sorted(set(f"{LOUD} {CALM} the its and in a".split())))
    terms = _terms(
        words, lambda word: 6.0 if word in LOUD.split() else -6.0 * (word in CALM.split())
    )
    scale, style = _scale()
    persuasion = Persuasion(terms, scale, style, 1.0, 0.0)
    combiner = Combiner(
        np.array([1.0, 0.2, 0.5]),
        0.0,
        np.ones(3),
        np.zeros(3),
        accuse=0.9,
        clear=0.2,
        least_known=0.1,
    )
    polish = ("budżet", "reżim")
    return {
        "en": LanguageParameters(words, persuasion, Articles(terms, scale, style, combiner)),
        "pl": LanguageParameters(
            polish,
            Persuasion(_terms(polish, lambda w: 2.0 * (w == "reżim")), scale, style, 1.0, 0.0),
        ),
    }


def write_tiny_model(folder: Path, **manifest: object) -> Path:
    """Write a model folder; None takes an entry out of its manifest."""
    folder.mkdir(parents=True)
    parameters = tiny_parameters()
    entries = {
        "format_version": FORMAT_VERSION,
        "name": "tiny",
        "version": "0.1",
        "languages": dict.fromkeys(parameters, "passages"),
        "minimum_words": 20,
    } | manifest
    entries = {name: entry for name, entry in entries.items() if entry is not None}
    (folder / "manifest.json").write_text(json.dumps(entries), "utf-8")
    (folder / "MODEL_CARD.md").write_text("# Tiny\n\nFor tests.\n", "utf-8")
    for code, numbers in parameters.items():
        (folder / f"{code}.terms").write_text("\n".join(numbers.terms), "utf-8")
        np.savez_compressed(folder / f"{code}.npz", allow_pickle=False, **arrays_of(numbers))
    sums = [
        f"{hashlib.sha256(path.read_bytes()).hexdigest()}  {path.name}\n"
        for path in sorted(folder.iterdir())
    ]
    (folder / "SHA256SUMS").write_text("".join(sums), "utf-8")
    return folder


def environment(**extra: str) -> dict[str, str]:
    """Environment of the command: this one without what would colour or debug it."""
    plain = {k: v for k, v in os.environ.items() if k not in {"FORCE_COLOR", "KRYNICA_DEBUG"}}
    path = os.pathsep.join(filter(None, (plain.get("PYTHONPATH"), str(ROOT))))
    return {**plain, "PYTHONPATH": path, "PYTHONUTF8": "1", **extra}


COMMAND = (sys.executable, "-m", "service.cli")


class Run(Protocol):
    """Run the command in a folder of its own, with words, standard input and environment."""

    def __call__(
        self, *words: str | Path, stdin: bytes = b"", env: Mapping[str, str] | None = None
    ) -> subprocess.CompletedProcess[bytes]: ...
