"""Tables of any size: ``krynica batch``."""
