"""A training run: corpus in, model folder out, the unseen-outlet result first."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd
from threadpoolctl import threadpool_limits

from krynica.classifier.encoder import ENCODERS, NAME, Encoder, open_encoder
from krynica.classifier.errors import CorpusError, KrynicaError
from krynica.classifier.folder import ModelFolder
from krynica.classifier.languages import LANGUAGES
from krynica.data.corpus.duplicates import text_hash
from krynica.data.corpus.labelled import Basis, Corpus, read_corpus
from krynica.data.corpus.layout import AS_IT_IS, Layout
from krynica.training.check.corpus import check
from krynica.training.check.finding import Finding, counted
from krynica.training.check.leaks import leaks, told
from krynica.training.corpus.prepare import Prepared, in_order, prepare
from krynica.training.fit.material import LEAST, chosen
from krynica.training.fit.start import MET, Start
from krynica.training.learn import Learned, learn
from krynica.training.model_folder import (
    READINGS,
    EncoderId,
    Made,
    Provenance,
    Source,
    writable,
    write_model,
)
from krynica.training.report.card import READER
from krynica.training.results.profiles import read_profiles
from krynica.training.results.worth import Figures, read_metrics
from krynica.training.run_folder import RunFolder, digest, require_run, split_table
from krynica.training.stopping import stopping
from krynica.training.texts.met import HELD
from krynica.training.texts.rows import count_terms, read_rows
from krynica.training.work import Work


@dataclass(frozen=True)
class Options:
    """What decides which model a run makes, beside its tables.

    Parameters
    ----------
    name, version
        Of the model.
    start
        A model that the run starts from: what the tables cannot teach stays as it has it.
    labels_of
        What labels of articles without a score tell of; None tells it from the tables.
    layout
        What columns and labels are called in the tables.
    """

    name: str = "krynica"
    version: str = "1"
    start: ModelFolder | None = None
    labels_of: Basis | None = None
    layout: Layout = AS_IT_IS

    def configuration(self) -> dict[str, Any]:
        """Return them as they are told."""
        return {
            "name": self.name,
            "version": self.version,
            "started_from": asdict(self.start.id) if self.start else None,
            "labels_of": self.labels_of.value if self.labels_of else None,
            **{name: of for name, of in asdict(self.layout).items() if of},
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
    faults
        What is wrong with tables that could not be read.
    """

    corpus: Corpus
    prepared: Prepared
    start: Start | None
    findings: list[Finding]
    faults: list[KrynicaError] = field(default_factory=list)

    @property
    def refusal(self) -> str | None:
        """Why nothing can be learned; None where something can."""
        return " ".join(one.sentence for one in self.findings if one.refused) or None


def look_over(
    paths: Sequence[Path],
    options: Options | None = None,
    *,
    encoder: Encoder | None = None,
    work: Work | None = None,
) -> Checked:
    """Read tables and check them, to tell all that would stop a training.

    Parameters
    ----------
    paths
        Labelled tables.
    options
        Of the training.
    encoder
        As of `train`.
    work
        How to read their articles, for what only the training itself would run into, and for
        terms that give outlets away.
    """
    faults: list[KrynicaError] = []
    options, work = options or Options(), work or Work()
    checked = _checked(paths, options, faults.append)
    read = checked.prepared
    if faults and not (len(read.articles) or len(read.passages) or read.left_out):
        return replace(checked, findings=[], faults=faults)
    findings = checked.findings
    if not checked.refusal:
        encoder = encoder or _encoder(options)
        if why := stopping(read, encoder, checked.start, work):
            findings.append(Finding("cannot_be_learned", 0, why, refused=True))
        findings += _leaks(read, work)
    return replace(checked, findings=findings, faults=faults)


def _raise(fault: KrynicaError) -> None:
    raise fault


def _checked(
    paths: Sequence[Path], options: Options, on_fault: Callable[[KrynicaError], None] = _raise
) -> Checked:
    corpus = in_order(read_corpus(paths, options.labels_of, options.layout, on_fault))
    begun = Start.of(options.start) if options.start else None
    if begun:
        corpus = begun.without_met(corpus)
    prepared = prepare(corpus)
    findings = [*_basis(corpus), *check(corpus, prepared), *_begun(corpus)]
    return Checked(corpus, prepared, begun, findings)


_TAKEN = {
    Basis.TEXT: "Labels are taken to be the texts': each says how its own text reads "
    "(--labels outlet says otherwise).",
    Basis.OUTLET: "Labels are taken to be the outlets', as no outlet has both (--labels text says "
    "otherwise): they guard newsrooms, and are weak evidence of how a text reads, as most articles "
    "of any outlet read plain.",
}


def _basis(corpus: Corpus) -> Iterator[Finding]:
    """Tell what says how the texts read."""
    scored = int((corpus.articles["basis"] == Basis.SCORE.value).sum())
    if scored:
        yield Finding("scored", scored, f"{counted(scored, 'text has', 'texts have')} a score.")
    if corpus.labels_of:
        rows = len(corpus.articles) - scored
        yield Finding("labels_of", rows, _TAKEN[corpus.labels_of])


def train(
    paths: Sequence[Path],
    output: Path,
    options: Options | None = None,
    *,
    encoder: Encoder | None = None,
    work: Work | None = None,
    run_folder: Path | None = None,
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
    encoder
        The encoder; where none is given, that of the start, or the one that ships.
    work
        How to work.
    run_folder
        Folder for everything needed to repeat the run, as `training.run_folder` tells; None
        writes none.
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
    encoder = encoder or _encoder(options)
    places(output, run_folder)
    checked = _checked(paths, options)
    for finding in checked.findings:
        found(finding)
    if checked.refusal:
        raise CorpusError(checked.refusal)
    # What was taken stands in the model, whether somebody said it or not.
    options = replace(options, labels_of=checked.corpus.labels_of)
    configuration = {
        **options.configuration(),
        "corpus": checked.corpus.sha256,
        "encoder": encoder.sha256,
    }
    folder = run_folder and RunFolder(run_folder, configuration)
    if folder:
        work = replace(work, steps=folder.steps)
    work.say(
        f"{len(checked.prepared.articles)} articles and {len(checked.prepared.passages)} passages "
        "are learned from."
    )
    # Two threads add in another order than one, and processes have one each: with one, the bytes
    # are the same whatever the number of processes.
    with threadpool_limits(1):
        learned = learn(checked.prepared, encoder, checked.start, work, result)
        splits = split_table(learned.material, learned.fold)
        model = _write(output, options, checked, encoder, learned, splits)
    if folder:
        folder.finish(checked.findings, splits, learned.metrics, model)
    return learned.metrics


def places(output: Path, run_folder: Path | None) -> None:
    """Check where a training is to write.

    Raises
    ------
    ModelFolderError
        If the model's folder holds anything else than a model.
    CorpusError
        If the run folder lies in it.
    KrynicaError
        If the run folder holds anything else than a run.
    """
    writable(output)
    if run_folder is None:
        return
    if output.resolve() in {run_folder.resolve(), *run_folder.resolve().parents}:
        raise CorpusError("The run folder cannot lie in the model's, nor be it; name another.")
    require_run(run_folder)


def _encoder(options: Options) -> Encoder:
    return options.start.encoder() if options.start else shipped_encoder()


def shipped_encoder() -> Encoder:
    """Return the encoder that ships."""
    return open_encoder((ENCODERS / NAME).resolve(), "")


def _begun(corpus: Corpus) -> Iterator[Finding]:
    """Tell what starting from a model means for a corpus."""
    if rows := corpus.left_out.get(MET):
        yield Finding("met", rows, f"{counted(rows, 'row is', 'rows are')} left out: {MET}.")


def _leaks(prepared: Prepared, work: Work) -> Iterator[Finding]:
    articles = prepared.articles
    for language in sorted({*articles["lang"]} & LANGUAGES.keys()):
        table = articles[articles["lang"] == language]
        texts = table["text"].tolist()
        rows = read_rows(texts, [language] * len(texts), work.jobs)
        there = np.array([row is not None for row in rows], dtype=bool)
        counts = count_terms([row for row in rows if row], LEAST)
        outlet = table["outlet"].to_numpy().astype(object)[there]
        kept = [text for text, keep in zip(texts, there.tolist(), strict=True) if keep]
        yield from told(language, leaks(counts, outlet), kept)


def _write(
    output: Path,
    options: Options,
    checked: Checked,
    encoder: Encoder,
    learned: Learned,
    splits: dict[str, str],
) -> str:
    """Write what was learned; return the checksum of the folder."""
    prepared, corpus, start = checked.prepared, checked.corpus, checked.start
    begun = start.folder if start else None
    before: Mapping[str, Any] = begun.manifest if begun else {}
    outlets, held = _outlets(learned)
    outlets |= {*before.get("outlets", [])}
    provenance = Provenance(
        name=options.name,
        version=options.version,
        corpus=corpus.sha256,
        split={language: digest(table) for language, table in splits.items()},
        configuration=options.configuration(),
        left_out=prepared.left_out,
        sources=[*_sources_of(before), *_sources(prepared, learned, checked.corpus.licences)],
        refused=learned.refused,
        outlets=sorted(outlets),
        held_out_outlets=sorted((held | {*before.get("held_out_outlets", [])}) - outlets),
        readings=_readings(checked, before),
        encoder=EncoderId(
            str(encoder.manifest["name"]),
            str(encoder.manifest.get("source", "")),
            encoder.sha256,
        ),
        encoder_outlets=len(encoder.manifest.get("outlets", [])),
        started_from=begun.id if begun else None,
    )
    # Figures of what was not learned anew are those of the start.
    metrics = read_metrics(before.get("metrics"))
    for code, figures in learned.metrics.items():
        metrics[code] = metrics.get(code, Figures()).updated(figures)
    profiles = {**read_profiles(before.get("profile")), **learned.profiles}
    hashes = _hashes(checked, learned, held)
    if begun:
        hashes = np.union1d(hashes, begun.learned_from())
    return write_model(
        output,
        Made(learned.parameters, metrics, profiles, provenance, hashes, learned.screen),
    )


_TOLD = {
    Basis.SCORE: "The scores that the model learned from are as good as whoever gave them.",
    Basis.TEXT: "The model learned from labels of texts, which tell on which side of the line "
    "between 1 and 2 a text reads; the levels beside it are as far apart as in other readings.",
    Basis.OUTLET: "The model learned from labels of outlets: most articles of any outlet read "
    "plain, so that these are weak evidence, and every figure is of outlets, not of readings.",
}
"""What is told on the card of what told how texts read."""


def _readings(checked: Checked, before: Mapping[str, Any]) -> str:
    """Say what told how the texts read, those of the start first."""
    said = [str(before["readings"])] if "readings" in before else []
    bases = {*chosen(checked.prepared.articles)["basis"]}
    if len(bases) > 1:
        bases.discard(Basis.OUTLET.value)  # these guard, and teach nothing
    for basis, sentence in _TOLD.items():
        if basis.value in bases:
            own = basis is Basis.SCORE and READINGS in checked.corpus.sha256
            said.append(READER if own else sentence)
    return " ".join(dict.fromkeys(said)) or "The model learned from no readings."


def _outlets(learned: Learned) -> tuple[set[str], set[str]]:
    """Return the outlets that views learned from or that guard, and those they never met."""
    if learned.material is None:
        return set(), set()
    kept = learned.fold == HELD
    return {*learned.material.outlet[~kept].tolist()}, {*learned.material.outlet[kept].tolist()}


def _hashes(checked: Checked, learned: Learned, held: set[str]) -> npt.NDArray[np.uint64]:
    """Return the hashes of all texts that were learned from, and of their near-duplicates."""
    articles = checked.corpus.articles
    used = set() if learned.material is None else {*learned.material.text.tolist()}
    hashes = np.array([text_hash(text) for text in articles["text"]], dtype=np.uint64)
    groups = checked.prepared.groups
    alike = np.isin(groups, groups[np.isin(hashes, np.array(sorted(used), dtype=np.uint64))])
    own = hashes[alike & ~articles["outlet"].isin(held).to_numpy().astype(bool)]
    marked = [text_hash(text) for text in learned.passages["text"]]
    return np.union1d(own, np.array(marked, dtype=np.uint64))


def _sources(prepared: Prepared, learned: Learned, licences: Mapping[str, str]) -> list[Source]:
    """List the sources of what was used, their licences, and their rows."""
    articles = prepared.articles.iloc[:0]
    if learned.material is not None:
        articles = chosen(prepared.articles)
        given = np.array([text_hash(text) for text in articles["given"]], dtype=np.uint64)
        articles = articles[np.isin(given, learned.material.text)]
    used = pd.concat([articles["source"], learned.passages["source"]])
    rows = Counter(used.map(lambda name: name if isinstance(name, str) else _NOT_STATED))
    return [Source(name, _licence(name, licences), rows[name]) for name in sorted(rows)]


def _sources_of(manifest: Mapping[str, Any]) -> Iterator[Source]:
    for one in manifest.get("sources", []):
        yield Source(one["source"], one["licence"], one["rows"])


_NOT_STATED = "not stated"


def _licence(source: str, licences: Mapping[str, str]) -> str:
    """Return the licence of a source; of translations that of what was translated."""
    return licences.get(source) or licences.get(source.partition(":")[2]) or _NOT_STATED
