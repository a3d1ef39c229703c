"""Examples in docstrings and on the page about Python do what they show."""

from __future__ import annotations

import doctest
import importlib
import pkgutil
from types import ModuleType

import pytest

from krynica import classifier, data, service, training
from tests.service.tiny import ROOT


def _modules() -> list[ModuleType]:
    infos = [
        info
        for package in (classifier, data, training, service)
        for info in pkgutil.walk_packages(package.__path__, f"{package.__name__}.")
    ]
    # Those that are left out are programs of a few lines, run as processes.
    names = [one.name for one in infos if not one.name.endswith("_main__")]
    return [module for name in names if (module := _imported(name))]


def _imported(name: str) -> ModuleType | None:
    """Import a module; None where it needs torch, which only the encoder's recipe does."""
    try:
        return importlib.import_module(name)
    except ModuleNotFoundError as error:
        if error.name != "torch":
            raise
        return None


@pytest.fixture(autouse=True)
def _in_the_project(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)


def test_examples_in_docstrings() -> None:
    results = {module.__name__: doctest.testmod(module) for module in _modules()}
    assert {name for name, result in results.items() if result.failed} == set()
    assert {name for name, result in results.items() if result.attempted} >= {
        "krynica.classifier.language",
        "krynica.classifier.model",
        "krynica.data.corpus.duplicates",
        "krynica.data.outlets",
        "krynica.service.annotations.agreement",
        "krynica.training.check.labels",
    }


def test_examples_on_the_page_about_python() -> None:
    result = doctest.testfile(str(ROOT / "docs/api.md"), module_relative=False, encoding="utf-8")
    assert result.failed == 0
    assert result.attempted > 20
