"""Each reader on a small file of the shape that it says, with texts made up for it."""

from __future__ import annotations

import bz2
import gzip
import json
import sqlite3
from collections import Counter
from collections.abc import Iterable
from contextlib import closing
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from krynica.classifier.errors import CorpusError, KrynicaError
from krynica.classifier.techniques import TECHNIQUES
from krynica.data.corpora.catalogue import READERS
from krynica.data.corpora.rows import LeftOut, Pointer, Row
from krynica.training.passages import canonical


def rows(name: str, path: Path) -> list[Row]:
    return [item for item in READERS[name](path) if isinstance(item, Row)]


def left_out(name: str, path: Path) -> Counter[str]:
    return Counter(item.why for item in READERS[name](path) if isinstance(item, LeftOut))


def write(path: Path, text: str) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(text.encode())
    return path


def tabs(*lines: Iterable[object]) -> str:
    return "".join("\t".join(map(str, line)) + "\n" for line in lines)


def write_json(path: Path, value: Any) -> Path:
    return write(path, json.dumps(value, ensure_ascii=False))


# -------------------------------------------------------------------------------------- articles


def test_proppy(tmp_path: Path) -> None:
    def line(text: str, label: object) -> list[object]:
        site = "https://paper.example"
        return [
            text,
            "Minsk",
            "-1.5",
            "20170304",
            "7",
            f"{site}/1",
            "HIGH",
            f"{site}/1",
            "HIGH",
            "https://mbfc.example/paper",
            "The Paper",
            "a note",
            "center",
            site,
            label,
        ]

    good = tabs(line("It rained.", -1), line('"He said ""no"" twice."', 1), ["too", "short"])
    write(tmp_path / "proppy_1.0.train.tsv", good + tabs(line("No label here.", "?")))
    write(tmp_path / "proppy_1.0.dev.tsv", tabs(line('"Yes," she said, "no."', "1.0")))
    (dev, first, second) = rows("proppy_2019", tmp_path)
    assert first == Row(
        "It rained.",
        "journalism",
        "en",
        outlet="The Paper",
        date="2017-03-04",
        url="https://paper.example/1",
    )
    assert (second.text, second.label) == ('He said "no" twice.', "propaganda")
    assert dev.label == "propaganda"
    assert left_out("proppy_2019", tmp_path) == {"a line that has not 15 fields": 1, "no label": 1}
    assert len(rows("proppy_2019", tmp_path / "proppy_1.0.train.tsv")) == 2


EUVS = (
    "debunk_id,keywords,article_id,article_publisher,article_domain,article_url,article_language,"
    "debunk_date,class\n"
)


def test_euvsdisinfo_without_texts(tmp_path: Path) -> None:
    write(
        tmp_path / "euvsdisinfo_base.csv",
        EUVS + "d1,war,a1,loud,loud.example,https://loud.example/1,Belarusian,31-01-2022,"
        "disinformation\n"
        "d1,war,a2,,calm.example,https://news.calm.example/2,en,31-01-2022,trustworthy\n"
        "d1,war,a3,calm,calm.example,,Polish,31-01-2022,trustworthy\n"
        "d1,war,a4,calm,calm.example,https://calm.example/4,Polish,31-01-2022,unsure\n",
    )
    found = list(READERS["euvsdisinfo_2024"](tmp_path))
    loud = Row(
        "",
        "propaganda",
        "be",
        outlet="loud",
        date="2022-01-31",
        url="https://loud.example/1",
        doc="d1",
    )
    assert found[0] == Pointer("a1", ("https://loud.example/1",), loud)
    assert isinstance(found[1], Pointer)
    assert (found[1].row.label, found[1].row.outlet, found[1].row.lang) == (
        "journalism",
        "calm.example",
        "en",
    )
    assert found[2:] == [LeftOut("neither text nor address"), LeftOut("no label")]


def test_euvsdisinfo_with_texts(tmp_path: Path) -> None:
    table = pd.DataFrame(
        {
            "article_id": ["a1", "a2"],
            "article_url": ["https://loud.example/1", "https://loud.example/2"],
            "archive_url": ["https://archive.example/1", "https://archive.example/2"],
            "article_language": ["Ukrainian", "Klingon or so"],
            "published_date": ["2022-01-02", None],
            "debunk_date": ["31-01-2022", "31-01-2022"],
            "class": ["disinformation", "support"],
            "article_text": ["Гучна.", None],
            "article_title": ["Назва", None],
        }
    )
    table.to_csv(tmp_path / "euvsdisinfo.csv", index=False)
    first, second = READERS["euvsdisinfo_2024"](tmp_path / "euvsdisinfo.csv")
    assert first == Row(
        "Гучна.",
        "propaganda",
        "uk",
        outlet="loud.example",
        date="2022-01-02",
        title="Назва",
        url="https://loud.example/1",
    )
    assert isinstance(second, Pointer)
    assert second.addresses == ("https://loud.example/2", "https://archive.example/2")
    assert (second.row.lang, second.row.date) == (None, "2022-01-31")


@pytest.mark.parametrize(
    ("publisher", "domain", "url", "outlet"),
    [
        ("", "", "https://web.archive.org/web/2020/https://loud.example/x", "loud.example"),
        (
            "",
            "archive.org",
            "https://web.archive.org/web/2020/http:/loud.example/x",
            "loud.example",
        ),
        ("", "archive.ph", "https://archive.ph/abc", None),
        ("", "", "https://archive.is/2020.01.02-030405/https://archive.is/x", None),
        ("", "youtube.com", "https://www.youtube.com/watch?v=1", None),
        ("Loud", "archive.ph", "https://archive.ph/abc", "Loud"),
        ("Loud News", "", "https://loud.example/?from=https://calm.example", "Loud News"),
        ("", "", "https://loud.example/?from=https://calm.example", "loud.example"),
    ],
)
def test_an_archive_is_no_outlet(
    tmp_path: Path, publisher: str, domain: str, url: str, outlet: str | None
) -> None:
    line = f"d1,war,a1,{publisher},{domain},{url},en,31-01-2022,trustworthy\n"
    write(tmp_path / "euvsdisinfo_base.csv", EUVS + line)
    (found,) = READERS["euvsdisinfo_2024"](tmp_path)
    assert isinstance(found, Pointer)
    assert (found.row.outlet, found.addresses) == (outlet, (url,))


def test_allsides_keeps_the_sides(tmp_path: Path) -> None:
    article = {
        "ID": "x",
        "topic": "rain",
        "source": "Paper",
        "source_url": "paper.example",
        "url": "https://paper.example/1",
        "date": "2019-05-06",
        "authors": "A",
        "title": "Rain",
        "content_original": "It rained.",
        "content": "it rained .",
        "bias_text": "center",
        "bias": 1,
    }
    write_json(tmp_path / "data" / "jsons" / "x.json", article)
    write_json(tmp_path / "data" / "other.json", [1, 2])
    assert rows("allsides_baly2020", tmp_path) == [
        Row(
            "It rained.",
            "center",
            "en",
            outlet="Paper",
            date="2019-05-06",
            title="Rain",
            url="https://paper.example/1",
        )
    ]
    assert left_out("allsides_baly2020", tmp_path) == {"no label": 1}


def test_rt_freuden(tmp_path: Path) -> None:
    write(
        tmp_path / "clean-csv-eng" / "one.csv",
        'date,title,content,URL\n"31 Dec, 2019",Rain,"It rained,\nall day ",https://www.rt.com/1\n'
        "Skipped,Skipped,Again.,https://www.rt.com/2\n",
    )
    write(tmp_path / "two.csv", "date,title,content,URL\nx,Rain,Twice,https://www.rt.com/1\n")
    write(
        tmp_path / "clean-txt-rus" / "three.txt",
        'date*title*content*URL\n1 декабря*Дождь*"Шёл * дождь"*https://russian.rt.com/3\n',
    )
    write(tmp_path / "four.txt", "date*title*content*URL\n*Regen*Es regnete*https://de.rt.com/4\n")
    write(tmp_path / "debug.txt", "something else\n")
    write(tmp_path / "empty.csv", "")
    found = {row.url: row for row in rows("rt_freuden", tmp_path)}
    assert found["https://www.rt.com/1"] == Row(
        "It rained,\nall day",
        "propaganda",
        "en",
        outlet="rt",
        date="2019-12-31",
        title="Rain",
        url="https://www.rt.com/1",
    )
    assert (found["https://www.rt.com/2"].title, found["https://www.rt.com/2"].date) == (None, None)
    russian = found["https://russian.rt.com/3"]
    assert (russian.text, russian.lang, russian.outlet) == ("Шёл * дождь", "ru", "rt russian")
    assert found["https://de.rt.com/4"].lang == "de"
    assert len(found) == 4
    assert left_out("rt_freuden", tmp_path) == {
        "an article that is there twice": 1,
        "a file that is no table of articles": 2,
    }


@pytest.mark.parametrize(
    "url",
    [
        "https://www.reuters.com/1",
        "https://russian.meduza.io/1",
        "https://www.rt.com.example.org/1",
        "https://smart.com/1",
        "https://example.org/www.rt.com/1",
        "",
    ],
)
def test_what_is_not_shown_to_be_of_rt_is_not_called_so(tmp_path: Path, url: str) -> None:
    write(tmp_path / "one.csv", f"date,title,content,URL\nx,Rain,It rained.,{url}\n")
    assert rows("rt_freuden", tmp_path) == []
    assert left_out("rt_freuden", tmp_path) == {"an article that is not RT's by its address": 1}


def test_yaksenia(tmp_path: Path) -> None:
    table = pd.DataFrame(
        {"links": ["https://russian.rt.com/1"], "title": ["Дождь"], "text": ["Шёл."]}
    )
    table.to_csv(tmp_path / "Russia_Today_articles.csv")
    assert rows("yaksenia", tmp_path) == [
        Row(
            "Шёл.",
            "propaganda",
            "ru",
            outlet="rt russian",
            title="Дождь",
            url="https://russian.rt.com/1",
        )
    ]


def test_lenta_without_line_ends_is_not_held(tmp_path: Path) -> None:
    with bz2.open(tmp_path / "lenta-ru-news.csv.bz2", "wb") as file:
        file.write(b"url,title,text,topic,tags,date\n")
        file.write(bytes(21_000_000))
    with pytest.raises(CorpusError, match="more than a line of 20,000,000 characters"):
        rows("lenta_corpus_2018", tmp_path)


@pytest.mark.parametrize(("opens", "ending"), [(open, ""), (bz2.open, ".bz2"), (gzip.open, ".gz")])
def test_lenta_goes_by_the_date(tmp_path: Path, opens: Any, ending: str) -> None:
    site = "https://lenta.ru"
    with opens(tmp_path / f"lenta-ru-news.csv{ending}", "wt", encoding="utf-8", newline="") as file:
        file.write("url,title,text,topic,tags,date\n")
        file.write(f'{site}/news/2014/02/28/a/,Дождь,"Шёл, шёл",Мир,Все,2014/02/28\n')
        file.write(f"{site}/news/2014/03/20/b/,Снег,Шёл,Мир,Все,\n")
        file.write(f"{site}/news/2018/12/14/c/,Град,Шёл,Мир,Все,\n")
        file.write(f"{site}/photo/,Град,Шёл,Мир,Все,\n")
    old, new = rows("lenta_corpus_2018", tmp_path)
    assert (old.text, old.label, old.outlet, old.date) == (
        "Шёл, шёл",
        "journalism",
        "lenta before 2014",
        "2014-02-28",
    )
    assert (new.label, new.outlet, new.date) == ("propaganda", "lenta", "2018-12-14")
    assert left_out("lenta_corpus_2018", tmp_path).total() == 2


def test_a_lenta_that_was_cut_short_is_refused(tmp_path: Path) -> None:
    whole = gzip.compress(b"url,title,text,topic,tags\n" + b"a,b,c,d,e\n" * 9_000)
    (tmp_path / "lenta-ru-news.csv.gz").write_bytes(whole[:-20])
    with pytest.raises(CorpusError, match="a part is missing"):
        rows("lenta_corpus_2018", tmp_path)


def test_mipd(tmp_path: Path) -> None:
    truth, marks = tmp_path / "data" / "disinformation", tmp_path / "data" / "manipulation"
    write(
        truth / "train" / "train.csv", "article,disinformation\nPadało.,True\nLało.,False\nNic.,\n"
    )
    write(truth / "test.csv", "id,article,disinformation\n5,Mżyło.,1.0\n")
    write(marks / "train.csv", "article,WHATABOUTISM,STRAWMAN,ANECDOTE\nPadało.,True,1,False\n")
    write(tmp_path / "data" / "articles_categories.csv", "id,category\n1,NEWS\n")
    found = {row.text: row for row in rows("mipd_2024", tmp_path)}
    assert {text: row.label for text, row in found.items()} == {
        "Padało.": "disinformation",
        "Lało.": "credible",
        "Mżyło.": "disinformation",
    }
    assert found["Padało."].techniques == ("whataboutism", "straw_man")
    assert found["Lało."].techniques is None


def test_sb_belarus(tmp_path: Path) -> None:
    with closing(sqlite3.connect(tmp_path / "sb_articles.db")) as base:
        base.execute(
            "create table documents (document_id int PRIMARY KEY NOT NULL, title text NOT NULL, "
            "title_h1 text, tags text, similar_documents text, publication_date datetime NOT NULL, "
            "author text NOT NULL, body text NOT NULL, hyperlink text NOT NULL)"
        )
        base.execute(
            "insert into documents values (2, 'Дождь', NULL, NULL, NULL, "
            "'2021-02-03T10:00:00+0300', 'А. Б.', 'Шёл дождь.', 'https://www.sb.by/1')"
        )
        base.commit()
    before = (tmp_path / "sb_articles.db").read_bytes()
    assert rows("sb_belarus", tmp_path) == [
        Row(
            "Шёл дождь.",
            "propaganda",
            "ru",
            outlet="sb.by",
            date="2021-02-03",
            title="Дождь",
            url="https://www.sb.by/1",
        )
    ]
    assert (tmp_path / "sb_articles.db").read_bytes() == before
    (tmp_path / "sb_articles.db").write_bytes(b"version https://git-lfs.github.com/spec/v1" * 40)
    with pytest.raises(CorpusError, match="is no database of articles"):
        rows("sb_belarus", tmp_path)


# ----------------------------------------------------------------------------------------- posts


def test_unlp2025(tmp_path: Path) -> None:
    pd.DataFrame(
        {
            "id": ["1", "2", "3"],
            "content": ["Гучно!", "Тихо.", "Хто знає."],
            "lang": ["uk", "ru", "uk"],
            "manipulative": [True, False, None],
            "techniques": [["fud", "loaded_language"], None, None],
            "trigger_words": [[[0, 5]], None, None],
        }
    ).to_parquet(tmp_path / "train.parquet")
    loud, calm = rows("unlp2025", tmp_path)
    assert loud == Row(
        "Гучно!", "manipulative", "uk", "post", doc="1", techniques=("fud", "loaded_language")
    )
    assert (calm.label, calm.lang, calm.techniques) == ("plain", "ru", ())
    assert left_out("unlp2025", tmp_path) == {"no label": 1}
    pd.read_parquet(tmp_path / "train.parquet").to_csv(tmp_path / "train.csv", index=False)
    assert [(r.label, r.techniques) for r in rows("unlp2025", tmp_path / "train.csv")] == [
        ("manipulative", ("fud", "loaded_language")),
        ("plain", ()),
    ]


def test_telegram2024(tmp_path: Path) -> None:
    def post(sender: object, text: str) -> dict[str, object]:
        return {
            "message_id": 1,
            "sender_id": sender,
            "text": text,
            "channel": "any",
            "date": "2024-12-04T08:14:06+00:00",
            "category": "other",
        }

    text = "**Дождь** и [снег](https://example.org/1), __говорят__"
    write_json(tmp_path / "1_messages.json", [post(-1001101170442, text), post(5, "Шутка"), "?"])
    write_json(tmp_path / "2_messages.json", [post(-1001003921752, "Град")])
    ria, bbc = rows("telegram_2024", tmp_path)
    assert ria == Row("Дождь и снег, говорят", "propaganda", "ru", "post", "ria", "2024-12-04")
    assert (bbc.outlet, bbc.label) == ("bbc russian", "journalism")
    assert left_out("telegram_2024", tmp_path) == {"a channel that is not known": 2}


def test_belelect(tmp_path: Path) -> None:
    def export(name: str, *texts: object) -> dict[str, object]:
        said = [
            {"id": n, "type": "message", "date": "2020-08-09T20:00:00", "text": text}
            for n, text in enumerate(texts)
        ]
        return {
            "name": name,
            "type": "public_channel",
            "id": 1,
            "messages": [{"id": 0, "type": "service", "action": "create_channel"}, *said],
        }

    pieces = ["Дождж ", {"type": "link", "text": "тут"}, " і там"]
    write_json(tmp_path / "a" / "result.json", export("TUT.BY новости", pieces, ""))
    write_json(tmp_path / "b" / "result.json", export("ONT_NEWS", "Снег"))
    write_json(tmp_path / "c" / "result.json", export("Беларусь Сейчас", "Град"))
    write_json(tmp_path / "d" / "result.json", export("Contrabass", "Шум"))
    write_json(tmp_path / "e" / "result.json", ["no export"])
    tut, empty, ont, now = rows("belelect_2021", tmp_path)
    assert tut == Row("Дождж тут і там", "journalism", None, "post", "tut.by", "2020-08-09")
    assert empty.text == ""
    assert (ont.outlet, ont.label) == ("ont", "propaganda")
    assert now.label == "partisan"
    assert left_out("belelect_2021", tmp_path) == {
        "a channel that is not known": 1,
        "a file that is no export of a channel": 1,
    }


@pytest.mark.parametrize(
    ("name", "outlet"),
    [
        ("TUT.BY", "tut.by"),
        ("belamova", "belamova"),
        ("Belarus Seychas", "belarus seychas"),
        ("BelSat", "belsat"),
        ("ONT_NEWS", "ont"),
        ("BetTA", "belta"),
        ("БелТА", "belta"),
        ("Pool_1", "pul pervogo"),
        ("Zheltye SLIVY", "zheltye slivy"),
        ("Жёлтые сливы 🍑", "zheltye slivy"),
        ("Пул Первого", "pul pervogo"),
    ],
)
def test_every_channel_of_belelect_is_known(tmp_path: Path, name: str, outlet: str) -> None:
    message = {"id": 1, "type": "message", "date": "2020-08-09T20:00:00", "text": "Дождж"}
    write_json(tmp_path / "result.json", {"name": name, "messages": [message]})
    assert [row.outlet for row in rows("belelect_2021", tmp_path)] == [outlet]


@pytest.mark.parametrize(
    "name",
    [
        "The Pulse of Belarus",
        "Reform.by | Populyarnoe",
        "Liverpool FC",
        "Nasha Niva (beta)",
        "Anti TUT.BY",
        "Анти-ОНТ",
        "Онт и другие",
    ],
)
def test_a_channel_with_a_name_in_its_name_is_another(tmp_path: Path, name: str) -> None:
    message = {"id": 1, "type": "message", "date": "2020-08-09T20:00:00", "text": "Дождж"}
    write_json(tmp_path / "result.json", {"name": name, "messages": [message]})
    assert rows("belelect_2021", tmp_path) == []


# -------------------------------------------------------------------------------------- passages


def test_semeval2023(tmp_path: Path) -> None:
    folder = tmp_path / "data" / "ge"
    text = tabs(
        [11, 1, "Es regnete."], [11, 2, "Schande!"], [11, 3, "a", 12, "b"], [11, 4, "Ohne."]
    )
    write(folder / "train-labels-subtask-3.template", text.replace("\n", "\n\n", 1))
    write(
        folder / "train-labels-subtask-3.txt", tabs([11, 1, ""], [11, 2, "Loaded_Language,Doubt"])
    )
    write(tmp_path / "data" / "ru" / "dev-labels-subtask-3.template", tabs([2, 1, "Шёл."]))
    write(tmp_path / "data" / "ru" / "dev-labels-subtask-3.txt", "2\t1\n")
    write(tmp_path / "data" / "el" / "test-labels-subtask-3.template", tabs([3, 1, "Έβρεχε."]))
    plain, loud, russian = rows("semeval2023_t3", tmp_path)
    assert plain == Row("Es regnete.", "plain", "de", "passage", doc="t3-de-11", techniques=())
    assert (loud.label, loud.techniques) == ("persuasive", ("Loaded_Language", "Doubt"))
    assert (russian.lang, russian.label) == ("ru", "plain")
    assert left_out("semeval2023_t3", tmp_path) == {
        "a file without labels": 1,
        "a paragraph without labels, or a line that is none": 2,
    }


@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_ptc_marks_reach_the_lines_they_touch(tmp_path: Path, end: str) -> None:
    lines = ["Rain again", "", "They are traitors.", "It was wet – very 💧 wet.", "Nobody came."]
    text = end.join(lines)
    write(tmp_path / "train-articles" / "article7.txt", text)
    traitors = text.index("traitors"), text.index("traitors") + len("traitors")
    both = text.index("very"), text.index("Nobody") + len("Nobody")
    edge = text.index("Rain"), text.index("Rain") + len("Rain again")
    labels = tmp_path / "train-labels-task2-technique-classification" / "article7.task2-TC.labels"
    marks = [
        (7, "Name_Calling,Labeling", *traitors),
        (7, "Straw_Men", *both),
        (7, "Thought-terminating_Cliches", *edge),
        (7, "Doubt", *edge),
        (7, "Doubt", 5, 900),
    ]
    write(labels, tabs(*marks, *marks[:1]))
    write(tmp_path / "dev-articles" / "article8.txt", "Rain.")
    found = rows("ptc_semeval2020_t11", tmp_path)
    assert [(row.text, row.techniques) for row in found] == [
        ("Rain again", ("conversation_killer", "doubt")),
        ("They are traitors.", ("name_calling_labeling",)),
        ("It was wet – very 💧 wet.", ("straw_man",)),
        ("Nobody came.", ("straw_man",)),
    ]
    assert {row.doc for row in found} == {"ptc-7"}
    assert left_out("ptc_semeval2020_t11", tmp_path) == {
        "a mark outside of its article": 1,
        "an article without labels": 1,
    }


def test_ptc_articles_with_nothing_marked_are_plain(tmp_path: Path) -> None:
    write(tmp_path / "article7.txt", "Rain.\n")
    write(tmp_path / "article7.task-FLC.labels", "")
    assert [row.label for row in rows("ptc_semeval2020_t11", tmp_path)] == ["plain"]


def test_every_technique_of_the_tasks_is_known_to_training() -> None:
    given = [
        "Appeal_to_Authority",
        "Appeal_to_fear-prejudice",
        "Bandwagon",
        "Black-and-White_Fallacy",
        "Causal_Oversimplification",
        "Doubt",
        "Exaggeration,Minimisation",
        "Flag-Waving",
        "Loaded_Language",
        "Name_Calling,Labeling",
        "Obfuscation,Intentional_Vagueness,Confusion",
        "Red_Herring",
        "Reductio_ad_hitlerum",
        "Repetition",
        "Slogans",
        "Straw_Men",
        "Thought-terminating_Cliches",
        "Whataboutism",
        "Appeal to fear/prejudice",
        "Glittering generalities (Virtue)",
        "Thought-terminating cliché",
        "Smears",
        "Transfer",
        "Black-and-white Fallacy/Dictatorship",
        "Presenting Irrelevant Data (Red Herring)",
        "Misrepresentation of Someone's Position (Straw Man)",
        "Name calling/Labeling",
        "Obfuscation, Intentional vagueness, Confusion",
    ]
    from krynica.data.corpora.techniques import key_of

    assert {name: key for name in given if (key := key_of(name)) not in TECHNIQUES} == {}
    merged = key_of("Whataboutism,Straw_Men,Red_Herring")
    assert canonical([merged]) == {merged}


def test_semeval2021(tmp_path: Path) -> None:
    memes = [
        {"id": "1", "text": "RAIN\n\nNOW", "labels": ["Smears", "Loaded Language"]},
        {"id": "2", "text": "Rain.", "labels": []},
        {"id": "3", "text": "Snow.", "labels": [{"start": 0, "end": 4, "technique": "Doubt"}]},
        {"id": "4", "text": "Hail."},
    ]
    write_json(tmp_path / "training_set_task1.txt", memes)
    write_json(tmp_path / "training_set_task2.txt", memes)
    first, second, third = rows("semeval2021_t6", tmp_path)
    assert first == Row(
        "RAIN\n\nNOW",
        "persuasive",
        "en",
        "post",
        doc="t6-1",
        techniques=("questioning_the_reputation", "loaded_language"),
    )
    assert (second.label, third.techniques) == ("plain", ("doubt",))
    assert left_out("semeval2021_t6", tmp_path) == {"a meme without labels": 1}


def test_slavic2025(tmp_path: Path) -> None:
    folder, text = tmp_path / "PL", "Padało.\n\nTo zdrajcy!\n\nNic."
    write(folder / "raw-documents" / "a.txt", text)
    write(tmp_path / "secret.txt", text)
    one, two, three = (0, 7), (9, 20), (22, 26)
    flags = [
        ("a.txt", *one, "false"),
        ("a.txt", *two, "True"),
        ("a.txt", *three, "true"),
        ("a.txt", 0, 900, "true"),
        ("../../secret.txt", *one, "false"),
        ("a.txt", *one, "?"),
    ]
    write(folder / "subtask-1-annotations.txt", tabs(*flags))
    write(folder / "subtask-2-annotations.txt", tabs(("a.txt", *two, "Doubt", "Slogans")))
    plain, loud = rows("slavic_persuasion_2025", tmp_path)
    assert plain == Row("Padało.", "plain", "pl", "passage", doc="sp-pl-a.txt", techniques=())
    assert (loud.text, loud.techniques) == ("To zdrajcy!", ("Doubt", "Slogans"))
    assert left_out("slavic_persuasion_2025", tmp_path) == {
        "the two subtasks disagree": 1,
        "a fragment outside of its document": 2,
        "no label": 1,
    }
    (folder / "subtask-2-annotations.txt").unlink()
    folder.rename(tmp_path / "SI")
    found = rows("slavic_persuasion_2025", tmp_path)
    assert [row.label for row in found] == ["plain", "persuasive", "persuasive"]
    assert {row.lang for row in found} == {"sl"}


# --------------------------------------------------------------------------------- what goes wrong


@pytest.mark.parametrize("name", sorted(READERS))
def test_what_is_not_there_is_said_in_one_sentence(tmp_path: Path, name: str) -> None:
    with pytest.raises(CorpusError, match=r"^There is no [^\n]*\.$"):
        list(READERS[name](tmp_path))
    with pytest.raises(CorpusError, match=r"^There is no file [^\n]*\.$"):
        list(READERS[name](tmp_path / "nothing"))


@pytest.mark.parametrize(
    "name", sorted(set(READERS) - {"rt_freuden", "mipd_2024", "ptc_semeval2020_t11"})
)
def test_another_file_is_refused_or_gives_no_row(tmp_path: Path, name: str) -> None:
    (tmp_path / "file").write_bytes(b"\x00\x01\x02\xff" * 500)
    try:
        found = rows(name, tmp_path / "file")
    except KrynicaError as error:
        assert "\n" not in str(error)  # noqa: PT017  # either is right
    else:
        assert found == []
