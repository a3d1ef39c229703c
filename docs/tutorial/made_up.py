"""A made-up world for the tutorial: pages of outlets that do not exist, and people who label.

``python docs/tutorial/made_up.py pages FOLDER`` writes

- ``FOLDER/pages/<outlet>/*.html``: twelve Belarusian outlets, six of each label, 12 pages each, and
  ``FOLDER/outlets.toml``, the list of them;
- ``FOLDER/unlabelled.csv``: articles of eight more outlets that nobody has labelled;
- ``FOLDER/later.csv``: articles of 20 outlets that somebody scored and nothing is trained on.

The articles are words of the project's own samples in another order: they mean nothing, and a model
of them is of no use but to show the way. ``python docs/tutorial/made_up.py answers SHEET`` fills a
sheet in as two people would who mostly agree, with scores: ``anna.csv`` and ``ben.csv`` beside it.
"""

from __future__ import annotations

import argparse
import csv
import html
import random
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

SAMPLES = Path(__file__).resolve().parents[2] / "data" / "samples"
LABELS = ("propaganda", "journalism")
_PAGE = """<!DOCTYPE html>
<html lang="be"><head><meta charset="utf-8"><title>{title}</title>
<link rel="canonical" href="https://{outlet}/{number}">
<meta property="article:published_time" content="{day}T09:00:00+03:00"></head>
<body><nav><a href="/">Галоўная</a> <a href="/news">Навіны</a></nav>
<article><h1>{title}</h1>
{paragraphs}
</article><footer>{outlet}</footer></body></html>
"""
_ENTRY = """[[outlet]]
domain = "{outlet}"
name = "{outlet}"
country = "BY"
languages = ["be"]
label = "{label}"
contested = false
why_contested = ""
feeds = []
sitemaps = []
archives = ["pages/{outlet}"]

"""


def main() -> None:
    """Make what was asked for."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("what", choices=["pages", "answers"])
    parser.add_argument("where", type=Path)
    options = parser.parse_args()
    (_pages if options.what == "pages" else _answers)(options.where)


def _pages(folder: Path) -> None:
    draw = random.Random(0)  # noqa: S311  # nothing is kept secret here
    (folder / "pages").mkdir(parents=True)
    entries = []
    for label in LABELS:
        for outlet in range(6):
            name = f"{label}-{outlet}.example"
            entries.append(_ENTRY.format(outlet=name, label=label))
            (folder / "pages" / name).mkdir()
            for number, article in enumerate(_articles(draw, label, name, 12)):
                page = _PAGE.format(
                    number=number,
                    paragraphs="\n".join(f"<p>{html.escape(p)}</p>" for p in article.pop("body")),
                    **article,
                )
                (folder / "pages" / name / f"{number:02}.html").write_text(page, "utf-8")
    (folder / "outlets.toml").write_text("".join(entries), "utf-8")
    _table(folder / "unlabelled.csv", draw, "new", 4, 8, scored=False)
    _table(folder / "later.csv", draw, "later", 10, 4, scored=True)


def _table(
    path: Path, draw: random.Random, kind: str, outlets: int, each: int, *, scored: bool
) -> None:
    rows = []
    for label in LABELS:
        for outlet in range(outlets):
            name = f"{kind}-{label[:2]}{outlet}.example"
            for article in _articles(draw, label, name, each):
                text = "\n\n".join(article["body"])
                row = {"outlet": name, "date": article["day"], "lang": "be", "text": text}
                score = (2, 3) if label == "propaganda" else (0, 1)
                rows.append({**row, "score": draw.choice(score)} if scored else row)
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(rows[0]))
        writer.writeheader()
        writer.writerows(rows)


def _articles(draw: random.Random, label: str, outlet: str, count: int) -> Iterator[dict]:
    """Make articles: sentences of five to twenty words of that label's samples."""
    files = sorted(SAMPLES.glob(f"be-{label}-*.txt"))
    words = [word.strip(".,!?") for path in files for word in path.read_text("utf-8").split()]
    ends = [word[-1] for path in files for word in path.read_text("utf-8").split()]
    marks = [end for end in ends if end in ".!?"]

    def sentence() -> str:
        chosen = [draw.choice(words) for _ in range(draw.randint(5, 20))]
        return f"{' '.join(chosen).capitalize()}{draw.choice(marks)}"

    for number in range(count):
        yield {
            "outlet": outlet,
            "title": sentence()[:-1],
            "day": (date(2026, 1, 1) + timedelta(days=number)).isoformat(),
            "body": [" ".join(sentence() for _ in range(4)) for _ in range(4)],
        }


def _answers(sheet: Path) -> None:
    draw = random.Random(1)  # noqa: S311  # nothing is kept secret here
    with sheet.open(encoding="utf-8-sig", newline="") as file:
        reader = csv.DictReader(file)
        rows, columns = list(reader), list(reader.fieldnames or [])
    loud = set("".join(p.read_text("utf-8") for p in SAMPLES.glob("be-propaganda-*.txt")).split())
    calm = set("".join(p.read_text("utf-8") for p in SAMPLES.glob("be-journalism-*.txt")).split())
    for name in ("anna", "ben"):
        with sheet.with_name(f"{name}.csv").open("w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, columns)
            writer.writeheader()
            for row in rows:
                words = row["text"].split()
                more = sum(w in loud for w in words) > sum(w in calm for w in words)
                score = draw.choice(("2 one-sided", "3 propaganda") if more else ("0 plain", "1"))
                given = "unsure" if draw.random() < 0.05 else score
                writer.writerow({**row, "label": given, "annotator": name})


if __name__ == "__main__":
    main()
