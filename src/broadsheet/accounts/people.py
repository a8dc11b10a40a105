"""Finds people by what they type as their name."""

from django.contrib.auth.models import User

NAME_LENGTH = 254  # what may be typed: a name, or a mail address


def find_person(typed: str) -> User | None:
    """Return whose name or mail address this is; None if nobody's, or several people's."""
    wanted = typed.strip()
    if not wanted or len(wanted) > NAME_LENGTH or "\0" in wanted:
        return None
    named = User.objects.filter(username=wanted).first()
    if named is not None:
        return named
    by_address = list(User.objects.filter(email__iexact=wanted, is_active=True)[:2])
    return by_address[0] if len(by_address) == 1 else None
