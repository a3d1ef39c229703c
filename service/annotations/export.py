"""Pick the rows that are most worth labelling, and write them down for annotators.

Three readings of the tables: the first scores all rows and keeps signals; the second makes vectors
of a shortlist's texts; the third takes the texts that were picked.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from krynica.classifier.errors import KrynicaError, TableError
from krynica.classifier.model import Model
from krynica.classifier.titles import joined
from krynica.data.corpus.duplicates import BANDS
from krynica.service.annotations.candidates import Candidate, Found, find, signals
from krynica.service.annotations.formats import doccano, key, labelstudio, sheet
from krynica.service.annotations.formats.record import Question, identify
from krynica.service.annotations.forms import Form
from krynica.service.annotations.job import ExportJob, Source
from krynica.service.annotations.known import NEAR, Known
from krynica.service.annotations.selection import REASONS, grounds, rank, shortlist
from krynica.service.batch.pieces import Piece
from krynica.service.batch.repeats import ONCE, fingerprints, repeats
from krynica.service.batch.workers import Workers, worker_pool
from krynica.service.progress import Progress, Silent
from krynica.service.rows import Row, article_of
from krynica.training.check.finding import counted

if TYPE_CHECKING:
    from scipy.sparse import csr_array

_SHORTLIST = 20
"""Rows of the shortlist for each that is wanted."""
_LEAST = 2_000
"""Rows of the shortlist at least."""
_FEATURES = 1 << 18
"""Places that words are hashed to: of 50,000 words one in six shares its place."""
Picked = tuple[Candidate, list[str]]
"""A row that was picked, and the grounds for it."""


@dataclass(frozen=True)
class Exported:
    """What came of an export.

    Parameters
    ----------
    found
        What the tables held.
    picked
        The rows that were picked, in their order, and on which of `REASONS` each.
    long
        Texts that are too long for a cell of a spreadsheet program.
    """

    found: Found
    picked: list[Picked]
    long: int

    def lines(self, wanted: int) -> Iterator[str]:
        """Yield it in sentences."""
        grounds_met = Counter(why for _, reasons in self.picked for why in reasons)
        parts = (f"{grounds_met[why]:,} {why}" for why in REASONS if grounds_met[why])
        rows = counted(self.found.rows, "row")
        yield f"{len(self.picked):,} of {rows} picked: {', '.join(parts)}"
        languages = Counter(one.language for one, _ in self.picked)
        named = ", ".join(f"{code} {languages[code]:,}" for code in sorted(languages))
        outlets = len({one.outlet for one, _ in self.picked if one.outlet})
        yield f"languages: {named}; outlets: {outlets:,}"
        for why, count in sorted(self.found.left_out.items()):
            if count:
                yield f"{count:,} left out: {why}"
        if len(self.picked) < wanted:
            yield f"{wanted:,} were asked for, and no more were found worth labelling"
        if self.long:
            yield (
                f"{counted(self.long, 'text is', 'texts are')} longer than "
                f"{sheet.LONGEST_CELL:,} characters, which Excel would cut off: use another "
                "program for this sheet"
            )
        yield from self.found.errors.lines()


def export(job: ExportJob, model: Model, progress: Progress | None = None) -> Exported:
    """Pick rows and write the questions, and beside them the key.

    Parameters
    ----------
    job, model
        What to pick from, for whom, and whose uncertainty counts.
    progress
        Told about rows as they are done.

    Raises
    ------
    service.errors.CallError
        If a table is none, or lacks a column that was named.
    classifier.errors.KrynicaError
        If a table cannot be read, nothing is worth labelling, or an output is there already.
    """
    progress = progress or Silent()
    sources = job.sources()
    before = [source.stamp() for source in sources]
    known = Known(model, job.corpora)
    with worker_pool(Workers(job.workers)) as pool:
        found = find(sources, model, known, pool, progress)
    picked = _pick(job, sources, known, found)
    if not picked:
        raise KrynicaError("Nothing here is worth labelling: " + _why_nothing(found))
    questions, keys = _asked(job, sources, picked, model)
    if [source.stamp() for source in sources] != before:
        raise _changed()
    key.write(keys, key.key_of(job.output))
    _write(job, questions)
    long = sum(len(one.text) > sheet.LONGEST_CELL for one in questions)
    return Exported(found, picked, long if job.form is Form.sheet else 0)


def _pick(job: ExportJob, sources: Sequence[Source], known: Known, found: Found) -> list[Picked]:
    if not found.candidates:
        return []
    every = signals(found.candidates, known)
    chosen = shortlist(every, max(_LEAST, _SHORTLIST * job.rows)).tolist()
    listed = [found.candidates[at] for at in chosen]
    texts, marks = _closely(row for *_, row in _read(sources, listed))
    earlier = repeats(
        marks[:, : 1 + BANDS], lambda row: np.trim_zeros(marks[row, 1 + BANDS :], "b")
    )
    once = np.flatnonzero(earlier == ONCE)
    found.left_out[NEAR] += len(listed) - len(once)
    kept = [listed[at] for at in once.tolist()]
    close = signals(kept, known)
    met = grounds(close)
    return [
        (kept[at], [why for why, is_met in zip(REASONS, met[at], strict=True) if is_met])
        for at in rank(close, texts[once], job.rows).tolist()
    ]


def _asked(
    job: ExportJob, sources: Sequence[Source], picked: Sequence[Picked], model: Model
) -> tuple[list[Question], list[key.Row]]:
    """Take the texts that were picked, in the order of the picks, each with its row in the key."""
    rows = {
        (table, piece.first + at): (row, sources[table].row(piece, at))
        for table, piece, at, row in _read(sources, [one for one, _ in picked])
    }
    questions, keys = [], []
    for one, reasons in picked:
        row, cells = rows[one.table, one.row]
        article = article_of(row)
        text = joined(article.title, article.text)
        number = identify(text)
        questions.append(Question(number, text, _beside(job, one)))
        cells |= {"outlet": one.outlet or None, "lang": one.language}
        keys.append(key.Row(number, ";".join(reasons), one.language, model.id.sha256, cells))
    return questions, keys


def _closely(rows: Iterable[Row]) -> tuple[csr_array, np.ndarray[Any, np.dtype[np.uint64]]]:
    """Return hashed TF-IDF vectors of texts, of length 1, and what they are known again by."""
    from scipy.sparse import csr_array, vstack
    from sklearn.feature_extraction.text import HashingVectorizer, TfidfTransformer

    hashed = HashingVectorizer(n_features=_FEATURES, alternate_sign=False, norm=None)
    counts, marks = [], []
    for row in rows:
        article = article_of(row)
        counts.append(hashed.transform([joined(article.title, article.text)]))
        marks.append(fingerprints([row]))
    weights = TfidfTransformer(sublinear_tf=True).fit_transform(vstack(counts))
    return csr_array(weights), np.concatenate(marks)


def _read(
    sources: Sequence[Source], wanted: Sequence[Candidate]
) -> Iterator[tuple[int, Piece, int, Row]]:
    """Yield some rows of the tables, in their order: table, piece, place in it, and the row.

    Raises
    ------
    classifier.errors.TableError
        If one is not there any more.
    """
    places = {(one.table, one.row) for one in wanted}
    for table in sorted({one.table for one in wanted}):
        for piece, rows in sources[table].pieces():
            for at, row in enumerate(rows):
                if (table, piece.first + at) in places:
                    places.remove((table, piece.first + at))
                    yield table, piece, at, row
    if places:
        raise _changed()


def _changed() -> TableError:
    return TableError("A table was changed while it was read; run the command again.")


def _beside(job: ExportJob, one: Candidate) -> Mapping[str, str]:
    beside = {"outlet": one.outlet} if job.show_outlet else {}
    if job.show_verdict:
        told = "" if np.isnan(one.p) else f", {one.p:.3f}"
        beside["model_says"] = f"{one.verdict}{told}"
    return beside


def _write(job: ExportJob, questions: Sequence[Question]) -> None:
    match job.form:
        case Form.sheet:
            sheet.write(questions, job.output, semicolons=job.semicolons)
        case Form.doccano:
            doccano.write(questions, job.output)
        case Form.labelstudio:
            labelstudio.write(questions, job.output)


def _why_nothing(found: Found) -> str:
    if found.errors:
        return next(found.errors.lines())
    reasons = [f"{count:,} {why}" for why, count in sorted(found.left_out.items()) if count]
    return (", ".join(reasons) or "the tables have no rows") + "."
