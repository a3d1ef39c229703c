"""The Typer application: one verb, one file in `service.commands`, registered here."""

from __future__ import annotations

from typing import Annotated

import typer

from krynica.service.commands.annotate import annotate
from krynica.service.commands.batch import batch
from krynica.service.commands.collect import collect
from krynica.service.commands.compare import compare
from krynica.service.commands.evaluate import evaluate
from krynica.service.commands.feed import feed
from krynica.service.commands.model import models
from krynica.service.commands.score import score
from krynica.service.commands.serve import serve
from krynica.service.commands.train import train
from krynica.service.options import CONTEXT

VERBS = (score, batch, feed, collect, train, evaluate, compare, serve)
"""In the order in which help lists them; a verb's name is its function's."""

app = typer.Typer(
    name="krynica",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
    context_settings=CONTEXT,
)
for verb in VERBS:
    app.command()(verb)
app.add_typer(annotate)
app.add_typer(models, name="model")


def _version(wanted: bool) -> None:  # how Typer calls back
    if wanted:
        from krynica.service.version import version

        print(f"krynica {version()}")
        raise typer.Exit


@app.callback()
def krynica(
    *,
    version: Annotated[
        bool,
        typer.Option("--version", is_eager=True, callback=_version, help="Show the version."),
    ] = False,
) -> None:
    """Tell whether a text reads like propaganda or like journalism."""
    del version
