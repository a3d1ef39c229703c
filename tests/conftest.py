"""No test meets this machine's named models, and none is about time."""

from __future__ import annotations

import os
from pathlib import Path

from hypothesis import settings

os.environ["KRYNICA_MODELS"] = str(Path(__file__).parent / "no-such-folder")
# Tests share the machine with each other: an example may wait for its turn.
settings.register_profile("patient", deadline=None)
settings.load_profile("patient")
