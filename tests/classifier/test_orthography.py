from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from krynica.classifier.languages import LANGUAGES
from krynica.classifier.orthography import official, to_cyrillic

LACINKA = st.text(st.sampled_from("abcčćdeźžhijklłmnńrsśšuŭvzyBCDHJLŁŚŽ '.,\n7q"), max_size=60)


@pytest.mark.parametrize(
    ("latin", "cyrillic"),
    [
        ("Siońnia ŭ Miensku", "Сёньня ў Менску"),
        ("Chto havoryć, što jany pryjšli?", "Хто гаворыць, што яны прыйшлі?"),
        ("dzień, dzie, dziadźka, dažynki, chadźba", "дзень, дзе, дзядзька, дажынкі, хадзьба"),
        ("ptuška lacić, łaŭka łamajecca", "птушка ляціць, лаўка ламаецца"),
        ("sielski, bolš, liście, viasielle", "сельскі, больш, лісьце, вяселле"),
        ("abjava, zjezd, źjava, pjesa", "аб'ява, з'езд, зьява, п'еса"),
        ("zdaroŭje, sałaŭji, jaje, jich", "здароўе, салаўі, яе, іх"),
        ("heta nie jość haradskaja sprava", "гэта не ёсьць гарадская справа"),
        ("Eŭropa, idealohija, pensija", "Эўропа, ідэалёгія, пэнсія"),
        ("Jakub, JAKUB, Chviedar, CHATA, Dzima", "Якуб, ЯКУБ, Хведар, ХАТА, Дзіма"),
        ("Łonia, LIPA, Bolšaść, BOLŠ", "Лоня, ЛІПА, Большасьць, БОЛЬШ"),
        ("у 2026 годзе — 5%", "у 2026 годзе — 5%"),
    ],
)
def test_lacinka_is_put_into_cyrillic(latin: str, cyrillic: str) -> None:
    assert to_cyrillic(latin)[0] == cyrillic


@given(LACINKA)
def test_every_letter_knows_where_it_came_from(text: str) -> None:
    written, places = to_cyrillic(text)
    assert len(places) == len(written) + 1
    assert places[-1] == len(text)
    assert (places[1:] >= places[:-1]).all()
    for character, place in zip(written, places.tolist(), strict=False):
        assert character.isalpha() == text[place].isalpha() or character == "'"


@pytest.mark.parametrize(
    ("classical", "modern"),
    [
        *(("сьвет", "свет"), ("зьмены", "змены"), ("сёньня", "сёння"), ("пасьля", "пасля")),
        *(("жыцьцё", "жыццё"), ("судзьдзя", "суддзя"), ("вясельле", "вяселле")),
        *(("калосьсе", "калоссе"), ("дзьверы", "дзверы"), ("цьвёрды", "цвёрды")),
        *(("зьнішчыць", "знішчыць"), ("радасьць", "радасць"), ("госьці", "госці")),
        *(("зьезд", "з'езд"), ("грамадзкі", "грамадскі"), ("ваяводзтва", "ваяводства")),
        *(("плян", "план"), ("эўропа", "еўропа"), ("клюб", "клуб"), ("газэта", "газета")),
        *(("прэзыдэнт", "прэзідэнт"), ("парлямэнт", "парламент"), ("сыстэма", "сістэма")),
        *(("ідэалёгія", "ідэалогія"), ("міністар", "міністр"), ("рэкляма", "рэклама")),
        *(("ня", "не"), ("бяз", "без"), ("ўсе", "усе"), ("ў", "у")),
    ],
)
def test_classical_spelling_becomes_official(classical: str, modern: str) -> None:
    assert official(classical) == modern


@pytest.mark.parametrize(
    "word",
    [
        *("пісьменнік", "восьмы", "вазьму", "возьме", "будзьма", "хадзьба", "дзядзька", "бацька"),
        *("хтосьці", "кудысьці", "калісьці", "сельскі", "толькі", "прэм'ер", "ачэпляны", "цьмяны"),
        *("бляха", "кляштар", "клястар", "мільён", "тэма", "сэрца", "цэнтр", "пасля", "рэйс"),
    ],
)
def test_official_spelling_stays(word: str) -> None:
    assert official(word) == word


def test_the_lists_are_in_official_spelling() -> None:
    belarusian = LANGUAGES["be"]
    for name in vars(belarusian):
        entries = getattr(belarusian, name)
        if isinstance(entries, tuple) and name != "furniture":
            for entry in entries:
                assert " ".join(map(official, entry.split())) == entry, name
