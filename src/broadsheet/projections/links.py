"""Decides which addresses people wrote may become links. Anything else is shown as text."""

import re

# Browsers drop tabs and line ends inside addresses and read "\" as "/": an address with
# white space, controls or "\" could say one thing here and another there.
_UNCLEAR = re.compile(r"[\x00-\x20\x7f-\xa0\\]")
_FOLLOWABLE = re.compile(r"(?:https?://[^/]|mailto:.)", re.IGNORECASE)


def is_followable(href: str) -> bool:
    """Return whether an address may be a link: http, https, mailto, or a path of our site."""
    if _UNCLEAR.search(href):
        return False
    if href.startswith("/"):
        return not href.startswith("//")
    return _FOLLOWABLE.match(href) is not None


def is_profile(href: str) -> bool:
    """Return whether an address may be a link to somebody's profile elsewhere."""
    return is_followable(href) and href.lower().startswith(("https://", "http://"))


def profile_label(href: str) -> str:
    """Return an address as readers read it: without the scheme and the last slash."""
    return href.split("://", 1)[-1].rstrip("/")
