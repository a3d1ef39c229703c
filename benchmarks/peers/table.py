"""Figures of what the contenders said, and the Markdown table of them."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from pathlib import Path

import numpy as np
import numpy.typing as npt
import pandas as pd
from rows import held_out, stacked

from training.articles import weights
from training.metrics import auc, calibration_error, outlet_interval, recall_at, within

COLUMNS: dict[str, tuple[str, str, int]] = {
    "auc": ("AUC", "{:.3f}", 1),
    "recall": ("propaganda found at 2% falsely accused", "{:.1%}", 1),
    "accused": ("falsely accused, own cut", "{:.1%}", -1),
    "found": ("propaganda found, own cut", "{:.1%}", 1),
    "unclear": ("unclear", "{:.1%}", 0),
    "calibration": ("calibration error", "{:.3f}", -1),
    "fit": ("CPU s to fit", "{:.1f}", -1),
    "score": ("CPU s to score 1,000", "{:.2f}", -1),
    "memory": ("peak MB", "{:.0f}", -1),
    "size": ("model MB", "{:.1f}", -1),
}
"""Heading, format, and which end is best: 1 the largest, -1 the smallest, 0 neither."""
Figures = Mapping[str, float | None]


def read(folder: Path, name: str, language: str, memory: int) -> str | dict[str, float | None]:
    """Return a contender's figures on a language, or the sentence that says why it has none."""
    result = folder / f"{name}-{language}"
    if not result.with_suffix(".json").exists():
        return "not run: it ended with an error."
    cost = json.loads(result.with_suffix(".json").read_text("utf-8"))
    if "skipped" in cost:
        return str(cost["skipped"])
    table = pd.read_parquet(folder / f"{language}.parquet")
    said = np.load(result.with_suffix(".npz"))
    shares = figures(table, said["p"], said["verdict"])
    size = {"size": cost["size"] / 1e6, "memory": memory / 1024}
    return {**shares, "fit": cost["fit"], "score": cost["score"], **size}


def figures(
    table: pd.DataFrame, p: npt.NDArray[np.float64], verdict: npt.NDArray[np.str_]
) -> dict[str, float | None]:
    """Compute the figures of predictions that stand block after block."""
    row, block = stacked(held_out(table))
    label = table["label"].to_numpy().astype(np.int64)[row]
    outlet = table["outlet"].to_numpy().astype(object)[row]
    weight = weights(label, outlet) / np.bincount(row)[row]
    interval = outlet_interval(label, p, block, outlet.astype(str)) or (None, None)
    return {
        "auc": within(auc, label, p, block),
        "low": interval[0],
        "high": interval[1],
        "recall": within(recall_at, label, p, block),
        "accused": float((verdict[label == 0] == "propaganda").mean()),
        "found": float((verdict[label == 1] == "propaganda").mean()),
        "unclear": float((verdict == "unclear").mean()),
        "calibration": calibration_error(label, p, weight),
    }


def render(language: str, found: Mapping[str, str | Figures]) -> list[str]:
    """Return the lines of one language, the best AUC first; those that were not run come last."""
    ran = {name: row for name, row in found.items() if not isinstance(row, str)}
    order = sorted(ran, key=lambda name: -(ran[name]["auc"] or 0.0))
    shown = {name: _cells(ran[name]) for name in order}
    for key, (_, _, end) in COLUMNS.items():
        _embolden(shown, ran, key, end)
    lines = [_line([language, name, *shown[name].values()]) for name in order]
    empty = [""] * (len(COLUMNS) - 1)
    not_run = [(name, why) for name, why in found.items() if isinstance(why, str)]
    return lines + [_line([language, name, why, *empty]) for name, why in not_run]


def _cells(row: Figures) -> dict[str, str]:
    return {key: _cell(row[key], form) for key, (_, form, _) in COLUMNS.items()}


def _cell(value: float | None, form: str) -> str:
    return "–" if value is None else form.format(value)


def _embolden(
    shown: dict[str, dict[str, str]], ran: Mapping[str, Figures], key: str, end: int
) -> None:
    """Set the best figure of a column bold, and those that are printed alike."""
    values = {name: value for name, row in ran.items() if (value := row[key]) is not None}
    if not end or not values:
        return
    best = shown[max(values, key=lambda name: end * values[name])][key]
    for name, cells in shown.items():
        bold = f"**{cells[key]}**" if cells[key] == best else cells[key]
        interval = ran[name].get("low"), ran[name].get("high")
        if key == "auc" and None not in interval:
            bold += " ({:.3f}–{:.3f})".format(*interval)
        cells[key] = bold


def head() -> list[str]:
    """Return the heading of the table."""
    names = [name for name, _, _ in COLUMNS.values()]
    return [_line(["language", "peer", *names]), _line(["---"] * (len(names) + 2))]


def _line(cells: Sequence[str]) -> str:
    return f"| {' | '.join(cells)} |".replace("  ", " ")


def counted(folder: Path, language: str) -> str:
    """Say in a sentence how many articles and outlets of each class a language has."""
    table = pd.read_parquet(folder / f"{language}.parquet")
    kinds = []
    for label, kind in ((1, "propaganda"), (0, "journalism")):
        part = table[table["label"] == label]
        kinds.append(f"{len(part)} of {kind} from {part['outlet'].nunique()} outlets")
    return f"{language}: {len(table)} articles, {', '.join(kinds)}."
