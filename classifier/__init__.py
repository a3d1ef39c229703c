"""How a text reads: an article in, an answer out. Its public names are in `krynica`."""
