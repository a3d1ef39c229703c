"""Lists of outlets: who they are, which label is proposed for what they print, and on what ground.

A list is a TOML file with a table ``[[outlet]]`` for each; docs/collect.md shows one.
"""

from __future__ import annotations

import datetime as dt
import re
import tomllib
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any, NoReturn

from krynica.classifier.errors import AddressError, KrynicaError
from krynica.data.corpus.labelled import ARTICLE_LABELS
from krynica.data.decoding import decode
from krynica.data.documents.files import read_bounded
from krynica.data.messages import shown
from krynica.data.net.urls import checked
from krynica.data.outlets import outlet_of

_LANGUAGE = re.compile(r"[a-z]{2}")
_COUNTRY = re.compile(r"[A-Z]{2}")


@dataclass(frozen=True)
class Ground:
    """Who rates an outlet publicly.

    Parameters
    ----------
    who
        A person or an institution.
    says
        What it says of the outlet.
    where
        Address at which it says so.
    read
        The day on which that was read.
    """

    who: str
    says: str
    where: str
    read: dt.date


@dataclass(frozen=True)
class Outlet:
    """An outlet of a list.

    Parameters
    ----------
    domain
        Its registered domain.
    name
        As people call it.
    country
        ISO 3166-1, of its public.
    languages
        ISO 639-1, in which it prints.
    label
        ``"propaganda"`` or ``"journalism"``: proposed, and the outlet's, not the article's.
    contested
        Whether those who rate it disagree, or its owners changed.
    why_contested
        A sentence; empty where it is not.
    feeds, sitemaps
        Addresses.
    archives
        Folders and files of saved pages.
    grounds
        For the label.
    """

    domain: str
    name: str
    country: str
    languages: tuple[str, ...]
    label: str
    contested: bool = False
    why_contested: str = ""
    feeds: tuple[str, ...] = ()
    sitemaps: tuple[str, ...] = ()
    archives: tuple[Path, ...] = ()
    grounds: tuple[Ground, ...] = ()


def read_outlet_list(path: Path) -> tuple[Outlet, ...]:
    """Read and check a list of outlets.

    Parameters
    ----------
    path
        A TOML file. Paths of archives in it are relative to its folder.

    Returns
    -------
    tuple of Outlet
        In the order of the file.

    Raises
    ------
    classifier.errors.KrynicaError
        If it cannot be read, or with one sentence that names the first outlet with a fault.
    """
    entries = _entries(path)
    if not isinstance(entries, list) or not entries:
        raise KrynicaError(f"{shown(path)} lists no outlet: each is a table [[outlet]].")
    outlets = tuple(
        _Entry(entry, number, path).outlet() for number, entry in enumerate(entries, start=1)
    )
    domain, times = Counter(outlet.domain for outlet in outlets).most_common(1)[0]
    if times > 1:
        raise KrynicaError(f"{shown(path)} lists the outlet “{domain}” {times} times.")
    return outlets


def _entries(path: Path) -> Any:
    try:
        table = tomllib.loads(decode(read_bounded(path), name=shown(path)))
    except tomllib.TOMLDecodeError as error:
        raise KrynicaError(f"{shown(path)} is not TOML: {error}.") from error
    except RecursionError as error:
        raise KrynicaError(f"{shown(path)} is nested too deeply to be read.") from error
    if unknown := sorted(table.keys() - {"outlet"}):
        raise KrynicaError(f"{shown(path)} has “{unknown[0]}” where only [[outlet]] belongs.")
    return table.get("outlet")


class _Entry:
    """One table of the file, while it is checked."""

    def __init__(self, values: Any, number: int, path: Path) -> None:
        self._values: Mapping[str, Any] = values if isinstance(values, dict) else {}
        self._folder = path.parent
        name = self._values.get("domain") or self._values.get("name")
        called = f"The outlet “{name}”" if isinstance(name, str) else f"Outlet {number}"
        self._called = f"{called} in {shown(path)}"

    def outlet(self) -> Outlet:
        """Return it checked."""
        known = {field.name for field in fields(Outlet)} - {"grounds"} | {"ground"}
        self._check_names(self._values, known, "")
        contested = self._is(bool, "contested", "true or false", default=False)
        why = self._is(str, "why_contested", "a sentence", default="")
        if contested and not why.strip():
            self._fail("is contested, and why_contested does not say why")
        return Outlet(
            self._domain(),
            self._text("name"),
            self._matching(_COUNTRY, self._text("country"), "country", "two capitals, such as BY"),
            self._languages(),
            self._label(),
            contested,
            why,
            self._addresses("feeds"),
            self._addresses("sitemaps"),
            tuple(self._folder / place for place in self._texts("archives")),
            self._grounds(),
        )

    def _domain(self) -> str:
        domain = self._text("domain").lower()
        found = outlet_of(f"http://{domain}/")
        if found != domain:
            self._fail(f"has a domain that is not the registered one (that is “{found}”)")
        return domain

    def _languages(self) -> tuple[str, ...]:
        codes = self._texts("languages")
        if not codes:
            self._fail("names no languages")
        for code in codes:
            self._matching(_LANGUAGE, code, "languages", "two small letters each, such as be")
        return codes

    def _label(self) -> str:
        label = self._text("label")
        if label not in ARTICLE_LABELS:
            self._fail(f"has the label “{label}”, which is not {_listed(ARTICLE_LABELS)}")
        return label

    def _addresses(self, key: str) -> tuple[str, ...]:
        places = self._texts(key)
        for place in places:
            self._check_address(place, key)
        return places

    def _grounds(self) -> tuple[Ground, ...]:
        grounds = self._is(list, "ground", "tables [[outlet.ground]]", default=[])
        return tuple(self._ground(ground) for ground in grounds)

    def _ground(self, values: Any) -> Ground:
        if not isinstance(values, dict):
            self._fail("has a ground that is not a table [[outlet.ground]]")
        self._check_names(values, {field.name for field in fields(Ground)}, " in a ground")
        who, says, where = (self._text(key, values) for key in ("who", "says", "where"))
        self._check_address(where, "where")
        read = values.get("read")
        if type(read) is not dt.date:
            self._fail("has a ground without the day on which it was read, such as 2026-11-23")
        if read > dt.datetime.now(dt.UTC).date() + dt.timedelta(days=1):
            self._fail(f"has a ground that was read in the future, on {read}")
        return Ground(who, says, where, read)

    def _text(self, key: str, values: Mapping[str, Any] | None = None) -> str:
        value = (self._values if values is None else values).get(key)
        if not isinstance(value, str) or not value.strip():
            self._fail(f"lacks “{key}”" if values is None else f"has a ground without “{key}”")
        return " ".join(value.split())

    def _texts(self, key: str) -> tuple[str, ...]:
        values: Sequence[Any] = self._is(list, key, "a list of texts", default=[])
        if not all(isinstance(value, str) and value.strip() for value in values):
            self._fail(f"has something other than text in “{key}”")
        return tuple(dict.fromkeys(value.strip() for value in values))

    def _is(self, kind: type, key: str, what: str, *, default: Any) -> Any:
        value = self._values.get(key, default)
        if not isinstance(value, kind):
            self._fail(f"has something other than {what} in “{key}”")
        return value

    def _matching(self, pattern: re.Pattern[str], text: str, key: str, what: str) -> str:
        if not pattern.fullmatch(text):
            self._fail(f"has “{text}” in “{key}”, which is written in {what}")
        return text

    def _check_address(self, place: str, key: str) -> None:
        try:
            checked(place, allow_private=True)
        except AddressError as error:
            self._fail(f"has an invalid address in “{key}”: {str(error).rstrip('.')}")

    def _check_names(self, values: Mapping[str, Any], known: set[str], where: str) -> None:
        if unknown := sorted(values.keys() - known):
            self._fail(f"has an unknown key “{unknown[0]}”{where}")

    def _fail(self, what: str) -> NoReturn:
        raise KrynicaError(f"{self._called} {what}.")


def _listed(names: Mapping[str, Any]) -> str:
    return " or ".join(f"“{name}”" for name in names)
