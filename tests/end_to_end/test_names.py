"""Whom a text speaks of moves no verdict of the model that ships."""

from __future__ import annotations

from math import log

import pytest

from classifier import Article, Model, load_model

ENGLISH = (
    "{0} said on Tuesday that the new budget would be passed before the winter. The council met in "
    "the evening, and officials explained how the money would be spent. {0} did not answer "
    "questions about the delay. A spokesman said the work on the bridge would begin in spring, and "
    "that the schools would get new windows. Residents who came to the meeting asked about the "
    "price of heating. The mayor promised an answer within two weeks."
)
RUSSIAN = (
    "{0} сообщил во вторник, что новый бюджет примут до зимы. Совет собрался вечером, и чиновники "
    "объяснили, как будут потрачены деньги. {0} не ответил на вопросы о задержке. Пресс-секретарь "
    "сказал, что работы на мосту начнутся весной, а школы получат новые окна. Жители, которые "
    "пришли на встречу, спрашивали о цене отопления. Мэр пообещал ответить через две недели, когда "
    "будут готовы расчёты и станет понятно, сколько всё это стоит."
)
POLISH = (
    "{0} powiedział we wtorek, że nowy budżet zostanie przyjęty przed zimą. Rada zebrała się "
    "wieczorem, a urzędnicy wyjaśnili, jak zostaną wydane pieniądze. {0} nie odpowiedział na "
    "pytania o opóźnienie. Rzecznik dodał, że prace na moście zaczną się wiosną, a szkoły dostaną "
    "nowe okna. Mieszkańcy, którzy przyszli na spotkanie, pytali o cenę ogrzewania. Burmistrz "
    "obiecał odpowiedź w ciągu dwóch tygodni, kiedy gotowe będą wyliczenia."
)


@pytest.fixture(scope="module")
def model() -> Model:
    return load_model()


@pytest.mark.parametrize(
    ("text", "names"),
    [
        (ENGLISH, ("Johansson", "Moscow", "Kyiv", "Kiev", "Zelensky", "Putin", "Trump", "Soros")),
        (RUSSIAN, ("Йоханссон", "Путин", "Зеленский", "Трамп", "Лукашенко", "Байден")),
        (POLISH, ("Johansson", "Putin", "Tusk", "Kaczyński", "Zełenski", "Trump")),
    ],
)
def test_another_name_moves_the_log_odds_by_next_to_nothing(
    model: Model, text: str, names: tuple[str, ...]
) -> None:
    found = []
    for name in names:
        p = model.score(Article(text.format(name))).p_propaganda
        assert p is not None
        found.append(log(p / (1 - p)))
    # What is left is a stem that a name shares with another word ("Trump", "trumpet").
    assert max(found) - min(found) < 0.1
