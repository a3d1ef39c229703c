"""In what two models differ, as their manifests tell it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from krynica.classifier.folder import SUMS, ModelFolder
from krynica.classifier.languages import LANGUAGES
from krynica.training.report.summary import interval, number, percent
from krynica.training.results.worth import Figures, ReadingFigures, read_metrics

_SHARES = frozenset(
    {
        *("accused_newsrooms", "accusations_right", "propaganda_found", "clear_verdicts"),
        *("journalism_right", "found", "found_strong"),
    }
)
_FIGURES: Mapping[str, str] = {
    "accused_newsrooms": "plain texts of newsrooms accused",
    "accusations_right": "accusations right",
    "propaganda_found": "propaganda found",
    "clear_verdicts": "clear verdicts",
    "journalism_right": "journalism right",
    "auc": "AUC",
    "auc_strong": "AUC of 3 or more",
    "found": "found at 2% of newsrooms accused",
    "calibration_error": "calibration error",
}
"""Of outlets never seen: wrong accusations first."""
_POINTS: Mapping[str, str] = {
    "propaganda_from": "propaganda from",
    "journalism_to": "journalism up to",
    "least_known_words": "least share of words known",
}
_MOST = 20
"""Names that are listed."""


def differences(a: ModelFolder, b: ModelFolder) -> Iterator[str]:
    """Tell in what two models differ.

    Parameters
    ----------
    a, b
        The models.

    Yields
    ------
    str
        A line each; figures stand there whether or not they differ.
    """
    for side, model in (("A", a), ("B", b)):
        yield f"{side}: {model.id.name} {model.id.version} ({model.sha256[:12]}), {model.path}"
    if a.sha256 == b.sha256:
        yield "They are the same, byte for byte."
        return
    files = sorted({name for name, _ in set(_sums(a).items()) ^ set(_sums(b).items())})
    yield f"files that differ: {', '.join(files)}"
    old, new = a.manifest, b.manifest
    yield from _changed(
        "languages", _flat(old.get("languages", {})), _flat(new.get("languages", {}))
    )
    yield from _measured(old, new)
    yield from _changed("fewest words judged", old.get("minimum_words"), new.get("minimum_words"))
    yield from _points(old.get("operating_points", {}), new.get("operating_points", {}))
    yield from _names("sources", _sources(old), _sources(new))
    yield from _names("outlets", old.get("outlets", []), new.get("outlets", []))
    for name in ("corpus", "split", "configuration", "libraries", "left_out", "refused"):
        yield from _entries(name.replace("_", " "), old.get(name, {}), new.get(name, {}))
    for name in ("started_from", "licence"):
        yield from _changed(name.replace("_", " "), _flat(old.get(name)), _flat(new.get(name)))


def _sums(model: ModelFolder) -> dict[str, str]:
    lines = (model.path / SUMS).read_text("utf-8").splitlines()
    return {name: digest for digest, _, name in (line.partition("  ") for line in lines)}


def _measured(old: Mapping[str, Any], new: Mapping[str, Any]) -> Iterator[str]:
    """Tell the figures of outlets never seen side by side, with their intervals."""
    figures = [read_metrics(model.get("metrics")) for model in (old, new)]
    for language in sorted({*figures[0], *figures[1]}):
        found = [of.get(language, Figures()) for of in figures]
        name = LANGUAGES[language].name if language in LANGUAGES else "All languages"
        if any(one.readings for one in found):
            yield f"{name}, outlets never seen:"
            yield from _figures(*(one.readings or ReadingFigures() for one in found))
        passages = [one.passages or {} for one in found]
        for unit in sorted({*passages[0], *passages[1]}):
            aucs = (number(of[unit].auc if unit in of else None) for of in passages)
            yield f"{name}, marked {unit}s, AUC: {_pair(*aucs)}"
    if any(figures) and (old.get("corpus"), old.get("split")) != (
        new.get("corpus"),
        new.get("split"),
    ):
        yield (
            "The figures above are each of the model's own tables, which are not the same; "
            "`krynica compare` puts both on the same rows."
        )


def _figures(a: ReadingFigures, b: ReadingFigures) -> Iterator[str]:
    for name, said in _FIGURES.items():
        yield f"  {said}: {_pair(_figure(a, name), _figure(b, name))}"
    counts = [f"{one.texts} of {one.outlets}" for one in (a, b)]
    yield f"  texts of outlets: {_pair(*counts)}"


def _figure(found: ReadingFigures, name: str) -> str:
    share = name in _SHARES
    value = (percent if share else number)(getattr(found, name))
    of = "newsrooms" if name == "accused_newsrooms" else name
    ends = interval(getattr(found, f"{of}_interval", None), of_percent=share)
    return f"{value} {ends}".rstrip()


def _points(old: Mapping[str, Any], new: Mapping[str, Any]) -> Iterator[str]:
    for language in sorted({*old, *new}):
        for name, said in _POINTS.items():
            values = (_flat(_reached(of.get(language, {}).get(name))) for of in (old, new))
            yield from _changed(f"{LANGUAGES[language].name}, {said}", *values)


def _reached(points: Any) -> Any:
    """Say of points that no probability can reach that it never does."""
    if isinstance(points, Mapping):
        return {kind: _reached(point) for kind, point in points.items()}
    return "never" if isinstance(points, (int, float)) and not 0.0 <= points <= 1.0 else points


def _sources(manifest: Mapping[str, Any]) -> list[str]:
    return [str(one["source"]) for one in manifest.get("sources", [])]


def _names(what: str, old: Iterable[str], new: Iterable[str]) -> Iterator[str]:
    """Tell which names came and which went."""
    for said, gone in (("gained", set(new) - set(old)), ("lost", set(old) - set(new))):
        if gone:
            listed = ", ".join(sorted(gone)[:_MOST])
            more = f" and {len(gone) - _MOST} more" if len(gone) > _MOST else ""
            yield f"{what} {said}, {len(gone)}: {listed}{more}"


def _entries(what: str, old: Mapping[str, Any], new: Mapping[str, Any]) -> Iterator[str]:
    for name in sorted({*old, *new}):
        yield from _changed(f"{what}, {name}", _short(old.get(name)), _short(new.get(name)))


def _changed(what: str, a: object, b: object) -> Iterator[str]:
    if a != b:
        yield f"{what}: {_pair(_short(a), _short(b))}"


def _pair(a: object, b: object) -> str:
    return f"A {a}, B {b}"


def _short(value: object) -> str:
    """Write a value; of a checksum its beginning."""
    text = "–" if value is None else str(value)
    is_sum = len(text) == 64 and not set(text) - set("0123456789abcdef")
    return text[:12] if is_sum else text


def _flat(value: Any) -> str:
    """Write a record or a list without brackets."""
    if isinstance(value, Mapping):
        return ", ".join(f"{name} {_flat(one)}".strip() for name, one in value.items()) or "none"
    if isinstance(value, (list, tuple)):
        return " and ".join(map(str, value))
    return "none" if value is None else _short(value)
