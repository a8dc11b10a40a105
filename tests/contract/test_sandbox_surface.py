"""The sandbox network keeps every law, as each class of network and with each rule set."""

import pytest

from tests.contract.surface_laws import SurfaceLaws

ACCOUNTS = [
    ("bluesky", "A"),
    ("mastodon", "A"),
    ("mastodon", "B"),
    ("mastodon", "C"),
    ("mastodon", "D"),
    ("x", "D"),
    ("mastodon", "E"),
]


class TestSandboxSurface(SurfaceLaws):
    """A surface over HTTP to a process of its own."""

    @pytest.fixture(params=ACCOUNTS, ids="-".join)
    def stage(self, request, sandbox_stage_of):
        """Give an account of its own to each test."""
        return sandbox_stage_of(*request.param)
