"""Tests by one who tries to break what the project promises."""
