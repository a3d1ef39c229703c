"""A corpus that is malformed, poisoned or hostile is named as such, with counts."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest

from krynica import CorpusError
from krynica.classifier.folder import open_folder
from krynica.training.check.finding import Finding
from krynica.training.run import Options, look_over, train
from krynica.training.work import Work
from tests.training import corpora


def findings(table: pd.DataFrame, folder: Path) -> dict[str, Finding]:
    table.to_parquet(folder / "table.parquet")
    checked = look_over([folder / "table.parquet"], work=Work(jobs=1))
    return {finding.kind: finding for finding in checked.findings}


def test_of_a_good_corpus_it_is_said_what_is_in_it(tmp_path: Path) -> None:
    table = pd.concat([corpora.articles(), corpora.passages()])
    table["date"] = "2024-02-03"
    found = findings(table, tmp_path)
    assert set(found) == {"labels_of", "language", "few_newsrooms", "passages"}
    assert found["labels_of"].sentence.startswith("Labels are taken to be the outlets'")
    assert found["language"].sentence.startswith(
        "English: 72 articles of journalism, of 6 outlets, and 72 of propaganda, of 6 outlets; "
    )
    assert found["few_newsrooms"].sentence.startswith("Nobody will be accused: 72 plain texts of 6")
    assert "2024-02-03" in found["language"].sentence
    assert found["passages"].count == 200


def test_contradicting_labels_for_one_text(tmp_path: Path) -> None:
    table = corpora.articles()
    twice = table[table["label"] == "journalism"].head(7).assign(label="propaganda", outlet="x")
    found = findings(pd.concat([table, twice]), tmp_path)["contradicting_labels"]
    assert found.count == 14
    assert found.sentence.startswith("7 texts stand under both labels, in 14 rows")
    assert "journalism 0: journalism, x: propaganda" in found.examples[0]


def test_one_outlet_copied_under_twenty_names(tmp_path: Path) -> None:
    table = corpora.articles()
    one = table[table["outlet"] == "propaganda 0"]
    copies = [one.assign(outlet=f"mirror {number}") for number in range(19)]
    found = findings(pd.concat([table, *copies]), tmp_path)
    assert found["copied_outlets"].count == 20
    assert "propaganda 0" in found["copied_outlets"].examples
    assert found["near_duplicates"].count == 19 * 12
    assert "228 of them across outlets" in found["near_duplicates"].sentence
    assert "of propaganda, of 6 outlets" in found["language"].sentence


def test_copies_of_one_outlet_are_no_two_outlets(tmp_path: Path) -> None:
    """Each name has some articles of its own, so that no article is a repeat and gone."""
    table = corpora.articles(outlets=6, each=24)
    only = table[(table["label"] == "journalism") | (table["outlet"] == "propaganda 0")]
    shared, own = only[only["outlet"] == "propaganda 0"], table[table["outlet"] == "propaganda 1"]
    other = pd.concat([shared.head(16), own.head(8)]).assign(outlet="another name")
    pd.concat([only, other]).to_parquet(tmp_path / "table.parquet")
    with pytest.raises(
        CorpusError, match=r"propaganda are needed from two outlets.*has one outlet"
    ):
        train([tmp_path / "table.parquet"], tmp_path / "model", work=Work(jobs=1))


def test_html_instead_of_text(tmp_path: Path) -> None:
    table = corpora.articles()
    table.loc[table.index[:9], "text"] = [
        f"<html><body><div class='a'><p>{text}</p></div></body></html>"
        for text in table["text"][:9]
    ]
    found = findings(table, tmp_path)
    assert found["html"].count == 9
    assert found["language"].count == 135


def test_labels_in_another_alphabet(tmp_path: Path) -> None:
    table = corpora.articles()
    table["label"] = table["label"].where(table.index % 9 > 0, "рropaganda")  # a Cyrillic er
    table["label"] = table["label"].where(table.index % 9 != 1, "журналистика")
    found = findings(table, tmp_path)["other_labels"]
    assert found.count == 32
    assert len(found.examples) == 2
    assert all("16 rows; it has letters of another alphabet" in one for one in found.examples)
    assert sorted(one.split("if “")[1].split("”")[0] for one in found.examples) == [
        "journalism",
        "propaganda",
    ]


def test_terms_that_give_an_outlet_away(tmp_path: Path) -> None:
    table = corpora.articles(each=24)
    mine = table["outlet"] == "journalism 3"
    text = table["text"].where(~mine, table["text"].str.replace(" the ", " the ourdesk ", n=2))
    found = findings(table.assign(text=text), tmp_path)["leaks"]
    assert found.count == 1
    assert found.examples[0].startswith("journalism 3, 1 term: “ourdesk” is in ")
    assert "the ourdesk" in found.examples[0]


def test_languages_days_addresses_and_outlets_on_both_sides(tmp_path: Path) -> None:
    table = corpora.articles()
    table["date"] = ["2020-01-01" if x == "journalism" else "2999-01-01" for x in table["label"]]
    table["url"] = "https://news.example.by/" + table["outlet"].str.replace(" ", "")
    odd = table.head(4).assign(lang="de", text=lambda rows: rows["text"] + " nein")
    both = corpora.articles(outlets=1, each=3, seed=7).assign(outlet="both")
    russian = pd.read_csv(corpora.SAMPLES / "labels.csv").query("lang == 'ru'").head(2)
    wrong = pd.DataFrame(
        {
            "text": [(corpora.SAMPLES / name).read_text("utf-8") for name in russian["file"]],
            "label": russian["label"],
            "outlet": "journalism 1",
            "lang": "en",
        }
    )
    found = findings(pd.concat([table, odd, both, wrong]), tmp_path)
    assert found["unknown_languages"].count == 4
    assert found["days_apart"].count == 144
    assert found["days_to_come"].count == 72
    assert found["both_labels"].sentence.startswith("1 outlet stands under both labels")
    assert found["one_address"].count == 12
    assert found["other_language"].count == 2


def test_documents_of_two_collections_are_counted_apart(tmp_path: Path) -> None:
    passages = corpora.passages(documents=10, each=2)
    found = findings(pd.concat([passages, passages.assign(source="another")]), tmp_path)
    assert found["passages"].sentence.startswith("English: 40 passages of 20 documents, ")


def test_all_that_is_left_out_is_told(tmp_path: Path) -> None:
    table = corpora.articles()
    table.loc[:3, "kind"] = ["post", "headline", "post", "post"]
    table.loc[5, "outlet"] = None
    passages = corpora.passages(documents=5, each=2).assign(lang="de")
    found = findings(pd.concat([table, passages]), tmp_path)
    assert found["short_kinds"].count == 4
    assert "headline (1), post (3)" in found["short_kinds"].sentence
    assert found["unknown_languages_of_passages"].count == 10
    assert found["no_outlet"].sentence.startswith("1 row has no outlet, and is left out.")


@pytest.mark.parametrize("date", ["03.02.2024", "20240203", "1700000000"])
def test_dates_that_name_no_day(date: str, tmp_path: Path) -> None:
    found = findings(corpora.articles(outlets=2, each=3).assign(date=date), tmp_path)
    assert found["unread_days"].count == 12
    assert f"“{date}”" in found["unread_days"].sentence


def test_outlets_names_that_look_alike(tmp_path: Path) -> None:
    table = corpora.articles()
    mine = table.index[table["outlet"] == "propaganda 0"]
    table.loc[mine[:3], "outlet"] = "рropaganda 0"  # a Cyrillic er
    table.loc[mine[3:5], "outlet"] = "propaganda-0"
    found = findings(table, tmp_path)["alike_names"]
    assert found.count == 3
    assert found.examples == ("propaganda 0, propaganda-0, рropaganda 0",)


@pytest.mark.parametrize(
    ("wrong", "kind", "reason"),
    [
        ({"label": "пропаганда"}, "other_labels", "12 (label “пропаганда”)"),
        ({"text": "<p>a</p><p>b</p>"}, "html", "12 (HTML instead of text)"),
        ({"outlet": None}, "no_outlet", "12 (no outlet)"),
    ],
)
def test_a_corpus_that_is_wrong_throughout_is_checked_and_refused_with_the_reason(
    wrong: dict[str, str], kind: str, reason: str, tmp_path: Path
) -> None:
    table = corpora.articles(outlets=2, each=3).assign(**wrong)
    found = findings(table, tmp_path)
    assert found[kind].count == 12
    refused = [one.sentence for one in found.values() if one.refused]
    assert refused == [f"The corpus has no row that can be learned from; rows left out: {reason}."]
    with pytest.raises(CorpusError, match="rows left out: 12"):
        train([tmp_path / "table.parquet"], tmp_path / "model", work=Work(jobs=1))


def test_rows_that_the_start_has_met_are_the_reason_why_none_is_left(
    corpus: list[Path], trained: Path
) -> None:
    checked = look_over(corpus, Options(start=open_folder(trained)))
    assert checked.refusal
    assert checked.refusal.startswith("The corpus has no row that can be learned from; rows left ")
    assert "344 (the model that training starts from" in checked.refusal


@pytest.mark.parametrize("wanted", ["no label", "nothing to read", "another language"])
def test_nothing_to_learn_from_is_one_sentence(tmp_path: Path, wanted: str) -> None:
    table = corpora.articles(outlets=2, each=3)
    if wanted == "no label":
        table["label"] = None
    elif wanted == "nothing to read":
        table["text"] = "<p></p><p></p>…"
    else:
        table["lang"] = "de"
    table.to_parquet(tmp_path / "table.parquet")
    with pytest.raises(CorpusError, match=r"\.$"):
        train([tmp_path / "table.parquet"], tmp_path / "model", work=Work(jobs=1))
    assert not (tmp_path / "model").exists()
