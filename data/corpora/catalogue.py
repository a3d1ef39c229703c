"""Which entries of the catalogue of public corpora can be read, and by what."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from krynica.classifier.errors import CorpusError
from krynica.data.corpora import (
    allsides,
    belelect,
    euvsdisinfo,
    lenta,
    mipd,
    proppy,
    ptc,
    rt_freuden,
    sb_belarus,
    semeval2021,
    semeval2023,
    slavic2025,
    telegram2024,
    unlp2025,
    yaksenia,
)
from krynica.data.corpora.rows import Read
from krynica.data.sources import Source, sources

READERS: Mapping[str, Read] = MappingProxyType(
    {
        "allsides_baly2020": allsides.read,
        "belelect_2021": belelect.read,
        "euvsdisinfo_2024": euvsdisinfo.read,
        "lenta_corpus_2018": lenta.read,
        "mipd_2024": mipd.read,
        "proppy_2019": proppy.read,
        "ptc_semeval2020_t11": ptc.read,
        "rt_freuden": rt_freuden.read,
        "sb_belarus": sb_belarus.read,
        "semeval2021_t6": semeval2021.read,
        "semeval2023_t3": semeval2023.read,
        "slavic_persuasion_2025": slavic2025.read,
        "telegram_2024": telegram2024.read,
        "unlp2025": unlp2025.read,
        "yaksenia": yaksenia.read,
    }
)
"""By the id in the catalogue."""


def corpus(name: str) -> tuple[Source, Read]:
    """Return a corpus and its reader.

    Raises
    ------
    classifier.errors.CorpusError
        If none of this id can be read.
    """
    if name not in READERS:
        known = ", ".join(sorted(READERS))
        raise CorpusError(f"There is no reader for a corpus “{name}”. Known are: {known}.")
    return sources()[name], READERS[name]
