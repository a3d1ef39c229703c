"""``krynica annotate``: rows that people should label, and the labels that come back."""
