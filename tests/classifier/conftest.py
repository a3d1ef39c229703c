"""A tiny model made here, and texts it has a clear word on."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from classifier import Model, load_model
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
    Techniques,
    Usual,
)

LOUD = ("puppet", "regime", "hysteria", "stooges", "puppet regime", "pupp*")
CALM = ("council", "budget", "officials", "statement", "passed its")
PLAIN = ("the", "its", "and", "in", "a", "said", "obey", "spreads", "<name>")

Writer = Callable[..., Path]


def _parameters() -> dict[str, LanguageParameters]:
    terms = tuple(sorted((*LOUD, *CALM, *PLAIN)))
    weights = [6.0 * (term in LOUD) - 6.0 * (term in CALM) for term in terms]
    view = LinearTerms(np.linspace(1.0, 2.0, len(terms)), np.array(weights), 0.25)
    n = len(MEASURES)
    scale = StyleScale(np.zeros(n), np.full(n, 2.0), np.full((1, n), 0.5))
    style = LinearStyle(np.linspace(-0.02, 0.03, 2 * n), -0.1)
    persuasion = Persuasion(view, scale, style, 1.0, 0.0)
    combiner = Combiner(
        np.array([1.0, 0.2, 0.5]), 0.1, np.ones(3), np.zeros(3), 0.9, 0.2, least_known=0.1
    )
    polish = ("budżet", "reżim")
    words = LinearTerms(np.ones(2), np.array([0.0, 2.0]), 0.0)
    techniques = Techniques(
        ("doubt", "name_calling_labeling", "of_their_own"),
        np.array([terms.index("hysteria"), terms.index("puppet")]),
        np.array([[0.0, 0.0, 0.0], [0.0, 9.0, 6.0]]),
        np.zeros((2 * n, 3)),
        np.array([-3.0, -2.0, -2.0]),
    )
    usual = Usual(np.zeros(n), np.full(n, 100.0))
    usual.high[[measure.name for measure in MEASURES].index("loaded")] = 5.0
    return {
        "en": LanguageParameters(
            terms, persuasion, Articles(view, scale, style, combiner), techniques, usual
        ),
        "pl": LanguageParameters(polish, Persuasion(words, scale, style, 1.0, 0.0)),
    }


@pytest.fixture(scope="session")
def parameters() -> dict[str, LanguageParameters]:
    """English with articles, Polish with passages alone."""
    return _parameters()


def sign(folder: Path) -> None:
    """Write the checksums of all files in a folder."""
    names = sorted(path.name for path in folder.iterdir() if path.name != "SHA256SUMS")
    lines = [f"{hashlib.sha256((folder / n).read_bytes()).hexdigest()}  {n}\n" for n in names]
    (folder / "SHA256SUMS").write_text("".join(lines), "utf-8")


def write(folder: Path, **manifest: object) -> Path:
    """Write a whole model folder."""
    folder.mkdir(parents=True)
    numbers = _parameters()
    entries = {
        "format_version": FORMAT_VERSION,
        "name": "tiny",
        "version": "0.1",
        "languages": list(numbers),
        "minimum_words": 20,
    } | manifest
    (folder / "manifest.json").write_text(json.dumps(entries), "utf-8")
    (folder / "MODEL_CARD.md").write_text("# Tiny\n", "utf-8")
    for code, of_language in numbers.items():
        (folder / f"{code}.terms").write_text("\n".join(of_language.terms), "utf-8")
        np.savez_compressed(folder / f"{code}.npz", allow_pickle=False, **arrays_of(of_language))
    sign(folder)
    return folder


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Give a model folder of one's own, to harm."""
    return write(tmp_path / "tiny")


@pytest.fixture
def signed() -> Callable[[Path], None]:
    """Write the checksums anew."""
    return sign


@pytest.fixture
def writer() -> Writer:
    """Write a folder with other entries in its manifest."""
    return write


@pytest.fixture(scope="session")
def model(tmp_path_factory: pytest.TempPathFactory) -> Model:
    """Return the tiny model."""
    return load_model(write(tmp_path_factory.mktemp("model") / "tiny"))


@pytest.fixture
def loud() -> str:
    """Return a text of propaganda."""
    return "The puppet regime spreads hysteria and its stooges obey. " * 8


@pytest.fixture
def calm() -> str:
    """Return a text of journalism."""
    return "The council passed its budget, officials said in a statement. " * 8
