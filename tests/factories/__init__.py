"""Builders of plain values for tests."""
