import pytest

from krynica import Article, NothingToReadError, UnreadableError


@pytest.mark.parametrize("text", ["", " ", "\n\t \r\n", "\u00a0\u2003"])
def test_blank_text_is_nothing_to_read(text: str) -> None:
    with pytest.raises(NothingToReadError, match="empty"):
        Article(text).require_text()


@pytest.mark.parametrize("text", ["123 456", "?!…", "🙂🙂", "12.05.2024 —"])
def test_text_without_a_letter_is_nothing_to_read(text: str) -> None:
    with pytest.raises(NothingToReadError, match="no words"):
        Article(text).require_text()


def test_bytes_of_an_image_are_no_text() -> None:
    picture = bytes(range(256)).decode("latin-1") * 20
    with pytest.raises(UnreadableError, match="binary"):
        Article(picture).require_text()


def test_badly_decoded_bytes_are_no_text() -> None:
    with pytest.raises(UnreadableError, match="binary"):
        Article("a\ufffd\ufffdb\ufffd" * 50).require_text()


def test_a_stray_control_character_is_forgiven() -> None:
    Article("The council met today. " * 10 + "\x00\x0b").require_text()


def test_five_megabytes_are_text() -> None:
    Article("The council met today. " * 230_000).require_text()


def test_a_letter_at_the_very_end_is_found() -> None:
    Article("1 " * 200_000 + "a").require_text()
