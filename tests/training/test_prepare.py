from __future__ import annotations

import tracemalloc
import unicodedata
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from krynica import CorpusError, TableError
from krynica.data.corpus.duplicates import text_hash
from krynica.data.corpus.labelled import canonical_outlet, is_html, read_corpus
from krynica.training.corpus.duplicates import near_duplicates
from krynica.training.corpus.prepare import READ_ELSEWHERE, in_order, prepare
from krynica.training.texts.rows import count_terms, names_of, read_rows
from tests.training import corpora


def _prepared(table: pd.DataFrame, tmp_path: Path) -> pd.DataFrame:
    table.to_parquet(tmp_path / "table.parquet")
    return prepare(read_corpus([tmp_path / "table.parquet"])).articles


def test_near_duplicates_are_found_and_others_left_apart() -> None:
    first, second = corpora.articles()["text"].iloc[[0, 1]]
    group = near_duplicates([first, second, first.replace("road", "street"), first.upper()])
    assert group[0] == group[2] == group[3] != group[1]


def test_a_text_that_stands_very_often_is_one_text() -> None:
    text = corpora.articles()["text"].iloc[0]
    assert len(set(near_duplicates([text] * 201))) == 1


def _edited(text: str, copies: int) -> list[str]:
    """Return copies of a text that each have one word of their own."""
    words = text.split()
    return [
        " ".join([*words[: at % len(words)], f"own{at}", *words[at % len(words) :]])
        for at in range(copies)
    ]


def test_edited_copies_are_found_however_many_they_are() -> None:
    assert len(set(near_duplicates(_edited(corpora.articles()["text"].iloc[0], 300)))) == 1


def test_memory_does_not_grow_with_the_square_of_the_copies() -> None:
    texts = corpora.articles()["text"].head(6)
    copies = [copy for text in texts for copy in _edited(text, 190)]
    tracemalloc.start()
    groups = near_duplicates(copies)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert len(set(groups)) == len(texts)
    assert peak < 40e6


def test_no_texts_have_no_duplicates() -> None:
    assert len(near_duplicates([])) == 0


@given(st.text(min_size=1))
def test_a_text_is_a_duplicate_of_itself(text: str) -> None:
    group = near_duplicates([text, text])
    assert group[0] == group[1]


@given(st.lists(st.sampled_from(corpora.PLAIN), min_size=1))
def test_case_and_spacing_do_not_change_a_text_hash(words: list[str]) -> None:
    assert text_hash(" ".join(words)) == text_hash("\n".join(words).upper() + " .")


def test_word_order_changes_a_text_hash() -> None:
    assert text_hash("the road to town") != text_hash("town to the road")


def test_repeats_are_left_out_and_counted(tmp_path: Path) -> None:
    table = corpora.articles()
    table.loc[1, "text"] = table.loc[0, "text"] + " Read on."
    table.to_parquet(tmp_path / "table.parquet")
    prepared = prepare(read_corpus([tmp_path / "table.parquet"]))
    assert prepared.left_out["near-duplicate"] == 1
    assert len(prepared.articles) == len(table) - 1


def test_one_text_under_both_labels_teaches_nothing(tmp_path: Path) -> None:
    table = corpora.articles()
    table.loc[len(table) - 1, "text"] = table.loc[0, "text"]
    table.to_parquet(tmp_path / "table.parquet")
    prepared = prepare(read_corpus([tmp_path / "table.parquet"]))
    assert prepared.left_out["one text under both labels"] == 2
    assert table.loc[0, "text"] not in set(prepared.articles["text"])


def test_standing_sentences_of_an_outlet_are_dropped(tmp_path: Path) -> None:
    table = corpora.articles()
    footer = "The views of the author are the author's own."
    mine = table["outlet"] == "propaganda 0"
    table.loc[mine, "text"] += f"\n{footer}"
    prepared = _prepared(table, tmp_path)
    assert not prepared["text"].str.contains("views of the author").any()
    assert len(prepared) == len(table)


def test_labels_that_are_neither_are_counted(tmp_path: Path) -> None:
    table = corpora.articles()
    table.loc[:2, "label"] = "partisan"
    table.loc[3, "text"] = None
    table.to_parquet(tmp_path / "table.parquet")
    left_out = read_corpus([tmp_path / "table.parquet"]).left_out
    assert left_out == {"label “partisan”": 3, "no text": 1}


def test_a_table_without_labels_is_refused_by_name(tmp_path: Path) -> None:
    corpora.articles().drop(columns="label").to_csv(tmp_path / "bare.csv", index=False)
    with pytest.raises(TableError, match="label"):
        read_corpus([tmp_path / "bare.csv"])


def test_two_tables_of_one_file_name_are_refused(tmp_path: Path) -> None:
    paths = [tmp_path / folder / "table.csv" for folder in ("a", "b")]
    for path in paths:
        path.parent.mkdir()
        corpora.articles(outlets=1, each=1).to_csv(path, index=False)
    with pytest.raises(CorpusError, match=r"Two tables are named table\.csv"):
        read_corpus(paths)


def test_outlets_have_one_name() -> None:
    assert canonical_outlet(" WWW.Example.ORG ") == canonical_outlet("example.org") == "example.org"
    apart = unicodedata.normalize("NFD", "głos мій")
    assert canonical_outlet(apart) == canonical_outlet("głos мій")


def test_languages_are_read_whatever_their_case_and_country(tmp_path: Path) -> None:
    table = corpora.articles(outlets=2, each=1).assign(lang=["EN", "en-US", "en_GB ", "en"])
    assert set(_prepared(table, tmp_path)["lang"]) == {"en"}


def test_names_that_are_no_text_become_text(tmp_path: Path) -> None:
    table = corpora.articles(outlets=2, each=2).astype(object)
    table["outlet"] = [112, 112, 24, 24, 1, 1, 2, 2]
    table.at[0, "source"] = ["a list"]  # noqa: PD008  # loc would spread the list
    table.to_json(tmp_path / "table.jsonl", orient="records", lines=True)
    articles = read_corpus([tmp_path / "table.jsonl"]).articles
    assert set(articles["outlet"]) == {"112", "24", "1", "2"}
    assert set(articles["source"]) == {"['a list']", "invented"}


@pytest.mark.parametrize("code", ["&lt;p&gt;", "&quot;", "&nbsp;", "&#8217;", "<b>", "&lt;B&gt;"])
def test_text_with_entities_is_html(code: str) -> None:
    assert is_html(f"One{code} two{code} three{code} and so on.")
    assert not is_html(f"One{code} two: AT&T, R&D, 1 < 2.")
    assert not is_html(f"A long report. {code}" + 400 * " It has many words.")


def test_rows_have_an_order_of_their_own(tmp_path: Path) -> None:
    table = corpora.articles(outlets=3, each=4)
    told = []
    for seed in (1, 2):
        table.sample(frac=1, random_state=seed).to_parquet(tmp_path / "table.parquet")
        told.append(in_order(read_corpus([tmp_path / "table.parquet"])).articles)
    pd.testing.assert_frame_equal(*told)


def test_what_a_text_says_of_itself_goes_before_its_outlets_label(tmp_path: Path) -> None:
    by_outlet = corpora.articles(outlets=4, each=5)
    scored = by_outlet.head(10).assign(score=0)
    table = pd.concat([by_outlet.assign(score=None), scored], ignore_index=True)
    table.to_parquet(tmp_path / "table.parquet")
    prepared = prepare(read_corpus([tmp_path / "table.parquet"]))
    assert prepared.left_out == {READ_ELSEWHERE: 10}
    assert prepared.articles["score"].notna().sum() == 10
    assert len(prepared.articles) == 40


def test_a_name_that_begins_sentences_is_no_term() -> None:
    texts = [
        "Kovalenko said no. However, the mayor of the town met Kovalenko.",
        "Kovalenko left. The mayor, however, stayed. However it was.",
        "Kovalenko spoke and, however late, the mayor answered. Nobody heard.",
    ]
    rows = [row for row in read_rows(texts, ["en"] * 3, 1) if row is not None]
    assert "kovalenko" in names_of(rows)["en"]
    assert "however" not in names_of(rows)["en"]
    terms = set(count_terms(rows, 1).terms.tolist())
    assert {"however", "howe*", "the mayor"} <= terms
    assert not {term for term in terms if "kova" in term}


def _names(texts: list[str], languages: list[str]) -> dict[str, frozenset[str]]:
    return names_of([row for row in read_rows(texts, languages, 1) if row is not None])


def test_a_name_that_tags_write_small_is_no_term() -> None:
    """Its places inside sentences tell, where it is masked: at their beginning it stands rarely."""
    texts = [
        *["Kovalenko left. Yesterday the mayor met Kovalenko, and nobody asked Kovalenko why."]
        * 12,
        *["The mayor spoke. Its tags were politics, kovalenko, town."] * 2,
        *["Moreover, it rained. The mayor, moreover, was late."] * 2,
    ]
    rows = [row for row in read_rows(texts, ["en"] * len(texts), 1) if row is not None]
    names = names_of(rows)["en"]
    assert "kovalenko" in names
    assert not {"moreover", "politics", "town", "mayor"} & names
    terms = set(count_terms(rows, 1).terms.tolist())
    assert not {term for term in terms if "kova" in term}
    assert {"moreover", "tags", "politics"} <= terms


def test_a_name_of_one_language_may_be_a_word_of_another() -> None:
    russian = ["Мороз молчал. Вчера мэр встретил Мороз, и никто не спросил Мороз, почему."] * 5
    ukrainian = ["Сьогодні вночі був мороз. Вдень мороз спав, але мороз повернувся."] * 5
    names = _names([*russian, *ukrainian], ["ru"] * 5 + ["uk"] * 5)
    assert "мороз" in names["ru"]
    assert "мороз" not in names["uk"]
    rows = [row for row in read_rows([*russian, *ukrainian], ["ru"] * 5 + ["uk"] * 5, 1) if row]
    counts = count_terms(rows, 1)
    column = counts.terms.tolist().index("мороз")
    assert counts.matrix[:5, [column]].sum() == 0
    assert counts.matrix[5:, [column]].sum() == 15


def test_what_is_shouted_tells_of_no_name() -> None:
    names = _names(
        ["The mayor met Kovalenko. He said KOVALENKO, and KOVALENKO again."] * 3, ["en"] * 3
    )
    assert "kovalenko" in names["en"]
