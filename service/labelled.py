"""What the command line says of labelled tables: whose their labels are, and what things mean."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from krynica.service.errors import CallError

if TYPE_CHECKING:
    from krynica.data.corpus.labelled import Basis
    from krynica.data.corpus.layout import Layout


def said_of_labels(
    labels: Sequence[str] | None, encoding: str | None = None, **columns: str | None
) -> tuple[Basis | None, Layout]:
    """Return whose labels are, None where nobody said it, and how the tables are laid out.

    Parameters
    ----------
    labels
        Values of ``--labels``, each one or several divided by commas.
    encoding
        Codec of tables of text.
    **columns
        Names of columns by those of a labelled corpus; None where none was given.

    Raises
    ------
    service.errors.CallError
        If a value is none that the option takes.
    """
    from krynica.data.corpus.labelled import ARTICLE_LABELS, PASSAGE_LABELS, Basis
    from krynica.data.corpus.layout import Layout

    ours = (*ARTICLE_LABELS, *PASSAGE_LABELS)
    owner, meant = None, {}
    for word in _words(labels or ()):
        theirs, divided, label = (part.strip() for part in word.rpartition("="))
        if not divided and label in {Basis.TEXT.value, Basis.OUTLET.value}:
            owner = Basis(label)
        elif theirs and label.casefold() in ours:
            meant[theirs] = label.casefold()
        else:
            raise CallError(
                f"--labels takes text, outlet, or a label and what it means, such as "
                f"fake=propaganda; not “{word}”. A label can mean {', '.join(ours)}."
            )
    named = {name: column for name, column in columns.items() if column is not None}
    return owner, Layout(named, meant, encoding)


def _words(labels: Sequence[str]) -> Iterator[str]:
    for value in labels:
        yield from filter(None, map(str.strip, value.split(",")))
