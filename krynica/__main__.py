"""The command: ``python -m krynica``."""

import sys

try:
    from krynica.service.cli import main
except KeyboardInterrupt:
    sys.exit(130)

main()
