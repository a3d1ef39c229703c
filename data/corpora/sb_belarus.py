"""SB-Belarus-Yesterday: political articles of the Belarusian state newspaper SB. Belarus Segodnya.

Shape as told by the programs of the repository: an SQLite file ``sb_articles.db`` whose table
``documents`` has ``title``, ``publication_date`` (ISO 8601), ``body`` and ``hyperlink``. Where in
the repository it lies now is not known, so it is given by path. Not tried on the published file.
"""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

from krynica.classifier.errors import CorpusError
from krynica.data.corpora.files import found, words
from krynica.data.corpora.rows import Found, Row, day
from krynica.data.seam import shown

_ALL = "SELECT title, publication_date, body, hyperlink FROM documents ORDER BY document_id"


def read(path: Path) -> Found:
    """Read all articles."""
    for file in found(path, "*.db"):
        try:
            # Nothing is written to the file, and nothing in it is run.
            base = sqlite3.connect(f"{file.resolve().as_uri()}?mode=ro&immutable=1", uri=True)
            with closing(base):
                base.execute("PRAGMA trusted_schema = OFF")
                for title, written, body, link in base.execute(_ALL):
                    yield Row(
                        words(body),
                        "propaganda",
                        "ru",
                        outlet="sb.by",
                        date=day(words(written)),
                        title=words(title) or None,
                        url=words(link) or None,
                    )
        except sqlite3.Error as error:
            raise CorpusError(f"{shown(file)} is no database of articles: {error}.") from error
