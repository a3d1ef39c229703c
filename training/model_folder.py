"""Write a model folder; the same numbers make the same bytes."""

from __future__ import annotations

import hashlib
import io
import json
import platform
import secrets
import shutil
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from krynica.classifier.answer import ModelId
from krynica.classifier.checksums import SUMS, listing
from krynica.classifier.errors import ModelFolderError
from krynica.classifier.folder import (
    CARD,
    FORMAT_VERSION,
    LEARNED_FROM,
    MANIFEST,
    SCREEN,
    SCREEN_TERMS,
    arrays_of,
    open_folder,
    screen_arrays,
)
from krynica.classifier.parameters import POINTS, LanguageParameters, ScreenParameters
from krynica.data.atomic import new_folder
from krynica.training.limits import MINIMUM_WORDS
from krynica.training.report.card import render
from krynica.training.results.profiles import Profile
from krynica.training.results.records import as_json
from krynica.training.results.worth import Metrics

READINGS = "readings.parquet"
"""Table of the project's own readings."""
_LIBRARIES = (
    *("numpy", "scipy", "scikit-learn", "spacy", "lingua-language-detector"),
    *("onnxruntime", "tokenizers"),
)
_EPOCH = (1980, 1, 1, 0, 0, 0)


@dataclass(frozen=True)
class Source:
    """A source of rows, with its licence and the number of rows that were learned from."""

    source: str
    licence: str
    rows: int


@dataclass(frozen=True)
class EncoderId:
    """Which encoder a model was fitted on, and where that came from."""

    name: str
    source: str
    sha256: str


@dataclass(frozen=True)
class Provenance:
    """Where a model came from.

    Parameters
    ----------
    name, version
        Of the model.
    corpus
        Checksum of each table, by name.
    split
        Checksum of how articles were held out, by language.
    configuration
        Options of the run.
    left_out
        Rows left out, by reason.
    sources
        Sources of its rows, those of the start first.
    refused
        Why a language was not learned.
    outlets, held_out_outlets
        Outlets whose texts the views learned from, and those that tell levels and points alone.
    readings
        What told how the texts read, and what that is worth, in sentences.
    encoder
        Which encoder it was fitted on.
    encoder_outlets
        Number of outlets that the encoder was tuned on.
    started_from
        The model that the run started from; None where it started from nothing.
    """

    name: str
    version: str
    corpus: Mapping[str, str]
    split: Mapping[str, str]
    configuration: Mapping[str, Any]
    left_out: Mapping[str, int]
    sources: list[Source]
    refused: Mapping[str, str]
    outlets: list[str]
    held_out_outlets: list[str]
    readings: str
    encoder: EncoderId
    encoder_outlets: int
    started_from: ModelId | None = None


@dataclass(frozen=True)
class Made:
    """All that a model folder is written from.

    Parameters
    ----------
    parameters
        Numbers of each language.
    metrics
        Figures of each language, as they stand on the card.
    profiles
        What its articles look like, by language.
    provenance
        Where the model came from.
    learned_from
        Sorted hashes of the texts it learned from.
    screen
        Numbers of the screen; None for a model without.
    """

    parameters: Mapping[str, LanguageParameters]
    metrics: Metrics
    profiles: Mapping[str, Profile]
    provenance: Provenance
    learned_from: npt.NDArray[np.uint64]
    screen: ScreenParameters | None = None


def writable(output: Path) -> None:
    """Check that a model may be written to a folder.

    Raises
    ------
    ModelFolderError
        If it holds anything else than a whole model: nothing else is ever replaced.
    """
    if not output.exists() or (output.is_dir() and not any(output.iterdir())):
        return
    try:
        open_folder(output)
    except ModelFolderError as error:
        message = f"{output} holds something else than a whole model; name another folder."
        raise ModelFolderError(message) from error


def write_model(output: Path, made: Made) -> str:
    """Write a model folder; an earlier one at the same place is replaced once the new is whole.

    Parameters
    ----------
    output
        The folder.
    made
        What it is written from.

    Returns
    -------
    str
        Checksum of the folder, as its answers carry it.

    Raises
    ------
    ModelFolderError
        If the folder cannot be written, or holds something that is no model.
    """
    writable(output)
    parameters = dict(sorted(made.parameters.items()))
    told = as_json(made.provenance)
    if not made.provenance.held_out_outlets:
        del told["held_out_outlets"]  # where it stands, others were learned from, or may have been
    manifest = {
        "format_version": FORMAT_VERSION,
        **told,
        "licence": _licence(made.provenance),
        "minimum_words": MINIMUM_WORDS,
        "languages": {
            language: [
                *(["articles"] if numbers.judging else []),
                *(["passages"] if numbers.persuasion else []),
            ]
            for language, numbers in parameters.items()
        },
        "operating_points": {
            language: {
                "propaganda_from": _by_kind(numbers.judging.points.accuse),
                "journalism_to": _by_kind(numbers.judging.points.clear),
                "least_known_words": round(numbers.judging.points.least_known, 4),
            }
            for language, numbers in parameters.items()
            if numbers.judging
        },
        "screen": made.screen
        and {
            "languages": sorted(made.screen.readers),
            "journalism_to": round(made.screen.clear, 4),
            "least_known_pieces": round(made.screen.least_known, 4),
        },
        "metrics": as_json(made.metrics),
        "profile": as_json(made.profiles),
        "libraries": {
            "python": ".".join(platform.python_version_tuple()[:2]),
            **{library: version(library) for library in _LIBRARIES},
        },
    }
    files = {MANIFEST: _json(manifest), CARD: render(manifest).encode()}
    for language, numbers in parameters.items():
        files[f"{language}.terms"] = "\n".join(numbers.terms).encode()
        files[f"{language}.npz"] = _npz(arrays_of(numbers))
    if screen := made.screen:
        files[SCREEN_TERMS] = "\n".join(screen.terms).encode()
        files[SCREEN] = _npz(screen_arrays(screen))
    files[LEARNED_FROM] = _npy(made.learned_from)
    files[SUMS] = listing(files)
    try:
        _replace(output, files)
    except OSError as error:
        raise ModelFolderError(f"The model folder {output} cannot be written: {error}.") from error
    return hashlib.sha256(files[SUMS]).hexdigest()


def _by_kind(points: npt.NDArray[np.float64]) -> dict[str, float]:
    return {kind: round(float(point), 4) for kind, point in zip(POINTS, points, strict=True)}


def _licence(provenance: Provenance) -> str:
    terms = " ".join(source.licence for source in provenance.sources)
    if "NC" in terms or "research" in terms:
        return (
            "For research and non-commercial use, after the strictest of its sources' terms "
            "(see sources); the code is Apache-2.0."
        )
    return "As its sources allow (see sources); the code is Apache-2.0."


def _json(value: object) -> bytes:
    return (json.dumps(value, ensure_ascii=False, indent=1, sort_keys=True) + "\n").encode()


def _npz(arrays: Mapping[str, npt.NDArray[Any]]) -> bytes:
    """Write arrays as ``numpy.savez_compressed`` does, but with no time of day in the bytes."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name in sorted(arrays):
            archive.writestr(
                zipfile.ZipInfo(f"{name}.npy", _EPOCH),
                _npy(arrays[name]),
                compress_type=zipfile.ZIP_DEFLATED,
            )
    return buffer.getvalue()


def _npy(array: npt.NDArray[Any]) -> bytes:
    buffer = io.BytesIO()
    np.lib.format.write_array(buffer, np.asarray(array), allow_pickle=False)
    return buffer.getvalue()


def _replace(output: Path, files: Mapping[str, bytes]) -> None:
    """Write beside the target, then move into place: no moment shows half a model as whole."""
    output = output.resolve()
    earlier = output.with_name(f".{output.name}-{secrets.token_hex(6)}")
    with new_folder(output) as fresh:
        for name, content in files.items():
            (fresh / name).write_bytes(content)
        if output.exists():
            output.rename(earlier)
    shutil.rmtree(earlier, ignore_errors=True)
