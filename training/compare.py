"""Compare two models on labelled rows that neither learned from."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Any

import numpy as np

from krynica.classifier.errors import CorpusError
from krynica.classifier.model import Model
from krynica.data.corpus.labelled import Basis, read_corpus
from krynica.data.corpus.layout import AS_IT_IS, Layout
from krynica.data.corpus.outlet_names import KnownOutlets
from krynica.training.figures import Figures
from krynica.training.pairs import BoolArray, Pairs, by_outlet, paired
from krynica.training.replacing import language_verdict, whole_verdict
from krynica.training.unmet import answered, known_outlets, unmet


def compare(
    paths: Sequence[Path],
    a: Model,
    b: Model,
    *,
    labels_of: Basis | None = None,
    layout: Layout = AS_IT_IS,
    jobs: int = -1,
    progress: Callable[[str], None] = lambda _: None,
) -> dict[str, Any]:
    """Compare two models on articles that neither learned from.

    Where texts were scored, or labelled themselves, these tell how they read; of the others, some
    of every newsroom count as plain. Where no text was, the outlets' labels tell. Articles of
    outlets that either model, or its encoder, learned from flatter it, so they are told apart and
    decide nothing, under whatever name `data.corpus.outlet_names` knows them by. Marked passages
    are not looked at.

    Parameters
    ----------
    paths
        Labelled tables; those that the models learned from are welcome, and are left out.
    a, b
        The model in use, and the one that may replace it.
    labels_of
        What labels of articles without a score tell of; None tells it from the tables.
    layout
        What columns and labels are called in the tables.
    jobs
        Processes that score; -1 for one a core.
    progress
        Called with a sentence at each step.

    Returns
    -------
    dict
        ``a``, ``b``: name, version and sha256; ``rows``: how many were ``compared``, and how many
        ``learned_from`` by either, ``repeated``, in an ``other_language``, ``not_read`` (labelled
        by outlet alone, where others were read), ``not_judged`` by
        either and, by reason, ``left_out``. ``known_as``: names of outlets that a model knows by
        another one, and that. ``languages``: of each that either model judges,
        ``judged_by``; whether the models are ``the_same`` there; ``unseen_outlets`` and
        ``known_outlets``, each None or `training.pairs.paired` and ``by_outlet``; and
        ``verdict``, as `training.replacing.language_verdict` gives it. ``together``:
        `training.pairs.paired` of all rows of outlets never seen, or None. ``verdict``: that on
        the whole.

    Raises
    ------
    CorpusError
        If nothing is left that can tell anything.
    ModelFolderError
        If a model cannot tell what it learned from.
    """
    outlets = known_outlets([a, b])
    corpus = read_corpus(paths, labels_of, layout)
    rows, counts = unmet(corpus.articles, (a, b))
    progress(f"{len(rows)} articles are scored with both models.")
    pairs = answered(rows, a, b, jobs)
    judged = ~(np.isnan(pairs.a.p) & np.isnan(pairs.b.p))
    if not judged.any():
        raise CorpusError("Neither model judges any of these articles.")
    known = outlets.rows(rows)
    languages = {
        language: _language(language, pairs, judged & (pairs.language == language), known, a, b)
        for language in sorted({*_judging(a), *_judging(b)})
    }
    unseen = judged & ~known
    return {
        "a": _identity(a),
        "b": _identity(b),
        "rows": {
            "compared": int(judged.sum()),
            **counts,
            "not_judged": int((~judged).sum()),
            "left_out": corpus.left_out,
        },
        "known_as": _known_as(rows["outlet"], outlets),
        "languages": languages,
        "together": paired(pairs.take(unseen)) if unseen.any() else None,
        "verdict": whole_verdict(
            [one["verdict"]["answer"] for one in languages.values()],
            ranked=any(map(_is_ranked, languages.values())),
        ),
    }


def _language(
    language: str, pairs: Pairs, mine: BoolArray, known: BoolArray, a: Model, b: Model
) -> Figures:
    judged_by = {"a": language in _judging(a), "b": language in _judging(b)}
    unseen = _figures(pairs, mine & ~known)
    same = _same(a, b, language)
    return {
        "judged_by": judged_by,
        "the_same": same,
        "unseen_outlets": unseen,
        "known_outlets": _figures(pairs, mine & known),
        "verdict": language_verdict(unseen, judged_by, the_same=same),
    }


def _is_ranked(found: Figures) -> bool:
    unseen = found["unseen_outlets"]
    return unseen is not None and unseen["figures"]["auc"]["b"] is not None


def _figures(pairs: Pairs, rows: BoolArray) -> Figures | None:
    if not rows.any():
        return None
    some = pairs.take(rows)
    return {**paired(some), "by_outlet": by_outlet(some)}


def _judging(model: Model) -> set[str]:
    """Return the languages whose articles a model judges."""
    return {language for language, of in model.manifest["languages"].items() if "articles" in of}


def _same(a: Model, b: Model, language: str) -> bool:
    """Tell whether two models hold the same numbers for a language."""
    if a.encoder.sha256 != b.encoder.sha256 or a.minimum_words != b.minimum_words:
        return False
    if language not in _judging(a) & _judging(b):
        return False
    return all(
        (a.source.path / name).read_bytes() == (b.source.path / name).read_bytes()
        for name in (f"{language}.terms", f"{language}.npz")
    )


def _known_as(names: Iterable[str], outlets: KnownOutlets) -> dict[str, str]:
    """Return the names that models know by another one, and that."""
    met = {name: outlets.match(name) for name in sorted(set(names))}
    return {name: known for name, known in met.items() if known and known != name}


def _identity(model: Model) -> dict[str, str]:
    id_ = model.id
    return {"name": id_.name, "version": id_.version, "sha256": id_.sha256}
