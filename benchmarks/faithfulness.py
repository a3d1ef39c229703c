"""Is the evidence true? Take it out of articles, and see what the model says then.

``python benchmarks/faithfulness.py CORPUS... [--articles N]`` scores labelled articles, takes the
strongest evidence for propaganda out of each, and scores what is left; beside it, as many words
taken out at random (comprehensiveness, DeYoung et al. 2020, with a reference).
"""

from __future__ import annotations

import argparse
import re
from collections import defaultdict
from collections.abc import Iterator
from math import log
from pathlib import Path

import numpy as np

from krynica import Answer, Article, Evidence, Model, load_model
from krynica.data.corpus.labelled import read_corpus

Span = tuple[int, int]


def main() -> None:
    """Print, by language and by what was taken out, how often and how far the log-odds fall."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("corpus", nargs="+", type=Path)
    parser.add_argument("--articles", type=int, default=300, help="Articles of a language.")
    parser.add_argument("--model", type=Path)
    options = parser.parse_args()
    model = load_model(options.model) if options.model else load_model()
    articles = read_corpus(options.corpus).articles
    print("| language | taken out | articles | log-odds fall in | mean change |")
    print("|---|---|---|---|---|")
    for language, rows in articles.groupby("lang", sort=True):
        picked = rows.sample(min(options.articles, len(rows)), random_state=0)
        changes: dict[str, list[float]] = defaultdict(list)
        for text in picked["text"]:
            for what, change in _changes(model, Article(text, language=str(language))):
                changes[what].append(change)
        for what, values in changes.items():
            fall = np.mean(np.array(values) < 0)
            print(f"| {language} | {what} | {len(values)} | {fall:.1%} | {np.mean(values):+.4f} |")


def _changes(model: Model, article: Article) -> Iterator[tuple[str, float]]:
    answer = model.score(article)
    phrases = [i for i in answer.evidence if i.kind == "phrase" and i.weight > 0]
    passages = [i for i in answer.evidence if i.kind == "passage" and i.weight > 0]
    if answer.p_propaganda is None:
        return
    rng = np.random.default_rng(len(article.text))
    every = [span for phrase in phrases for span in _places(article.text, phrase)]
    words = [match.span() for match in re.finditer(r"\w+", article.text)]
    chance = [words[at] for at in rng.permutation(len(words))[: len(every)].tolist()]
    taken = {
        "the strongest phrase": _places(article.text, phrases[0]) if phrases else [],
        "all phrases shown for propaganda": every,
        "as many words by chance": chance,
        "the strongest passage": [_span(passages[0])] if passages else [],
    }
    for what, spans in taken.items():
        if spans:
            left = Article(_without(article.text, spans), language=article.language)
            after = model.score(left, with_evidence=False)
            if after.p_propaganda is not None:
                yield what, _log_odds(after) - _log_odds(answer)


def _places(text: str, item: Evidence) -> list[Span]:
    pattern = rf"(?<!\w){re.escape(item.text or '')}(?!\w)"
    return [match.span() for match in re.finditer(pattern, text, re.IGNORECASE)]


def _span(item: Evidence) -> Span:
    return int(item.start or 0), int(item.end or 0)


def _without(text: str, spans: list[Span]) -> str:
    keep = np.ones(len(text), dtype=bool)
    for start, end in spans:
        keep[start:end] = False
    return "".join(char for char, kept in zip(text, keep.tolist(), strict=True) if kept)


def _log_odds(answer: Answer) -> float:
    p = answer.p_propaganda or 0.0
    return log(p / (1 - p))


if __name__ == "__main__":
    main()
