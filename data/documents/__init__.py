"""Documents: the article in files of text, web pages, Word and PDF, and archives."""
