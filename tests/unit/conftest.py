"""Closes the network to unit tests, sockets of this machine included."""

import pytest


@pytest.fixture(autouse=True)
def no_sockets(socket_disabled):
    """Fail a unit test that opens a socket of any kind."""
