"""Labelled corpora: tables in, checked rows out, and an account of what was left out."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from enum import Enum
from itertools import islice
from pathlib import Path

import numpy as np
import pandas as pd

from krynica.classifier.errors import ColumnError, CorpusError, KrynicaError
from krynica.data.corpus.layout import AS_IT_IS, Layout
from krynica.data.outlets import channel_of, host_of, outlet_of
from krynica.data.tables.table import lacking, read_table

ARTICLE_LABELS = {"propaganda": 1, "journalism": 0}
PASSAGE_LABELS = {"persuasive": 1, "manipulative": 1, "plain": 0}
TRANSLATED = {
    **dict.fromkeys(("пропаганда", "прапаганда"), "propaganda"),
    **dict.fromkeys(
        ("журналистика", "журналістика", "журналістыка", "dziennikarstwo"), "journalism"
    ),
}
"""Labels of articles as people write them in other languages."""
SCORES = (0, 1, 2, 3, 4)
"""How a text reads: plain, with a voice, one-sided, propaganda, blatant propaganda."""
OTHER_SCORE = "score that is not 0, 1, 2, 3 or 4"
"""Why a row is left out."""
PROPAGANDA = 2
"""Least score that reads as propaganda."""
NEWSROOMS = frozenset({"journalism", "independent", "trustworthy"})
"""Labels of outlets that no text of which may be accused lightly."""
_OPTIONAL = (
    *("label", "score", "outlet", "outlet_label", "date", "lang", "title", "url", "kind", "doc"),
    *("genre", "techniques", "source", "licence"),
)
_NAMES = ("outlet", "kind", "doc", "source", "licence", "genre", "outlet_label")
NOT_ARTICLES = frozenset({"post", "headline"})
"""Kinds that are too short for a label of their outlet to say anything of them."""
NOT_ARTICLE = "labelled by outlet, but a"
"""Why a row of such a kind is left out, its kind aside."""
HTML = "HTML instead of text"
"""Why a row is left out that holds a page's code: its tags would be learned as words."""
_TAG = re.compile(
    r"</?(?:html|head|body|article|section|header|footer|nav|div|p|span|a|br|img|figure|iframe"
    r"|script|style|meta|link|table|tr|td|ul|ol|li|h[1-6]|em|strong|b|i)(?:\s[^<>]*)?/?>",
    re.IGNORECASE,
)
_REASONS, _REASON = 5, 100
"""Most reasons that one sentence gives, and most characters of one: labels are anybody's."""
_ENTITY = re.compile(r"&(?:amp;)?(?:lt|gt|quot|apos|nbsp|#\d{1,7}|#x[0-9a-f]{1,6});", re.IGNORECASE)
_TAGS = 3
"""Least tags of what is no text: two of 25,948 labelled articles have as many."""
_APART = 350
"""Most characters of a text for one entity of it, where the text is code: in long live reports
that quote a few escaped tags, one in 400 or fewer is."""


class Basis(Enum):
    """What tells how an article reads: a score of its own, a label of its own, or its outlet's."""

    SCORE = "score"
    TEXT = "text"
    OUTLET = "outlet"


@dataclass(frozen=True)
class Corpus:
    """Rows that can be learned from.

    Parameters
    ----------
    articles
        Columns ``text``, ``title``, ``label`` (1 reads as propaganda or is of a propaganda outlet,
        0 not), ``score`` (0 to 4, NaN where there is none), ``basis`` (a value of `Basis`),
        ``newsroom`` (whether its outlet is labelled as a newsroom), ``genre``, ``kind``, ``lang``,
        ``outlet``, ``date``, ``url``, ``source``, ``licence``.
    passages
        Columns ``text``, ``label`` (1 marked by people, 0 not), ``lang``, ``doc``,
        ``techniques`` (as the table has them), ``source``, ``licence``.
    left_out
        Number of rows whose labels were left out, by reason.
    other_labels
        Number of rows by label, of the labels that are not learned from.
    sha256
        File name and checksum of every table read.
    licences
        Licence of each source, as any row of it states it.
    labels_of
        What labels of articles without a score were taken to tell of: `Basis.TEXT` or
        `Basis.OUTLET`; None where there are none.
    """

    articles: pd.DataFrame
    passages: pd.DataFrame
    left_out: dict[str, int]
    other_labels: dict[str, int]
    sha256: dict[str, str]
    licences: dict[str, str]
    labels_of: Basis | None


def _stop(fault: KrynicaError) -> None:
    raise fault


def read_corpus(
    paths: Sequence[Path],
    labels_of: Basis | None = None,
    layout: Layout = AS_IT_IS,
    on_fault: Callable[[KrynicaError], None] = _stop,
) -> Corpus:
    """Read labelled tables.

    Parameters
    ----------
    paths
        Files ending in ``.parquet``, ``.csv``, ``.tsv`` or ``.jsonl``, with the column ``text``,
        and ``label`` or ``score``. Where both stand, the score is the text's and the label the
        outlet's.
    labels_of
        What labels of articles without a score tell of. None takes them for the outlets' where
        no outlet has both, and for the texts' elsewhere.
    layout
        What columns and labels are called in all tables.
    on_fault
        Called with what is wrong with a table, which is then left out; by default it is raised.

    Returns
    -------
    Corpus
        It may have no row: `nothing_left` says why.

    Raises
    ------
    classifier.errors.TableError
        If a file cannot be read or lacks a column, or no row has a label that is mapped.
    CorpusError
        If two tables have one file name, or one changes while it is read.
    """
    frames, sums = _frames(paths, layout, on_fault)
    rows = pd.concat([pd.DataFrame({"text": []}, dtype=object), *frames], ignore_index=True)
    for column in _OPTIONAL:
        rows[column] = rows[column].astype(object) if column in rows else None
    rows = rows.astype(object).where(rows.notna(), None)
    for column in _NAMES:
        rows[column] = rows[column].map(_as_text).astype(object)
    unnamed = ~rows["outlet"].map(_has_name).astype(bool)
    rows.loc[unnamed, "outlet"] = rows.loc[unnamed, "url"].map(outlet_at)
    stated = rows.loc[rows["source"].map(_has_name) & rows["licence"].map(_has_name)]
    licences = dict(stated.groupby("source", sort=True)["licence"].first())
    left_out: Counter[str] = Counter()
    rows = _keep(rows, rows["text"].map(_has_text), left_out, "no text")
    rows = _keep(rows, ~rows["text"].map(is_html).astype(bool), left_out, HTML)
    rows["score"] = rows["score"].map(_score)
    rows = _keep(rows, rows["score"] != _NO_SCORE, left_out, OTHER_SCORE)
    scored = rows["score"].notna()
    known = scored | rows["label"].isin([*ARTICLE_LABELS, *PASSAGE_LABELS])
    others = Counter({str(x): int(n) for x, n in rows.loc[~known, "label"].value_counts().items()})
    if unlabelled := int(rows.loc[~scored, "label"].isna().sum()):
        others[""] = unlabelled
    left_out.update({f"label “{label}”" if label else "no label": n for label, n in others.items()})
    rows = rows[known]
    scored = rows["score"].notna()
    is_passage = rows["label"].isin(list(PASSAGE_LABELS)) & ~scored
    passages, articles = rows[is_passage].copy(), rows[~is_passage].copy()
    articles, labels_of = _articles(articles, labels_of, left_out)
    passages["label"] = passages["label"].map(PASSAGE_LABELS).astype(int)
    return Corpus(
        _with_language(articles).reset_index(drop=True),
        _with_language(passages).reset_index(drop=True),
        dict(sorted(left_out.items())),
        dict(sorted(others.items())),
        sums,
        licences,
        labels_of,
    )


def _frames(
    paths: Sequence[Path], layout: Layout, on_fault: Callable[[KrynicaError], None]
) -> tuple[list[pd.DataFrame], dict[str, str]]:
    """Return the columns that are used of each table, and its checksum."""
    frames: list[pd.DataFrame] = []
    sums: dict[str, str] = {}
    labels: set[str] = set()
    for path in sorted(paths, key=lambda path: path.name):
        try:
            if path.name in sums:
                raise CorpusError(
                    f"Two tables are named {path.name}; tables are told apart by file name, so "
                    "rename one of them."
                )
            table, sums[path.name] = _read(path, layout)
        except KrynicaError as fault:
            on_fault(fault)
            continue
        labels.update(layout.labels_in(table))
        table = layout.named(table)
        frames.append(table[["text", *(c for c in _OPTIONAL if c in table)]])
    try:
        layout.require_labels(labels)
    except ColumnError as fault:
        on_fault(fault)
    return frames, sums


def labels_alone(paths: Sequence[Path], layout: Layout = AS_IT_IS) -> bool:
    """Tell whether articles have a label and no score, so that it must be known what it tells of.

    Tables that cannot be read are passed over.
    """
    for table in _frames(paths, layout, lambda _: None)[0]:
        if "label" in table:
            scored = table["score"].notna() if "score" in table else False
            if (table["label"].isin(list(ARTICLE_LABELS)) & ~scored).any():
                return True
    return False


def _articles(
    rows: pd.DataFrame, labels_of: Basis | None, left_out: Counter[str]
) -> tuple[pd.DataFrame, Basis | None]:
    """Give each article what tells how it reads, and an outlet that it is held together with."""
    scored = rows["score"].notna()
    room = rows["label"].where(rows["outlet_label"].isna(), rows["outlet_label"])
    rows["newsroom"] = room.isin(list(NEWSROOMS)).astype(bool)
    plain = rows[~scored]
    if labels_of is None and len(plain):
        sides = plain.groupby(plain["outlet"].map(str))["label"].nunique()
        labels_of = Basis.OUTLET if sides.max() == 1 else Basis.TEXT
    elif plain.empty:
        labels_of = None
    rows["basis"] = np.where(scored, Basis.SCORE.value, labels_of.value if labels_of else "")
    if labels_of is not Basis.TEXT:
        short = ~scored & rows["kind"].isin(list(NOT_ARTICLES))
        for kind, count in rows.loc[short, "kind"].value_counts().items():
            left_out[f"{NOT_ARTICLE} {kind}"] += int(count)
        rows = rows[~short]
    named = rows["outlet"].map(_has_name).astype(bool)
    rows = _keep(rows, named | rows["score"].notna(), left_out, "no outlet")
    rows["score"] = rows["score"].astype(float)
    told = (rows["score"] >= PROPAGANDA).astype(int)
    by_label = rows["label"].map(ARTICLE_LABELS)
    rows["label"] = told.where(rows["score"].notna(), by_label).astype(int)
    # A text that was scored and tells no outlet is held together with its whole source.
    rows["outlet"] = rows["outlet"].where(rows["outlet"].map(_has_name), rows["source"])
    rows["outlet"] = rows["outlet"].where(rows["outlet"].map(_has_name), "texts without an outlet")
    names = {name: canonical_outlet(name) for name in rows["outlet"].unique()}
    rows["outlet"] = rows["outlet"].map(names)
    return rows.drop(columns=["outlet_label"]), labels_of


_NO_SCORE = -1.0


def _score(value: object) -> float | None:
    """Return a score, None for a gap, and `_NO_SCORE` for what is none."""
    if value is None or (isinstance(value, str) and not value.strip()):
        return None
    try:
        # A comma, as European spreadsheets write it.
        number = float(str(value).replace(",", "."))
    except ValueError:
        return _NO_SCORE
    return number if number in SCORES else _NO_SCORE


def read_score(value: object) -> int | None:
    """Return the score in a cell; None for a gap, and for what is none."""
    score = _score(value)
    return None if score is None or score == _NO_SCORE else int(score)


def nothing_left(left_out: Mapping[str, int]) -> str:
    """Say that a corpus has no row to learn from, and why.

    Parameters
    ----------
    left_out
        Number of rows that were left out, by reason.
    """
    by_count = sorted(left_out, key=lambda why: (-left_out[why], why))
    told = [f"{left_out[why]:,} ({' '.join(why.split())[:_REASON]})" for why in by_count[:_REASONS]]
    more = f" and more for {len(by_count) - _REASONS:,} other reasons" * (len(by_count) > _REASONS)
    rows = f"; rows left out: {', '.join(told)}{more}" if told else ""
    return f"The corpus has no row that can be learned from{rows}."


def _read(path: Path, layout: Layout) -> tuple[pd.DataFrame, str]:
    """Read a table, and the checksum of the bytes that were read."""
    before = _sum(path) if path.is_file() else ""
    table = read_table(path, required=layout.required, encoding=layout.encoding)
    if not {"label", "score"} & {*layout.columns}:
        require_told(path, table)
    if (after := _sum(path)) != before:
        raise CorpusError(f"The table {path.name} changed while it was read.")
    return table, after


def require_told(path: Path, table: pd.DataFrame) -> None:
    """Check that a table has a column that says how texts read.

    Raises
    ------
    classifier.errors.ColumnError
        If it has none.
    """
    if not {"label", "score"} & set(table):
        raise ColumnError(
            f"{lacking(path, ['label', 'score'], list(map(str, table.columns)))} One of them says "
            "how a text reads."
        )


def _sum(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def canonical_outlet(name: str) -> str:
    """Return the name under which an outlet's articles are held together.

    It is the name in small letters; of an address, with its scheme or without, the registered
    domain: ``https://www.rt.com/news`` and ``russian.rt.com`` are ``rt.com``; of a Telegram
    channel, ``t.me/name``.
    """
    name = unicodedata.normalize("NFKC", name)
    if channel := channel_of(name):
        return channel
    host = host_of(name)
    if host is not None:
        return outlet_of(f"http://{host}/") or host
    return " ".join(name.casefold().split())


def outlet_at(url: object) -> str | None:
    """Return the outlet that an address belongs to, also where it lacks its scheme."""
    if not isinstance(url, str):
        return None
    host = host_of(url)
    return outlet_of(url.strip()) or (outlet_of(f"http://{host}/") if host else None)


def is_html(text: str) -> bool:
    """Say whether a text is a page's code, by its tags or its entities."""
    found = islice(_TAG.finditer(text) if "<" in text else (), _TAGS)
    if sum(1 for _ in found) == _TAGS:
        return True
    entities = len(_ENTITY.findall(text)) if "&" in text else 0
    return entities >= max(_TAGS, len(text) // _APART)


def _has_text(value: object) -> bool:
    return isinstance(value, str) and any(map(str.isalpha, value))


def _has_name(value: object) -> bool:
    return isinstance(value, str) and any(map(str.isalnum, value))  # “112” is a newsroom


def _as_text(value: object) -> object:
    """Return a cell that is a name as text: 24 and 24.0 are one, as a gap makes floats of 24."""
    if value is None or isinstance(value, str):
        return value
    return str(int(value) if isinstance(value, float) and value.is_integer() else value)


def _keep(rows: pd.DataFrame, good: pd.Series, left_out: Counter[str], why: str) -> pd.DataFrame:
    if not good.all():
        left_out[why] += int((~good).sum())
    return rows[good.astype(bool)].copy()


def _with_language(rows: pd.DataFrame) -> pd.DataFrame:
    """Write languages as plain codes, and detect those of rows that do not say theirs."""
    unknown = ~rows["lang"].map(_has_text) if len(rows) else rows["lang"].isna()
    if unknown.any():
        from krynica.classifier.language import detect

        rows.loc[unknown, "lang"] = rows.loc[unknown, "text"].map(detect)
    rows["lang"] = rows["lang"].map(_code)
    return rows


def _code(lang: str) -> str:
    """Return a language without its country: “EN”, “en-US” and “en_GB” are “en”."""
    return re.split(r"[-_]", lang.strip().casefold())[0]
