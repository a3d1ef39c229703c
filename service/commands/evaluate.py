"""``krynica evaluate``: what a model is worth on labelled tables that it did not learn from."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Annotated, Any

import typer

from service.options import ModelOption


def evaluate(
    corpora: Annotated[
        list[Path], typer.Argument(metavar="CORPUS...", show_default=False, help="Labelled tables.")
    ],
    model: ModelOption = None,
    as_json: Annotated[
        bool, typer.Option("--json", help="All figures as one JSON object.")
    ] = False,
) -> None:
    """Evaluate a model. Rows it learned from are left out and counted."""
    from service.scoring import load
    from service.terminal import one_line
    from training.holdout import evaluate as run

    result = run(corpora, load(model))
    if as_json:
        print(json.dumps(result, ensure_ascii=False))
        return
    for line in _lines(result):
        print(one_line(line))


def _lines(result: dict[str, Any]) -> list[str]:
    rows = result["rows"]
    lines = [f"{rows['evaluated']} rows evaluated; {rows['learned_from']} learned from, left out."]
    lines += [f"{count} left out: {why}." for why, count in rows["left_out"].items()]
    for language, parts in result["languages"].items():
        for part, name in (
            ("unseen_outlets", "outlets never seen"),
            ("known_outlets", "outlets the model knows"),
        ):
            if parts[part]:
                lines.append(f"{language}, {name}: {_figures(parts[part])}")
        if parts["passages"]:
            count, auc = parts["passages"]["count"], parts["passages"]["auc"]
            lines.append(f"{language}, marked passages: {count}, AUC {_number(auc)}")
    return lines


def _figures(m: dict[str, Any]) -> str:
    counts = m["articles"]
    return (
        f"{counts['propaganda']} propaganda, {counts['journalism']} journalism; "
        f"AUC {_number(m['auc'])}, falsely accused {_percent(m['falsely_accused'])}, "
        f"propaganda found {_percent(m['propaganda_found'])}, "
        f"clear verdicts {_percent(m['clear_verdicts'])}, "
        f"calibration error {_number(m['calibration_error'])}"
    )


def _number(value: float | None) -> str:
    return "not to be told" if value is None else f"{value:.3f}"


def _percent(value: float | None) -> str:
    return "not to be told" if value is None else f"{value:.1%}"
