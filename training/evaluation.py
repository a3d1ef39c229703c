"""Evaluate a model on labelled tables: what it says of new rows, and what its recipe is worth."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from classifier.errors import CorpusError
from classifier.model import Model
from data.labelled import read_corpus
from training.figures import Figures
from training.holdout import finished
from training.material import gather
from training.prepare import prepare
from training.protocol import measure
from training.work import Work


def evaluate(
    paths: Sequence[Path],
    model: Model,
    *,
    seed: int | None = None,
    jobs: int = -1,
    progress: Callable[[str], None] = lambda _: None,
) -> dict[str, Any]:
    """Evaluate a model on labelled tables, and its recipe fitted anew on them.

    Parameters
    ----------
    paths
        Labelled tables; those that the model learned from are welcome.
    model
        The model.
    seed
        Of the random splits; else the one the model was trained with.
    jobs
        Processes that read texts; -1 for one a core.
    progress
        Called with a sentence at each step.

    Returns
    -------
    dict
        ``model``; ``rows``, ``refused`` and ``languages`` of `training.holdout.finished`; and
        ``protocol``, the figures of each language as `training.protocol.measure` returns them,
        with ``protocol_refused``, by language why there are none. On the tables and with the seed
        of its training they are those of the model's card.

    Raises
    ------
    CorpusError
        If neither part can tell anything.
    """
    corpus = read_corpus(paths)
    told = finished(corpus, model)
    progress(f"{told['rows']['evaluated']} rows are scored with the finished model.")
    prepared = prepare(corpus)
    work = Work(jobs, say=progress)
    materials, refused = gather(prepared, work)
    seed = int(model.manifest["seed"]) if seed is None else seed
    protocol = measure(materials, prepared.articles, seed, work=work)
    if told["refused"] and not any(map(_tells, protocol.values())):
        lacking = [str(found.get("articles_refused")) for found in protocol.values()]
        raise CorpusError(" ".join([told["refused"], *refused.values(), *lacking]))
    return {
        "model": {"name": model.id.name, "version": model.id.version, "sha256": model.id.sha256},
        **told,
        "protocol": protocol,
        "protocol_refused": refused,
    }


def _tells(found: Figures) -> bool:
    return "articles" in found or "passages" in found
