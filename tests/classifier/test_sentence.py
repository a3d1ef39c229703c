from __future__ import annotations

import copy
import json
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context

import pytest

from krynica.classifier.sentence import Sentence


def test_it_is_the_string_it_makes() -> None:
    made = Sentence("{name} holds {n:d} word.", "{name} holds {n:d} words.", name="It", n=3)
    assert made == "It holds 3 words."
    assert json.dumps({"note": made}) == '{"note": "It holds 3 words."}'


@pytest.mark.parametrize(("n", "said"), [(0, "0 words"), (1, "1 word"), (2, "2 words")])
def test_it_counts(n: int, said: str) -> None:
    assert Sentence("{n:d} word", "{n:d} words", n=n) == said


def test_sentences_nest() -> None:
    parts = (Sentence("One."), Sentence("{n:d}.", n=2))
    assert Sentence("Parts: {parts}", parts=parts) == "Parts: One. 2."


def test_braces_in_a_value_are_left_alone() -> None:
    assert Sentence("“{url}” is no address.", url="{0}{x!r}") == "“{0}{x!r}” is no address."


def _through_a_process(made: Sentence) -> Sentence:
    with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as pool:
        return pool.submit(copy.copy, made).result()


@pytest.mark.parametrize("through", [copy.deepcopy, copy.copy, _through_a_process])
def test_it_remembers_through_copies_and_processes(through: Callable[[Sentence], Sentence]) -> None:
    made = through(Sentence("{p:.0%} of {what}", p=0.5, what=Sentence("it")))
    assert (made, made.template, made.values["p"]) == ("50% of it", "{p:.0%} of {what}", 0.5)
    assert made.values["what"].template == "it"
