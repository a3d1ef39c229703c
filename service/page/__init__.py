"""The page at ``/``: a form, a verdict with its evidence, a report to save, in five languages."""
