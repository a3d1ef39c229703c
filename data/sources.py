"""The catalogue of public corpora: `sources.toml`, whose head says what each key means."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Any

_CATALOGUE = Path(__file__).with_name("sources.toml")


@dataclass(frozen=True)
class Source:
    """What is known of a public corpus.

    Parameters
    ----------
    id, name, what, languages, licence, citation, address
        As the catalogue has them.
    download
        Address of each published file; none where it has to be asked for, or was not found.
    sha256
        Checksum of each of these files in the same order, empty where it is not known; none at all
        where no file's is.
    """

    id: str
    name: str
    what: str
    languages: tuple[str, ...]
    licence: str
    citation: str
    address: str
    download: tuple[str, ...] = ()
    sha256: tuple[str, ...] = ()


@cache
def sources() -> Mapping[str, Source]:
    """Return every entry of the catalogue by its id, in its order."""
    entries = tomllib.loads(_CATALOGUE.read_text("utf-8"))["source"]
    return MappingProxyType({entry["id"]: source_of(entry) for entry in entries})


def source_of(entry: Mapping[str, Any]) -> Source:
    """Return an entry of the catalogue; a checksum of ``-`` is not known."""
    plain = ("id", "name", "what", "licence", "citation", "address")
    return Source(
        **{key: entry[key] for key in plain},
        languages=tuple(entry["languages"]),
        download=tuple(entry.get("download", ())),
        sha256=tuple("" if one == "-" else one for one in entry["checksum"].split()),
    )
