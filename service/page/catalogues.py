"""The catalogues kept in step with the code: ``python -m krynica.service.page.catalogues``.

Collects every template of a sentence for people: first (and, of what is counted, second) argument
of ``Sentence(…)``, of ``say(…)`` in the page's code and templates, and of the errors a reader of
the page may see. Writes them into the catalogue of each language, keeps what is translated there,
and says what is not.

A translation may stand there before the code says its sentence, as an entry marked obsolete
(``#~``); it is taken into use by the first run that finds the sentence.
"""

from __future__ import annotations

import ast
import re
import sys
from collections.abc import Iterator
from io import BytesIO
from itertools import chain
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.pofile import read_po, write_po
from jinja2 import Environment, nodes

from krynica.service.page.rendering import TEMPLATES
from krynica.service.page.translation import DEFAULT, NAMES, catalogue_file

ROOT = Path(__file__).parents[2]
_FOLDERS = ("classifier", "data", "service/page", "service/web")
_CALLS = frozenset({"Sentence", "say"})
_ERRORS = frozenset({"AddressError", "FormError", "NothingToReadError", "UnreadableError"})
_FIELD = re.compile(r"\{(\w+)[^}]*\}")

Found = tuple[str, str | None]
"""A template, and that of its plural."""


def templates() -> dict[Found, list[str]]:
    """Return every template of the code, with the files it is in."""
    found: dict[Found, list[str]] = {}
    for folder in _FOLDERS:
        for path in sorted((ROOT / folder).rglob("*.py")):
            _note(found, path, _of_code(path.read_text("utf-8")))
    for path in sorted(TEMPLATES.glob("*.html")):
        _note(found, path, _of_template(path.read_text("utf-8")))
    return found


def _note(found: dict[Found, list[str]], path: Path, here: Iterator[Found]) -> None:
    name = path.relative_to(ROOT).as_posix()
    for one in here:
        places = found.setdefault(one, [])
        if name not in places:
            places.append(name)


def _of_code(source: str) -> Iterator[Found]:
    for node in ast.walk(ast.parse(source)):
        if not isinstance(node, ast.Call):
            continue
        name = getattr(node.func, "id", None) or getattr(node.func, "attr", "")
        if name in _CALLS or name in _ERRORS:
            words = [arg.value for arg in node.args if isinstance(arg, ast.Constant)]
            texts = [word for word in words if isinstance(word, str)]
            if texts:
                yield texts[0], texts[1] if len(texts) > 1 and name in _CALLS else None


def _of_template(source: str) -> Iterator[Found]:
    for call in Environment(autoescape=True).parse(source).find_all(nodes.Call):
        if isinstance(call.node, nodes.Name) and call.node.name == "say":
            words = [arg.value for arg in call.args if isinstance(arg, nodes.Const)]
            yield words[0], words[1] if len(words) > 1 else None


def read(code: str) -> Catalog:
    """Read a catalogue as it is on the disk."""
    with catalogue_file(code).open("rb") as file:
        return read_po(file, locale=code)


def updated(code: str) -> Catalog:
    """Return a language's catalogue with the templates of today."""
    old = read(code)
    new = Catalog(locale=code, project="Krynica", fuzzy=False, header_comment=_HEADER)
    new.creation_date = new.revision_date = old.creation_date
    for (template, plural), places in sorted(templates().items()):
        message = (template, plural) if plural else template
        known = old.get(message) or old.obsolete.get(template)
        string = known.string if known and known.string else None
        locations = [(place, 0) for place in places]
        new.add(message, string, locations=locations, flags=known.flags if known else ())
    for ahead in sorted(old.obsolete.values(), key=_ids):
        if new.get(ahead.id) is None:
            new.obsolete[_ids(ahead)[0]] = Message(ahead.id, ahead.string)
    return new


_HEADER = """\
# What the page says. Kept by: python -m krynica.service.page.catalogues
# How to translate: docs/translating.md"""


def problems(catalogue: Catalog) -> list[str]:
    """Say what is missing or wrong in a catalogue, one line each."""
    found = []
    for message in chain(catalogue, catalogue.obsolete.values()):
        if not message.id:
            continue
        if message.fuzzy:
            found.append(f"uncertain: {message.id!r}")
        strings = _strings(message)
        forms = catalogue.num_plurals if message.pluralizable else 1
        if len(strings) != forms or not all(strings):
            found.append(f"not translated: {message.id!r}")
        elif any(_fields(one) != _fields(_ids(message)[-1]) for one in strings):
            found.append(f"other fields: {message.id!r}")
    return found


def _ids(message: Message) -> tuple[str, ...]:
    """Return a message's template, and that of its plural."""
    return (message.id,) if isinstance(message.id, str) else tuple(message.id)


def _strings(message: Message) -> tuple[str, ...]:
    """Return its translations, one a form."""
    string = message.string or ""
    return (string,) if isinstance(string, str) else tuple(string)


def _fields(template: str) -> list[str]:
    """Return a template's fields with what they ask for; their order is a language's own."""
    return sorted(match[0] for match in _FIELD.finditer(template))


def written(catalogue: Catalog) -> bytes:
    """Return a catalogue's file: the same for the same templates and translations."""
    out = BytesIO()
    write_po(out, catalogue, width=100, include_lineno=False)
    return out.getvalue()


def main() -> int:
    """Update every catalogue; say what waits for a translator."""
    waiting = 0
    for code in NAMES:
        if code != DEFAULT:
            catalogue = updated(code)
            catalogue_file(code).write_bytes(written(catalogue))
            for problem in problems(catalogue):
                waiting += 1
                print(f"{code}: {problem}")
    return 1 if waiting else 0


if __name__ == "__main__":
    sys.exit(main())
