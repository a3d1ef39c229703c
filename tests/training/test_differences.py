from __future__ import annotations

from pathlib import Path

from krynica.classifier.folder import open_folder
from krynica.training.comparison.differences import differences


def test_what_differs_is_told_with_figures_first(trained: Path, scored: Path) -> None:
    told = list(differences(open_folder(trained), open_folder(scored)))
    assert told[0].startswith("A: krynica 1 (")
    assert "English, outlets never seen:" in told
    at = told.index("English, outlets never seen:")
    assert told[at + 1].startswith("  plain texts of newsrooms accused: A 0.0% (")
    assert any(line.startswith("English, journalism up to: A opinion ") for line in told)
    assert any(line.startswith("sources gained, 1: invented readings") for line in told)
    assert any(line.startswith("outlets lost, 12: journalism 0, ") for line in told)
    assert "configuration, labels_of: A outlet, B –" in told
    assert any("each of the model's own tables" in line for line in told)


def test_a_model_is_the_same_as_itself(trained: Path) -> None:
    told = list(differences(open_folder(trained), open_folder(trained)))
    assert told[-1] == "They are the same, byte for byte."
