"""The verbs of the command line: one a file, each a shell over public functions."""
