"""Answers what the accounts ask about people: who may do how much, and what roles there are."""

from collections.abc import Sequence

from django.conf import settings
from django.contrib.auth.models import User
from django.utils import timezone

from broadsheet.accounts.ports import Choice
from broadsheet.newsroom.acting import acting
from broadsheet.newsroom.models import PaperSettings, SectionPage
from broadsheet.newsroom.roles.members import give_role, may, people_who_may, roles_of, take_role
from broadsheet.newsroom.roles.names import BY_SECTION, Right, Role

UNNAMED = "Broadsheet"  # before the paper has settings
# With any of these a password alone is too little: readers see, or others may, what one does.
_HEAVY = (Right.PUBLISH, Right.MANAGE_ACCOUNTS)


class NewsroomStaff:
    """The newsroom's people and their roles."""

    def paper_name(self) -> str:
        """Return the paper's name."""
        return PaperSettings.objects.values_list("name", flat=True).first() or UNNAMED

    def desk_address(self) -> str:
        """Return where this process was told the paper is; else where its settings say it is."""
        said = PaperSettings.objects.values_list("base_url", flat=True).first()
        return settings.BASE_URL if settings.IS_BASE_URL_SET or not said else said

    def needs_second_factor(self, user: User) -> bool:
        """Say whether a person may publish, or decides who may come in."""
        return any(may(user, right) for right in _HEAVY)

    def is_administrator(self, user: User) -> bool:
        """Say whether a person decides who may come in."""
        return may(user, Right.MANAGE_ACCOUNTS)

    def administrators(self) -> Sequence[int]:
        """Return the keys of the active administrators."""
        return list(people_who_may(Right.MANAGE_ACCOUNTS).values_list("pk", flat=True))

    def roles(self) -> Sequence[Choice]:
        """Return the roles there are."""
        return [Choice(role.value, role.value.capitalize()) for role in Role]

    def sections(self) -> Sequence[Choice]:
        """Return the paper's sections."""
        found = SectionPage.objects.order_by("position", "title").values_list("pk", "title")
        return [Choice(str(key), title) for key, title in found]

    def roles_of(self, user: User) -> Sequence[str]:
        """Return a person's roles in words, with their sections."""
        held = roles_of(user)
        keys = [each.section for each in held if each.section is not None]
        titles = dict(SectionPage.objects.filter(pk__in=keys).values_list("pk", "title"))
        own = ["Everything"] if user.is_superuser else []
        words = [
            each.role.value.capitalize()
            + (f" ({titles.get(each.section, '?')})" if each.section is not None else "")
            for each in held
        ]
        return [*own, *words]

    def give_role(self, user: User, *, role: str, sections: Sequence[str], by: str) -> None:
        """
        Give a person a role, for sections or for the whole paper.

        Raises:
            ValueError: there is no such role or section, or it is for the whole paper only.

        """
        with acting(by, now=timezone.now()):
            give_role(user, Role(role), sections=_sections(sections))

    def take_role(self, user: User, *, role: str, sections: Sequence[str], by: str) -> None:
        """
        Take a role away, for sections or altogether.

        Raises:
            ValueError: there is no such role or section.

        """
        with acting(by, now=timezone.now()):
            take_role(user, Role(role), sections=_sections(sections))

    def is_by_section(self, role: str) -> bool:
        """Say whether a role can be for some sections only."""
        return role in {each.value for each in BY_SECTION}


def _sections(keys: Sequence[str]) -> list[SectionPage]:
    """
    Return sections by key or name.

    Raises:
        ValueError: there is none of that key or name.

    """
    found = []
    for key in keys:
        named = SectionPage.objects.filter(title__iexact=key) | SectionPage.objects.filter(slug=key)
        by_key = SectionPage.objects.filter(pk=int(key)) if key.isdecimal() else named
        section = by_key.first()
        if section is None:
            message = f"there is no section “{key}”"
            raise ValueError(message)
        found.append(section)
    return found


def staff() -> NewsroomStaff:
    """Return the newsroom, as settings.BROADSHEET_STAFF names it."""
    return NewsroomStaff()
