"""The separator of a .csv is told by its header, and where that has several signs, by the rows."""

from __future__ import annotations

from pathlib import Path

import pytest

from krynica.data.tables.table import read_table


@pytest.mark.parametrize(
    ("content", "names"),
    [
        ("id;outlet, domain;text\n1;a;b\n2;c;d\n", ["id", "outlet, domain", "text"]),
        ("a, b, c, d;text\n1;x, y\n2;z\n", ["a, b, c, d", "text"]),
        ("outlet; domain,text\na,b\nc,d; e\n", ["outlet; domain", "text"]),
        ('id;a, b;text\n1;x;"y, z;\nw"\n', ["id", "a, b", "text"]),
        ("a, b\ttext\n1\t2\n", ["a, b", "text"]),
        ("id;a, b;text\n", ["id", "a, b", "text"]),
        ("id|text\n1|a, b; c\n", ["id", "text"]),
        ("id, text \n1,a\n", ["id", "text"]),
        ('"a;b",text\n1,2\n', ["a;b", "text"]),
    ],
)
def test_the_separator(content: str, names: list[str], tmp_path: Path) -> None:
    (tmp_path / "t.csv").write_text(content, "utf-8")
    assert list(read_table(tmp_path / "t.csv")) == names


def test_a_long_header_is_named_in_part(tmp_path: Path) -> None:
    from krynica.classifier.errors import ColumnError

    (tmp_path / "t.csv").write_text(",".join(f"c{n}" + "x" * 200 for n in range(60)), "utf-8")
    with pytest.raises(ColumnError) as refused:
        read_table(tmp_path / "t.csv", required=["text"])
    assert len(str(refused.value)) < 3_500
    assert "and 20 more. Name the right one with --text-column." in str(refused.value)
