"""Propaganda Techniques Corpus, as of SemEval-2020 task 11: fragments of English news articles.

Shape as told by the README of the corpus (id, technique, begin, end, divided by tabs, in characters
with the end left out) and by public programs that read it: ``train-articles/article<ID>.txt`` with
a sentence on each line, and in ``train-labels-task2-technique-classification``
``article<ID>.task2-TC.labels``. The edition of 2019 has ``.task-FLC.labels`` of the same shape. One
of these programs gives the checksum that the catalogue has. Not tried on the published archive.
"""

from __future__ import annotations

from pathlib import Path

from krynica.data.corpora.files import found, lines_of, text_of
from krynica.data.corpora.rows import Found, LeftOut, passage
from krynica.data.corpora.spans import Span, paragraphs
from krynica.data.corpora.techniques import key_of

_ENDINGS = (".task2-TC.labels", ".task-FLC.labels")


def read(path: Path) -> Found:
    """Read all articles that have labels: a sentence with no fragment in it is plain."""
    labels = {file.name: file for file in found(path, *(f"article*{e}" for e in _ENDINGS))}
    for article in found(path, "article*.txt"):
        marks = next((labels[n] for e in _ENDINGS if (n := article.stem + e) in labels), None)
        if marks is None:
            yield LeftOut("an article without labels")
            continue
        # Offsets are of the text as it stands: its line ends are counted as they are.
        text, spans = text_of(article), []
        for cells in lines_of(marks):
            span = _span(cells, len(text))
            if span is None:
                yield LeftOut("a mark outside of its article")
            else:
                spans.append(span)
        for sentence, techniques in paragraphs(text, spans):
            yield passage(sentence, techniques, "en", f"ptc-{article.stem.removeprefix('article')}")


def _span(cells: list[str], length: int) -> Span | None:
    try:
        _, technique, start, end = cells
        span = Span(int(start), int(end), key_of(technique))
    except ValueError:
        return None
    return span if 0 <= span.start < span.end <= length else None
