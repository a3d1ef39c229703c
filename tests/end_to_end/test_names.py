"""Whom a text speaks of moves no verdict of the model that ships."""

from __future__ import annotations

from math import log

import pytest

from krynica import Answer, Article, Model, load_model

ENGLISH = (
    "{0} said on Tuesday that the new budget would be passed before the winter. The council met in "
    "the evening, and officials explained how the money would be spent. {0} did not answer "
    "questions about the delay. A spokesman said the work on the bridge would begin in spring, and "
    "that the schools would get new windows. Residents who came to the meeting asked about the "
    "price of heating. The mayor promised an answer within two weeks."
)
MOST = 1.0
"""Most by which a name may move the log-odds: far less than lies between two verdicts."""
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


BELARUSIAN = (
    "{0} заявіў у аўторак, што новы бюджэт прымуць да зімы. Савет сабраўся ўвечары, і чыноўнікі "
    "патлумачылі, як будуць выдаткаваныя грошы. {0} не адказаў на пытанні пра затрымку. "
    "Прэс-сакратар сказаў, што працы на мосце пачнуцца ўвесну, а школы атрымаюць новыя вокны. "
    "Жыхары, якія прыйшлі на сустрэчу, пыталіся пра цану ацяплення. Мэр паабяцаў адказаць праз два "
    "тыдні, калі будуць гатовыя разлікі і стане зразумела, колькі ўсё гэта каштуе."
)
UKRAINIAN = (
    "{0} повідомив у вівторок, що новий бюджет ухвалять до зими. Рада зібралася ввечері, і "
    "чиновники пояснили, як будуть витрачені гроші. {0} не відповів на запитання про затримку. "
    "Речник сказав, що роботи на мосту почнуться навесні, а школи отримають нові вікна. Мешканці, "
    "які прийшли на зустріч, питали про ціну опалення. Мер пообіцяв відповісти за два тижні, коли "
    "будуть готові розрахунки і стане зрозуміло, скільки все це коштує."
)
LOUD = (
    "{0} and the whole rotten gang of traitors around them will not stop until our country lies in "
    "ruins! They lie, they steal, they spit on the graves of our heroes, and their puppet masters "
    "abroad clap their hands. How much longer must honest people endure this shame? Every decent "
    "citizen already knows the truth that {0} is so desperate to hide: behind the pretty words "
    "stands nothing but greed and hatred of everything we hold sacred. But our people are not "
    "blind. They see through the circus, and they will never forgive the betrayal."
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
        (BELARUSIAN, ("Ёханссан", "Лукашэнка", "Пуцін", "Зяленскі", "Трамп", "Ціханоўскі")),
        (UKRAINIAN, ("Йоганссон", "Путін", "Зеленський", "Трамп", "Порошенко", "Лукашенко")),
        (LOUD, ("Johansson", "Moscow", "Kyiv", "Zelensky", "Putin", "Trump", "Soros")),
    ],
    ids=["en", "ru", "pl", "be", "uk", "loud"],
)
def test_another_name_moves_no_verdict(model: Model, text: str, names: tuple[str, ...]) -> None:
    answers: list[Answer] = [model.score(Article(text.format(name))) for name in names]
    assert len({answer.verdict for answer in answers}) == 1
    found = []
    for answer in answers:
        p = answer.p_propaganda
        assert p is not None
        found.append(log(p / (1 - p)))
    # Words and style see no names; the encoder reads them as anybody does.
    assert max(found) - min(found) < MOST
    for view in ("words", "style"):
        told = [answer.signals[view] for answer in answers]
        # Where a name begins the sentence, its first letters may be those of another word.
        assert max(told) - min(told) < (0.25 if view == "words" else 0.02)
