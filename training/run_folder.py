"""A run folder: everything needed to repeat a training, and what it showed.

No text is in it but what the check quotes.

::

    run.json          options, checksums of tables, splits and model, versions
    requirements.txt  every package that was there, as ``pip install -r`` reads it
    check.json        what the check of the corpus found
    splits.csv        each article by a hash of its text, and the group it was held out with
    figures.json      all figures of the card
    plots/            pictures of them
    steps/            vectors of texts by their hash, which a second run finds again
"""

from __future__ import annotations

import csv
import hashlib
import io
import json
import platform
import shutil
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict
from importlib.metadata import distributions, version
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from krynica.classifier.errors import KrynicaError
from krynica.data.atomic import hidden, keep
from krynica.training.check.finding import Finding
from krynica.training.fit.material import Material
from krynica.training.report import plots
from krynica.training.results.records import as_json
from krynica.training.results.worth import Metrics

STEPS = "steps"
_FILES = {STEPS, "plots", "check.json", "splits.csv", "figures.json", "requirements.txt"}


class RunFolder:
    """A folder that is written while a training runs.

    Parameters
    ----------
    path
        The folder; made where it is missing.
    configuration
        All that decides what the run makes.

    Raises
    ------
    KrynicaError
        If it cannot be written, or holds something that is no run.
    """

    def __init__(self, path: Path, configuration: Mapping[str, Any]) -> None:
        self.path = path
        self._configuration = configuration
        require_run(path)
        self.steps = path / STEPS
        try:
            self.steps.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise KrynicaError(f"The run folder {path} cannot be written: {error}.") from error

    def finish(
        self,
        findings: Sequence[Finding],
        splits: Mapping[str, str],
        figures: Metrics,
        model: str,
    ) -> None:
        """Write what a run showed; its vectors stay.

        Parameters
        ----------
        findings
            What the check found.
        splits
            Of each language, as `split_table` gives it.
        figures
            Of each language.
        model
            Checksum of the model that was written.

        Raises
        ------
        KrynicaError
            If the folder cannot be written.
        """
        run = {
            **self._configuration,
            "splits": {language: digest(table) for language, table in splits.items()},
            "model": model,
            "versions": _versions(),
            "platform": platform.platform(),
        }
        try:
            self._write("check.json", _json([asdict(finding) for finding in findings]))
            self._write("splits.csv", _HEAD + "".join(splits.values()))
            self._write("figures.json", _json(as_json(figures)))
            self._write("requirements.txt", "".join(_requirements()))
            shutil.rmtree(self.path / "plots", ignore_errors=True)  # those of an earlier run
            plots.write(figures, self.path / "plots")
            self._write("run.json", _json(run))
        except OSError as error:
            raise KrynicaError(f"The run folder {self.path} cannot be written: {error}.") from error

    def _write(self, name: str, content: str) -> None:
        part = hidden(self.path / name)
        part.write_text(content, "utf-8")
        keep(part, self.path / name)


def require_run(path: Path) -> None:
    """Check that a folder is a run's, or empty: nothing else is written over.

    Raises
    ------
    KrynicaError
        If it is not.
    """
    if path.is_dir():
        there = {one.name for one in path.iterdir() if ".part" not in one.name}
        stopped = STEPS in there and there <= _FILES
        if there and "run.json" not in there and not stopped:
            raise KrynicaError(f"{path} holds something else than a run; name another with --run.")


def split_table(material: Material | None, fold: npt.NDArray[np.int64] | None) -> dict[str, str]:
    """Return which texts were held out together, as lines of CSV by language.

    Parameters
    ----------
    material, fold
        Texts, and the fold of each as `training.fit.crossfit.folds_of` gives it; None without any.

    Returns
    -------
    dict
        Language, hash of the text, whether it reads as propaganda, outlet and fold of each,
        sorted; with no head.
    """
    told: dict[str, str] = {}
    if material is None or fold is None:
        return told
    for language in np.unique(material.language).tolist():
        rows = np.flatnonzero(material.language == language)
        columns = (
            [f"{number:016x}" for number in material.text[rows].tolist()],
            material.propaganda[rows].astype(int).tolist(),
            material.outlet[rows].tolist(),
            fold[rows].tolist(),
        )
        lines = io.StringIO()
        writer = csv.writer(lines, lineterminator="\n")
        writer.writerows([language, *row] for row in sorted(zip(*columns, strict=True)))
        told[language] = lines.getvalue()
    return told


_HEAD = "language,text_hash,propaganda,outlet,fold\n"


def digest(table: str) -> str:
    """Return the checksum of a language's split."""
    return hashlib.sha256(table.encode()).hexdigest()


def _versions() -> dict[str, str]:
    names = ("krynica", "numpy", "scipy", "scikit-learn", "spacy", "lingua-language-detector")
    found = {name: version(name) for name in names if any(distributions(name=name))}
    return {"python": platform.python_version(), **found}


def _requirements() -> Iterable[str]:
    there = {(one.name.lower(), one.version) for one in distributions() if one.name}
    return (f"{name}=={number}\n" for name, number in sorted(there))


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, indent=1, sort_keys=True) + "\n"
