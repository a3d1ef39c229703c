"""What annotators are given, and what comes back from them."""
