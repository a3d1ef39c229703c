"""One article, read once: what every view looks at."""

from __future__ import annotations

import re
from dataclasses import dataclass

from krynica.classifier import language as languages
from krynica.classifier import style
from krynica.classifier.arrays import BoolArray, FloatArray
from krynica.classifier.article import Article
from krynica.classifier.cleaning import CleanText, clean
from krynica.classifier.languages import LANGUAGES
from krynica.classifier.masking import Masked, mask
from krynica.classifier.script import Script
from krynica.classifier.tokens import Tokens, tokenise

_HALVES = re.compile("[\ud800-\udfff]")
"""Halves of surrogate pairs: a Python string can hold them, no tokeniser can read them."""


@dataclass(frozen=True)
class Reading:
    """What is known of an article before any model looks at it.

    Parameters
    ----------
    language
        ISO 639-1 code, or ``"und"``.
    clean
        The clean text, with the way back to the original.
    tokens
        Its words, sentences and passages.
    masked
        The form of each token that the views may see.
    style
        The measures of `classifier.measures.MEASURES`, in their order.
    quoted
        Of each token, whether somebody else speaks: it stands inside quotation marks, or in a
        sentence with a verb or a phrase of attribution.
    script
        The letters of the text as given. Belarusian in Latin letters (`Script.LACINKA`) stands
        in Cyrillic ones in the clean text.
    """

    language: str
    clean: CleanText
    tokens: Tokens
    masked: Masked
    style: FloatArray
    quoted: BoolArray
    script: Script = Script.USUAL


@dataclass(frozen=True)
class Text:
    """An article as far as every look at it needs: cleaned, and its words told apart.

    Parameters
    ----------
    language, clean, tokens, script
        As of a `Reading`.
    """

    language: str
    clean: CleanText
    tokens: Tokens
    script: Script


def begin(article: Article) -> Text:
    """Tell an article's language, clean it and split it into words.

    Parameters
    ----------
    article
        The article; its language is detected unless it says one.

    Raises
    ------
    classifier.errors.UnreadableError
        If there is nothing to read.
    """
    article.require_text()
    legible = _HALVES.sub("\ufffd", article.text)
    identified = languages.identify(legible, article.language)
    code, script = identified.language, identified.script
    known = LANGUAGES.get(code)
    text = clean(legible, code, script)
    tokens = tokenise(text.text, known.abbreviations if known else frozenset())
    return Text(code, text, tokens, script)


def finish(text: Text) -> Reading:
    """Mask and measure what `begin` gave."""
    masked = mask(text.tokens, text.language)
    counts = style.count(text.clean.text, text.tokens, masked, text.language)
    return Reading(
        text.language,
        text.clean,
        text.tokens,
        masked,
        style.compute(counts),
        counts.quoted,
        text.script,
    )


def read(article: Article) -> Reading:
    """Clean, tokenise, mask and measure an article; parameters and errors as of `begin`."""
    return finish(begin(article))
