"""A model folder: read, verified, then built. Nothing in it can run code.

::

    manifest.json     format version, name, version, what the model learned from, metrics
    MODEL_CARD.md     the same for people
    SHA256SUMS        of every other file, as ``sha256sum -c`` reads it
    <language>.terms  terms, one a line, UTF-8
    <language>.npz    arrays of numbers, read with ``allow_pickle=False``
    learned_from.npy  a hash of each text that was learned from, sorted
"""

from __future__ import annotations

import hashlib
import json
import zipfile
import zlib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from classifier import formats
from classifier.answer import ModelId
from classifier.errors import ModelFolderError
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

FORMAT_VERSION = formats.CURRENT
"""Of folders that are written; `classifier.formats` tells when it is raised, and what is read."""

LEARNED_FROM = "learned_from.npy"
SUMS, MANIFEST, CARD = "SHA256SUMS", "manifest.json", "MODEL_CARD.md"
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


@dataclass(frozen=True)
class ModelFolder:
    """A folder whose every byte has been checked.

    Parameters
    ----------
    path
        The folder.
    manifest
        What `manifest.json` says, brought up to today's format.
    card
        The model card, Markdown. Kept, as the manifest is: what stands at `path` may be gone, or
        another model, by the time it is asked for.
    sha256
        Checksum of its ``SHA256SUMS``.
    """

    path: Path
    manifest: Mapping[str, Any]
    card: str
    sha256: str

    @property
    def id(self) -> ModelId:
        """Name, version and checksum."""
        return ModelId(str(self.manifest["name"]), str(self.manifest["version"]), self.sha256)

    @property
    def languages(self) -> tuple[str, ...]:
        """Languages the model has numbers for."""
        return tuple(self.manifest["languages"])

    def learned_from(self) -> npt.NDArray[np.uint64]:
        """Return the sorted hashes of the texts the model learned from.

        Raises
        ------
        ModelFolderError
            If they cannot be read.
        """
        try:
            hashes: npt.NDArray[np.uint64] = np.load(self.path / LEARNED_FROM, allow_pickle=False)
        except (ValueError, OSError) as error:
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
            terms = tuple((self.path / f"{language}.terms").read_text("utf-8").split("\n"))
            # Opened here: numpy leaves a file open that is no archive after all.
            with (
                (self.path / f"{language}.npz").open("rb") as file,
                np.load(file, allow_pickle=False) as arrays,
            ):
                return parameters_from_arrays(terms, {name: arrays[name] for name in arrays})
        except _UNREADABLE as error:
            raise ModelFolderError(
                f"{language}.npz or {language}.terms of the model cannot be read: {error}."
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
    if not path.is_dir():
        raise ModelFolderError(f"There is no model folder {path}.")
    sums = _read_bytes(path, SUMS)
    expected = _listed(sums)
    present = {item.name for item in path.iterdir()} - {SUMS}
    for name in sorted(expected.keys() - present):
        raise ModelFolderError(f"The model folder {path} lacks the file {name}.")
    for name in sorted(present - expected.keys()):
        raise ModelFolderError(f"The model folder {path} has a file too many: {name}.")
    for name, digest in sorted(expected.items()):
        if hashlib.sha256(_read_bytes(path, name)).hexdigest() != digest:
            raise ModelFolderError(f"The file {name} of the model folder {path} was changed.")
    manifest = _manifest(path)
    card = _read_bytes(path, CARD).decode("utf-8", "replace")
    return ModelFolder(path, manifest, card, hashlib.sha256(sums).hexdigest())


def _manifest(path: Path) -> Mapping[str, Any]:
    if not (path / MANIFEST).exists():
        raise ModelFolderError(f"The model folder {path} lacks the file {MANIFEST}.")
    try:
        manifest = json.loads(_read_bytes(path, MANIFEST))
        version = manifest["format_version"]
    except (ValueError, KeyError, TypeError) as error:
        raise ModelFolderError(
            f"{MANIFEST} of the model folder {path} is not a manifest."
        ) from error
    if not formats.is_read(version):
        raise ModelFolderError(
            f"{MANIFEST} of the model folder {path} has format version {version}; this program "
            f"reads versions {formats.PREVIOUS} and {formats.CURRENT}."
        )
    return formats.brought_up(manifest)


def _read_bytes(path: Path, name: str) -> bytes:
    try:
        return (path / name).read_bytes()
    except OSError as error:
        raise ModelFolderError(f"The model folder {path} lacks the file {name}.") from error


def _listed(sums: bytes) -> dict[str, str]:
    """Read lines of ``<sha256>  <name>``."""
    listed: dict[str, str] = {}
    for line in sums.decode("utf-8", "replace").splitlines():
        digest, _, name = line.partition("  ")
        if len(digest) != 64 or not name or "/" in name or "\\" in name:
            raise ModelFolderError(f"{SUMS} of the model folder has a line that is no checksum.")
        listed[name] = digest
    return listed


# --- arrays to records, and back -----------------------------------------------------------


def _terms(a: Arrays, prefix: str) -> LinearTerms:
    return LinearTerms(
        a[f"{prefix}_idf"].astype(np.float64),
        a[f"{prefix}_coef"].astype(np.float64),
        float(a[f"{prefix}_bias"]),
    )


def _scale(a: Arrays, prefix: str) -> StyleScale:
    return StyleScale(*(a[f"{prefix}_{part}"] for part in ("mean", "spread", "knots")))


def parameters_from_arrays(terms: tuple[str, ...], a: Arrays) -> LanguageParameters:
    """Build the numbers of a language from named arrays; the inverse of `arrays_of`."""
    views: list[LinearTerms] = []
    persuasion, articles = None, None
    if "persuasion_idf" in a:
        persuasion = Persuasion(
            _terms(a, "persuasion"),
            _scale(a, "persuasion_style"),
            LinearStyle(a["persuasion_style_coef"], float(a["persuasion_style_bias"])),
            *(float(part) for part in a["persuasion_platt"]),
        )
        views.append(persuasion.terms)
    if "outlet_idf" in a:
        combiner = Combiner(
            a["combiner_coef"],
            float(a["combiner_bias"]),
            a["signal_slopes"],
            a["signal_intercepts"],
            *(float(part) for part in a["operating_points"]),
        )
        style = LinearStyle(a["style_coef"], float(a["style_bias"]))
        articles = Articles(_terms(a, "outlet"), _scale(a, "style"), style, combiner)
        views.append(articles.outlet)
    usual = Usual(a["usual_low"], a["usual_high"]) if "usual_low" in a else None
    techniques = _techniques(a) if "technique_names" in a else None
    if any(array.shape != (len(terms),) for view in views for array in (view.idf, view.coef)):
        raise ValueError("the arrays and the terms differ in length")
    if techniques is not None and not np.all(techniques.columns < len(terms)):
        raise ValueError("the techniques name terms that are not there")
    return LanguageParameters(terms, persuasion, articles, techniques, usual)


def _techniques(a: Arrays) -> Techniques:
    names = tuple(str(name) for name in a["technique_names"])
    columns, coef, style = a["technique_columns"], a["technique_coef"], a["technique_style"]
    bias = a["technique_bias"]
    shapes = (columns.shape, coef.shape, style.shape[1:], bias.shape)
    if shapes != (coef.shape[:1], (len(columns), len(names)), (len(names),), (len(names),)):
        raise ValueError("the arrays of the techniques differ in length")
    return Techniques(
        names,
        columns.astype(np.int64),
        coef.astype(np.float64),
        style.astype(np.float64),
        bias,
    )


def arrays_of(parameters: LanguageParameters) -> dict[str, npt.NDArray[Any]]:
    """Name the arrays of a language; numbers a term are kept in single precision."""
    p, a = parameters.persuasion, parameters.articles
    arrays: dict[str, npt.NDArray[Any]] = {}
    if p is not None:
        arrays |= _arrays("persuasion", p.terms, "persuasion_style", p.scale, p.style)
        arrays["persuasion_platt"] = np.array([p.slope, p.intercept])
    if a is not None:
        arrays |= _arrays("outlet", a.outlet, "style", a.scale, a.style)
        arrays["combiner_coef"], arrays["combiner_bias"] = (
            a.combiner.coef,
            np.array(a.combiner.bias),
        )
        arrays["signal_slopes"] = a.combiner.slopes
        arrays["signal_intercepts"] = a.combiner.intercepts
        arrays["operating_points"] = np.array(
            [a.combiner.accuse, a.combiner.clear, a.combiner.least_known]
        )
    if t := parameters.techniques:
        arrays["technique_names"] = np.array(t.names)
        arrays["technique_columns"] = t.columns.astype(np.int32)
        arrays["technique_coef"] = t.coef.astype(np.float32)
        arrays["technique_style"] = t.style_coef.astype(np.float32)
        arrays["technique_bias"] = t.bias
    if u := parameters.usual:
        arrays["usual_low"], arrays["usual_high"] = u.low, u.high
    return arrays


def _arrays(
    view: str, terms: LinearTerms, prefix: str, scale: StyleScale, style: LinearStyle
) -> dict[str, npt.NDArray[Any]]:
    return {
        f"{view}_idf": terms.idf.astype(np.float32),
        f"{view}_coef": terms.coef.astype(np.float32),
        f"{view}_bias": np.array(terms.bias),
        f"{prefix}_mean": scale.mean,
        f"{prefix}_spread": scale.spread,
        f"{prefix}_knots": scale.knots,
        f"{prefix}_coef": style.coef,
        f"{prefix}_bias": np.array(style.bias),
    }
