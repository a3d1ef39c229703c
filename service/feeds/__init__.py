"""What is new in feeds: ``krynica feed``."""
