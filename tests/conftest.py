"""No test meets the models that somebody has given a name on this machine."""

from __future__ import annotations

import os
from pathlib import Path

os.environ["KRYNICA_MODELS"] = str(Path(__file__).parent / "no-such-folder")
