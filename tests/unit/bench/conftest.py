"""Keeps what the benches keep in a folder of the test."""

from pathlib import Path

import pytest

from bench import sizes


@pytest.fixture(autouse=True)
def results(tmp_path, monkeypatch) -> Path:
    """Return where results are kept."""
    file = tmp_path / "kept" / "results.json"
    monkeypatch.setattr(sizes, "RESULTS", file)
    return file
