"""Unit tests touch nothing outside their process."""

import socket

import pytest
from pytest_socket import SocketBlockedError


@pytest.mark.parametrize("family", [socket.AF_INET, socket.AF_UNIX], ids=["internet", "unix"])
def test_unit_tests_open_no_sockets(family):
    """A unit test that opens a socket fails at once."""
    with pytest.warns(UserWarning, match="tried to use socket"), pytest.raises(SocketBlockedError):
        socket.socket(family)


def test_unit_tests_open_no_database():
    """A unit test that asks the database fails at once."""
    from django.db import connection  # noqa: PLC0415  # Django is configured by then

    with pytest.raises(RuntimeError, match="Database access not allowed"):
        connection.cursor()
