from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import pytest

from krynica.classifier import runs
from krynica.classifier.article import Article
from krynica.classifier.reading import Reading, read
from krynica.classifier.vocabulary import Column, Vocabulary

SAMPLES = Path(__file__).parents[2] / "data" / "samples"
TEXTS = [path.read_text("utf-8") for path in sorted(SAMPLES.glob("*.txt"))]


def shown(reading: Reading) -> tuple[list[str], list[str | None], list[float]]:
    return reading.tokens.words, list(reading.masked), reading.style.tolist()


def read_all(_: int = 0) -> list[tuple[list[str], list[str | None], list[float]]]:
    return [shown(read(Article(text))) for text in TEXTS]


def begin_anew(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(runs.Runs, "_current", None)


def test_a_number_stays_and_gives_its_word_back() -> None:
    vocabulary = Vocabulary()
    words = ["a", "b", "a", "", "c"]
    numbers = vocabulary.numbers(words)
    assert vocabulary.spell(numbers) == words
    assert vocabulary.numbers(words[::-1]).tolist() == numbers.tolist()[::-1]
    assert vocabulary.number("b") == numbers[1]
    assert len(vocabulary) == 4


def test_a_column_asks_once_for_each_word() -> None:
    asked: list[str] = []

    def lengths(_: Vocabulary, words: list[str]) -> list[int]:
        asked.extend(words)
        return [number for word in words for number in (len(word), -len(word))]

    vocabulary, column = Vocabulary(), Column(lengths, 2)
    for words in (["aa", "b", "aa"], [], ["b", "cccc"]):
        found = column.of(vocabulary, vocabulary.numbers(words))
        assert np.array_equal(found, [[len(w) for w in words], [-len(w) for w in words]])
    assert sorted(asked) == ["aa", "b", "cccc"]


def test_words_are_forgotten_and_nothing_else_changes(monkeypatch: pytest.MonkeyPatch) -> None:
    expected = read_all()
    begin_anew(monkeypatch)
    assert read_all() == expected
    monkeypatch.setattr(runs, "_WORDS_LIMIT", 500)
    assert read_all() == expected
    longest = max(len(set(text.split())) for text in TEXTS)
    assert len(runs.Runs.current().vocabulary) < 500 + 4 * longest


def test_threads_read_as_one_does(monkeypatch: pytest.MonkeyPatch) -> None:
    expected = read_all()
    monkeypatch.setattr(runs, "_WORDS_LIMIT", 2000)
    begin_anew(monkeypatch)
    with ThreadPoolExecutor(4) as pool:
        assert all(result == expected for result in pool.map(read_all, range(8)))
