"""What each contender is worth and costs; the table and the file of it."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path

import numpy as np
import pandas as pd

from krynica.classifier.arrays import FloatArray
from krynica.training.report.markdown import table
from krynica.training.report.summary import interval, number, percent
from krynica.training.statistics.metrics import auc, outlet_interval, recall_at, rounded

REFERENCE = "TF-IDF + logistic regression"
KRYNICA = "Krynica"
ALL = "all"
LEAST = 5
"""Fewest texts of 2 or more for the AUC of a language: of one or two, chance makes it."""


@dataclass(frozen=True)
class Worth:
    """How well a contender tells texts held out; of one whose speed alone was measured, nothing.

    Parameters
    ----------
    auc
        By language, and of all together: scored 2 or more against 0 and 1; None of too few.
    interval
        Of the AUC of all, by drawing outlets.
    strong
        AUC of all, 3 or more against 0 and 1.
    found
        Share of 2 or more found where 2% of newsrooms' plain texts are accused.
    """

    auc: Mapping[str, float | None] = field(default_factory=dict)
    interval: Sequence[float] | None = None
    strong: float | None = None
    found: float | None = None


@dataclass(frozen=True)
class Figures:
    """Of one contender.

    Parameters
    ----------
    worth
        How well it tells.
    known
        Texts that it was fitted on; 0 of one that came fitted.
    seconds
        CPU seconds to score a thousand texts.
    times
        The same as a multiple of the reference, measured in the same run.
    """

    worth: Worth
    known: int
    seconds: float
    times: float


@dataclass(frozen=True)
class Rows:
    """The texts held out.

    Parameters
    ----------
    texts, outlets
        How many.
    propaganda
        How many of each language are scored 2 or more.
    sha256
        Of their names, so that figures of other rows are not put beside these.
    """

    texts: int
    outlets: int
    propaganda: Mapping[str, int]
    sha256: str


@dataclass(frozen=True)
class Found:
    """All that a table and a picture are made of."""

    rows: Rows
    contenders: Mapping[str, Figures]

    def rate(self, name: str) -> float:
        """Return articles a CPU second, as the reference had them in its last run."""
        return 1000 / self.contenders[REFERENCE].seconds / self.contenders[name].times

    def write(self, path: Path) -> None:
        """Write the file that `read` reads."""
        path.write_text(json.dumps(asdict(self), ensure_ascii=False, indent=1) + "\n", "utf-8")


def read(path: Path) -> Found:
    """Read what an earlier run found."""
    told = json.loads(path.read_text("utf-8"))
    contenders = {
        name: Figures(**{**one, "worth": Worth(**one["worth"])})
        for name, one in told["contenders"].items()
    }
    return Found(Rows(**told["rows"]), contenders)


def rows_of(held: pd.DataFrame) -> Rows:
    """Say what is held out."""
    loud = held["lang"][held["score"] >= 2].value_counts()
    return Rows(
        len(held),
        held["outlet"].nunique(),
        {code: int(loud.get(code, 0)) for code in sorted(set(held["lang"]))},
        hashlib.sha256("\n".join(held["id"]).encode()).hexdigest(),
    )


def worth(held: pd.DataFrame, p: FloatArray) -> Worth:
    """Measure how well probabilities tell the texts held out."""
    score, lang = held["score"].to_numpy(), held["lang"].to_numpy()
    label = (score >= 2).astype(np.int64)
    outlet = held["outlet"].fillna("").to_numpy().astype(str)
    plain = ((held["outlet_label"] == "journalism") & (score < 2)).to_numpy()
    told = {code: (lang == code) & (label[lang == code].sum() >= LEAST) for code in set(lang)}
    parts = {code: told[code] for code in sorted(told)} | {ALL: lang != ""}
    strong, guarded = (score >= 3) | (score < 2), (label == 1) | plain
    return Worth(
        {code: rounded(auc(label[part], p[part])) for code, part in parts.items()},
        outlet_interval(label, p, np.zeros_like(label), outlet),
        rounded(auc(label[strong], p[strong])),
        rounded(recall_at(label[guarded], p[guarded])),
    )


def lines(found: Found) -> Iterator[str]:
    """Write the table; bold is the best figure of a column."""
    rows, contenders = found.rows, found.contenders
    codes = [*rows.propaganda, ALL]
    own = {name: _cells(one.worth, codes) for name, one in contenders.items()}
    best = [
        max((value for value in column if value is not None), default=None)
        for column in zip(*own.values(), strict=True)
    ]
    head = [*(_head(code, rows) for code in codes), "3 or more", "found"]
    yield from table(
        ("", *head, "CPU", "fitted on"),
        [
            (
                name,
                *_shown(one.worth, codes, best),
                f"{one.times:.1f}",
                f"{one.known:,}" if one.known else "–",
            )
            for name, one in contenders.items()
        ],
    )
    yield from _ahead(own, head)
    yield (
        f"{rows.texts:,} texts of {rows.outlets} outlets held out; in brackets, how many are "
        "scored 2 or more. Columns of languages: AUC, 2 or more against 0 and 1, for all with the "
        "interval of drawing outlets; *3 or more*: AUC of these against 0 and 1; *found*: share of "
        "2 or more found where 2% of newsrooms' plain texts are accused; *CPU*: time to score, as "
        "a multiple of plain scikit-learn, which took "
        f"{contenders[REFERENCE].seconds:.1f} s for a thousand texts."
    )


def _ahead(own: Mapping[str, Sequence[float | None]], head: Sequence[str]) -> Iterator[str]:
    """Say where a peer wins: where its figure is above that of the whole of Krynica."""
    won = {
        name: [
            column
            for column, value, krynica in zip(head, cells, own[KRYNICA], strict=True)
            if value is not None and krynica is not None and value > krynica
        ]
        for name, cells in own.items()
        if KRYNICA in own and not name.startswith(KRYNICA)
    }
    told = [f"{name} in {', '.join(columns)}" for name, columns in won.items() if columns]
    yield f"Peers ahead of Krynica: {'; '.join(told) or 'none, in no column'}."
    yield ""


def _shown(one: Worth, codes: Sequence[str], best: Sequence[float | None]) -> Iterator[str]:
    cells = _cells(one, codes)
    for at, (value, top) in enumerate(zip(cells, best, strict=True)):
        shown = number(value) if at <= len(codes) else percent(value)
        bold = f"**{shown}**" if value is not None and value == top else shown
        yield f"{bold} {interval(one.interval)}".rstrip() if at == len(codes) - 1 else bold


def _head(code: str, rows: Rows) -> str:
    return f"{code} ({rows.propaganda.get(code, sum(rows.propaganda.values()))})"


def _cells(one: Worth, codes: Sequence[str]) -> list[float | None]:
    return [*(one.auc.get(code) for code in codes), one.strong, one.found]
