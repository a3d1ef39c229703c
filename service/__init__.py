"""How people reach the classifier: command line, HTTP, web page."""
