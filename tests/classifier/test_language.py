import unicodedata
from pathlib import Path

import pytest

from krynica.classifier.language import UNKNOWN, detect

SAMPLES = sorted((Path(__file__).parents[2] / "data" / "samples").glob("*.txt"))


def test_there_are_samples_of_five_languages() -> None:
    assert {path.name[:2] for path in SAMPLES} == {"be", "en", "pl", "ru", "uk"}


@pytest.mark.parametrize("code", ["be", "en", "pl", "ru", "uk"])
def test_samples_are_in_their_language(code: str) -> None:
    texts = [path.read_text("utf-8") for path in SAMPLES if path.name.startswith(code)]
    assert {detect(text) for text in texts} == {code}
    assert {detect(unicodedata.normalize("NFD", text)) for text in texts} == {code}


@pytest.mark.parametrize(
    ("code", "text"),
    [
        ("de", "Der Stadtrat hat am Donnerstag den Haushalt für das kommende Jahr beschlossen."),
        ("bg", "Общинският съвет прие в четвъртък бюджета за следващата година, съобщи кметът."),
        ("zh", "市议会星期四通过了明年的预算，官员们在一份声明中说。"),
    ],
)
def test_neighbours_are_not_taken_for_ours(code: str, text: str) -> None:
    assert detect(text) == code


@pytest.mark.parametrize(
    "text", ["", "12345 67890 !!! ???", "asdf qwer zxcv lkjh poiu mnbv wert sdfg xcvb", "🙂🙂"]
)
def test_gibberish_is_of_no_language(text: str) -> None:
    assert detect(text) == UNKNOWN == "und"


def test_a_long_text_with_a_table_in_its_middle_is_known() -> None:
    prose = "The council passed its budget on Thursday, officials said in a statement. "
    assert detect(prose * 20 + "1 2 3 4 5 " * 40 + prose * 20) == "en"
