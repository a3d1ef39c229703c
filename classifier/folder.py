"""A model folder: read, verified, then built. Nothing in it can run code.

::

    manifest.json     format version, name, version, what the model learned from, metrics
    MODEL_CARD.md     the same for people
    SHA256SUMS        of every other file, as ``sha256sum -c`` reads it
    <language>.terms  terms, one a line, UTF-8
    <language>.npz    arrays of numbers, read with ``allow_pickle=False``
    learned_from.npy  a hash of each text that was learned from, sorted
    screen.terms      terms of the screen, of all languages; a model may lack these two
    screen.npz        its numbers
"""

from __future__ import annotations

import io
import json
import zipfile
import zlib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from krynica.classifier import formats
from krynica.classifier.answer import ModelId
from krynica.classifier.checksums import SUMS, Content, verified
from krynica.classifier.encoder import Encoder, find_encoder
from krynica.classifier.errors import ModelFolderError
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
    Techniques,
    Usual,
)

FORMAT_VERSION = formats.CURRENT
"""Of folders that are written; `classifier.formats` tells when it is raised, and what is read."""

LEARNED_FROM = "learned_from.npy"
SCREEN, SCREEN_TERMS = "screen.npz", "screen.terms"
MANIFEST, CARD = "manifest.json", "MODEL_CARD.md"
Arrays = Mapping[str, npt.NDArray[Any]]
_UNREADABLE = (
    KeyError,
    TypeError,
    ValueError,
    EOFError,
    OSError,
    zipfile.BadZipFile,
    zlib.error,
)

__all__ = ["CARD", "FORMAT_VERSION", "LEARNED_FROM", "MANIFEST", "SUMS", "ModelFolder"]


@dataclass(frozen=True)
class ModelFolder:
    """A folder whose every byte has been checked.

    Parameters
    ----------
    content
        Its files as they were checked: what stands on the disk may be another model by the time
        it is asked for.
    manifest
        What `manifest.json` says.
    card
        The model card, Markdown.
    """

    content: Content
    manifest: Mapping[str, Any]
    card: str

    @property
    def path(self) -> Path:
        """The folder."""
        return self.content.path

    @property
    def sha256(self) -> str:
        """Checksum of its ``SHA256SUMS``."""
        return self.content.sha256

    @property
    def id(self) -> ModelId:
        """Name, version and checksum."""
        return ModelId(str(self.manifest["name"]), str(self.manifest["version"]), self.sha256)

    @property
    def languages(self) -> tuple[str, ...]:
        """Languages the model has numbers for."""
        return tuple(self.manifest["languages"])

    def encoder(self) -> Encoder:
        """Return the encoder that the model was fitted on.

        Raises
        ------
        ModelFolderError
            If it is nowhere, was changed, or the manifest does not tell which it is.
        """
        try:
            sha256 = str(self.manifest["encoder"]["sha256"])
        except (KeyError, TypeError) as error:
            raise ModelFolderError(
                f"{MANIFEST} of the model folder {self.path} does not tell its encoder (encoder)."
            ) from error
        return find_encoder(sha256, self.path)

    def learned_from(self) -> npt.NDArray[np.uint64]:
        """Return the sorted hashes of the texts the model learned from.

        Raises
        ------
        ModelFolderError
            If they cannot be read.
        """
        try:
            file = io.BytesIO(self.content.read(LEARNED_FROM))
            hashes: npt.NDArray[np.uint64] = np.load(file, allow_pickle=False)
        except (ValueError, OSError, EOFError) as error:
            raise ModelFolderError(f"{LEARNED_FROM} of the model cannot be read.") from error
        return hashes

    def outlets(self) -> list[str]:
        """Return the names of the outlets that the model learned from.

        Raises
        ------
        ModelFolderError
            If the manifest does not tell them.
        """
        names = self.manifest.get("outlets")
        if not isinstance(names, list):
            raise ModelFolderError(
                "The model's manifest does not tell which outlets it learned from (outlets)."
            )
        return [str(name) for name in names]

    def parameters(self, language: str) -> LanguageParameters:
        """Read the numbers of one language.

        Raises
        ------
        ModelFolderError
            If the arrays do not fit each other or the terms.
        """
        try:
            terms = tuple(self.content.read(f"{language}.terms").decode().split("\n"))
            file = io.BytesIO(self.content.read(f"{language}.npz"))
            with np.load(file, allow_pickle=False) as arrays:
                return parameters_from_arrays(terms, {name: arrays[name] for name in arrays})
        except _UNREADABLE as error:
            raise ModelFolderError(
                f"{language}.npz or {language}.terms of the model cannot be read: {error}."
            ) from error

    def screen(self) -> ScreenParameters | None:
        """Read the numbers of the screen; None of a model without one.

        Raises
        ------
        ModelFolderError
            If the arrays do not fit each other or the terms.
        """
        if SCREEN not in self.content.files:
            return None
        try:
            terms = tuple(self.content.read(SCREEN_TERMS).decode().split("\n"))
            file = io.BytesIO(self.content.read(SCREEN))
            with np.load(file, allow_pickle=False) as arrays:
                return _screen(terms, {name: arrays[name] for name in arrays})
        except _UNREADABLE as error:
            raise ModelFolderError(
                f"{SCREEN} or {SCREEN_TERMS} of the model cannot be read: {error}."
            ) from error


def open_folder(path: Path) -> ModelFolder:
    """Verify a model folder.

    Parameters
    ----------
    path
        The folder.

    Returns
    -------
    ModelFolder

    Raises
    ------
    ModelFolderError
        If a file is missing, was changed, or is not listed, or if the format version is unknown.
    """
    content = verified(path)
    manifest = _manifest(content)
    card = content.read(CARD).decode("utf-8", "replace")
    return ModelFolder(content, manifest, card)


def _manifest(content: Content) -> Mapping[str, Any]:
    try:
        manifest = json.loads(content.read(MANIFEST))
        version = manifest["format_version"]
    except (ValueError, KeyError, TypeError) as error:
        raise ModelFolderError(
            f"{MANIFEST} of the model folder {content.path} is not a manifest."
        ) from error
    formats.require(version, content.path)
    return dict(manifest)


# --- arrays to records, and back -----------------------------------------------------------


def parameters_from_arrays(terms: tuple[str, ...], a: Arrays) -> LanguageParameters:
    """Build the numbers of a language from named arrays; the inverse of `arrays_of`."""
    judging = _judging(a) if "words_idf" in a else None
    if judging and not judging.words.idf.shape == judging.words.coef.shape == (len(terms),):
        raise ValueError("the arrays and the terms differ in length")
    persuasion = _vector(a, "persuasion") if "persuasion_coef" in a else None
    techniques = None
    if "technique_names" in a:
        names = tuple(str(name) for name in a["technique_names"])
        techniques = Techniques(names, _vector(a, "technique"))
        if techniques.vector.bias.shape != (len(names),):
            raise ValueError("the arrays of the techniques differ in length")
    usual = Usual(a["usual_low"], a["usual_high"]) if "usual_low" in a else None
    return LanguageParameters(terms, judging, persuasion, techniques, usual)


def _judging(a: Arrays) -> Judging:
    words = LinearTerms(
        a["words_idf"].astype(np.float64),
        a["words_coef"].astype(np.float64),
        float(a["words_bias"]),
    )
    points = Points(a["accuse"], a["clear"], float(a["least_known"]))
    return Judging(
        words,
        _vector(a, "encoder"),
        StyleScale(a["style_mean"], a["style_spread"], a["style_knots"]),
        LinearStyle(a["style_coef"], float(a["style_bias"])),
        Reader(a["reader_coef"], a["reader_cuts"], a["signal_slopes"], a["signal_intercepts"]),
        points,
        _vector(a, "genre") if "genre_coef" in a else None,
    )


def _vector(a: Arrays, prefix: str) -> LinearVector:
    found = LinearVector(
        *(a[f"{prefix}_{part}"].astype(np.float64) for part in ("mean", "coef", "bias"))
    )
    if found.coef.shape != (*found.mean.shape, *found.bias.shape):
        raise ValueError(f"the arrays of {prefix} differ in length")
    return found


def _screen(terms: tuple[str, ...], a: Arrays) -> ScreenParameters:
    words = LinearTerms(a["idf"].astype(np.float64), a["coef"].astype(np.float64), float(a["bias"]))
    if not words.idf.shape == words.coef.shape == (len(terms),):
        raise ValueError("the arrays and the terms differ in length")
    readers = {
        str(language): Reader(coef, cuts, np.ones(1), np.zeros(1))
        for language, coef, cuts in zip(
            a["languages"], a["reader_coef"], a["reader_cuts"], strict=True
        )
    }
    return ScreenParameters(terms, words, readers, float(a["clear"]), float(a["least_known"]))


def screen_arrays(screen: ScreenParameters) -> dict[str, npt.NDArray[Any]]:
    """Name the arrays of a screen; numbers a term are kept in single precision."""
    languages = sorted(screen.readers)
    return {
        "idf": screen.words.idf.astype(np.float32),
        "coef": screen.words.coef.astype(np.float32),
        "bias": np.array(screen.words.bias),
        "languages": np.array(languages),
        "reader_coef": np.array([screen.readers[code].coef for code in languages]),
        "reader_cuts": np.array([screen.readers[code].cuts for code in languages]),
        "clear": np.array(screen.clear),
        "least_known": np.array(screen.least_known),
    }


def arrays_of(parameters: LanguageParameters) -> dict[str, npt.NDArray[Any]]:
    """Name the arrays of a language; numbers a term are kept in single precision."""
    arrays: dict[str, npt.NDArray[Any]] = {}
    if j := parameters.judging:
        arrays |= {
            "words_idf": j.words.idf.astype(np.float32),
            "words_coef": j.words.coef.astype(np.float32),
            "words_bias": np.array(j.words.bias),
            **_arrays("encoder", j.encoder),
            "style_mean": j.scale.mean,
            "style_spread": j.scale.spread,
            "style_knots": j.scale.knots,
            "style_coef": j.style.coef,
            "style_bias": np.array(j.style.bias),
            "reader_coef": j.reader.coef,
            "reader_cuts": j.reader.cuts,
            "signal_slopes": j.reader.slopes,
            "signal_intercepts": j.reader.intercepts,
            "accuse": j.points.accuse,
            "clear": j.points.clear,
            "least_known": np.array(j.points.least_known),
        }
        if j.genre:
            arrays |= _arrays("genre", j.genre)
    if parameters.persuasion:
        arrays |= _arrays("persuasion", parameters.persuasion)
    if t := parameters.techniques:
        arrays |= {"technique_names": np.array(t.names), **_arrays("technique", t.vector)}
    if u := parameters.usual:
        arrays |= {"usual_low": u.low, "usual_high": u.high}
    return arrays


def _arrays(prefix: str, vector: LinearVector) -> dict[str, npt.NDArray[Any]]:
    return {
        f"{prefix}_mean": vector.mean,
        f"{prefix}_coef": vector.coef,
        f"{prefix}_bias": np.asarray(vector.bias),
    }
