"""From a text to its words: spaCy splits each run of characters between blanks, once.

Our rules for spaCy look at a run alone, so what it says of a run holds wherever the run stands,
and most runs of a text were met before.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cached_property
from itertools import chain
from typing import TYPE_CHECKING, ClassVar

import numpy as np

from krynica.classifier.arrays import CodeArray, IntArray, RowArray
from krynica.classifier.vocabulary import Column, Vocabulary, with_room

if TYPE_CHECKING:
    from spacy.tokenizer import Tokenizer


_APART = r"\.{2,}|[^\w\s]"
_INSIDE = r"\.{2,}|--+|[^\w\s'’ʼ`.,-]|(?<=[^\W\d])[.,](?=[^\W\d])|(?<=\w)[.](?=[«“„\"])"
_RUN_LIMIT = 200
"""Characters without a blank given to spaCy at a time. It takes marks off a run one by one and
looks at all the rest each time: 20,000 exclamation marks took 12 s, and in pieces take 0.1 s."""
_WORDS_LIMIT = 150_000
"""Words and runs after which all is begun anew: texts bring ever new ones (93 strings an article
of the corpora, after 1,000 of them), and a service lives long."""
_SHAPE_LIMIT = 40
"""Characters of a shape that is remembered: longer runs are rare, and hardly one has the shape of
another. Hostile texts brought five million spans of such, and 400 MB."""
_BLANK = np.array([chr(code).isspace() for code in range(0x3002)])
"""Whether a character is blank; the last entry stands for all that follow, of which none is."""


class Runs:
    """All runs met so far, and the words they are made of. For several threads at a time."""

    _current: ClassVar[Runs | None] = None

    def __init__(self) -> None:
        self.vocabulary = Vocabulary()
        self._splits = _Splits()
        self._column = Column(self._splits.add, 2)

    @classmethod
    def current(cls) -> Runs:
        """Return the runs of this process, begun anew where there are too many."""
        if cls._current is None or len(cls._current.vocabulary) > _WORDS_LIMIT:
            cls._current = cls()
        return cls._current

    def words(self, text: str, codes: CodeArray) -> tuple[IntArray, IntArray]:
        """Return the number of each word of a text, and where it starts.

        Parameters
        ----------
        text, codes
            The text, and its code points.
        """
        blank = np.ones(len(codes) + 2, dtype=np.bool_)
        blank[1:-1] = _BLANK.take(codes, mode="clip")
        edges = np.flatnonzero(blank[1:] != blank[:-1])
        start, end = edges[::2], edges[1::2]
        if len(start) and (end - start).max() > _RUN_LIMIT:
            pieces = -((start - end) // _RUN_LIMIT)
            start = np.repeat(start, pieces) + _RUN_LIMIT * _ranks(pieces)
            end = np.minimum(start + _RUN_LIMIT, np.repeat(end, pieces))
            runs = [text[i:j] for i, j in zip(start.tolist(), end.tolist(), strict=True)]
        else:
            runs = text.split()
        first, count = self._column.of(self.vocabulary, self.vocabulary.numbers(runs))
        number, place = self._splits.words.take(np.repeat(first, count) + _ranks(count), axis=0).T
        return number.astype(np.int64), np.repeat(start, count) + place


def _ranks(counts: RowArray | IntArray) -> IntArray:
    """Count from 0 in each group: (2, 3) gives (0, 1, 0, 1, 2)."""
    ends = np.cumsum(counts, dtype=np.int64)
    return np.arange(ends[-1] if len(ends) else 0) - np.repeat(ends - counts, counts)


class _Splits:
    """How runs are split.

    Our rules tell letters, digits and marks apart, but no letter from another: spaCy, which is
    imported at the first run, is asked once for each shape of a run, and the memory of it is kept.

    Attributes
    ----------
    words
        The words of one run after the other: number, and place in its run; shape (room, 2).
    """

    def __init__(self) -> None:
        self.words = np.empty((0, 2), dtype=np.int32)
        self._held = 0
        self._classes = _Classes()
        self._spans: dict[str, list[tuple[int, int]]] = {}

    def add(self, vocabulary: Vocabulary, runs: list[str]) -> Iterator[int]:
        """Split runs; return where the words of each begin, and how many they are."""
        words: list[str] = []
        places, firsts, counts = [], [], []
        for run in runs:
            spans = self._split(run)
            firsts.append(self._held + len(words))
            counts.append(len(spans))
            words += [run[i:j] for i, j in spans]
            places += [i for i, _ in spans]
        held = self._held + len(words)
        self.words = with_room(self.words, held)
        self.words[self._held : held] = np.array([vocabulary.numbers(words), places]).T
        self._held = held
        return chain.from_iterable(zip(firsts, counts, strict=True))

    def _split(self, run: str) -> list[tuple[int, int]]:
        """Return the begin and the end of each word of a run."""
        shape = run.translate(self._classes)
        spans = self._spans.get(shape)
        if spans is None:
            spans = [(word.idx, word.idx + len(word)) for word in self._tokenizer(shape)]
            if len(shape) <= _SHAPE_LIMIT:
                self._spans[shape] = spans
        return spans

    @cached_property
    def _tokenizer(self) -> Tokenizer:
        from spacy.tokenizer import Tokenizer
        from spacy.vocab import Vocab

        return Tokenizer(
            Vocab(lex_attr_getters={}),  # computing attributes would take half of the time
            prefix_search=re.compile(rf"^(?:{_APART})").search,
            suffix_search=re.compile(rf"(?:{_APART})$").search,
            infix_finditer=re.compile(_INSIDE).finditer,
            max_cache_size=0,  # a shape comes here once
        )


class _Classes(dict[int, int]):
    """Of each character what our rules know of it, by code point; marks stand for themselves."""

    def __missing__(self, code: int) -> int:
        """Look at a character for the first time."""
        if re.fullmatch(r"\w", chr(code)):
            self[code] = ord("0" if re.fullmatch(r"\d", chr(code)) else "a")
        else:
            self[code] = code
        return self[code]
