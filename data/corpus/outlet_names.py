"""Whether two names are of one outlet: its name, its domain, or an address of its pages.

Names are compared in Latin letters, without marks, signs and spaces. They are of one outlet where

- they are the same, as such or without what many outlets add: “Sputnik Polska” and
  “sputniknews.com” are “sputnik”, “BBC News” is “bbc”; of addresses, the part that was registered
  and the first one count: “russian.rt.com” is “rt”, “abcnews.go.com” is “abcnews”;
- or the words of one begin the other: “rt” and “RT documentaries”.

That is rather too wide than too narrow, and on purpose. It serves to find outlets that a model has
met, and to count outlets that differ. Who is wrongly taken for known, or for the same, costs rows,
which is said and counted; who is wrongly taken for new flatters a model. Names that share nothing
are not told: “RT” and “Russia Today”, “nytimes.com” and “New York Times”.
"""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
import numpy.typing as npt
import pandas as pd

from krynica.data.outlets import channel_of, host_of, outlet_of

_WORD = re.compile(r"[^\W_]+")
_LEADING = re.compile("the|gazeta|radio|tv|telekanal|kanal|channel|portal|site|agentstvo")
_EDITIONS = (
    "world|international|europe|africa|asia|america|usa|us|uk|en|eng|english|ru|rus|russia|russian"
    "|ua|ukr|ukraine|ukrainian|ukraina|belarus|belarusian|poland|polska|polski|polish|deutsch"
    "|german|france|francais|french|espanol|spanish|arabic"
)
_TRAILING = re.compile(
    "news|novosti|novini|naviny|online|onlain|media|tv|radio|gazeta|portal|live|today|segodnya"
    f"|beta|globe|daily|blog|site|web|mobile|archive|edition|editorial|opinion|{_EDITIONS}"
)
_ADDED = re.compile(rf"{_LEADING.pattern}|{_TRAILING.pattern}|www|amp|m|\d+")
_GLUED = re.compile(rf"(.{{2,}}?)(?:(?=.{{4}}|tv$)(?:{_TRAILING.pattern}))|the(.{{4,}})")
"""What is written in one with a name: four letters and more, but for “tv”."""
_LATIN = str.maketrans(
    dict(zip("абвгґдезиіклмнопрстуфыэєł", "abvggdeziiklmnoprstufyeel", strict=True))
    | dict(zip("жхцчшщюя", ["zh", "kh", "ts", "ch", "sh", "shch", "yu", "ya"], strict=True))
    | dict.fromkeys("ьъ'’ʼ", "")
)


@dataclass(frozen=True)
class _Keys:
    """What a name is compared by: ``whole``, ``short`` without additions, ``begun`` by words."""

    whole: frozenset[str]
    short: frozenset[str]
    begun: frozenset[str]


class KnownOutlets:
    """Outlets that are known, to be asked for under any of their names.

    Parameters
    ----------
    names
        Their names, domains or addresses.
    """

    def __init__(self, names: Iterable[str]) -> None:
        self._whole: dict[str, str] = {}
        self._short: dict[str, str] = {}
        self._begun: dict[str, str] = {}
        for name in sorted(names):
            keys = _keys(name)
            for found, mine in (
                (self._whole, keys.whole),
                (self._short, keys.short),
                (self._begun, keys.begun),
            ):
                for key in mine:
                    found.setdefault(key, name)

    def match(self, name: str) -> str | None:
        """Return the known name that a name stands for; None where the outlet is not known."""
        keys = _keys(name)
        for found, mine in (
            (self._whole, keys.whole),
            (self._short, keys.short),
            (self._whole, keys.begun),
            (self._begun, keys.whole),
        ):
            for key in sorted(mine & found.keys()):
                return found[key]
        return None

    def __contains__(self, name: str) -> bool:
        """Tell whether an outlet is known."""
        return self.match(name) is not None

    def rows(self, articles: pd.DataFrame) -> npt.NDArray[np.bool_]:
        """Tell which articles are of known outlets, by their outlets' names or by their addresses.

        Parameters
        ----------
        articles
            Labelled articles, with their columns `outlet` and `url` where there are any.
        """
        columns = (articles[name] for name in ("outlet", "url") if name in articles)
        known = np.zeros(len(articles), dtype=np.bool_)
        for column in columns:
            sites = column.map(lambda value: host_of(value) or value, na_action="ignore")
            met = [name for name in sites.dropna().unique() if str(name) in self]
            known |= sites.isin(met).to_numpy()
        return known


def joined(names: Iterable[str]) -> dict[str, str]:
    """Put names together that are of one outlet, by themselves or through a third.

    Returns
    -------
    dict
        Each name, and the shortest of those it stands together with, the first among equals.
    """
    ordered = sorted(set(names), key=lambda name: (len(name), name))
    head = {name: name for name in ordered}

    def first(name: str) -> str:
        while head[name] != name:
            name = head[name]
        return name

    place = {name: at for at, name in enumerate(ordered)}
    keys = {name: _keys(name) for name in ordered}
    whole, short = _holders(keys, "whole"), _holders(keys, "short")
    for name in ordered:
        mine = keys[name]
        near = [other for key in mine.whole | mine.begun for other in whole[key]]
        near += [other for key in mine.short for other in short[key]]
        for other in near:
            one, two = sorted((first(name), first(other)), key=place.__getitem__)
            head[two] = one
    return {name: first(name) for name in ordered}


def _holders(keys: dict[str, _Keys], kind: str) -> defaultdict[str, list[str]]:
    found: defaultdict[str, list[str]] = defaultdict(list)
    for name, one in keys.items():
        for key in getattr(one, kind):
            found[key].append(name)
    return found


@lru_cache(maxsize=1 << 16)
def _keys(name: str) -> _Keys:
    # The host of a channel is that of all channels.
    name = (channel_of(name) or name).removeprefix("t.me/")
    host = host_of(name)
    if host is None:
        readings = [_words(name)]
    else:
        registered = outlet_of(f"http://{host}/") or host
        labels = (part.partition(".")[0] for part in (registered, host))
        readings = [_words(host)]
        readings += [words for label in labels if (words := _words(label)) and _tells(words)]
    whole, short, begun = set(), set(), set()
    for at, words in enumerate(readings):
        bare = words[1:] if words[:1] == ("the",) and words[1:] else words
        whole |= {"".join(words), "".join(bare)}
        short |= {"".join(bare), "".join(_core(words)), _unglued("".join(bare))}
        if host is None or at:  # how a host begins says nothing: “news.bbc.co.uk”
            begun |= {"".join(bare[:n]) for n in range(1, len(bare)) if _tells(bare[:n])}
    long_enough = {key for key in begun if len(key) > 1}
    return _Keys(frozenset(whole - {""}), frozenset(short - {""}), frozenset(long_enough))


def _words(text: str) -> tuple[str, ...]:
    marked = unicodedata.normalize("NFKD", text.casefold())
    plain = "".join(sign for sign in marked if not unicodedata.combining(sign))
    return tuple(_WORD.findall(plain.translate(_LATIN)))


def _tells(words: Iterable[str]) -> bool:
    """Tell whether a word is there that not many outlets have."""
    return not all(_ADDED.fullmatch(word) for word in words)


def _core(words: tuple[str, ...]) -> tuple[str, ...]:
    """Return words without what many outlets put before and after their name."""
    low, high = 0, len(words)
    while low < high and _LEADING.fullmatch(words[low]):
        low += 1
    while low < high and _TRAILING.fullmatch(words[high - 1]):
        high -= 1
    return words[low:high] if _tells(words[low:high]) else words


def _unglued(word: str) -> str:
    """Return a word without what was written in one with it: “sputniknews”, “theguardian”."""
    found = _GLUED.fullmatch(word)
    left = (found[1] or found[2]) if found else word
    return left if _tells([left]) else word
