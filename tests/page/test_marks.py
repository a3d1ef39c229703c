"""Segments: nothing is lost, nothing overlaps, nothing odd reaches a screen."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from krynica.classifier.answer import Evidence
from krynica.service.page.marks import one_line, paragraphs, visible


def item(text: str, start: int, end: int, kind: str = "phrase", weight: float = 1.0) -> Evidence:
    return Evidence(start, end, text[start:end], kind, weight, "note")  # type: ignore[arg-type]


def marks(text: str, *items: Evidence) -> list[list[tuple[str, int | None, int | None]]]:
    cut = paragraphs(text, dict(enumerate(items, 1)))
    return [[(s.text, s.phrase, s.passage) for s in segments] for segments in cut]


def test_phrase_inside_a_passage() -> None:
    text = "one two three"
    found = marks(text, item(text, 0, 13, "passage"), item(text, 4, 7))
    assert found == [[("one ", None, 1), ("two", 2, 1), (" three", None, 1)]]


def test_shorter_of_overlapping_phrases_has_the_place() -> None:
    text = "one two three"
    found = marks(text, item(text, 0, 7, weight=9), item(text, 4, 7), item(text, 4, 13))
    assert found == [[("one ", 1, None), ("two", 2, None), (" three", 3, None)]]


def test_stronger_of_equal_phrases_has_the_place() -> None:
    text = "word"
    assert marks(text, item(text, 0, 4), item(text, 0, 4, weight=-2)) == [[("word", 2, None)]]


def test_passage_over_paragraphs() -> None:
    text = "\n\nOne.\n\n  \nTwo\nmore.\n"
    found = marks(text, item(text, 2, 20, "passage"))
    assert found == [[("One.", None, 1)], [("Two\nmore.", None, 1)]]
    begins = [
        s.begins_passage
        for segments in paragraphs(text, {7: item(text, 2, 20, "passage")})
        for s in segments
    ]
    assert begins == [True, False]


def test_offsets_are_code_points() -> None:
    text = "🙂🇧🇾 «крыніца» 𝔘𝔫𝔠𝔩𝔢"
    start = text.index("крыніца")
    found = marks(text, item(text, start, start + 7), item(text, len(text) - 5, len(text)))
    assert found[0][1] == ("крыніца", 1, None)
    assert found[0][3] == ("𝔘𝔫𝔠𝔩𝔢", 2, None)


def test_offsets_beyond_the_text_are_cut() -> None:
    assert marks("abc", item("abc", 1, 99)) == [[("a", None, None), ("bc", 1, None)]]
    assert marks("", item("", 0, 0)) == []


def test_odd_characters_are_shown_by_number() -> None:
    assert visible("a\u202eb\x1b[0m\x00") == "a⟨U+202E⟩b⟨U+001B⟩[0m⟨U+0000⟩"
    assert visible("й\u0301 — 👩\u200d🔬\tб\n") == "й\u0301 — 👩\u200d🔬\tб\n"
    assert one_line(" a\n\u2066b ") == "a ⟨U+2066⟩b"


spans = st.tuples(st.integers(0, 40), st.integers(1, 20), st.sampled_from(["phrase", "passage"]))


@given(st.text("ab \n🙂", max_size=50), st.lists(spans, max_size=8))
def test_every_character_is_shown_once(text: str, places: list[tuple[int, int, str]]) -> None:
    items = {
        n: item(text, min(a, len(text)), min(a + size, len(text)), kind)
        for n, (a, size, kind) in enumerate(places, 1)
    }
    shown = "".join(s.text for segments in paragraphs(text, items) for s in segments)
    assert "".join(shown.split()) == "".join(text.split())
