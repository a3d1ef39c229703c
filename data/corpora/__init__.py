"""Public corpora: one module each, from the files as published to rows of a labelled corpus."""
