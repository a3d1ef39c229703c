"""Readers and the catalogue fit together."""

from __future__ import annotations

import re
from itertools import chain

import httpx2
import pytest

from krynica.classifier.errors import CorpusError
from krynica.data.corpora.catalogue import READERS, corpus
from krynica.data.published import file_name
from krynica.data.sources import source_of, sources


@pytest.mark.parametrize("name", sorted(READERS))
def test_every_reader_is_of_an_entry_and_says_what_it_was_tried_on(name: str) -> None:
    source, read = corpus(name)
    assert source.id == name
    assert source.licence
    told = import_of(read.__module__)
    assert re.search(r"\bnot\s+tried\s+on\b", told, re.IGNORECASE)
    assert re.search(r"Shape as told by", told)


def import_of(module: str) -> str:
    from importlib import import_module

    return import_module(module).__doc__ or ""


def test_another_id_is_refused_with_those_that_are_known() -> None:
    with pytest.raises(CorpusError, match=r"“nerel”\. Known are: allsides_baly2020, "):
        corpus("nerel")


def test_addresses_and_checksums_fit_together() -> None:
    for source in sources().values():
        names = [file_name(url) for url in source.download]
        assert len(set(names)) == len(names)
        assert all(httpx2.URL(url).scheme == "https" for url in source.download)
        assert len(source.sha256) in {0, len(source.download)}
        assert all(re.fullmatch("([0-9a-f]{64})?", one) for one in source.sha256)
        assert not source.download or source.id in READERS
    assert any(chain.from_iterable(source.sha256 for source in sources().values()))


@pytest.mark.parametrize(
    ("checksum", "sums"),
    [("", ()), ("a b", ("a", "b")), ("- b", ("", "b")), ("a\n-", ("a", ""))],
)
def test_a_file_without_a_checksum_keeps_its_place(checksum: str, sums: tuple[str, ...]) -> None:
    words = dict.fromkeys(("id", "name", "what", "licence", "citation", "address"), "x")
    entry = {**words, "languages": ["be"], "download": ["1", "2"], "checksum": checksum}
    assert source_of(entry).sha256 == sums
