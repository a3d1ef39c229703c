"""Hide what tells who wrote, of whom, where and when; keep how it is written.

A classifier that sees names learns outlets and topics: it knows Sputnik by its datelines and a
year by its presidents. So names, places, numbers and dates become placeholders before any view
looks at the words.
"""

from __future__ import annotations

from functools import lru_cache

from classifier.languages import LANGUAGES
from classifier.lexicon import Lexicon
from classifier.memo import Memo
from classifier.tokens import Tokens

NAME = "<name>"
NUMBER = "<num>"
_CATEGORIES = ("place_stems", "month_names")
_SAME = str.maketrans("’ʼ`ё", "'''е")
_SHORT_CAPITALS = 5
"""Longest word in capitals that is taken for an acronym; longer ones are shouted words."""


def mask(tokens: Tokens, language: str) -> list[str | None]:
    """Give each token the form in which the views may see it.

    Parameters
    ----------
    tokens
        Tokens of a clean text.
    language
        ISO 639-1 code; without a file for it, only case and digits are used.

    Returns
    -------
    list of str or None
        One entry a token: the word in lower case, `NAME`, `NUMBER`, or None for punctuation.
        The first word of a sentence is given in lower case whether it is a name or not: a
        vocabulary that was learned elsewhere does not hold names, so they are not found in it.
    """
    forms = _forms(language)
    return [
        forms[word][initial] if is_word else None
        for word, initial, is_word in zip(
            tokens.words, tokens.initial.tolist(), tokens.is_word.tolist(), strict=True
        )
    ]


@lru_cache(maxsize=8)
def _forms(language: str) -> Memo[tuple[str, str]]:
    """Return each word's masked forms: inside a sentence, and at its beginning."""
    lexicon = Lexicon(LANGUAGES.get(language), _CATEGORIES)
    return Memo(lambda word: (_form(word, lexicon), _form(word, lexicon, initial=True)))


def _form(word: str, lexicon: Lexicon, *, initial: bool = False) -> str:
    lower = word.lower().translate(_SAME)
    found = lexicon.categories(lower)
    if found & lexicon.bit("month_names") or any(map(str.isdigit, word)):
        return NUMBER
    if found & lexicon.bit("place_stems"):
        return NAME
    if word[0].islower() or lower in _PRONOUN:
        return lower
    if len(word) > 1 and word.isupper():
        return NAME if len(word) <= _SHORT_CAPITALS else lower
    return lower if initial else NAME


_PRONOUN = frozenset({"i", "i'm", "i've", "i'd", "i'll"})
