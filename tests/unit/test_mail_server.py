"""BROADSHEET_MAIL_URL names the server that takes the desk's mails."""

import pytest

from broadsheet.config.mail_server import MailServer, NotAMailServer, mail_server


@pytest.mark.parametrize(
    ("address", "server"),
    [
        ("", MailServer()),
        ("smtp://mail.example", MailServer("mail.example", 25)),
        ("smtp://mail.example:587?tls", MailServer("mail.example", 587, starts_tls=True)),
        ("smtps://mail.example", MailServer("mail.example", 465, is_tls=True)),
        (
            "smtp://desk%40p.example:p%2Fw%3A@mail.example:587?tls&from=desk@p.example",
            MailServer(
                "mail.example",
                587,
                "desk@p.example",
                "p/w:",
                starts_tls=True,
                sender="desk@p.example",
            ),
        ),
    ],
)
def test_an_address_names_a_server(address, server):
    """Host, port, name, password, TLS and sender are read from it."""
    assert server == mail_server(address)


@pytest.mark.parametrize(
    "address", ["mail.example", "http://mail.example", "smtp://", "smtp://u:secret@m?ssl=1"]
)
def test_what_is_no_address_is_refused_without_its_password(address):
    """The message says what is wrong, and repeats no secret."""
    with pytest.raises(NotAMailServer) as refused:
        mail_server(address)

    assert "secret" not in str(refused.value)
