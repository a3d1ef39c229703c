"""A training run: corpus in, model folder out, the unseen-outlet result first."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np
import pandas as pd

from classifier.errors import CorpusError
from classifier.parameters import LanguageParameters
from data.duplicates import text_hash
from data.labelled import read_corpus
from training.combiner import fit_articles
from training.figures import Figures
from training.material import Material, gather
from training.merge import merge
from training.model_folder import Provenance, write_model
from training.prepare import Prepared, prepare
from training.profile import profile
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
    metrics = measure(
        materials, prepared.articles, seed, lambda *found: result(summary(*found)), jobs
    )
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
    profiles = {
        language: profile(material.articles.rows, material.articles.crossed, judged.combiner)
        for language, material in materials.items()
        if material.articles and (judged := parameters[language].articles)
    }
    learned_from = np.array(hashes, dtype=np.uint64)
    write_model(output, parameters, metrics, profiles, provenance, learned_from)
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
        return merge(material.view, None, material.techniques, material.usual)
    rows = material.articles.rows
    fitted = fit_articles(rows, material.articles.crossed)
    judged = (fitted, rows.counts.terms)
    return merge(material.view, judged, material.techniques, material.usual)


def _sources(prepared: Prepared) -> list[dict[str, object]]:
    """List the sources, their licences, their labelled rows, and passages used as text alone."""
    labelled = pd.concat([prepared.articles[prepared.articles["fold"] < 0], prepared.passages])
    rows, spare = _by_source(labelled), _by_source(prepared.spare)
    return [
        {"source": source, "licence": licence, "rows": rows[key], "text_alone": spare[key]}
        for key in sorted(rows.keys() | spare.keys())
        for source, licence in [key]
    ]


def _by_source(table: pd.DataFrame) -> Counter[tuple[str, str]]:
    pairs = zip(table["source"], table["licence"], strict=True)
    return Counter(
        (str(source or "not stated"), str(licence or "not stated")) for source, licence in pairs
    )
