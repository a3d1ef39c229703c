"""The service over HTTP: its settings, its guards, its endpoints."""
