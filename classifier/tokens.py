"""Words, sentences and passages of a clean text, as arrays."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from classifier.memo import Memo

if TYPE_CHECKING:
    from spacy.tokenizer import Tokenizer

IntArray = npt.NDArray[np.int64]
BoolArray = npt.NDArray[np.bool_]

PASSAGE_WORDS = 60
"""A passage is a paragraph, cut at a sentence's end once it holds so many words: passages that
people marked have 33 words in the median and 97 at the ninth decile."""


@dataclass(frozen=True)
class Tokens:
    """Tokens of one text. All arrays have one entry a token.

    Parameters
    ----------
    words
        Each token as written; white space is no token.
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

    words: list[str]
    start: IntArray
    end: IntArray
    sentence: IntArray
    passage: IntArray
    initial: BoolArray
    is_word: BoolArray

    @property
    def n_words(self) -> int:
        """Number of tokens that are words or numbers."""
        return int(self.is_word.sum())


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
    spans = np.concatenate([_spans(part) + offset for offset, part in _parts(text)])
    start, end = spans[:, 0], spans[:, 1]
    words = [text[i:j] for i, j in spans.tolist()]
    kinds = np.array([_KINDS[word] for word in words], dtype=np.int64)
    keep = kinds != _BLANK
    if not keep.all():
        start, end, kinds = start[keep], end[keep], kinds[keep]
        words = [word for word, kept in zip(words, keep.tolist(), strict=True) if kept]
    line = np.searchsorted(_line_ends(text), start)
    sentence, initial = _sentences(words, kinds, line, abbreviations)
    is_word = kinds >= _WORD
    return Tokens(words, start, end, sentence, _passages(sentence, line, is_word), initial, is_word)


# --- tokens: spaCy, with rules that hold for all our languages ------------------------------

_SPACY_LIMIT = 900_000
"""Characters given to spaCy at a time; a longer text is cut at a blank."""
_RUN_LIMIT = 200
"""Characters without a blank given to spaCy at a time. It takes marks off a run one by one and
looks at all the rest each time: 20,000 exclamation marks took 12 s, and in pieces take 0.1 s."""
_LONG_RUN = re.compile(rf"(?<!\S)\S{{{_RUN_LIMIT + 1},}}")
_VOCABULARY_LIMIT = 300_000
"""Strings after which spaCy's vocabulary is begun anew: it only grows, and a service must not."""
_APART = r"\.{2,}|[^\w\s]"
_INSIDE = r"\.{2,}|--+|[^\w\s'’ʼ`.,-]|(?<=[^\W\d])[.,](?=[^\W\d])|(?<=\w)[.](?=[«“„\"])"


def _parts(text: str) -> Iterator[tuple[int, str]]:
    start = 0
    for run in _LONG_RUN.finditer(text):
        for cut in range(run.start() + _RUN_LIMIT, run.end(), _RUN_LIMIT):
            yield from _blocks(text, start, cut)
            start = cut
    yield from _blocks(text, start, len(text))


def _blocks(text: str, start: int, end: int) -> Iterator[tuple[int, str]]:
    while end - start > _SPACY_LIMIT:
        cut = text.rfind(" ", start + 1, start + _SPACY_LIMIT)
        cut = cut if cut > 0 else start + _SPACY_LIMIT
        yield start, text[start:cut]
        start = cut
    yield start, text[start:end]


class _Spacy:
    """The one tokeniser of this process; spaCy is imported at the first text."""

    tokenizer: Tokenizer | None = None

    @classmethod
    def get(cls) -> Tokenizer:
        if cls.tokenizer is None or len(cls.tokenizer.vocab.strings) > _VOCABULARY_LIMIT:
            from spacy.tokenizer import Tokenizer
            from spacy.vocab import Vocab

            # No lexical attributes: computing them for each new word takes half of the time.
            cls.tokenizer = Tokenizer(
                Vocab(lex_attr_getters={}),
                prefix_search=re.compile(rf"^(?:{_APART})").search,
                suffix_search=re.compile(rf"(?:{_APART})$").search,
                infix_finditer=re.compile(_INSIDE).finditer,
                max_cache_size=_VOCABULARY_LIMIT,
            )
        return cls.tokenizer


def _spans(text: str) -> IntArray:
    """Return the places of the tokens of a text, white space among them, shape (n, 2)."""
    places = _Spacy.get()(text).to_array(["IDX", "LENGTH"])
    spans: IntArray = np.asarray(places, dtype=np.int64).reshape(-1, 2)
    spans[:, 1] += spans[:, 0]
    return spans


# --- kinds of token ------------------------------------------------------------------------

_BLANK, _MARK, _OPEN, _CLOSE, _STOP, _WORD, _CAPITAL = range(7)
_OPENING, _CLOSING = frozenset("«“„\"'([—–-‘"), frozenset("»”\"')]’“")


def _kind(word: str) -> int:
    if any(map(str.isalnum, word)):
        return _CAPITAL if word[0].isupper() or word[0].isdigit() else _WORD
    if word.isspace():
        return _BLANK
    if word[0] in ".!?…":
        return _STOP
    if word in _CLOSING:
        return _CLOSE
    return _OPEN if word in _OPENING else _MARK


_KINDS = Memo(_kind)


# --- sentences and passages ----------------------------------------------------------------


def _line_ends(text: str) -> IntArray:
    return np.array([m.start() for m in re.finditer(r"\n", text)], dtype=np.int64)


def _sentences(
    words: list[str], kinds: IntArray, line: IntArray, abbreviations: frozenset[str]
) -> tuple[IntArray, BoolArray]:
    """Give each sentence a number, and mark the first word of each.

    A sentence ends at a line's end, or at ``.``, ``!``, ``?`` or ``…`` (closing quotation marks
    and brackets after it belong to it) before a capital or a digit, unless the full stop belongs
    to an abbreviation or an initial.
    """
    n = len(words)
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
        if first < n and kind[first] == _CAPITAL and not _abbreviated(words, stop, abbreviations):
            begins[after] = True
    sentence = np.cumsum(begins) - 1
    initial = np.zeros(n, dtype=bool)
    worded = np.flatnonzero(kinds >= _WORD)
    initial[worded[np.unique(sentence[worded], return_index=True)[1]]] = True
    return sentence, initial


def _abbreviated(words: list[str], stop: int, abbreviations: frozenset[str]) -> bool:
    before = words[stop - 1] if stop else ""
    is_initial = len(before) == 1 and before.isupper()
    return words[stop] == "." and (is_initial or before.lower() in abbreviations)


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
