"""An answer made here, and the report of it, so that no model is asked."""

from __future__ import annotations

import datetime as dt
from typing import Any

from krynica.classifier.answer import Answer, Evidence, Genre, Levels, ModelId
from krynica.classifier.sentence import Sentence
from krynica.service.page.report import html_report
from krynica.service.page.translation import interface
from krynica.service.page.view import view

LOUD = "The puppet regime spreads hysteria, and its stooges obey."
CALM = "The council passed its budget on Thursday, officials said in a statement."
TEXT = f"{LOUD}\n\n{CALM}"
READING = Levels(2.856, (0.004, 0.066, 0.2, 0.53, 0.2))
GENRE = Genre("opinion", 0.81)
SIGNALS = {"encoder": 0.95, "words": 0.88, "style": 0.67, "persuasion": 0.71}
POINTS = {
    "journalism_to": {"report": 0.2, "opinion": 0.15, "short": 0.1},
    "propaganda_from": {"report": 0.9, "opinion": 0.92, "short": 0.97},
}
EVIDENCE = (
    Evidence(
        0,
        len(LOUD),
        LOUD,
        "passage",
        0.8,
        Sentence(
            "Speaks for propaganda: this passage carries {share:.0%} of what the encoder finds.",
            share=0.31,
        ),
    ),
    Evidence(
        len(LOUD) + 2,
        len(TEXT),
        CALM,
        "passage",
        -0.5,
        Sentence("This passage reads plain: its statements are attributed to a source."),
    ),
    Evidence(
        4,
        17,
        "puppet regime",
        "phrase",
        0.4,
        Sentence("More usual in texts that read as propaganda."),
    ),
)


def made(**changed: Any) -> Answer:
    """Make an answer that accuses, with everything that an answer can have."""
    fields: dict[str, Any] = {
        "verdict": "propaganda",
        "p_propaganda": 0.93,
        "reading": READING,
        "genre": GENRE,
        "p_persuasion": 0.62,
        "language": "en",
        "words": 21,
        "signals": SIGNALS,
        "evidence": EVIDENCE,
        "model": ModelId("tiny", "1", "0" * 64),
    }
    return Answer(**fields | changed)


def html(answer: Answer, code: str = "en") -> str:
    """Return the report of an answer in a language of the page."""
    ui = interface(code)
    manifest = {"operating_points": {"en": POINTS}}
    shown = view(ui, answer, TEXT, manifest, title="", source="")
    return html_report(ui, shown, "en", dt.datetime(2026, 1, 1, tzinfo=dt.UTC))
