"""A batch with reports on the outlets."""

from __future__ import annotations

import json
from pathlib import Path

import pandas as pd
import pytest

from tests.service.tiny import JOURNALISM, MIXED, PROPAGANDA, Run


@pytest.fixture
def table(tmp_path: Path) -> Path:
    rows = [
        {
            "text": f"{text} {'Word ' * (n % 7)}{n}",
            "outlet": outlet,
            "published": f"2026-{1 + n % 9:02}-11T08:00:00Z",
            "title": f"Title {n} <script>alert(1)</script>",
            "url": f"https://{outlet}/a{n}",
        }
        for n in range(40)
        for outlet, text in (("loud.example", PROPAGANDA), ("calm.example", JOURNALISM))
    ]
    rows += [{"text": MIXED, "outlet": None}, {"text": None, "outlet": "calm.example"}]
    pd.DataFrame(rows).to_parquet(tmp_path / "in.parquet")
    return tmp_path / "in.parquet"


def test_outlets_are_counted_apart(table: Path, tiny: Path, krynica: Run) -> None:
    words = ("batch", table, "-o", "out.csv", "--model", tiny)
    said = krynica(*words, "--report", "report.html", "--report", "report.jsonl")
    assert said.returncode == 1, said.stderr
    read = (table.parent / "report.jsonl").read_text("utf-8").splitlines()
    rows = {row["outlet"]: row for row in map(json.loads, read)}
    assert rows["loud.example"]["propaganda"] == 40
    assert rows["calm.example"]["propaganda"] == 0
    assert rows["calm.example"]["errors"] == 1
    assert rows["loud.example"]["first_month"] == "2026-01"
    page = (table.parent / "report.html").read_text("utf-8")
    assert "<script" not in page
    assert 'href="https://loud.example/a' in page
    assert b"profile" in said.stderr  # a model without one says so


@pytest.mark.parametrize("option", ["--workers", "--engine"])
def test_whoever_works_the_report_is_the_same(
    option: str, table: Path, tiny: Path, krynica: Run
) -> None:
    for name, extra in (("one", ()), ("other", (option, {"--workers": "2"}.get(option, "dask")))):
        words = ("batch", table, "-o", f"{name}.csv", "--model", tiny)
        assert krynica(*words, "--report", f"{name}.html", *extra).returncode == 1
    one, other = (table.with_name(f"{name}.html").read_bytes() for name in ("one", "other"))
    assert one == other


def test_columns_may_bear_other_names(table: Path, tiny: Path, krynica: Run) -> None:
    renamed = pd.read_parquet(table).rename(
        columns={"outlet": "source", "published": "day", "url": "link"}
    )
    renamed.to_csv(table.with_name("in.csv"), index=False)
    columns = ("--outlet-column", "source", "--date-column", "day", "--url-column", "link")
    words = ("batch", "in.csv", "-o", "out.csv", "--report", "r.jsonl", "--model", tiny)
    assert krynica(*words, *columns).returncode == 1
    assert '"loud.example"' in table.with_name("r.jsonl").read_text("utf-8")


@pytest.mark.parametrize(
    "words",
    [
        ("--report", "out.csv"),
        ("--report", "in.parquet"),
        ("--report", "report.docx"),
        ("--outlet-column", "nowhere"),
    ],
)
def test_a_call_that_cannot_be_meant(
    words: tuple[str, str], table: Path, tiny: Path, krynica: Run
) -> None:
    said = krynica("batch", "in.parquet", "-o", "out.csv", "--model", tiny, *words)
    assert said.returncode == 2
    assert said.stderr.count(b"\n") == 1
    assert sorted(path.name for path in table.parent.iterdir()) == ["in.parquet"]


def test_a_report_that_cannot_be_written_leaves_the_rest_whole(
    table: Path, tiny: Path, krynica: Run
) -> None:
    words = ("batch", "in.parquet", "-o", "out.csv", "--model", tiny)
    said = krynica(*words, "--report", "nowhere/report.html")
    assert said.returncode == 1
    assert said.stderr == b"krynica: There is no folder nowhere to write to.\n"
