"""The protocol's part of the model card: outlets never seen first, the random split last."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from classifier.languages import LANGUAGES
from training.card_curves import worth
from training.markdown import table
from training.summary import PROBES, in_order, interval, number, of_documents, percent, signed

Metrics = Mapping[str, Mapping[str, Any]]


def protocol(metrics: Metrics) -> Iterator[str]:
    """Write the five splits, the probes, and what verdicts are worth.

    Parameters
    ----------
    metrics
        Figures of each language, as `training.protocol.measure` returns them.

    Yields
    ------
    str
        Lines of Markdown.
    """
    judged = {language: one for language, one in metrics.items() if "articles" in one}
    yield from _unseen_outlets(judged)
    yield from _refused(metrics)
    yield from _collections(judged)
    yield from _time(judged)
    yield from _other_languages(judged)
    yield from _random(judged)
    yield from _probes(judged)
    yield from worth(judged)


def _name(language: str) -> str:
    return LANGUAGES[language].name


def _classes(counts: Mapping[str, int]) -> str:
    return f"{counts['propaganda']} / {counts['journalism']}"


def _unseen_outlets(judged: Metrics) -> Iterator[str]:
    yield "## 1. Articles of outlets the model never saw"
    yield ""
    yield (
        "Every group of propaganda outlets is crossed with every group of newsrooms, and each "
        "crossing is judged by views fitted without both, and by a combiner, a calibration and "
        "operating points fitted on what other such views say of other outlets alone. Those other "
        "views may have met these outlets. The persuasion view is fitted once: it may have met "
        "posts and other texts of these outlets, without their labels, and other documents of a "
        "marked collection. Intervals of the AUC, of what is found and of the calibration error "
        "draw outlets; those of accusations are Wilson's."
    )
    yield ""
    head = ("language", "propaganda / journalism", "outlets", "AUC (95%)")
    more = ("found at 2% false accusations (95%)", "calibration error (95%)")
    yield from table((*head, *more), (_ranking(_name(k), m["articles"]) for k, m in judged.items()))
    yield from table(
        (
            *("language", "falsely accused (95%)", "newsroom accused most", "propaganda found"),
            *("clear verdicts", "right where clear", "learned from outlets' labels"),
        ),
        (_verdicts(_name(k), m) for k, m in judged.items()),
    )
    yield (
        "Whether outlets' labels are learned from is one bit a language, decided on all outlets: "
        "where propaganda outlets cannot be told from newsrooms once they are held out, the model "
        "learns from marked documents alone. Two constants, too, were set with these figures in "
        "view: the bound of 4 in 100 a newsroom, and the AUC of .6 of an outlet below which "
        "probabilities stay in the middle."
    )
    yield ""
    for language, m in judged.items():
        outlets = m["articles"]["by_outlet"].items()
        parts = ", ".join(f"{name} {number(value)}" for name, value in outlets)
        yield f"{_name(language)}, AUC against unseen newsrooms by outlet: {parts or 'none'}."
        yield ""
        if m["documents"]["auc"] is not None:
            yield f"{_name(language)}, {of_documents(m['documents'])}"
            yield ""


def _ranking(name: str, m: Mapping[str, Any]) -> tuple[str, ...]:
    recall = interval(m["recall_at_2_percent_interval"], of_percent=True)
    return (
        name,
        _classes(m["articles"]),
        _classes(m["outlets"]),
        f"{number(m['auc'])} {interval(m['auc_interval'])}",
        f"{percent(m['recall_at_2_percent'])} {recall}",
        f"{number(m['calibration_error'])} {interval(m['calibration_error_interval'])}",
    )


def _verdicts(name: str, metrics: Mapping[str, Any]) -> tuple[str, ...]:
    m = metrics["articles"]
    worst = m["worst_outlet"]
    accused = interval(m["falsely_accused_interval"], of_percent=True)
    return (
        name,
        f"{percent(m['falsely_accused'])} {accused}",
        f"{worst['outlet']} {percent(worst['falsely_accused'])}" if worst else "–",
        percent(m["propaganda_found"]),
        percent(m["clear_verdicts"]),
        percent(m["right_where_clear"]),
        "yes" if metrics["learned_from_outlet_labels"] else "no",
    )


def _refused(metrics: Metrics) -> Iterator[str]:
    for m in metrics.values():
        if "articles" not in m:
            yield m["articles_refused"]
            yield ""


def _collections(judged: Metrics) -> Iterator[str]:
    yield "## 2. Collections the model never saw"
    yield ""
    yield (
        "Each source is held out with every outlet in it, wherever else that outlet stands. A "
        "collection of one class is tested beside held-out outlets of the other. The persuasion "
        "view, too, is fitted without a collection of marked documents that is held out. Of other "
        "collections it may have met texts of another label (allsides: partisan ones)."
    )
    yield ""
    rows = (
        _collection(_name(language), name, one)
        for language, m in judged.items()
        for name, one in m["collections"]["by_collection"].items()
    )
    head = ("language", "collection", "propaganda / journalism", "beside", "AUC")
    yield from table((*head, "falsely accused", "propaganda found"), rows)
    for language, m in judged.items():
        mean, out = m["collections"]["mean_auc"], m["collections"]["left_out"]
        why = "".join(f" Not measured: {name}, for {reason}" for name, reason in out.items())
        yield f"{_name(language)}, mean AUC: {number(mean)}.{why}"
        yield ""


def _collection(language: str, name: str, one: Mapping[str, Any]) -> tuple[str, ...]:
    return (
        language,
        name,
        _classes(one["articles"]),
        _beside(one["paired_with"]),
        number(one["auc"]),
        percent(one["falsely_accused"]),
        percent(one["propaganda_found"]),
    )


def _beside(outlets: Sequence[str]) -> str:
    return f"{len(outlets)} outlets" if len(outlets) > 3 else ", ".join(outlets) or "–"


def _time(judged: Metrics) -> Iterator[str]:
    yield "## 3. Later articles"
    yield ""
    yield (
        "Fitted on articles before a day, tested on those from it on. The day is the one that "
        "makes the smallest of the four counts largest; no result was looked at."
    )
    yield ""
    told = {language: m["time"] for language, m in judged.items() if "cut" in m["time"]}
    rows = (
        (
            *(_name(language), one["cut"], _classes(one["before"]), _classes(one["after"])),
            *(number(one["auc"]), _classes(one["new_outlets"]), number(one["new_outlets_auc"])),
            str(one["undated"]),
        )
        for language, one in told.items()
    )
    head = ("language", "from", "before, propaganda / journalism", "after", "AUC, all later")
    more = ("later, of outlets not learned from", "AUC of these", "undated, left out")
    yield from table((*head, *more), rows)
    for language, m in judged.items():
        if language not in told:
            yield f"{_name(language)}: not measured, for {m['time']['refused']}"
            yield ""


def _other_languages(judged: Metrics) -> Iterator[str]:
    yield "## 4. Without a text of the language"
    yield ""
    yield "Style measures alone, fitted on the other languages and scaled by their statistics."
    yield ""
    rows = (
        (
            _name(language),
            ", ".join(map(_name, m["other_languages"]["learned_from"])) or "none",
            number(m["other_languages"]["auc"]),
        )
        for language, m in judged.items()
    )
    yield from table(("language", "learned from", "AUC"), rows)


def _random(judged: Metrics) -> Iterator[str]:
    yield "## 5. Random split, for comparison"
    yield ""
    yield (
        "A random quarter of the articles, by words alone, as others report it: it knows every "
        "outlet, and says nothing of the next one."
    )
    yield ""
    rows = (
        (_name(language), number(m["random_split_auc"]), signed(m["random_split_gap"]))
        for language, m in judged.items()
    )
    yield from table(("language", "AUC, random split", "beside outlets never seen"), rows)


def _probes(judged: Metrics) -> Iterator[str]:
    yield "## Shortcuts"
    yield ""
    yield (
        "Small models of one kind of feature each, AUC on blocks of outlets never seen, "
        "and on a random split in brackets. None of them is style; where one comes near "
        "the model, the corpus lets a shortcut pass for knowledge. Below .5, what was learned of "
        "some outlets is the other way round in others. That of the language is over all "
        "languages together."
    )
    yield ""
    rows = (
        (
            _name(language),
            _pair(m["articles"]["auc"], m["random_split_auc"]),
            *(_pair(one["auc"], one["random_split_auc"]) for _, one in in_order(m["probes"])),
        )
        for language, m in judged.items()
    )
    yield from table(("language", "the model", *PROBES.values()), rows)


def _pair(unseen: float | None, random: float | None) -> str:
    return f"{number(unseen)} ({number(random)})"
