"""A training run: corpus in, model folder out, the unseen-outlet result first."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd
from threadpoolctl import threadpool_limits

from classifier.errors import CorpusError
from classifier.folder import ModelFolder
from classifier.languages import LANGUAGES
from classifier.parameters import LanguageParameters
from data.duplicates import text_hash
from data.labelled import Corpus, read_corpus
from training.check.corpus import check
from training.check.finding import Finding, counted
from training.check.leaks import leaks, told
from training.combiner import fit_articles
from training.figures import Figures
from training.material import ARTICLE_LEAST, Material, gather, read_articles, stays
from training.merge import merge
from training.model_folder import Made, Provenance, writable, write_model
from training.prepare import Prepared, prepare
from training.prior import MET, Start
from training.profile import profile
from training.protocol import measure
from training.rows import count_terms
from training.run_folder import RunFolder, digest, split_table
from training.summary import summary
from training.work import Work

STAYS = "stays"
"""Kind of the finding that a language stays as the model that training starts from has it."""


@dataclass(frozen=True)
class Options:
    """What decides which model a run makes, beside its tables.

    Parameters
    ----------
    name, version
        Of the model.
    seed
        Of the random splits, the figures that are drawn.
    start
        A model that the run starts from: what the tables cannot teach stays as it has it.
    """

    name: str = "krynica"
    version: str = "1"
    seed: int = 0
    start: ModelFolder | None = None

    def configuration(self) -> dict[str, Any]:
        """Return them as they are told."""
        begun = self.start and {
            "name": self.start.id.name,
            "version": self.start.id.version,
            "sha256": self.start.id.sha256,
        }
        return {
            "name": self.name,
            "version": self.version,
            "seed": self.seed,
            "started_from": begun,
        }


@dataclass(frozen=True)
class Checked:
    """A corpus that was looked over, ready to learn from.

    Parameters
    ----------
    corpus, prepared
        As it was read, without what the start has met; and as it is learned from.
    start
        What the run starts from.
    findings
        What the check found.
    """

    corpus: Corpus
    prepared: Prepared
    start: Start | None
    findings: list[Finding]

    @property
    def refusal(self) -> str | None:
        """Why nothing can be learned; None where some language can."""
        stay = {one.language for one in self.findings if one.kind == STAYS}
        against = [
            one
            for one in self.findings
            if one.kind == STAYS or (one.refused and one.language not in stay)
        ]
        present = {*self.prepared.articles["lang"], *self.prepared.passages["lang"]}
        left = (present & LANGUAGES.keys()) - {one.language for one in against}
        return None if left else " ".join(one.sentence for one in against)


def look_over(
    paths: Sequence[Path], start: ModelFolder | None = None, leaks_in: Work | None = None
) -> Checked:
    """Read tables and check them.

    Parameters
    ----------
    paths
        Labelled tables.
    start
        A model that a training would start from.
    leaks_in
        How to read their articles, for terms that give outlets away; None looks for none.

    Raises
    ------
    CorpusError
        If two tables have one name, or one changes while it is read.
    """
    corpus = read_corpus(paths)
    begun = Start.of(start) if start else None
    if begun:
        corpus = begun.without_met(corpus)
    prepared = prepare(corpus)
    findings = [*check(corpus, prepared), *(_begun(begun, corpus, prepared) if begun else ())]
    if leaks_in:
        findings += _leaks_unread(prepared, leaks_in)
    return Checked(corpus, prepared, begun, findings)


def train(
    paths: Sequence[Path],
    output: Path,
    options: Options | None = None,
    *,
    work: Work | None = None,
    run_folder: Path | None = None,
    resume: bool = False,
    found: Callable[[Finding], object] = lambda _: None,
    result: Callable[[str], None] = lambda _: None,
) -> dict[str, Figures]:
    """Train a model and write its folder.

    Parameters
    ----------
    paths
        Labelled tables.
    output
        The model folder to write; an earlier model there is replaced when the new one is whole.
    options
        What decides which model is made.
    work
        How to work.
    run_folder
        Folder for everything needed to repeat the run, as `training.run_folder` tells; None
        writes none.
    resume
        Whether to go on from the steps of a run that stopped, in the same run folder.
    found
        Called with each finding of the check.
    result
        Called with each language's result in a sentence, as it is known.

    Returns
    -------
    dict
        Figures of each language that was learned.

    Raises
    ------
    CorpusError
        If no language of the corpus can be learned and evaluated honestly.
    """
    options, work = options or Options(), work or Work()
    writable(output)
    if run_folder and output.resolve() in {run_folder.resolve(), *run_folder.resolve().parents}:
        raise CorpusError("The run folder cannot lie in the model's, nor be it; name another.")
    checked = look_over(paths, options.start)
    for finding in checked.findings:
        found(finding)
    if checked.refusal:
        raise CorpusError(checked.refusal)
    configuration = {**options.configuration(), "corpus": checked.corpus.sha256}
    folder = run_folder and RunFolder(run_folder, configuration, resume=resume)
    if folder:
        work = replace(work, steps=folder.steps)
    work.say(
        f"{len(checked.prepared.articles)} articles and {len(checked.prepared.passages)} passages "
        "are learned from."
    )
    # Two threads add in another order than one, and processes have one each: with one, the bytes
    # are the same whatever the number of processes.
    with threadpool_limits(1):
        learned = _learn(checked, options.seed, work, result)
        leaking = list(_leaks(learned.materials))
        for finding in leaking:
            found(finding)
        splits = {
            language: split_table(language, material.articles)
            for language, material in learned.materials.items()
            if material.articles
        }
        model = _write(output, options, checked, learned, splits)
    if folder:
        folder.finish([*checked.findings, *leaking], splits, learned.metrics, model)
    return learned.metrics


@dataclass(frozen=True)
class _Learned:
    """What was learned and measured, and by language why others were not."""

    materials: dict[str, Material]
    metrics: dict[str, Figures]
    refused: dict[str, str]


def _learn(checked: Checked, seed: int, work: Work, result: Callable[[str], None]) -> _Learned:
    materials, refused = gather(checked.prepared, work, checked.start)
    if not materials:
        raise CorpusError(" ".join(refused.values()))
    metrics = measure(
        materials,
        checked.prepared.articles,
        seed,
        lambda language, figures: result(summary(language, figures)),
        work,
    )
    for language in [*materials]:
        begun = checked.start.languages.get(language) if checked.start else None
        if begun and begun.articles and "articles" not in metrics[language]:
            # What the start has is better than no answer.
            refused[language] = metrics.pop(language)["articles_refused"]
            del materials[language]
    return _Learned(materials, metrics, refused)


def _begun(start: Start, corpus: Corpus, prepared: Prepared) -> Iterator[Finding]:
    """Tell what starting from a model means for a corpus."""
    if rows := corpus.left_out.get(MET):
        yield Finding("met", rows, f"{counted(rows, 'row is', 'rows are')} left out: {MET}.")
    present = {*prepared.articles["lang"], *prepared.passages["lang"]}
    for language in sorted(present & start.languages.keys()):
        if why := stays(language, prepared, start):
            rows = int((prepared.articles["lang"] == language).sum())
            yield Finding(STAYS, rows, why, language=language)


def _leaks(materials: Mapping[str, Material]) -> Iterator[Finding]:
    for language, material in materials.items():
        if material.articles:
            rows = material.articles.rows
            yield from told(language, leaks(rows.counts, rows.outlet), material.articles.texts)


def _leaks_unread(prepared: Prepared, work: Work) -> Iterator[Finding]:
    for language in sorted({*prepared.articles["lang"]} & LANGUAGES.keys()):
        table, rows = read_articles(language, prepared, work)
        counts = count_terms(rows, ARTICLE_LEAST)
        outlet = table["outlet"].to_numpy().astype(object)
        yield from told(language, leaks(counts, outlet), table["text"].tolist())


def _write(
    output: Path, options: Options, checked: Checked, learned: _Learned, splits: Mapping[str, str]
) -> str:
    """Fit what ships, on all rows, and write it; return the checksum of the folder."""
    materials, metrics = learned.materials, learned.metrics
    prepared, corpus, start = checked.prepared, checked.corpus, checked.start
    parameters = {
        language: parameters_of(material, metrics[language])
        for language, material in materials.items()
    }
    profiles = {
        language: profile(material.articles.rows, material.articles.crossed, judged.combiner)
        for language, material in materials.items()
        if material.articles and (judged := parameters[language].articles)
    }
    provenance = Provenance(
        name=options.name,
        version=options.version,
        seed=options.seed,
        corpus=corpus.sha256,
        split={language: digest(table) for language, table in splits.items()},
        configuration=options.configuration(),
        left_out=prepared.left_out,
        sources=_sources(prepared),
        refused=learned.refused,
        outlets=sorted(set(prepared.articles["outlet"])),
    )
    made = Made(parameters, dict(metrics), profiles, provenance, _hashes(checked))
    return write_model(output, start.complete(made) if start else made)


def _hashes(checked: Checked) -> npt.NDArray[np.uint64]:
    met = (checked.corpus.articles, checked.corpus.passages, checked.prepared.spare)
    hashes = {text_hash(text) for table in met for text in table["text"]}
    return np.array(sorted(hashes), dtype=np.uint64)


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
    labelled = pd.concat([prepared.articles[~prepared.articles["marked"]], prepared.passages])
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
