"""Reads BROADSHEET_MAIL_URL: smtp://user:password@host:587?tls&from=desk@paper.example."""

from typing import NamedTuple
from urllib.parse import parse_qs, unquote, urlsplit

_PORTS = {"smtp": 25, "smtps": 465}


class MailServer(NamedTuple):
    """The server that takes the desk's mails; none if it has no host."""

    host: str = ""
    port: int = 25
    user: str = ""
    password: str = ""
    starts_tls: bool = False  # with STARTTLS
    is_tls: bool = False  # from the first byte
    sender: str = ""


class NotAMailServer(ValueError):
    """BROADSHEET_MAIL_URL is not what it should be; says what is wrong, without the password."""


def mail_server(address: str) -> MailServer:
    """
    Return the server an address names; none for "".

    Raises:
        NotAMailServer: the address cannot be one.

    """
    if not address:
        return MailServer()
    parts = urlsplit(address)
    if parts.scheme not in _PORTS or not parts.hostname:
        message = "BROADSHEET_MAIL_URL must be smtp://host:port or smtps://host:port"
        raise NotAMailServer(message)
    asked = parse_qs(parts.query, keep_blank_values=True)
    if unknown := asked.keys() - {"tls", "from"}:
        message = f"BROADSHEET_MAIL_URL knows tls and from; not {', '.join(sorted(unknown))}"
        raise NotAMailServer(message)
    return MailServer(
        host=parts.hostname,
        port=parts.port or _PORTS[parts.scheme],
        user=unquote(parts.username or ""),
        password=unquote(parts.password or ""),
        starts_tls="tls" in asked,
        is_tls=parts.scheme == "smtps",
        sender=asked.get("from", [""])[0],
    )
