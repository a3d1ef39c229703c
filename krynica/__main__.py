"""The command: ``python -m krynica``."""

from krynica.service.cli import main

main()
