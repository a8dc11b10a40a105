"""Where a request came from is said by whom the paper trusts, and by nobody else."""

import pytest
from django.test import RequestFactory

from broadsheet.accounts.client_address import client_address
from tests.integration.web.conftest import serving

pytestmark = pytest.mark.xdist_group("client addresses")


def test_a_trusted_proxy_is_believed(tmp_path, desk):
    """The address a proxy of ours saw last is the client's; the others are claims."""
    with serving(tmp_path, desk=desk.address, proxies="127.0.0.1") as site, site.reader() as reader:
        reader.get("/desk/", headers={"host": "a", "x-forwarded-for": "10.0.0.1, 203.0.113.9"})
        reader.get("/desk/", headers={"host": "a"})

    said = [each.headers["x-forwarded-for"] for each in desk.received]
    assert ["203.0.113.9", "127.0.0.1"] == said


def test_a_proxy_that_adds_a_header_of_its_own_is_believed(tmp_path, desk):
    """What a client claims counts for nothing where a proxy leaves it and adds another header."""
    claims = [("host", "a"), ("x-forwarded-for", "10.0.0.1"), ("x-forwarded-for", "203.0.113.9")]
    with serving(tmp_path, desk=desk.address, proxies="127.0.0.1") as site, site.reader() as reader:
        reader.get("/desk/", headers=claims)

    assert ["203.0.113.9"] == [each.headers["x-forwarded-for"] for each in desk.received]


@pytest.mark.parametrize(
    ("forwarded", "connected", "address"),
    [
        ("203.0.113.9", "", "203.0.113.9"),
        ("1.1.1.1, 203.0.113.9", "", ""),
        ("203.0.113.9", "198.51.100.7", "198.51.100.7"),
        ("2001:DB8::1", "", "2001:db8::1"),
        ("::ffff:203.0.113.9", "", "203.0.113.9"),
        ("", "198.51.100.7", "198.51.100.7"),
        ("<script>", "", ""),
        ("", "", ""),
    ],
)
def test_an_address_has_one_spelling(forwarded, connected, address):
    """Who is connected counts; over a socket, the one address named, if it is one."""
    request = RequestFactory().get("/", REMOTE_ADDR=connected)
    if forwarded:
        request.META["HTTP_X_FORWARDED_FOR"] = forwarded

    assert address == client_address(request)
