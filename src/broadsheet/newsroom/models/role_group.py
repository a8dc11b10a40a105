"""Which group of Django's holds the people of a role, for all sections or for one."""

from typing import ClassVar

from django.contrib.auth.models import Group
from django.db import models

from broadsheet.newsroom.roles.names import Role


class RoleGroup(models.Model):
    """
    Ties a group to a role, by more than its name: a section may be renamed.

    Without a section it is for all of them, those to come too.
    """

    role = models.CharField(max_length=20, choices=[(role.value, role.value) for role in Role])
    section = models.ForeignKey(
        "newsroom.SectionPage", null=True, on_delete=models.CASCADE, related_name="+"
    )
    group = models.OneToOneField(Group, on_delete=models.CASCADE, related_name="role")

    class Meta:
        """One of each."""

        constraints: ClassVar = [
            models.UniqueConstraint(fields=["role", "section"], name="one_group_of_a_section"),
            models.UniqueConstraint(
                fields=["role"], condition=models.Q(section=None), name="one_group_of_all_sections"
            ),
        ]

    def __str__(self) -> str:
        """Return what people call it."""
        return self.role if self.section is None else f"{self.role} of {self.section.title}"
