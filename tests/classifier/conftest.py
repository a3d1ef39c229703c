"""A tiny model made here, and texts it has a clear word on."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from krynica import Model, load_model
from krynica.classifier.checksums import SUMS, listing
from krynica.classifier.encoder import NAME
from krynica.classifier.folder import FORMAT_VERSION, arrays_of
from krynica.classifier.measures import MEASURES
from krynica.classifier.parameters import (
    Judging,
    LanguageParameters,
    LinearStyle,
    LinearTerms,
    LinearVector,
    Points,
    Reader,
    StyleScale,
    Techniques,
    Usual,
)
from tests.tiny_encoder import WIDTH, vector, write_tiny_encoder

LOUD = ("puppet", "regime", "hysteria", "stooges", "puppet regime", "pupp*")
CALM = ("council", "budget", "officials", "statement", "passed its", "said")
PLAIN = ("the", "its", "and", "in", "a", "obey", "spreads", "perhaps", "<name>")

Writer = Callable[..., Path]
_MEASURES = [measure.name for measure in MEASURES]


def _style() -> LinearStyle:
    coef = np.linspace(-0.02, 0.03, 2 * len(MEASURES))
    # Verbs that report weigh for propaganda here, so that tests see them kept silent.
    for name in ("loaded", "reporting_verbs", "names", "distinct_names"):
        coef[_MEASURES.index(name)] = 0.3
    coef[_MEASURES.index("numbers")] = -0.3
    return LinearStyle(coef, -0.1)


def _judging(terms: tuple[str, ...]) -> Judging:
    weights = [6.0 * (term in LOUD) - 6.0 * (term in CALM) for term in terms]
    # A word that limits a claim weighs for propaganda here, so that tests see it kept silent.
    weights[terms.index("perhaps")] = 6.0
    n = len(MEASURES)
    return Judging(
        LinearTerms(np.linspace(1.0, 2.0, len(terms)), np.array(weights), 0.25),
        LinearVector(np.full(WIDTH, 0.05), vector((3.0, -2.0, 0.1)), np.asarray(0.2)),
        StyleScale(np.zeros(n), np.full(n, 2.0), np.full((1, n), 0.5)),
        _style(),
        Reader(
            np.array([1.0, 0.5, 0.8]),
            np.array([-1.5, 0.1, 1.5, 3.0]),
            np.array([1.0, 1.0, 0.5]),
            np.array([0.1, 0.0, 0.0]),
        ),
        Points(np.array([0.9, 0.95, 0.97]), np.array([0.2, 0.15, 0.1]), 0.1),
        LinearVector(
            np.zeros(WIDTH),
            np.zeros((WIDTH, 6)),
            np.array([4.0, 0.0, 0.0, 0.0, 0.0, 0.0]),
        ),
    )


def _parameters() -> dict[str, LanguageParameters]:
    terms = tuple(sorted((*LOUD, *CALM, *PLAIN)))
    n = len(MEASURES)
    persuasion = LinearVector(np.zeros(WIDTH), vector((3.0, -3.0)), np.asarray(0.0))
    names = np.zeros((WIDTH, 3))
    names[0] = 2.0, 1.0, 0.0
    techniques = Techniques(
        ("name_calling_labeling", "of_their_own", "doubt"),
        LinearVector(np.zeros(WIDTH), names, np.array([-1.0, -1.0, -3.0])),
    )
    usual = Usual(np.zeros(n), np.full(n, 100.0))
    for name, high in {"loaded": 5.0, "reporting_verbs": 1.0, "numbers": 1.0}.items():
        usual.high[_MEASURES.index(name)] = high
    usual.low[_MEASURES.index("distinct_names")] = 0.5
    return {
        "be": LanguageParameters(("рэжым",), None, persuasion),
        "en": LanguageParameters(terms, _judging(terms), persuasion, techniques, usual),
        "pl": LanguageParameters(("budżet", "reżim"), None, persuasion),
    }


@pytest.fixture(scope="session")
def parameters() -> dict[str, LanguageParameters]:
    """English with levels, Belarusian and Polish with passages alone."""
    return _parameters()


def sign(folder: Path) -> None:
    """Write the checksums of all files in a folder."""
    files = {path.name: path.read_bytes() for path in folder.iterdir() if path.name != SUMS}
    (folder / SUMS).write_bytes(listing(files))


def write(folder: Path, **manifest: object) -> Path:
    """Write a whole model folder, and its encoder beside it."""
    encoder = folder.parent / NAME
    if not encoder.exists():
        write_tiny_encoder(encoder)
    folder.mkdir(parents=True)
    numbers = _parameters()
    entries = {
        "format_version": FORMAT_VERSION,
        "name": "tiny",
        "version": "0.1",
        "languages": list(numbers),
        "minimum_words": 20,
        "encoder": {
            "name": "tiny",
            "sha256": hashlib.sha256((encoder / SUMS).read_bytes()).hexdigest(),
        },
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
def whole(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Folder of the tiny model. Not to be changed."""
    return write(tmp_path_factory.mktemp("model") / "tiny")


@pytest.fixture(scope="session")
def model(whole: Path) -> Model:
    """Return the tiny model."""
    return load_model(whole)


@pytest.fixture
def loud() -> str:
    """Return a text of propaganda."""
    return "The puppet regime spreads hysteria and its stooges obey. " * 8


@pytest.fixture
def calm() -> str:
    """Return a text of journalism."""
    return "The council passed its budget, officials said in a statement. " * 8
