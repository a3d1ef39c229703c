"""What only the training itself would run into: told beforehand, without its slow steps."""

from __future__ import annotations

from krynica.classifier.encoder import Encoder
from krynica.classifier.errors import CorpusError
from krynica.classifier.languages import LANGUAGES
from krynica.training.corpus.prepare import Prepared
from krynica.training.fit.material import Material, gather
from krynica.training.fit.start import Start
from krynica.training.learn import NO_LANGUAGE, by_language, can_persuade, ready, stays
from krynica.training.work import Work


def stopping(prepared: Prepared, encoder: Encoder, start: Start | None, work: Work) -> str | None:
    """Say what would stop a training; None if nothing would.

    Parameters
    ----------
    prepared
        Rows.
    encoder
        The encoder that it would use; it encodes nothing.
    start
        A model that it would start from.
    work
        How to work.
    """
    known = {*prepared.articles["lang"]} & LANGUAGES.keys()
    material = gather(prepared, encoder, work, encoded=False) if known else None
    if start is None and material is not None:
        return _anew(material, encoder)
    refused = (
        [] if start is None else [stays(code, own, start) for code, _, own in by_language(material)]
    )
    marked = prepared.passages
    if None in refused or (can_persuade(marked) and {*marked["lang"]} & LANGUAGES.keys()):
        return None
    return " ".join(filter(None, refused)) or NO_LANGUAGE


def _anew(material: Material, encoder: Encoder) -> str | None:
    try:
        ready(material, encoder)
    except CorpusError as error:
        return str(error)
    return None
