"""What is somebody's inside is told from what is out there, however it is written."""

from ipaddress import IPv4Address, IPv6Address, ip_address

import pytest
from hypothesis import given
from hypothesis import strategies as st

from broadsheet.media.fetching.public_addresses import why_not_public
from broadsheet.media.fetching.web_addresses import LONGEST, Refused, read

WEB = frozenset({80, 443})


@pytest.mark.parametrize(
    "address",
    [
        "0.0.0.0",
        "10.1.2.3",
        "100.64.0.1",
        "100.100.100.200",  # a cloud's metadata
        "127.0.0.1",
        "127.255.255.254",
        "168.63.129.16",  # another's
        "169.254.169.254",  # most clouds'
        "172.16.0.1",
        "172.31.255.255",
        "192.0.0.192",
        "192.168.1.1",
        "198.18.0.1",
        "203.0.113.5",
        "224.0.0.1",
        "255.255.255.255",
        "::",
        "::1",
        "::127.0.0.1",
        "::ffff:127.0.0.1",
        "::ffff:93.184.215.14",
        "64:ff9b::7f00:1",  # 127.0.0.1 through NAT64
        "64:ff9b::a9fe:a9fe",  # the metadata service through NAT64
        "64:ff9b:1::1",
        "100::1",
        "2001::1",  # Teredo
        "2001:db8::1",
        "2002:7f00:1::",  # 127.0.0.1 through 6to4
        "2002:a9fe:a9fe::1",
        "fc00::1",
        "fd00:ec2::254",  # a cloud's metadata
        "fe80::1",
        "fec0::1",
        "ff02::1",
    ],
)
def test_inside_addresses_are_known(address: str):
    """Private, local, shared, reserved, multicast, disguised and metadata addresses are inside."""
    assert why_not_public(ip_address(address))


@pytest.mark.parametrize(
    "address",
    [
        "1.1.1.1",
        "93.184.215.14",
        "172.32.0.1",
        "100.128.0.1",
        "2606:4700::1111",
        "64:ff9b::101:101",
    ],
)
def test_public_addresses_are_known(address: str):
    """An address that is given out to the public is out there."""
    assert "" == why_not_public(ip_address(address))


@given(
    st.one_of(
        st.integers(0, 2**32 - 1).map(IPv4Address), st.integers(0, 2**128 - 1).map(IPv6Address)
    )
)
def test_nothing_python_calls_local_is_public(address):
    """No address is public that Python's own table holds for private, local or reserved."""
    if address.is_private or address.is_loopback or address.is_link_local or address.is_multicast:
        assert why_not_public(address)


@given(st.integers(0, 2**32 - 1).map(IPv4Address))
def test_a_disguise_changes_nothing(address: IPv4Address):
    """An inside IPv4 address is inside in every IPv6 form of it."""
    if why_not_public(address):
        number = int(address)
        forms = [(0xFFFF << 32) | number, number, (0x64FF9B << 96) | number]
        forms.append((0x2002 << 112) | (number << 80))
        assert all(why_not_public(IPv6Address(form)) for form in forms)


@pytest.mark.parametrize(
    "address",
    [
        "",
        "example.com",
        "//example.com/",
        "/relative",
        "javascript:alert(1)",
        "JavaScript:alert(1)",
        "java\nscript:alert(1)",
        "data:text/html,<script>",
        "file:///etc/passwd",
        "gopher://example.com/",
        "ftp://example.com/",
        "mailto:a@example.com",
        "http:example.com",
        "http:///example.com",
        "https://user@example.com/",
        "https://user:password@example.com/",
        "https://@example.com/",
        "https://example.com@127.0.0.1/",
        "https://example.com\\@evil.example/",
        "https://exam ple.com/",
        " https://example.com/",
        "https://example.com/\u2028",
        "https://localhost/",
        "https://printer/",
        "https://metadata/",
        "http://127.1/",
        "http://2130706433/",
        "http://0x7f000001/",
        "http://0x7f.1/",
        "http://0177.0.0.1/",
        "http://127.0.0.1./",
        "https://exa%6dple.com/",
        "https://a..b/",
        "https://.example.com/",
        "https://[fe80::1%25eth0]/",
        "https://[::1/",
        "https://example.com:22/",
        "https://example.com:0/",
        "https://example.com:8443/",
        "https://example.com:99999/",
        "https://" + "a" * 64 + ".com/",
        "https://example.com/" + "a" * LONGEST,
    ],
)
def test_hostile_addresses_are_refused(address: str):
    """What is no address of a public web page is refused before anybody is asked."""
    with pytest.raises(Refused):
        read(address, ports=WEB)


@pytest.mark.parametrize(
    ("address", "host"),
    [
        ("https://example.com", "example.com"),
        ("HTTPS://Example.COM:443/a?b=c#d", "example.com"),
        ("http://münchen.example/straße", "xn--mnchen-3ya.example"),
        ("https://example.com/@user/status?x=a@b#@c", "example.com"),
        ("https://1.1.1.1/", "1.1.1.1"),
        ("https://[2606:4700::1111]/", "2606:4700::1111"),
    ],
)
def test_addresses_of_pages_are_read(address: str, host: str):
    """An address of a page is read, in any script, with what may stand behind the host."""
    assert host == read(address, ports=WEB).raw_host.decode()


@given(st.text(max_size=60))
def test_any_text_is_read_or_refused(text: str):
    """No text makes the reader fail in another way, and none brings in credentials."""
    for address in (text, f"https://{text}", f"https://example.com/{text}"):
        try:
            url = read(address, ports=WEB)
        except Refused:
            continue
        assert not url.userinfo
        assert url.scheme in {"http", "https"}
