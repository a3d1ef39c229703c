"""Finding the article in a page: what it shows, what it says, and what stands before it."""
