"""Fetches from addresses other people gave us, and from nowhere inside our own network."""
