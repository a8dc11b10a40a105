"""Sends the desk's mails; says whether it can."""

import logging
from concurrent.futures import ThreadPoolExecutor
from smtplib import SMTPException

from django.conf import settings
from django.core.mail import EmailMessage

_LOG = logging.getLogger(__name__)
_ASIDE = ThreadPoolExecutor(max_workers=1, thread_name_prefix="mail")


class MailNotSent(RuntimeError):
    """The mail server did not take a mail; says why."""


def can_mail() -> bool:
    """Say whether a mail server is configured."""
    return bool(settings.EMAIL_HOST)


def send(message: EmailMessage) -> None:
    """
    Send a mail now.

    Raises:
        MailNotSent: the server did not take it.

    """
    try:
        message.send()
    except (OSError, SMTPException) as error:
        said = f"the mail to {', '.join(message.to)} was not taken: {error}"
        raise MailNotSent(said) from error


def send_aside(message: EmailMessage) -> None:
    """Send a mail while the request goes on; a failure is only logged."""
    _ASIDE.submit(_try_to_send, message)


def _try_to_send(message: EmailMessage) -> None:
    if not can_mail():
        return
    try:
        send(message)
    except MailNotSent as error:
        _LOG.warning("%s", error)
