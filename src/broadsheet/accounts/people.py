"""Finds people by what they type as their name."""

from django.contrib.auth.models import User

NAME_LENGTH = 254  # what may be typed: a name, or a mail address


# Who acts in the audit log without being a person: somebody of that name could act as the press.
NOBODYS_NAMES = frozenset({"press", "scheduler", "sweep", "invitation"})


def name_problem(name: str) -> str:
    """Return why somebody new cannot sign in by a name, "" if they can."""
    if name.casefold() in NOBODYS_NAMES:
        return "The newspaper itself acts by this name; choose another."
    taken = User.objects.filter(username__iexact=name) | User.objects.filter(email__iexact=name)
    return "Somebody here has this name already; choose another." if taken.exists() else ""


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
