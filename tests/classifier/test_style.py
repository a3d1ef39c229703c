from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from krynica.classifier.languages import LANGUAGES
from krynica.classifier.masking import mask
from krynica.classifier.measures import MEASURES
from krynica.classifier.style import measure
from krynica.classifier.tokens import tokenise

CODES = [*LANGUAGES, "und"]

NAMES = [one.name for one in MEASURES]


def measures(text: str, code: str = "en") -> dict[str, float]:
    abbreviations = LANGUAGES[code].abbreviations if code in LANGUAGES else frozenset[str]()
    tokens = tokenise(text, abbreviations)
    values = measure(text, tokens, mask(tokens, code), code)
    return dict(zip(NAMES, values.tolist(), strict=True))


def test_there_are_many_and_each_is_named_and_sourced() -> None:
    assert len(MEASURES) >= 25
    assert len(set(NAMES)) == len(MEASURES)
    assert all(m.name and m.formula and m.source for m in MEASURES)


@given(st.text(max_size=120), st.sampled_from(CODES))
def test_every_measure_is_finite(text: str, code: str) -> None:
    assert np.isfinite(list(measures(text, code).values())).all()


@pytest.mark.parametrize("code", CODES)
@pytest.mark.parametrize("text", ["", " ", "\n", "...", "5", "🙂"])
def test_nothing_much_is_measured_too(text: str, code: str) -> None:
    assert np.isfinite(list(measures(text, code).values())).all()


TEXT = (
    "The mayor said the budget is late. The council reportedly met on Tuesday! "
    "Did they vote? “Never,” wrote Anna Smith (the clerk): we must go."
)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("reporting_verbs", 8.0),
        ("hedges", 4.0),
        ("absolutes", 4.0),
        ("necessity", 4.0),
        ("first_plural", 4.0),
        ("third_plural", 4.0),
        ("second", 0.0),
        ("attributed_sentences", 0.5),
        ("hedges_to_boosters", 0.0),
        ("scare_quotes", 4.0),
        ("long_quotes", 0.0),
        ("sentence_length", 6.25),
        ("short_sentences", 0.75),
        ("long_words", 0.04),
        ("lexical_variety", 0.84),
        ("names", 8.0),
        ("distinct_names", 1.0),
        ("numbers", 4.0),
        ("commas", 0.25),
        ("questions", 0.25),
        ("exclamations", 0.25),
        ("brackets", 0.25),
        ("colons", 0.25),
        ("refutation", 0.0),
        ("in_quotation_marks", 0.04),
        ("reported_sentences", 0.5),
    ],
)
def test_a_known_text_gives_known_values(name: str, value: float) -> None:
    assert measures(TEXT)[name] == pytest.approx(value)


def test_quotations_are_told_by_length() -> None:
    found = measures(
        "He said: “We have passed the whole budget today” and left his “friends” there."
    )
    assert found["quoted_words"] == pytest.approx(7 / 14)
    assert found["long_quotes"] == 1.0
    assert found["scare_quotes"] == pytest.approx(100 / 14)


def test_sentence_measures() -> None:
    found = measures("One two.\n" + "word " * 40)
    assert found["long_sentences"] == 0.5
    assert found["sentence_length"] == 21.0
    assert found["sentence_length_spread"] == pytest.approx(19 / 21)


def test_set_phrases_count_once_in_their_category() -> None:
    found = measures("according to experts it is known that experts say so")
    assert found["attribution"] == pytest.approx(10.0)
    assert found["unnamed_sources"] == pytest.approx(20.0)


def test_shouting_is_counted() -> None:
    assert measures("these are TRAITORS now")["capitals"] == 25.0


@pytest.mark.parametrize(
    ("code", "text", "names"),
    [
        ("en", "the puppet said that we must never", "loaded reporting_verbs necessity absolutes"),
        ("ru", "марионетка сообщил что мы должны никогда не", "loaded necessity negations"),
        ("uk", "він сказав що ми не можемо", "reporting_verbs first_plural negations"),
        ("be", "ён сказаў што мы не можам", "reporting_verbs first_plural negations"),
        ("pl", "on powiedział że nas nigdy nie", "reporting_verbs first_plural negations"),
    ],
)
def test_the_lists_of_each_language_are_used(code: str, text: str, names: str) -> None:
    known, unknown = measures(text, code), measures(text, "und")
    for name in names.split():
        assert known[name] > 0
        assert unknown[name] == 0


@pytest.mark.parametrize("code", LANGUAGES)
def test_each_list_of_each_language_can_be_found(code: str) -> None:
    language = LANGUAGES[code]
    for category in (*NAMES[:17], "refutation"):
        entries = getattr(language, category)
        found = [measures(f"и {entry.replace('*', '')}", code)[category] > 0 for entry in entries]
        assert sum(found) >= 0.5 * len(entries) > 0, category


@pytest.mark.parametrize(
    ("code", "text"),
    [
        ("be", "Гэта фэйк: відэа не адпавядае рэчаіснасці, насамрэч яно знята летась."),
        ("be", "Гэта фэйк: відэа не адпавядае рэчаіснасьці, міністэрства абвяргае."),
        ("en", "Fact check: the false claim was debunked, and there is no evidence for it."),
        ("pl", "To nieprawda: nagranie jest zmanipulowane, w rzeczywistości powstało wcześniej."),
        ("ru", "Это фейк: видео не соответствует действительности, министерство опровергает."),
        ("uk", "Це фейк: відео не відповідає дійсності, міністерство спростовує."),
    ],
)
def test_who_refutes_is_heard(code: str, text: str) -> None:
    assert measures(text, code)["refutation"] > 100 * 2 / 14


ORDINARY = {
    "be": (
        "Бульбу нацерці на буйной тарцы, дадаць яйка і муку. Смажыць тры хвіліны з кожнага боку.",
        "Герой матчу забіў гол на апошняй хвіліне, і рэжым гульні змяніўся: суддзя даў пенальці.",
        "Мост закрыты пасля аварыі. Пра знішчэнне апоры паведаміла служба; кошт вялікі.",
        "Мост зачынены пасьля аварыі. Пра зьнішчэньне апоры паведаміла служба; кошт вялікі.",
    ),
    "en": (
        "Butcher the chicken, add a great stock and provoke a rolling boil, then plot the plates.",
        "An aggressive tackle, a radical change of line-up and a stunning goal in a brave finish.",
        "The bridge collapsed in March, a criminal inquiry found, and the disaster cost millions.",
    ),
    "pl": (
        "Ziemniaki zetrzeć, dodać wspaniały tłuszcz i smażyć, aż rozejdzie się potężny zapach.",
        "Bohater meczu strzelił gola w ostatniej minucie, a krach obrony widzieli wszyscy kibice.",
        "Most zniszczyła woda. Prokuratura bada, czy doszło do przestępczej zmowy i korupcji.",
    ),
    "ru": (
        "Измените режим духовки, добавьте традиционные пряности: великолепный ужин готов.",
        "Герой матча забил великий гол, а кураторы турнира изменили режим тренировок.",
        "Мост закрыли из-за катастрофы. Уничтожена опора, возбуждено дело о преступной халатности.",
    ),
    "uk": (
        "Змініть режим духовки, додайте прянощі; шалено смачна вечеря готова за годину.",
        "Герой матчу забив гол на останній хвилині, а куратори турніру змінили режим тренувань.",
        "Міст зачинено через катастрофу. Опору знищено, справу про злочинну недбалість відкрито.",
    ),
}


@pytest.mark.parametrize("code", ORDINARY)
def test_no_word_of_kitchens_sports_and_plain_news_is_loaded(code: str) -> None:
    assert [measures(text, code)["loaded"] for text in ORDINARY[code]] == [0.0] * len(
        ORDINARY[code]
    )


def test_belarusian_lists_work_in_classical_spelling() -> None:
    modern = "Здраднікі знішчаюць свет, усе ведаюць: паводле плана яны не спыняцца, бо гэта хлусня."
    classical = (
        "Здраднікі зьнішчаюць сьвет, усе ведаюць: паводле пляна яны ня спыняцца, бо гэта хлусьня."
    )
    found = measures(modern, "be"), measures(classical, "be")
    assert [found[0][name] for name in NAMES[:17]] == [found[1][name] for name in NAMES[:17]]
    assert measures(classical, "be")["loaded"] > 0


@pytest.mark.parametrize(
    ("code", "text"),
    [
        (
            "be",
            "Збеглыя здраднікі і прадажныя найміты служаць заакіянскім гаспадарам, гэтая зграя.",
        ),
        ("be", "Зьбеглыя здраднікі, прадажныя найміты, крывавыя карнікі, ашалелыя русафобы."),
        ("en", "Runaway traitors and deranged stooges serve a rotting empire of lies."),
        ("pl", "Zdrajcy i sprzedajne pachołki służą zgniłemu imperium kłamstwa i nikczemności."),
        ("ru", "Беглые предатели и продажные приспешники служат гниющей империи лжи."),
        ("uk", "Зрадники і продажні посіпаки служать кривавій імперії брехні та ненависті."),
    ],
)
def test_the_words_of_state_television_are_loaded(code: str, text: str) -> None:
    assert measures(text, code)["loaded"] > 20
