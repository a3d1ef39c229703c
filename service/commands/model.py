"""``krynica model``: which model answers, its card, its check; and the models that have a name."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from typer.core import TyperGroup

if TYPE_CHECKING:
    from krynica.service.registry import Entry

_SHOW = "show"


class _FolderOrVerb(TyperGroup):
    """Takes what is no verb for a model to show."""

    def resolve_command(self, ctx, args):  # type: ignore[no-untyped-def]  # noqa: ANN001, ANN202  # Typer hides the classes it is made of
        """Put the verb before what is none."""
        return super().resolve_command(ctx, args if args[0] in self.commands else [_SHOW, *args])


models = typer.Typer(
    cls=_FolderOrVerb,
    invoke_without_command=True,
    rich_markup_mode=None,
    help="Show a model, or manage named models.\n\nWith DIR (a folder or a name), or nothing for "
    "the model in use: its folder, its card, the check of its checksums. Write ./list for a "
    "folder named like one of the commands below.",
    subcommand_metavar="[DIR | COMMAND ...]",
)
Name = Annotated[
    str, typer.Argument(metavar="NAME", show_default=False, help="“default” is the one that ships.")
]


@models.callback()
def model(context: typer.Context) -> None:
    """Show the model in use where nothing is said."""
    if context.invoked_subcommand is None:
        show(None)


@models.command(_SHOW, hidden=True)
def show(
    folder: Annotated[
        str | None,
        typer.Argument(metavar="[DIR]", show_default=False, help="Folder or name."),
    ] = None,
) -> None:
    """Show a model: its folder, its card, and the check of its checksums."""
    from krynica.classifier.folder import SUMS
    from krynica.service.scoring import load
    from krynica.service.terminal import one_line, visible

    source = load(folder).source
    files = sum(1 for _ in source.path.iterdir()) - 1
    print(one_line(str(source.path.resolve())))
    print(f"\n{visible(source.card).strip()}\n")
    print(f"checksums: {files} files, all as listed in {SUMS}")


@models.command("list")
def list_models() -> None:
    """List named models."""
    from krynica.service.registry import Registry
    from krynica.service.terminal import one_line

    for entry in Registry().entries():
        print(f"{'*' if entry.in_use else ' '} {one_line(_told(entry))}")


@models.command()
def add(
    folder: Annotated[Path, typer.Argument(metavar="DIR", show_default=False)],
    name: Annotated[
        str | None,
        typer.Option(
            "--name", show_default=False, help="Its name; default: the one in its manifest."
        ),
    ] = None,
) -> None:
    """Check a model folder, and keep a copy under a name."""
    from krynica.service.registry import Registry
    from krynica.service.terminal import one_line

    print(one_line(_told(Registry().add(folder, name))))


@models.command()
def use(name: Name) -> None:
    """Make a model the default."""
    from krynica.service.registry import Registry

    Registry().use(name)
    print(f"In use: {name}.")


@models.command()
def remove(name: Name) -> None:
    """Remove a named model, unless it is in use."""
    from krynica.service.registry import Registry

    Registry().remove(name)
    print(f"Removed: {name}.")


@models.command()
def diff(
    a: Annotated[str, typer.Argument(metavar="A", help="Folder or name.")],
    b: Annotated[str, typer.Argument(metavar="B", help="Folder or name.")],
) -> None:
    """Show how two models differ."""
    from krynica.service.scoring import load
    from krynica.service.terminal import indented
    from krynica.training.comparison.differences import differences

    for line in differences(load(a).source, load(b).source):
        print(indented(line))


def _told(entry: Entry) -> str:
    if entry.source is None:
        return f"{entry.name}: cannot be used. {entry.wrong}"
    id_ = entry.source.id
    languages = " ".join(entry.source.languages)
    return f"{entry.name}: {id_.name} {id_.version} ({id_.sha256[:12]}), {languages}; {entry.path}"
