"""Words, sentences and passages of a clean text, as arrays."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from krynica.classifier.arrays import BoolArray, IntArray, RowArray
from krynica.classifier.runs import Runs
from krynica.classifier.vocabulary import Column, Vocabulary

PASSAGE_WORDS = 60
"""A passage is a paragraph, cut at a sentence's end once it holds so many words: passages that
people marked have 33 words in the median and 97 at the ninth decile."""


@dataclass(frozen=True)
class Tokens:
    """Tokens of one text. All arrays have one entry a token.

    Parameters
    ----------
    vocabulary, numbers
        Number of each token as written, and what it is a number of; white space is no token.
    start, end
        Places in the clean text, in code points; ``end`` is exclusive.
    sentence, passage
        Running number of the sentence and of the passage the token stands in; both begin at 0
        and never decrease.
    initial
        Whether the token is the first word of its sentence, quotation marks and dashes aside.
    is_word
        Whether the token has a letter or a digit.
    """

    vocabulary: Vocabulary
    numbers: IntArray
    start: IntArray
    end: IntArray
    sentence: IntArray
    passage: IntArray
    initial: BoolArray
    is_word: BoolArray

    @cached_property
    def words(self) -> list[str]:
        """Each token as written."""
        return self.vocabulary.spell(self.numbers)

    @property
    def n_words(self) -> int:
        """Number of tokens that are words or numbers."""
        return int(self.is_word.sum())

    def passages(self) -> list[tuple[int, int]]:
        """Return where each passage begins and ends in the clean text."""
        heads = np.flatnonzero(np.diff(self.passage, prepend=-1))
        lasts = np.append(heads[1:], len(self.passage)) - 1 if len(heads) else heads
        return list(zip(self.start[heads].tolist(), self.end[lasts].tolist(), strict=True))


def tokenise(text: str, abbreviations: frozenset[str] = frozenset()) -> Tokens:
    """Split a clean text into tokens, sentences and passages.

    Parameters
    ----------
    text
        A clean text.
    abbreviations
        Lower-case words whose full stop does not end a sentence.

    Returns
    -------
    Tokens
    """
    codes = np.frombuffer(text.encode("utf-32-le"), dtype=np.uint32)
    runs = Runs.current()
    numbers, start = runs.words(text, codes)
    kinds, length = _KINDS.of(runs.vocabulary, numbers)
    line = np.searchsorted(np.flatnonzero(codes == _LINE_END), start)
    spell = runs.vocabulary.words
    sentence, initial = _sentences(lambda at: spell[numbers[at]], kinds, line, abbreviations)
    is_word = kinds >= _WORD
    passage = _passages(sentence, line, is_word)
    return Tokens(
        runs.vocabulary, numbers, start, start + length, sentence, passage, initial, is_word
    )


_LINE_END = ord("\n")


# --- kinds of token ------------------------------------------------------------------------

_MARK, _OPEN, _CLOSE, _STOP, _WORD, _CAPITAL = range(6)
_OPENING, _CLOSING = frozenset("«“„\"'([—–-‘"), frozenset("»”\"')]’“")


def _kind(word: str) -> int:
    if word.isalnum() or any(map(str.isalnum, word)):
        return _CAPITAL if word[0].isupper() or word[0].isdigit() else _WORD
    if word[0] in ".!?…":
        return _STOP
    if word in _CLOSING:
        return _CLOSE
    return _OPEN if word in _OPENING else _MARK


def _kinds(_: Vocabulary, words: list[str]) -> Iterator[int]:
    for word in words:
        yield _kind(word)
        yield len(word)


_KINDS = Column(_kinds, 2)


# --- sentences and passages ----------------------------------------------------------------


def _sentences(
    word: Callable[[int], str], kinds: RowArray, line: IntArray, abbreviations: frozenset[str]
) -> tuple[IntArray, BoolArray]:
    """Give each sentence a number, and mark the first word of each.

    A sentence ends at a line's end, or at ``.``, ``!``, ``?`` or ``…`` (closing quotation marks
    and brackets after it belong to it) before a capital or a digit, unless the full stop belongs
    to an abbreviation or an initial.
    """
    n = len(kinds)
    begins = np.zeros(n, dtype=bool)
    if n:
        begins[0] = True
        begins[1:] = line[1:] != line[:-1]
    kind = kinds.tolist()
    after = first = 0
    for stop in np.flatnonzero(kinds == _STOP).tolist():
        if stop >= after:  # else one of a run ("?!"), whose end is known
            after = stop + 1
            while after < n and kind[after] in {_CLOSE, _STOP} and not begins[after]:
                after += 1
            first = after
            while first < n and kind[first] in {_OPEN, _CLOSE, _MARK} and not begins[first]:
                first += 1
        if first < n and kind[first] == _CAPITAL and not _abbreviated(word, stop, abbreviations):
            begins[after] = True
    sentence = np.cumsum(begins) - 1
    initial = np.zeros(n, dtype=bool)
    worded = np.flatnonzero(kinds >= _WORD)
    initial[worded[np.diff(sentence[worded], prepend=-1) > 0]] = True
    return sentence, initial


def _abbreviated(word: Callable[[int], str], stop: int, abbreviations: frozenset[str]) -> bool:
    before = word(stop - 1) if stop else ""
    is_initial = len(before) == 1 and before.isupper()
    return word(stop) == "." and (is_initial or before.lower() in abbreviations)


def _passages(sentence: IntArray, line: IntArray, is_word: BoolArray) -> IntArray:
    """Give each passage a number: lines, cut at a sentence's end after `PASSAGE_WORDS` words."""
    if not len(sentence):
        return sentence
    heads = np.flatnonzero(np.diff(sentence, prepend=-1))
    lengths = np.add.reduceat(is_word.astype(np.int64), heads).tolist()
    lines = line[heads].tolist()
    numbers, number, held = [], 0, 0
    for i, length in enumerate(lengths):
        if i and (lines[i] != lines[i - 1] or held >= PASSAGE_WORDS):
            number, held = number + 1, 0
        numbers.append(number)
        held += length
    return np.asarray(numbers, dtype=np.int64)[sentence]
