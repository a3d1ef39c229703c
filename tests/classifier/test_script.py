from __future__ import annotations

import unicodedata

import pytest

from krynica.classifier.article import Article
from krynica.classifier.language import UNKNOWN, Identified, detect, identify
from krynica.classifier.reading import read
from krynica.classifier.script import Script, script_of

LACINKA = (
    "U našym miastečku ŭ subotu adčynili novuju biblijateku. Staršynia rady skazaŭ, što jaje "
    "budavali try hady i što hrošaj chapiła tolki dziakujučy ludziam, jakija składalisia."
)
LATIN_RUSSIAN = (
    "V nashem gorodke v subbotu otkryli novuyu biblioteku. Predsedatel soveta skazal, chto ee "
    "stroili tri goda i chto deneg khvatilo tolko blagodarya lyudyam, kotorye skladyvalis."
)
NEIGHBOURS = {
    "pl": "W naszym miasteczku w sobotę otwarto nową bibliotekę. Przewodniczący rady mówił, że "
    "budowano ją trzy lata i że pieniędzy starczyło tylko dzięki ludziom, którzy się złożyli. "
    "Dla mieszkańców byli to ci sami, jaki był dzień, taki był wieczór, albo tak, albo nie.",
    "cs": "V našem městečku v sobotu otevřeli knihovnu. Předseda rady řekl, že ji stavěli tři "
    "roky a že peníze stačily jen díky lidem, kteří se složili. Tady byli všichni, tak jak byla "
    "doba, a co bylo, to bylo. Jana řekla, že na to čekali dlouho.",
    "sk": "V našom mestečku v sobotu otvorili novú knižnicu. Predseda rady povedal, že ju stavali "
    "tri roky a že peniaze stačili len vďaka ľuďom, ktorí sa zložili. Bolo treba čakať, ale "
    "nikto nevedel, kto to všetko zaplatí, a tak sa pýtali aj jeho, aj jej.",
    "hr": "U našem gradiću u subotu su otvorili knjižnicu. Predsjednik vijeća rekao je da su je "
    "gradili tri godine i da je novca bilo dovoljno samo zahvaljujući ljudima koji su ga "
    "skupljali. Što je bilo, bilo je, a što treba, to će oni već znati, ili neće.",
    "lt": "Mūsų miestelyje šeštadienį atidaryta nauja biblioteka. Tarybos pirmininkas sakė, kad ji "
    "statyta trejus metus ir kad pinigų užteko tik žmonių dėka, kurie susimetė.",
    "en": "A new library opened in our town on Saturday. The chairman of the council said that it "
    "took three years to build and that there was enough money only thanks to the people. "
    "Mikhail Khodorkovsky, Zhanna and Tolko were among the guests from Nizhny Novgorod.",
    "eo": "En nia urbeto oni malfermis sabate bibliotekon. La prezidanto diris hodiaŭ, ke oni "
    "konstruis tri jarojn kaj ke ankaŭ la mono sufiĉis nur dank' al la homoj, laŭ kies volo "
    "oni kolektis, aŭ almenaŭ preskaŭ. Morgaŭ venos ankoraŭ aliaj.",
}


def test_belarusian_in_latin_letters_is_belarusian() -> None:
    assert identify(LACINKA) == Identified("be", Script.LACINKA)
    assert detect(LACINKA) == detect(unicodedata.normalize("NFD", LACINKA)) == "be"


def test_russian_in_latin_letters_is_named_and_of_no_language() -> None:
    assert identify(LATIN_RUSSIAN) == Identified(UNKNOWN, Script.LATIN_RUSSIAN)
    assert identify(LATIN_RUSSIAN, "ru") == Identified("ru", Script.LATIN_RUSSIAN)
    assert read(Article(LATIN_RUSSIAN)).script is Script.LATIN_RUSSIAN


@pytest.mark.parametrize("code", NEIGHBOURS)
def test_neighbours_are_in_their_letters(code: str) -> None:
    assert script_of(NEIGHBOURS[code]) is Script.USUAL


def test_cyrillic_text_that_quotes_lacinka_is_in_its_letters() -> None:
    text = "Шыльду вісіць на рагу вуліцы ўжо сто гадоў, і на ёй дагэтуль чытаецца: " * 3
    assert script_of(f"{text} {LACINKA[:60]}") is Script.USUAL


@pytest.mark.parametrize("form", ["NFC", "NFD"])
def test_lacinka_is_read_in_cyrillic_and_points_into_the_text_as_given(form: str) -> None:
    text = unicodedata.normalize(form, f"{LACINKA}\nhttps://example.org/navina")
    reading = read(Article(text))
    assert (reading.language, reading.script) == ("be", Script.LACINKA)
    words = dict(zip(reading.tokens.words, range(len(reading.tokens.words)), strict=True))
    for cyrillic, latin in (("людзям", "ludziam"), ("сказаў", "skazaŭ"), ("яе", "jaje")):
        at = words[cyrillic]
        span = int(reading.tokens.start[at]), int(reading.tokens.end[at])
        start, end = reading.clean.original(*span)
        assert text[start:end] == unicodedata.normalize(form, latin)
    assert "example" not in reading.clean.text
    assert "хттп" not in reading.clean.text


def test_a_short_part_of_a_belarusian_text_is_known_by_its_letters() -> None:
    assert read(Article("Hrošaj niama.", language="be")).script is Script.LACINKA
    assert read(Article("No comment, he said.", language="be")).script is Script.USUAL
    assert read(Article("Nie ma pieniędzy, więc będzie źle.", language="be")).script is Script.USUAL


def test_the_three_ways_to_write_belarusian_have_the_same_forms() -> None:
    told = "Усе ведаюць, што гэта няпраўда: свет без плана не жыве, кажа дэпутат."
    classical = "Усе ведаюць, што гэта няпраўда: сьвет бяз пляна ня жыве, кажа дэпутат."
    latin = "Usie viedajuć, što heta niapraŭda: śviet biaz plana nia žyvie, kaža deputat."
    forms = [list(read(Article(text, language="be")).masked) for text in (told, classical, latin)]
    assert forms[0] == forms[1] == forms[2]
