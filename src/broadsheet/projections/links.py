"""Decides which addresses people wrote may become links. Anything else is shown as text."""

import re

# Browsers drop tabs and line ends inside addresses and read "\" as "/": an address with
# white space, controls or "\" could say one thing here and another there.
_UNCLEAR = re.compile(r"[\x00-\x20\x7f-\xa0\\]")
_FOLLOWABLE = re.compile(r"(?:https?://[^/]|mailto:.)", re.IGNORECASE)

_X_ACCOUNT = re.compile(
    r"https://(?:www\.)?(?:x|twitter)\.com/@?(?P<name>[A-Za-z0-9_]{1,15})/?", re.IGNORECASE
)
_NO_ACCOUNTS_ON_X = {"explore", "hashtag", "home", "i", "intent", "login", "search", "share"}


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


def x_handle(href: str) -> str:
    """
    Return the name of an account on X with its "@", "" if the address is none of an account's.

    Source: X's help, "a username can only contain alphanumeric characters and underscores", at
    most 15 of them (read 2026-11-28).
    """
    found = _X_ACCOUNT.fullmatch(href)
    name = found["name"] if found else ""
    return f"@{name}" if name and name.lower() not in _NO_ACCOUNTS_ON_X else ""
