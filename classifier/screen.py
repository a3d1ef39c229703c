"""The screen: the words alone say ``journalism`` where they can promise it, before the encoder.

A word is its first `PIECE` letters, small; a mark of punctuation is itself. A linear model over
the TF-IDF of these and of pairs of neighbours needs a hundredth of the encoder's time. It is
fitted on the same texts, and its point of clearing is chosen on outlets that it had not met
(`training.fit.screening`). It never accuses.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np

from krynica.classifier.answer import Levels, Reason, Verdict
from krynica.classifier.arrays import IntArray
from krynica.classifier.parameters import ScreenParameters
from krynica.classifier.sentence import Sentence
from krynica.classifier.tokens import Tokens
from krynica.classifier.verdict import Judgement, levels_of, p_propaganda, too_short
from krynica.classifier.views import TermShares
from krynica.classifier.vocabulary import Column, Vocabulary

PIECE = 5
"""Letters of a word that count: on outlets held out 5 gave an AUC of .832, 4 .831, 6 .828, whole
words .810; marks of punctuation took 5 to .851 (docs/experiments.md)."""


def piece(word: str) -> str:
    """Return what a word, or a mark, counts as."""
    return word.lower()[:PIECE]


class ScreenIndex:
    """The terms of a screen, found in the tokens of a text.

    Parameters
    ----------
    terms
        Pieces, and pairs of pieces with a space between, without repeats.
    """

    def __init__(self, terms: Sequence[str]) -> None:
        pairs = [(at, term.split(" ")) for at, term in enumerate(terms) if " " in term]
        self._alone = {term: at for at, term in enumerate(terms) if " " not in term}
        names = dict.fromkeys([*self._alone, *(name for _, pair in pairs for name in pair)])
        self._number = {name: number for number, name in enumerate(names)}
        self._size = len(names)
        keys = [self._number[one] * self._size + self._number[two] for _, (one, two) in pairs]
        order = np.argsort(np.array(keys, dtype=np.int64))
        # The last key is above all others, so that a place among the keys is always one of them.
        self._keys = np.append(np.array(keys, dtype=np.int64)[order], np.iinfo(np.int64).max)
        self._pairs = np.array([at for at, _ in pairs], dtype=np.int64)[order]
        self._column = Column(self._rows, 2)

    def _rows(self, _: Vocabulary, words: list[str]) -> Iterator[int]:
        for word in words:
            own = piece(word)
            yield self._number.get(own, -1)
            yield self._alone.get(own, -1)

    def find(self, tokens: Tokens) -> tuple[IntArray, float]:
        """Return the number of each term's occurrence, and the share of pieces among the terms."""
        number, alone = self._column.of(tokens.vocabulary, tokens.numbers)
        single = alone[alone >= 0].astype(np.int64)
        neighbours = np.flatnonzero((number[:-1] >= 0) & (number[1:] >= 0))
        keys = number[neighbours].astype(np.int64) * self._size + number[neighbours + 1]
        at = np.searchsorted(self._keys, keys)
        pairs = self._pairs[at[self._keys[at] == keys]]
        return np.concatenate([single, pairs]), len(single) / max(len(tokens.numbers), 1)


class Screen:
    """A screen at work.

    Parameters
    ----------
    parameters
        Its numbers.
    """

    def __init__(self, parameters: ScreenParameters) -> None:
        self.parameters = parameters
        self._index = ScreenIndex(parameters.terms)

    def judge(self, tokens: Tokens, language: str, minimum: int) -> Judgement:
        """Look at a text: ``journalism``, or ``unclear`` with a reason; never ``propaganda``.

        Parameters
        ----------
        tokens, language
            The text.
        minimum
            Fewest words that are judged.
        """
        reader = self.parameters.readers.get(language)
        if tokens.n_words < minimum:
            reason = too_short(tokens.n_words, minimum)
        elif reader is None:
            reason = words_alone()
        else:
            found, known = self._index.find(tokens)
            shares = TermShares.of(self.parameters.words, found, np.zeros_like(found))
            scores = np.array([shares.total + self.parameters.words.bias])
            p, told = float(p_propaganda(reader, scores)), levels_of(reader, scores)
            levels = Levels(float((told * np.arange(5)).sum()), tuple(told.tolist()))
            clears = p <= self.parameters.clear and known >= self.parameters.least_known
            reasons = () if clears else (words_alone(),)
            verdict: Verdict = "journalism" if clears else "unclear"
            return Judgement(p, levels, None, verdict, reasons, {"screen": p})
        return Judgement(None, None, None, "unclear", (reason,), {})


def words_alone() -> Reason:
    """Return the reason of a text that was read fast and not cleared."""
    return Reason(
        "words_alone",
        Sentence(
            "Only the words of this text were read, and they are not enough to call it journalism."
        ),
    )
