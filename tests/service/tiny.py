"""A tiny model, texts it has a clear word on, and how to start the command."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Protocol

import numpy as np

from krynica.classifier.checksums import SUMS, listing
from krynica.classifier.encoder import NAME
from krynica.classifier.folder import FORMAT_VERSION, SCREEN, SCREEN_TERMS, arrays_of, screen_arrays
from krynica.classifier.measures import MEASURES
from krynica.classifier.parameters import (
    Judging,
    LanguageParameters,
    LinearStyle,
    LinearTerms,
    LinearVector,
    Points,
    Reader,
    ScreenParameters,
    StyleScale,
)
from krynica.classifier.screen import piece
from tests.tiny_encoder import vector, write_tiny_encoder

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
    """English with levels, Polish with passages alone."""
    words = tuple(sorted(set(f"{LOUD} {CALM} the its and in a".split())))
    terms = _terms(
        words, lambda word: 4.0 if word in LOUD.split() else -4.0 * (word in CALM.split())
    )
    scale, style = _scale()
    nothing = np.zeros(len(vector(())))
    encoder = LinearVector(nothing, vector((2.0, -2.0)), np.asarray(0.0))
    persuasion = LinearVector(nothing, vector((3.0, -3.0)), np.asarray(0.0))
    genres = np.zeros((len(nothing), 6))
    genre = LinearVector(nothing, genres, np.array([4.0, 0.0, 0.0, 0.0, 0.0, 0.0]))
    reader = Reader(
        np.array([1.0, 1.0, 0.2]), np.array([-1.5, 0.0, 1.5, 3.0]), np.ones(3), np.zeros(3)
    )
    points = Points(np.full(3, 0.9), np.full(3, 0.2), 0.1)
    judging = Judging(terms, encoder, scale, style, reader, points, genre)
    return {
        "en": LanguageParameters(words, judging, persuasion),
        "pl": LanguageParameters(("budżet", "reżim"), None, persuasion),
    }


def tiny_screen() -> ScreenParameters:
    """A screen of English that clears what has calm words and no loud ones."""
    terms = tuple(sorted({piece(word) for word in f"{LOUD} {CALM} the its and in a".split()}))
    loud, calm = ({piece(word) for word in words.split()} for words in (LOUD, CALM))
    words = _terms(terms, lambda term: 4.0 if term in loud else -4.0 * (term in calm))
    reader = Reader(np.ones(1), np.array([-1.5, 0.0, 1.5, 3.0]), np.ones(1), np.zeros(1))
    return ScreenParameters(terms, words, {"en": reader}, 0.2, 0.1)


def write_screened_model(folder: Path) -> Path:
    """Write the tiny model with a screen."""
    write_tiny_model(folder)
    screen = tiny_screen()
    (folder / SCREEN_TERMS).write_text("\n".join(screen.terms), "utf-8")
    np.savez_compressed(folder / SCREEN, allow_pickle=False, **screen_arrays(screen))
    sign(folder)
    return folder


def write_tiny_model(folder: Path, **manifest: object) -> Path:
    """Write a model folder, and its encoder beside it; None takes an entry out of its manifest."""
    encoder = folder.parent / NAME
    if not encoder.exists():
        write_tiny_encoder(encoder)
    folder.mkdir(parents=True)
    parameters = tiny_parameters()
    sums = hashlib.sha256((encoder / SUMS).read_bytes()).hexdigest()
    entries = {
        "format_version": FORMAT_VERSION,
        "name": "tiny",
        "version": "0.1",
        "languages": {"en": ["articles", "passages"], "pl": ["passages"]},
        "minimum_words": 20,
        "encoder": {"name": "tiny", "sha256": sums},
    } | manifest
    entries = {name: entry for name, entry in entries.items() if entry is not None}
    (folder / "manifest.json").write_text(json.dumps(entries), "utf-8")
    (folder / "MODEL_CARD.md").write_text("# Tiny\n\nFor tests.\n", "utf-8")
    for code, numbers in parameters.items():
        (folder / f"{code}.terms").write_text("\n".join(numbers.terms), "utf-8")
        np.savez_compressed(folder / f"{code}.npz", allow_pickle=False, **arrays_of(numbers))
    sign(folder)
    return folder


def copy_model(model: Path, folder: Path) -> Path:
    """Copy a model folder, and its encoder beside it, to change it."""
    shutil.copytree(model, folder)
    if not (folder.parent / NAME).exists():
        shutil.copytree(model.parent / NAME, folder.parent / NAME)
    return folder


def sign(folder: Path) -> None:
    """Write the checksums of a folder anew."""
    files = {path.name: path.read_bytes() for path in folder.iterdir() if path.name != SUMS}
    (folder / SUMS).write_bytes(listing(files))


def environment(**extra: str) -> dict[str, str]:
    """Environment of the command: this one without what would colour or debug it."""
    plain = {k: v for k, v in os.environ.items() if k not in {"FORCE_COLOR", "KRYNICA_DEBUG"}}
    path = os.pathsep.join(filter(None, (plain.get("PYTHONPATH"), str(ROOT))))
    return {**plain, "PYTHONPATH": path, "PYTHONUTF8": "1", **extra}


COMMAND = (sys.executable, "-m", "krynica")


class Run(Protocol):
    """Run the command in a folder of its own, with words, standard input and environment."""

    def __call__(
        self, *words: str | Path, stdin: bytes = b"", env: Mapping[str, str] | None = None
    ) -> subprocess.CompletedProcess[bytes]: ...
