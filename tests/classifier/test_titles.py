from __future__ import annotations

import pytest

from krynica.classifier.titles import joined


@pytest.mark.parametrize("title", [None, "", "  ", float("nan"), "Title", " Title "])
def test_what_is_no_title_or_stands_there_already_changes_nothing(title: object) -> None:
    assert joined(title, "Title\nBody") == "Title\nBody"


def test_a_title_stands_above_its_text() -> None:
    assert joined(" Title ", "Body") == "Title\n\nBody"
