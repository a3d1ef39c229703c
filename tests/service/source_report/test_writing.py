from __future__ import annotations

import datetime as dt
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
from lxml import etree
from lxml import html as parsed

from krynica.classifier.errors import KrynicaError
from krynica.classifier.model import Model
from krynica.data.tables.table import read_table
from krynica.service.source_report.lines import MOST, outlet_lines
from krynica.service.source_report.plots import pictures
from krynica.service.source_report.report import Report
from krynica.service.source_report.write import MOST_ROWS, html, write_report
from tests.service.source_report.made import failed, item, made_model, report_on, several, simulated
from tests.service.tiny import ROOT, environment

TABLES = (".csv", ".tsv", ".jsonl", ".parquet")
HOSTILE = "<script>alert(1)</script>“\"'$x$ &amp; \x1b[31m\u202e--> 市议会"


@pytest.fixture(scope="module")
def report(model: Model) -> Report:
    """A report of fourteen outlets over a year, one of which stands out."""
    rng = np.random.default_rng(0)
    return report_on(model, [*simulated(rng, [0.05] * 12 + [0.5]), *several("few.example", 1, 5)])


def hostile(model: Model) -> Report:
    rows = several(HOSTILE, 30, 60, title=HOSTILE, passage=HOSTILE, p_passage=0.9)
    return report_on(model, [*rows, *several("b.example", 0, 200)])


@pytest.mark.parametrize("ending", TABLES)
def test_tables_hold_a_row_an_outlet(report: Report, ending: str, tmp_path: Path) -> None:
    path = tmp_path / f"report{ending}"
    write_report(report, path)
    table = read_table(path)
    assert table["outlet"].tolist() == [one.name for one in report.outlets]
    first, one = table.iloc[0], report.outlets[0]
    assert first["finding"] == "stands_out"
    assert int(first["propaganda"]) == one.propaganda.hits
    assert float(first["propaganda_share"]) == pytest.approx(one.propaganda.value)
    assert float(first["propaganda_low"]) == pytest.approx(one.propaganda.interval[0])
    assert float(first["unclear_high"]) == pytest.approx(one.unclear.interval[1])
    assert float(first["p_unlike_others"]) == pytest.approx(one.p_others)
    assert float(first["drift_known_words"]) == pytest.approx(0.9)
    assert first["languages"] == f"en:{one.articles}"
    assert [str(value).lower() for value in table["small_sample"]] == ["false"] * 13 + ["true"]
    assert table.iloc[13][["p_unlike_others", "p_above_model_error"]].isna().all()


@pytest.mark.parametrize("ending", [".html", *TABLES])
def test_the_same_report_makes_the_same_bytes(
    report: Report, model: Model, ending: str, tmp_path: Path
) -> None:
    for name in "ab":
        write_report(report, tmp_path / f"{name}{ending}")
        write_report(report_on(model, []), tmp_path / f"empty-{name}{ending}")
    for name in ("", "empty-"):
        one, other = (tmp_path / f"{name}{letter}{ending}" for letter in "ab")
        assert one.read_bytes() == other.read_bytes()


def test_a_day_is_told_only_where_it_is_given(model: Model) -> None:
    report = report_on(model, [item()])
    assert "2031-05-06" in html(report, day=dt.date(2031, 5, 6))
    assert "2031" not in html(report)


def test_another_process_makes_the_same_bytes(tmp_path: Path) -> None:
    code = """
import sys; from pathlib import Path; import numpy as np
from krynica.service.source_report.write import write_report
from tests.service.source_report.made import made_model, report_on, simulated
rows = simulated(np.random.default_rng(0), [0.05, 0.05, 0.5])
folder = Path(sys.argv[1])
write_report(report_on(made_model(folder), rows), folder / "report.html")
"""
    subprocess.run(
        [sys.executable, "-c", code, tmp_path],
        cwd=ROOT,
        env=environment(PYTHONHASHSEED="7"),
        check=True,
    )
    rows = simulated(np.random.default_rng(0), [0.05, 0.05, 0.5])
    (tmp_path / "here").mkdir()
    here = html(report_on(made_model(tmp_path / "here"), rows))
    assert (tmp_path / "report.html").read_text("utf-8") == here


def test_the_page_needs_nothing_and_runs_nothing(model: Model) -> None:
    page = html(hostile(model))
    tree = parsed.document_fromstring(page)
    assert tree.xpath("//script|//iframe|//object|//embed|//link|//img|//base") == []
    assert [
        name for name in tree.xpath("//@*/..") for name in name.attrib if name[:2] == "on"
    ] == []
    policy = tree.xpath("//meta[@http-equiv]/@content")
    assert policy == ["default-src 'none'; style-src 'unsafe-inline'; img-src data:"]
    references = tree.xpath("//@href|//@src|//@*[local-name()='href']")
    assert [address for address in references if not address.startswith("#")] == []
    assert "\x1b" not in page
    assert "\u202e" not in page


def test_links_follow_nobody(model: Model) -> None:
    page = html(report_on(model, [item(url="https://a.example/?x=1&y=<b>\"'", title="A title")]))
    (link,) = parsed.document_fromstring(page).xpath("//main//a")
    assert link.get("href") == "https://a.example/?x=1&y=<b>\"'"
    assert link.get("rel") == "noopener noreferrer nofollow"


def test_pictures_are_svg_with_text_that_ids_do_not_share(report: Report, model: Model) -> None:
    made = pictures(report)
    assert set(made) == {"funnel", "intervals", "change"}
    seen: set[str] = set()
    for one in made.values():
        root = etree.fromstring(one.svg)
        ids = set(root.xpath("//@id"))
        assert not ids & seen
        seen |= ids
        used = {value.split("#")[1].rstrip(")") for value in root.xpath("//@*[contains(., '#')]")
                if value.startswith(("#", "url(#"))}  # fmt: skip
        assert used <= ids
        assert (root.get("role"), root.get("aria-label")) == ("img", one.label)
        assert "currentColor" in one.svg
    assert "outlet12.example" in "".join(etree.fromstring(made["funnel"].svg).itertext())
    assert "<script>alert(1)</script>" in "".join(
        etree.fromstring(pictures(hostile(model))["intervals"].svg).itertext()
    )


def test_pictures_leave_out_and_say_so(model: Model) -> None:
    rows = [row for n in range(45) for row in several(f"{n:02d}.example", 1, 20 + n)]
    made = pictures(report_on(model, [*rows, *several("out.example", 20, 20)]))["intervals"]
    assert made.note.startswith("Shown: 40 of 46 outlets")
    told = "".join(etree.fromstring(made.svg).itertext())
    assert "out.example" in told
    assert "00.example" not in told


def test_a_page_of_many_outlets_is_cut_and_says_so(model: Model) -> None:
    page = html(report_on(model, (item(f"{n:04d}.example") for n in range(MOST_ROWS + 3))))
    assert "And 3 more outlets; the report as a table has all." in page
    assert "0499.example" in page
    assert "0500.example" not in page


def test_a_terminal_gets_forty_lines_and_nothing_that_commands_it(model: Model) -> None:
    rows = [*several(HOSTILE, 1, 30), *(item(f"{n}.example") for n in range(MOST + 4)), failed()]
    lines = outlet_lines(report_on(model, rows))
    assert len(lines) == MOST + 1
    assert lines[-1] == "... and 6 more outlets."
    assert "\x1b" not in "".join(lines)
    assert lines[0] == (
        "<script>alert(1)</script>“\"'$x$ &amp; [31m--> 市议会: 30 articles; of 30 judged, "
        "propaganda 3.3% (0.6% to 16.7%), unclear 96.7%. No finding: not surely above the 3.4% "
        "the model may get wrong."
    )


def test_places_that_cannot_be_written_are_one_sentence(report: Report, tmp_path: Path) -> None:
    with pytest.raises(KrynicaError, match="there is no folder"):
        write_report(report, tmp_path / "no" / "report.html")
    with pytest.raises(KrynicaError, match="is not a table"):
        write_report(report, tmp_path / "report.pdf")
    assert list(tmp_path.iterdir()) == []


def test_dates_of_any_year_are_drawn(model: Model) -> None:
    days = [dt.date.min, dt.date(2025, 1, 1), dt.date.max]
    rows = [row for day in days for row in several("a.example", 9, 20, date=day)]
    assert "change" in pictures(report_on(model, rows))


def test_outlets_above_the_error_and_like_each_other_are_named(model: Model) -> None:
    rows = [*several("a.example", 40, 100), *several("b.example", 41, 100)]
    told = parsed.document_fromstring(html(report_on(model, rows))).text_content()
    assert "but not apart from the other outlets here: a.example 40.0% (30.9% to 49.8%); b." in told


def test_an_older_report_stays_until_the_new_is_whole(model: Model, tmp_path: Path) -> None:
    path = tmp_path / "report.html"
    write_report(report_on(model, several("older.example", 1, 30)), path)
    with path.open(encoding="utf-8") as older:
        write_report(report_on(model, several("newer.example", 1, 30)), path)
        assert "older.example" in older.read()  # it was not written over
    assert "newer.example" in path.read_text("utf-8")
    assert list(tmp_path.iterdir()) == [path]
