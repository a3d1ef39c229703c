"""The network: one way to fetch, to public addresses only, and politely."""
