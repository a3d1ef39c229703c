"""What a text is that nobody wrote to be read as an article: data, a table, a page's source, code.

Each is told by signs that prose has not, and nothing is refused for a quotation of it: most of the
text must be so.
"""

from __future__ import annotations

import csv
import io
import json
import re
from collections import Counter
from pathlib import PurePath

from krynica.classifier.sentence import Sentence

_JSON = Sentence(
    "This is JSON and no article: `krynica batch` scores tables, such as .jsonl, one object a line."
)
_TABLE = Sentence("This is a table and no article: `krynica batch` scores its rows.")
_FEED = Sentence("This is a feed and no article: `krynica feed` scores its items.")
_PAGE = Sentence(
    "This is the source of a web page: give its file or its address, and the article in it is read."
)
_CALENDAR = Sentence("This is a calendar or a list of contacts, and no article.")
_MARKUP = Sentence("This is XML and no article.")
_CODE = Sentence("This is program code or a list of settings, and no article.")
_LIST = Sentence(
    "This is a list of addresses and no article: `krynica score` takes each by itself."
)

_ENDINGS = {
    _TABLE: frozenset(
        {".csv", ".tsv", ".jsonl", ".ndjson", ".parquet", ".xlsx", ".xls", ".ods"},
    ),
    _JSON: frozenset({".json", ".geojson"}),
    _CALENDAR: frozenset({".ics", ".vcf"}),
    _FEED: frozenset({".rss", ".atom", ".opml"}),
    _CODE: frozenset(
        (
            *(".py", ".ipynb", ".js", ".mjs", ".ts", ".css", ".scss", ".c", ".h", ".cpp", ".hpp"),
            *(".cs", ".java", ".kt", ".go", ".rs", ".rb", ".swift", ".sh", ".bat", ".ps1", ".sql"),
            *(".yml", ".yaml", ".toml", ".ini", ".cfg", ".conf", ".r", ".lua", ".scala"),
        )
    ),
}
"""What files are that end so. Pages and XML are told by how they begin."""

_HEAD = 4_000
"""Characters that tell what a text begins as."""
_LONGEST = 300
"""Characters of the longest line that is looked at for code: paragraphs have more, lines of code
fewer, and what is longer takes long to look at."""
_LINES = 200
"""Lines looked at."""

_HTML = re.compile(
    r"\s*(<\?xml[^>]*>\s*)?(<!--((?!-->).)*+-->\s*+)*+"
    r"<(!doctype\s+html|html|head|body|meta|title)[\s>/]",
    re.IGNORECASE | re.DOTALL,
)
_FRAGMENT = re.compile(
    r"\s*<(p|div|article|section|main|header|h[1-6]|ul|ol|table|figure|blockquote|span|strong|b|em"
    r"|i|a|img|br|hr|center|font|script|style|link|nav)(\s[^<>]*)?/?>",
    re.IGNORECASE,
)
_SCRIPTED = re.compile(
    r"\s*<\?(php|=).{0,20000}?<(!doctype\s+html|html)[\s>]", re.IGNORECASE | re.DOTALL
)
"""A page whose program was saved with it."""
_XML_FEED = re.compile(
    r"\s*(<\?xml[^>]*>\s*)?(<[?!][^>]*>\s*)*<(rss|feed|rdf:RDF|opml)[\s>]", re.IGNORECASE
)
_XML = re.compile(r"\s*(<\?xml[^>]*>|<!DOCTYPE (?!html)|<svg[\s>]|<urlset[\s>])", re.IGNORECASE)
_VCALENDAR = re.compile(r"\s*BEGIN:V(CALENDAR|CARD|EVENT)\b", re.IGNORECASE)
_URL = re.compile(r"\s*https?://\S+\s*$")

_STATEMENT = re.compile(
    r"""
    ^\s*(
        [})\]]+[;,)]*                                        # what closes a block
      | .*[{}]                                               # a block begins, or ends
      | [\x00-\x7f]*(\w\(|=|->|::|\+\+|\[\w*\]).*; | \S+;     # a statement of C and its children
      | (def|class|func|fn|sub|interface|struct|enum|namespace|package|module)\s+\w.*
      | (import|from|using|use|require|include)\s+[\w.:"'/{}*, -]+;?
      | \#\s*(include|define|ifdef|ifndef|endif|pragma)\b.* | \#!.*
      | (if|elif|for|while|with|try|except|else|return|async|await|var|let|const)\b.*[:({=\[]
      | @\w+(\(.*\))?                                        # a decorator
      | (SELECT|INSERT|UPDATE|DELETE|CREATE|ALTER|DROP|FROM|WHERE|VALUES|JOIN|GROUP|ORDER)\b.*
      | [\w.$\[\]"'-]+\s*[-+*/|]?:?=\s*\S.*                    # an assignment, a setting
      | [\w.-]+\(.*\)                                        # a call
      | </?[a-zA-Z][^>]*>                                    # a tag alone
      | //.* | /\*.* | \*/.* | --\s.*                        # comments
      | \s+return\b.*
      | "?[a-z_][a-zA-Z0-9_-]*"?:(\s+([\d.]+|true|false|null|\[.*|\{.*|[\w./-]+))?,?
    )\s*$
    """,
    re.VERBOSE,
)
_TELLING = re.compile(
    r"""
    ^\s*(
        (async\s+)?(def|class|func|fn|function|interface|struct|enum|namespace)\s+\w+\s*[(:{<].*
      | (export|public|private|protected|static|const|let|var)\s.*[({;=].*
      | import\s+[\w.]+(\s+as\s+\w+)? | from\s+[\w.]+\s+import\s.* | (using|package)\s+[\w.]+;
      | \#\s*(include|define|ifdef|ifndef)\b.* | \#!/.*
      | \s+return\b.* | .*\{ | [})\]]+[;,)]* | [\x00-\x7f]*(\w\(|=|->|::|\+\+|\[\w*\]).*;
      | (SELECT|INSERT\s+INTO|CREATE\s+TABLE|ALTER\s+TABLE|DROP\s+TABLE)\b.*
      | \[[\w.-]+\] | [\w.-]+\s*=\s*["'\d\[{].*
      | [a-z_][a-zA-Z0-9_-]*:\s+([\d.]+|true|false|null|\[.*|\{.*)
    )\s*$
    """,
    re.VERBOSE,
)
"""Lines that prose does not have, by chance one or two."""
_CODED, _TOLD = 0.3, 3
"""Least share of the characters that stand in statements, and least number of telling lines, from
which on a text is code. Of 516 sources of this program, whose comments are long, nine in ten are
told; of its samples and of the documents in Markdown none is."""

_SEPARATORS = "\t;,|"
_ROWS = 3
"""Rows, the names of the columns among them, from which on lines with separators are a table."""
_COLUMNS = 3
"""Columns from which on they may be called anything."""
_COLUMN = re.compile(
    r"(text|title|body|content|article|headline|url|link|date|label|id|lang(uage)?|outlet|source"
    r"|т[еэ]кст|заголовок|загаловак|назва|название|дата|ссылка|спасылка|источник|крыніца|tekst"
    r"|tytuł|tre[śs][ćc]|data)",
    re.IGNORECASE,
)
_NAME = 40
_WORDS = 3
"""Characters and words of the longest name of a column."""


def what_else(text: str) -> Sentence | None:
    """Tell what a text is that is no article.

    Parameters
    ----------
    text
        Any text.

    Returns
    -------
    Sentence or None
        What it is, and where it can be read; None where it may be an article.

    Examples
    --------
    >>> what_else("In the town of Wells a bridge was opened.") is None
    True
    >>> print(what_else('{"text": "In the town of Wells a bridge was opened."}'))
    This is JSON and no article: `krynica batch` scores tables, such as .jsonl, one object a line.
    """
    head = text[:_HEAD].removeprefix("\ufeff")
    if head.lstrip()[:1] == "<" and (marked := _marked_up(head)) is not None:
        return marked
    if _VCALENDAR.match(head):
        return _CALENDAR
    if head.lstrip()[:1] in {"{", "["} and _is_json(text):
        return _JSON
    lines = [line for line in head.splitlines() if line.strip()][:_LINES]
    if len(lines) > 1 and all(map(_URL.match, lines)):
        return _LIST
    if _is_table(text):
        return _TABLE
    return _CODE if is_code(lines) else None


def by_ending(name: str) -> Sentence | None:
    """Tell from the end of a file's name what it is that is no article, or None."""
    ending = PurePath(name).suffix.lower()
    return next((what for what, endings in _ENDINGS.items() if ending in endings), None)


def is_page(text: str) -> bool:
    """Tell the source of a web page, by how it begins."""
    head = text[:_HEAD].removeprefix("\ufeff")
    if _XML_FEED.match(head):
        return False
    return bool(_HTML.match(head) or _SCRIPTED.match(text[: 6 * _HEAD]))


def is_fragment(text: str) -> bool:
    """Tell a part of a page's source, as tables of sites have it, by a tag at its beginning."""
    return _FRAGMENT.match(text[:_HEAD].removeprefix("\ufeff")) is not None and "</" in text


def is_code(lines: list[str]) -> bool:
    """Tell code, and settings, by their lines."""
    short = [line for line in lines if len(line) < _LONGEST]
    if sum(1 for line in short if _TELLING.match(line)) < _TOLD:
        return False
    coded = sum(len(line) for line in short if _STATEMENT.match(line))
    return coded >= _CODED * sum(map(len, lines))


def _marked_up(head: str) -> Sentence | None:
    if _XML_FEED.match(head):
        return _FEED
    if _HTML.match(head) or head.lstrip().startswith("<?"):
        return _MARKUP if _XML.match(head) and not _HTML.match(head) else _PAGE
    return _MARKUP if _XML.match(head) else None


def _is_json(text: str) -> bool:
    """Tell JSON: one value, or an object a line."""
    try:
        json.loads(text)
    except RecursionError:
        return True
    except ValueError:
        lines = [line for line in text[: _HEAD * 25].splitlines() if line.strip()][:_LINES]
        # The last line may be cut.
        whole = lines[:-1] or lines
        return all(line.lstrip().startswith("{") and _is_object(line) for line in whole)
    return True


def _is_object(line: str) -> bool:
    try:
        return isinstance(json.loads(line), dict)
    except (ValueError, RecursionError):
        return False


def _is_table(text: str) -> bool:
    """Tell rows of cells: names of columns first, then as many cells in each row."""
    first = text.lstrip("\ufeff\n\r").partition("\n")[0]
    counts = Counter(first)
    return any(counts[sign] and _are_rows(text, sign) for sign in _SEPARATORS)


def _are_rows(text: str, sign: str) -> bool:
    rows: list[list[str]] = []
    try:
        for row in csv.reader(io.StringIO(text[: _HEAD * 25].lstrip("\ufeff"), ""), delimiter=sign):
            if not row and len(rows) == 1:
                return False  # a headline, not names of columns
            if row:
                rows.append(row)
            if len(rows) > _LINES:
                break
    except csv.Error:
        return False
    if len(text) > _HEAD * 25:
        rows.pop()  # the last row may be cut
    names = [name.strip() for name in rows[0]] if len(rows) >= _ROWS else []
    if len(names) < _COLUMNS and not (sign == "\t" or any(map(_COLUMN.fullmatch, names))):
        return False  # lines of verse may have one comma each
    named = all(len(name) <= _NAME and len(name.split()) <= _WORDS for name in names)
    alike = sum(len(row) == len(names) for row in rows)
    return bool(names) and named and len({*names}) == len(names) and alike >= 0.9 * len(rows)
