"""Look words and set phrases of a language up in its lists."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence

from krynica.classifier.languages import Language


class Lexicon:
    """The word lists of a language, ready for look-up. Categories are bits of an integer.

    Parameters
    ----------
    language
        A language, or None for one without lists.
    categories
        Names of the fields of `Language` to hold.
    """

    FIRST, SECOND = 1 << 29, 1 << 30

    def __init__(self, language: Language | None, categories: Sequence[str]) -> None:
        self._bits = {name: 1 << i for i, name in enumerate(categories)}
        self._whole: dict[str, int] = defaultdict(int)
        self._stems: dict[str, int] = defaultdict(int)
        self._phrases: dict[str, list[tuple[tuple[str, ...], int]]] = defaultdict(list)
        for name, bit in self._bits.items():
            for entry in getattr(language, name, ()):
                first, *rest = entry.replace("ё", "е").split()  # as masked forms are written
                if rest:
                    self._phrases[first].append((tuple(rest), bit))
                    self._add(rest[0], self.SECOND)
                    self._add(first, self.FIRST)
                else:
                    self._add(first, bit)
        self._ends = sorted({len(stem) for stem in self._stems})
        self.longest = 1 + max((len(r) for p in self._phrases.values() for r, _ in p), default=0)

    def _add(self, word: str, bit: int) -> None:
        if word.endswith("*"):
            self._stems[word[:-1]] |= bit
        else:
            self._whole[word] |= bit

    def bit(self, category: str) -> int:
        """Return the bit of a category."""
        return self._bits[category]

    def categories(self, word: str) -> int:
        """Return the bits of all categories that hold a lower-case word.

        `FIRST` and `SECOND` are set where a set phrase may begin with it or go on with it.
        """
        found = self._whole.get(word, 0)
        for end in self._ends:
            if end > len(word):
                break
            found |= self._stems.get(word[:end], 0)
        return found

    def phrases(self, words: Sequence[str]) -> Iterator[int]:
        """Yield the bit of every set phrase with which lower-case words begin."""
        for rest, bit in self._phrases.get(words[0], ()):
            if len(words) > len(rest) and all(
                word.startswith(part[:-1]) if part.endswith("*") else word == part
                for word, part in zip(words[1:], rest, strict=False)
            ):
                yield bit
