"""What is written opens rightly elsewhere: in spreadsheet programs, and as a page."""

from __future__ import annotations

import base64
import hashlib
import re
from pathlib import Path

import lxml.html
import pandas as pd
import pytest

from krynica.classifier.errors import TableError
from krynica.data.tables.delimited import Dialect
from krynica.data.tables.table import TableWriter, iter_table, read_table, write_table

FORMULAS = [
    "=1+1",
    "=cmd|' /C calc'!A0",
    "+375 29 1234567",
    "-2+3",
    "@SUM(A1)",
    "\tx",
    "\rx",
    "\nx",
    "  =1",
    "\u00a0=1",
    "\ufeff=1",
    "\n=1",
    "＝1",
    "＋1",
    "－1",
    "＠x",
    "-",
    "-5 apples",
    '=HYPERLINK("http://x.test";"a")',
]
PLAIN = ["-5.3", "+7", "1e-3", "-1,5", "-.5", "+1E+5", "a=b", "'=1", "— так", "x@y", '"=1"']


def written(path: Path, frame: pd.DataFrame, dialect: Dialect | None = None) -> int:
    """Write a table, and return how many of its cells were defused."""
    with TableWriter(path, dialect or Dialect()) as writer:
        writer.write(frame)
        return writer.defused


@pytest.mark.parametrize("ending", [".csv", ".tsv"])
@pytest.mark.parametrize("dialect", [Dialect(), Dialect(bom=True, semicolons=True)])
def test_no_cell_is_a_formula(ending: str, dialect: Dialect, tmp_path: Path) -> None:
    path = tmp_path / f"a{ending}"
    frame = pd.DataFrame({"id": "7", "=a": [*FORMULAS, *PLAIN], "b": 1})
    assert written(path, frame, dialect) == len(FORMULAS) + 1
    back = read_table(path)
    assert list(back.columns) == ["id", "'=a", "b"]
    assert back["'=a"].tolist() == ["'" + text for text in FORMULAS] + PLAIN
    assert written(path, back, dialect) == 0
    assert read_table(path).equals(back)


@pytest.mark.parametrize("ending", [".jsonl", ".parquet", ".html"])
def test_other_formats_keep_what_looks_like_a_formula(ending: str, tmp_path: Path) -> None:
    path = tmp_path / f"a{ending}"
    assert written(path, pd.DataFrame({"=a": FORMULAS})) == 0
    if ending != ".html":
        assert read_table(path)["=a"].tolist() == FORMULAS


def test_numbers_stay_numbers(tmp_path: Path) -> None:
    frame = pd.DataFrame({"p": [-0.5, 1e-7, float("-inf")], "n": [-1, 2, 3]})
    assert written(tmp_path / "a.csv", frame) == 1
    assert (tmp_path / "a.csv").read_text() == "p,n\n-0.5,-1\n1e-07,2\n'-inf,3\n"
    assert written(tmp_path / "a.csv", frame, Dialect(semicolons=True)) == 1
    assert (tmp_path / "a.csv").read_text() == 'p;n\n"-0,5";-1\n1e-07;2\n\'-inf;3\n'


def test_a_defused_name_stays_the_only_one(tmp_path: Path) -> None:
    written(tmp_path / "a.csv", pd.DataFrame({"=a": ["1"], "'=a": ["2"]}))
    back = read_table(tmp_path / "a.csv")
    assert back.iloc[0].tolist() == ["1", "2"]


@pytest.mark.parametrize("ending", [".csv", ".tsv"])
def test_a_byte_order_mark(ending: str, tmp_path: Path) -> None:
    path, frame = tmp_path / f"a{ending}", pd.DataFrame({"тэкст": ["прыклад"], "b": ["x"]})
    with TableWriter(path, Dialect(bom=True)) as writer:
        writer.write(frame)
        writer.write(frame)
    assert path.read_bytes().startswith("\ufeffтэкст".encode())
    assert path.read_bytes().count(b"\xef\xbb\xbf") == 1
    assert read_table(path).equals(pd.concat([frame, frame], ignore_index=True).astype("str"))
    write_table(frame, path)
    assert path.read_bytes().startswith("тэкст".encode())


def test_semicolons(tmp_path: Path) -> None:
    frame = pd.DataFrame({"a,b": ["x;y"], "c\nd": ["z,w"]})
    written(tmp_path / "a.csv", frame, Dialect(semicolons=True))
    assert (tmp_path / "a.csv").read_text() == '"a,b";"c\nd"\n"x;y";"z,w"\n'
    assert read_table(tmp_path / "a.csv").equals(frame.astype("str"))
    written(tmp_path / "a.tsv", frame, Dialect(semicolons=True))
    assert (tmp_path / "a.tsv").read_text() == '"a,b"\t"c\nd"\n"x;y"\t"z,w"\n'


# ---------------------------------------------------------------------------------------- pages

ATTACKS = [
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "javascript:alert(1)",
    'https://x.test/" onmouseover="alert(1)',
    "https://x.test/ and more",
    "</td></table><form action=https://x.test>",
    "&amp;lt;",
    "a\0b",
]


def test_a_page_shows_what_cells_hold_and_runs_nothing(tmp_path: Path) -> None:
    path = tmp_path / "a.html"
    frame = pd.DataFrame({"<b>n</b>": ATTACKS, "p": [0.5] * len(ATTACKS)})
    with TableWriter(path) as writer:
        writer.write(frame[:3])
        writer.write(frame[3:])
    page = lxml.html.parse(str(path)).getroot()
    assert [cell.text for cell in page.iter("th")] == ["<b>n</b>", "p"]
    rows = [[cell.text for cell in row] for row in page.xpath("//tbody/tr")]
    assert rows == [[attack.replace("\0", "\ufffd"), "0.5"] for attack in ATTACKS]
    assert {element.tag for element in page.iter()} == {
        *("html", "head", "meta", "title", "style", "body"),
        *("div", "table", "thead", "tbody", "tr", "th", "td"),
    }


def test_a_page_links_to_the_web_alone(tmp_path: Path) -> None:
    links = ["https://x.test/a?b=1&c='2'", "http://x.test/ж", "HTTPS://X.test"]
    others = ["ftp://x.test", "//x.test", "mailto:a@x.test", "data:text/html,x"]
    write_table(pd.DataFrame({"url": [*links, *others]}), tmp_path / "a.html")
    found = lxml.html.parse(str(tmp_path / "a.html")).getroot().xpath("//a")
    assert [link.text for link in found] == [link for link in links if "'" not in link]
    assert [link.get("href") for link in found] == [link.text for link in found]
    assert {link.get("rel") for link in found} == {"noopener noreferrer nofollow"}


def test_the_policy_of_a_page_allows_its_own_style_alone(tmp_path: Path) -> None:
    write_table(pd.DataFrame({"a": ["x"]}), tmp_path / "a.html")
    text = (tmp_path / "a.html").read_text("utf-8")
    policy = re.search(r'Content-Security-Policy" content="([^"]+)"', text)
    style = re.search(r"<style>(.*?)</style>", text, re.DOTALL)
    assert policy
    assert style
    digest = base64.b64encode(hashlib.sha256(style[1].encode()).digest()).decode()
    assert policy[1].startswith("default-src 'none'; ")
    assert policy[1].endswith(f"style-src 'sha256-{digest}'")
    assert text.index("charset") < text.index("Content-Security-Policy") < text.index("<style>")


def test_a_page_without_rows_is_whole_and_the_same_each_time(tmp_path: Path) -> None:
    for name in ("a.html", "b.html"):
        with TableWriter(tmp_path / name):
            pass
    assert (tmp_path / "a.html").read_bytes() == (tmp_path / "b.html").read_bytes()
    assert (tmp_path / "a.html").read_text("utf-8").endswith("</html>\n")


def test_a_page_is_not_read(tmp_path: Path) -> None:
    write_table(pd.DataFrame({"a": ["x"]}), tmp_path / "a.html")
    with pytest.raises(TableError, match=r"a\.html is a page to look at: .*not read from it\.$"):
        read_table(tmp_path / "a.html")
    with pytest.raises(TableError, match="is a page to look at"):
        iter_table(tmp_path / "a.html")
