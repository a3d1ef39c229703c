"""``krynica evaluate``: what a model is worth on labelled tables, and its recipe fitted anew."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Annotated, Any

import typer

from service.options import ModelOption, some_processes


def evaluate(
    corpora: Annotated[
        list[Path], typer.Argument(metavar="CORPUS...", show_default=False, help="Labelled tables.")
    ],
    model: ModelOption = None,
    as_json: Annotated[
        bool, typer.Option("--json", help="All figures as one JSON object.")
    ] = False,
    plots: Annotated[
        Path | None,
        typer.Option("--plots", metavar="DIR", help="Folder for four pictures a language, in SVG."),
    ] = None,
    seed: Annotated[
        int | None,
        typer.Option("--seed", show_default=False, help="Of the random splits; else the model's."),
    ] = None,
    workers: Annotated[
        int,
        typer.Option(
            "--workers", callback=some_processes, help="Processes that read texts; -1: one a core."
        ),
    ] = -1,
) -> None:
    """Evaluate a model on rows it did not learn from, and its recipe fitted anew on all rows."""
    from service.scoring import load
    from service.terminal import one_line, say
    from training import plots as pictures
    from training.evaluation import evaluate as run

    result = run(corpora, load(model), seed=seed, jobs=workers, progress=say)
    if plots is not None:
        for path in pictures.write(result["protocol"], plots):
            say(f"Drawn: {one_line(str(path))}.")
    if as_json:
        print(json.dumps(result, ensure_ascii=False))
        return
    for line in _lines(result):
        print(one_line(line))


def _lines(result: dict[str, Any]) -> Iterator[str]:
    from training.summary import sentences

    yield "The finished model, on rows it did not learn from"
    yield from _finished(result)
    yield "The recipe, fitted anew on these tables for each split"
    for language, found in result["protocol"].items():
        yield from sentences(language, found)
    yield from result["protocol_refused"].values()


def _finished(result: dict[str, Any]) -> Iterator[str]:
    rows = result["rows"]
    if result["refused"]:
        yield result["refused"]
    else:
        yield f"{rows['evaluated']} rows evaluated; {rows['learned_from']} learned from, left out."
    for why, count in rows["left_out"].items():
        yield f"{count} left out: {why}."
    for language, parts in result["languages"].items():
        for part, name in (
            ("unseen_outlets", "outlets never seen"),
            ("known_outlets", "outlets the model knows"),
        ):
            if parts[part]:
                yield f"{language}, {name}: {_figures(parts[part])}"
        if parts["passages"]:
            count, auc = parts["passages"]["count"], parts["passages"]["auc"]
            yield f"{language}, marked passages: {count}, AUC {_number(auc)}"


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
