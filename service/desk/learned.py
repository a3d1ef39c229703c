"""Which outlets a model learned from: of those it knows more than it will of others."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

_SIGNS = re.compile(r"[\W_]+")


class Learned:
    """Tells by its name whether a model learned from an outlet.

    Names are compared without their signs and spaces, and domains by their first part as well:
    "abcnews.go.com" is met in a corpus as such, "rt.com" as "rt". Another outlet of that name is
    met too, which errs on the careful side.

    Parameters
    ----------
    manifest
        Of the model.
    """

    def __init__(self, manifest: Mapping[str, Any]) -> None:
        self._names = {_bare(str(name)) for name in manifest.get("outlets", ())}

    def __contains__(self, name: str) -> bool:
        """Tell it of a name."""
        first = name.partition(".")[0]
        return not self._names.isdisjoint({_bare(name), _bare(first)} - {""})


def _bare(name: str) -> str:
    return _SIGNS.sub("", name.casefold())
