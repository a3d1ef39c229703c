"""What was measured, for people: the card, pictures, sentences."""
