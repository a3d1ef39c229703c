"""A training run: corpus in, model folder out, the unseen-outlet result first."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np
import pandas as pd

from classifier.errors import CorpusError
from classifier.parameters import LanguageParameters
from data.labelled import read_corpus
from training.articles import fit_articles
from training.duplicates import text_hash
from training.figures import Figures
from training.material import Material, gather
from training.merge import merge
from training.model_folder import Provenance, write_model
from training.prepare import Prepared, prepare
from training.protocol import measure
from training.summary import summary

Progress = Callable[[str], None]


def train(
    paths: Sequence[Path],
    output: Path,
    *,
    name: str = "krynica",
    version: str = "1",
    seed: int = 0,
    jobs: int = -1,
    progress: Progress = lambda _: None,
    result: Progress = lambda _: None,
) -> dict[str, Figures]:
    """Train a model and write its folder.

    Parameters
    ----------
    paths
        Labelled tables.
    output
        The model folder to write; an earlier model there is replaced when the new one is whole.
    name, version
        Of the model.
    seed
        Of the random split, the one figure that is drawn.
    jobs
        Processes that read texts; -1 for one a core.
    progress
        Called with a sentence at each step.
    result
        Called with each language's result in a sentence, as it is known.

    Returns
    -------
    dict
        Figures of each language.

    Raises
    ------
    CorpusError
        If no language of the corpus can be learned and evaluated honestly.
    """
    corpus = read_corpus(paths)
    prepared = prepare(corpus)
    progress(f"{len(prepared.articles)} articles and {len(prepared.passages)} passages are read.")
    materials, refused = gather(prepared, jobs, progress)
    if not materials:
        raise CorpusError(" ".join(refused.values()))
    metrics = measure(materials, prepared.articles, seed, lambda *found: result(summary(*found)))
    provenance = Provenance(
        name=name,
        version=version,
        seed=seed,
        corpus=corpus.sha256,
        left_out=prepared.left_out,
        sources=_sources(prepared),
        refused=refused,
        outlets=sorted(set(prepared.articles["outlet"])),
    )
    met = (corpus.articles, corpus.passages, prepared.spare)
    hashes = sorted({text_hash(text) for table in met for text in table["text"]})
    parameters = {
        language: parameters_of(material, metrics[language])
        for language, material in materials.items()
    }
    write_model(output, parameters, metrics, provenance, np.array(hashes, dtype=np.uint64))
    return metrics


def parameters_of(material: Material, metrics: Figures) -> LanguageParameters:
    """Fit what ships for a language on all its rows.

    Parameters
    ----------
    material
        What the language has to learn from.
    metrics
        Its figures; without any of articles, articles are not judged.
    """
    if material.articles is None or "articles" not in metrics:
        return merge(material.view, None)
    rows = material.articles.rows
    fitted = fit_articles(rows, material.articles.crossed)
    return merge(material.view, (fitted, rows.counts.terms))


def _sources(prepared: Prepared) -> list[dict[str, object]]:
    """List the sources that rows came from, with their licences and numbers of rows."""
    labelled = prepared.articles[prepared.articles["fold"] < 0], prepared.passages
    spare = prepared.spare["source"].fillna("not stated") + " (passages as text alone)"
    rows = pd.concat([*labelled, prepared.spare.assign(source=spare)])
    counted: Counter[tuple[str, str]] = Counter()
    for source, licence in zip(rows["source"], rows["licence"], strict=True):
        counted[str(source or "not stated"), str(licence or "not stated")] += 1
    return [
        {"source": source, "licence": licence, "rows": count}
        for (source, licence), count in sorted(counted.items())
    ]
