"""Flat scenes and portraits of our own, each drawn by one function."""
