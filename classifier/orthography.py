"""The ways to write Belarusian, brought to one: official spelling in Cyrillic letters.

Belarusian is written in Cyrillic letters by the official rules or by the classical ones
(taraškievica), and in Latin letters (łacinka), which follow the classical ones. Whatever is
learned or looked up is learned and looked up in official spelling, so that a word is one word.
"""

from __future__ import annotations

import re

import numpy as np
import numpy.typing as npt


def _pairs(text: str) -> dict[str, str]:
    """Read pairs divided by commas, such as "плян план, клюб клуб"."""
    return dict(pair.split() for pair in text.split(","))


# --- łacinka -------------------------------------------------------------------------------

_LETTERS = dict(zip("abcčdefghijkłmnoprsštuŭvwyzž", "абцчдэфггійклмнопрсштуўввызж", strict=True))
_PLAIN = _LETTERS | _pairs("""
    ch х, dz дз, dž дж, dź дзь, ć ць, l ль, ń нь, ś сь, ź зь, q к, x кс
""")
_SOFT = dict(zip("aeou", "яеёю", strict=True))
_UNIT = re.compile(
    # What reads "ja" after a vowel reads "ia" after a consonant and "a" after l; after a hard
    # consonant "ja" is parted from it, as in "abjava".
    r"(?P<apart>(?<=[bcčdfghkłmnprsštvwzž])j)(?P<apart_vowel>[aeiou])"
    r"|(?P<j>j)(?P<j_vowel>[aeiou])"
    r"|(?P<i>(?<=[bcčćdfghkłlmnńprsśštvwzźž])i)(?P<i_vowel>[aeou])"
    r"|(?P<l>l)(?P<l_vowel>[aeou])|(?P<bare>l)(?=[il])"
    r"|dź|dž|dz|ch|[abcčćdefghijkłlmnńopqrsśštuŭvwxyzźž]",
    re.IGNORECASE,
)


def to_cyrillic(text: str) -> tuple[str, npt.NDArray[np.int64]]:
    """Write łacinka in Cyrillic letters, by the classical rules it follows.

    Parameters
    ----------
    text
        A text whose accents are joined to their letters; what is no letter of łacinka stays.

    Returns
    -------
    text : str
        The text in Cyrillic letters.
    places : ndarray of int64, shape (len(text) + 1,)
        Where each of its characters stood in the text as given; the last entry is its length.

    Examples
    --------
    >>> to_cyrillic("Siońnia ŭ Miensku")[0]
    'Сёньня ў Менску'
    """
    pieces: list[str] = []
    places: list[npt.NDArray[np.int64]] = []
    done = 0
    for unit in _UNIT.finditer(text):
        start, end = unit.span()
        written = _cased(_cyrillic(unit), text, start, end)
        pieces += [text[done:start], written]
        own = np.minimum(start + np.arange(len(written)), end - 1)
        places += [np.arange(done, start), own]
        done = end
    pieces.append(text[done:])
    places.append(np.arange(done, len(text) + 1))
    return "".join(pieces), np.concatenate(places)


def _cyrillic(unit: re.Match[str]) -> str:
    """Return a unit in small Cyrillic letters."""
    small = unit.group().lower()
    if unit["bare"]:
        return "л"
    if unit["l"]:
        return "л" + _SOFT[small[1]]
    if unit["i"]:
        return _SOFT[small[1]]
    if unit["j"] or unit["apart"]:
        vowel = _SOFT.get(small[1], "і")
        return "'" + vowel if unit["apart"] else vowel
    return _PLAIN[small]


def _cased(written: str, text: str, start: int, end: int) -> str:
    """Give letters the case of those they stand for; "Dz" begins a name, "DZ" a shout."""
    if not text[start].isupper():
        return written
    beside = text[start + 1 : end + 1] or text[max(start - 1, 0) : start]
    return written.upper() if beside[:1].isupper() else written[:1].upper() + written[1:]


# --- classical spelling --------------------------------------------------------------------

_WHOLE = _pairs("""
    ня не, бяз без, бязь без, празь праз, церазь цераз, зь з, міністар міністр, цэнтар цэнтр,
    тэатар тэатр, пасьля пасля
""")
_SIGNS = _pairs("""
    дзьдз ддз, цьц цц, ньн нн, льл лл, дз(?=[ск]|тв) дс, (?<!д)зь(?=[бпвфнлдзс]) з,
    сь(?=[пвфнлдзс]) с, (?<![до])зь(?=ц) з, сь(?=ц(?!і$)) с,
    (?<!то)(?<!аго)(?<!му)(?<!зе)(?<!лі)(?<!ды)(?<![іы][мх])сь(?=ці$) с,
    (?<!д)(?<!во)(?<!ва)(?<!ку)(?<!ка)зь(?=м) з, (?<!пі)(?<!во)(?<!ва)сь(?=м) с, ць(?=в) ц,
    дзь(?=в) дз, (?<!д)зь(?=[еёюя]) з'
""")
"""Signs of softness that classical spelling alone writes, for a soft consonant softens the one
before it. In a few roots official spelling has one there ("пісьмо", "восьмы", "вазьму", "будзьма",
"хтосьці")."""
_LOANS = _pairs("""
    эўр(?=[ао]) еўр, амэрык амерык, псэўд псеўд, нэа(?=[нф]) неа, газэ(?=[тц]) газе,
    рэклям рэклам, камэнт камент, сэры(?=[іяюй]) серы, (?<!э)плян план, клюб клуб,
    клясыч класіч, кляс(?!т) клас, плятф платф, балянс баланс, блёк блок, блякад блакад,
    плякат плакат, праклям праклам, дыплям дыплам, дыплём дыплом, лёгі(?=[іяюч]) логі,
    лягіч лагіч, дыялёг дыялог, аналёг аналог, палітоляг палітолаг, псыхоляг псіхолаг, псых псіх,
    філязоф філасоф, калёні калоні, лябар лабар, даляр долар, кілямэтр кіламетр,
    парлямэн парламен, рэглямэн рэгламен, дакумэн дакумен, момэнт момант, элемэнт элемент,
    аргумэнт аргумент, экспэрымэнт эксперымент, прэзыд прэзід, апазыц апазіц, пазыц пазіц,
    пазыт пазіт, сыст(?=э) сіст, сытуац сітуац, сымбаль сімвал, сымбал сімвал, візыт візіт,
    фізы(?=[чк]) фізі, дысыд дысід, нівэрсытэ ніверсітэ, сэнат сенат, сэнсац сенсац,
    сэктар сектар, сэкрэт сакрэт, сакрэтар сакратар, сэкунд секунд, сэсі(?=[іяю]) сесі,
    сэзон сезон, вэрсі версі, вэтэран ветэран, рэзэрв рэзерв, экспэрт эксперт,
    апэра(?=[цт]) апера, пэрсан персан, пэрспэкт перспект, пэрыяд перыяд, пэнс пенс, энэрг энерг,
    генэр генер, фэрэн ферэн, рэфэр рэфер, прафэс прафес, сфэр сфер, фэдэр федэр, тэмпэр тэмпер,
    губэр губер, інтэрвію інтэрв'ю, музэ(?=[йя]) музе, мэды(?=[цяк]) меды, нэрв нерв,
    мэханізм механізм, мэтад метад, мэтр метр, прэзэнт прэзент, эфэкт эфект, інвэст інвест,
    канвэн канвен, пэдаг педаг, сувэрэн суверэн, імпэр імпер, квазы квазі, камэр(?=ц) камер,
    катэдр кафедр, бэнз бенз, мэнэдж менедж
""")
"""Loan words: official spelling has them by way of Russian, the classical one from the West. The
commonest of the news."""
_RULES = {"^ў": "у"} | _SIGNS | _LOANS
"""Initial ў is a matter of the word before, not of this one: "і ўсе", but "потым усе"."""
_RULE = re.compile("|".join(f"({rule})" for rule in _RULES))
_OFFICIAL = (None, *_RULES.values())


def official(word: str) -> str:
    """Write a small Belarusian word by the official rules, if it is written by the classical ones.

    Examples
    --------
    >>> [official(word) for word in ("сьвет", "плян", "эўропа", "ня", "пісьмо")]
    ['свет', 'план', 'еўропа', 'не', 'пісьмо']
    """
    whole = _WHOLE.get(word)
    return whole or _RULE.sub(lambda found: _OFFICIAL[found.lastindex or 0] or "", word)
