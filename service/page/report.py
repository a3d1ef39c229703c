"""An answer to keep: one HTML file that needs nothing else, or JSON."""

from __future__ import annotations

import json
from datetime import datetime
from typing import Any

from babel.dates import format_date

from krynica.classifier.answer import Answer
from krynica.service.page.rendering import render
from krynica.service.page.translation import Interface
from krynica.service.page.view import View


def html_report(ui: Interface, view: View, text_lang: str, now: datetime) -> str:
    """Return a report that opens anywhere: its style inside, no script, no address to ask.

    Parameters
    ----------
    ui
        Language it is written in.
    view
        The answer set out.
    text_lang
        Code of the text's language; empty where it is not known.
    now
        When, in the reader's time zone.
    """
    model = view.answer.model
    assert model is not None  # noqa: S101  # an answer without an error names its model
    day = format_date(now, "long", locale=ui.locale)
    return render("report.html", ui, model, view=view, text_lang=text_lang, day=day)


def json_report(answer: Answer, text: str, now: datetime, *, title: str, source: str) -> str:
    """Return the answer as every other way gives it, then the text that its offsets point into."""
    report: dict[str, Any] = {
        **answer.as_dict(),
        "source": source or None,
        "title": title or None,
        "scored_at": now.isoformat(timespec="seconds"),
        "text": text,
    }
    return json.dumps(report, ensure_ascii=False, indent=2) + "\n"
