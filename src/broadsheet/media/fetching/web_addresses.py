"""
Reads a web address somebody gave us, and refuses what no public page has.

Without asking the network: what a name stands for is found out, and judged again, when it is
fetched. One reader judges and fetches, so that no two can understand an address differently.
"""

import ipaddress
import re
import socket
from collections.abc import Collection

import httpx

from broadsheet.media.fetching.public_addresses import IpAddress

LONGEST = 2048  # longer ones carry something else than where a page is
SCHEMES = {"http": 80, "https": 443}
_UNSEEN = re.compile(r"[\x00-\x20\x7f-\xa0\u2028\u2029\ufeff\\]")
_A_HOST = re.compile(r"[a-z0-9_-]{1,63}(\.[a-z0-9_-]{1,63})*\.?")  # after IDNA
_A_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*(?=:)")


class Refused(ValueError):
    """An address is not fetched, or not even linked to; the message says why."""


def read(text: str, *, ports: Collection[int]) -> httpx.URL:
    """
    Return a web address as it will be fetched.

    Raises:
        Refused: it is none, or none of a public page.

    """
    if len(text) > LONGEST:
        message = f"the address is longer than {LONGEST} characters"
        raise Refused(message)
    if _UNSEEN.search(text):
        raise Refused("the address holds a space, a backslash or a character that is not seen")
    scheme = _A_SCHEME.match(text)
    if scheme is None or scheme[0].lower() not in SCHEMES:
        named = f"“{scheme[0]}:” leads" if scheme else "this leads"
        message = f"{named} to no web page; give an address that begins with https://"
        raise Refused(message)
    try:
        url = httpx.URL(text)
    except (httpx.InvalidURL, ValueError) as error:
        message = f"this is no web address: {error}"
        raise Refused(message) from error
    if "@" in _authority(text):
        raise Refused("the address holds a name or password; give it without what stands before @")
    port = SCHEMES[url.scheme] if url.port is None else url.port
    if port not in ports:
        message = f"the address names port {port}, where no public page is"
        raise Refused(message)
    _must_be_public_name(url.raw_host.decode("ascii"))
    return url


def literal(host: str) -> IpAddress | None:
    """Return the network address a host is written as, None if it is a name."""
    try:
        address = ipaddress.ip_address(host)
    except ValueError:
        return None
    return None if getattr(address, "scope_id", None) else address  # of one network card


def _authority(text: str) -> str:
    """Return what stands between the slashes: host and port, and a name it should not have."""
    return re.split(r"[/?#]", text.partition(":")[2].lstrip("/"), maxsplit=1)[0]


def _must_be_public_name(host: str) -> None:
    if literal(host) is not None:
        return
    if not _A_HOST.fullmatch(host):
        raise Refused("the address names no host of a web page")
    if "." not in host.rstrip("."):
        message = f"“{host}” is a name inside a network, not one of a public page"
        raise Refused(message)
    if _is_disguised_number(host):
        message = f"“{host}” is a number in disguise; give the page's name"
        raise Refused(message)


def _is_disguised_number(host: str) -> bool:
    """Say whether the system would read a host as an IPv4 address though it is not written so."""
    try:
        socket.inet_aton(host.rstrip("."))
    except OSError:
        return False
    return True
