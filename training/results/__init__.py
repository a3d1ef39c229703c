"""What was measured, as records, and how they are written and read."""
