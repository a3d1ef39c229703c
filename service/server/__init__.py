"""The service as it runs: the API with the page in front of it, and its processes."""
