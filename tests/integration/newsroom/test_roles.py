"""People have roles, for the whole paper or by section, and may do what the table says."""

from typing import Any

import pytest
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group, Permission
from wagtail.models import GroupPagePermission

from broadsheet.newsroom.models import SectionPage
from broadsheet.newsroom.roles.groups import ensure_groups, group_of
from broadsheet.newsroom.roles.members import give_role, take_role
from broadsheet.newsroom.roles.names import RIGHTS, Right, Role
from broadsheet.newsroom.roles.rights import may, people_who_may, roles_of, sections_where
from tests.factories import rows

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]


@pytest.fixture
def world() -> SectionPage:
    """Return a section of a paper that has its settings."""
    return rows.a_section_row("World")


def test_a_role_for_the_paper_counts_in_every_section(world: SectionPage):
    """Who is editor of the whole paper may edit in any section, one made later too."""
    ada = rows.a_person("ada", Role.EDITOR)
    later = rows.a_section_row("Later")

    assert may(ada, Right.EDIT, section=world.pk)
    assert may(ada, Right.EDIT, section=later.pk)
    assert sections_where(ada, Right.EDIT) is None


def test_a_role_for_a_section_counts_nowhere_else(world: SectionPage):
    """Who is editor of World may edit there and not in City."""
    city = rows.a_section_row("City")
    ada = rows.a_person("ada", Role.EDITOR, sections=[world])

    assert may(ada, Right.EDIT, section=world.pk)
    assert may(ada, Right.EDIT)
    assert not may(ada, Right.EDIT, section=city.pk)
    assert {world.pk} == sections_where(ada, Right.EDIT)


@pytest.mark.parametrize("role", list(Role))
def test_a_role_may_what_the_table_says_and_no_more(role: Role, world: SectionPage):
    """Each role's rights are exactly those of its row in the table."""
    person = rows.a_person("pat", role)

    granted = {right for right in Right if may(person, right, section=world.pk)}

    assert RIGHTS[role] == granted


def test_roles_add_up_and_are_taken_one_by_one(world: SectionPage):
    """Somebody may be reporter of the paper and publisher of World; taking one leaves the other."""
    pat = rows.a_person("pat", Role.REPORTER)
    give_role(pat, Role.PUBLISHER, sections=[world])
    assert [(Role.PUBLISHER, world.pk), (Role.REPORTER, None)] == [h[:2] for h in roles_of(pat)]

    take_role(pat, Role.PUBLISHER)

    assert [(Role.REPORTER, None)] == [held[:2] for held in roles_of(pat)]
    assert not may(pat, Right.PUBLISH)


def test_who_is_deactivated_may_nothing(world: SectionPage):
    """A deactivated publisher or superuser may nothing, whatever roles they keep."""
    del world
    pat = rows.a_person("pat", Role.PUBLISHER)
    chief = get_user_model()._default_manager.create_superuser(username="chief")
    pat.is_active = chief.is_active = False

    assert not any(may(user, right) for user in (pat, chief) for right in Right)


def test_a_picture_editor_is_one_for_the_whole_paper(world: SectionPage):
    """Pictures belong to no section, so the role cannot be given for one."""
    pat = rows.a_person("pat", Role.REPORTER)

    with pytest.raises(ValueError, match="whole paper"):
        give_role(pat, Role.PICTURE_EDITOR, sections=[world])


def test_people_who_may_are_found_by_section(world: SectionPage):
    """Those who may publish in World are its publishers, the paper's, and superusers."""
    city = rows.a_section_row("City")
    rows.a_person("all", Role.PUBLISHER)
    rows.a_person("only-world", Role.PUBLISHER, sections=[world])
    rows.a_person("only-city", Role.PUBLISHER, sections=[city])
    rows.a_person("edits", Role.EDITOR)
    get_user_model()._default_manager.create_superuser(username="chief")

    found = {user.get_username() for user in people_who_may(Right.PUBLISH, section=world.pk)}

    assert {"all", "chief", "only-world"} == found - {"editor"}  # the first, made with the home


def test_making_the_groups_again_changes_nothing(world: SectionPage):
    """The groups and permissions are those of the first time, and Wagtail's own two are gone."""

    def there() -> Any:
        return (
            sorted(Group.objects.values_list("name", flat=True)),
            sorted(GroupPagePermission.objects.values_list("group__name", "permission__codename")),
        )

    group_of(Role.EDITOR, world)
    ensure_groups()
    first = there()

    ensure_groups()

    assert first == there()
    assert sorted([*(role.value for role in Role), "editor of world"]) == first[0]


def test_a_permission_added_by_hand_does_not_stay(world: SectionPage):
    """The broken twin: a reporters' group that may publish is mended when the desk is readied."""
    reporters = group_of(Role.REPORTER, None)
    publish = Permission.objects.get(codename="publish_page")
    GroupPagePermission.objects.create(group=reporters, page=world, permission=publish)
    reporters.permissions.add(Permission.objects.get(codename="change_papersettings"))
    pat = rows.a_person("pat", Role.REPORTER)
    assert world.permissions_for_user(pat).permissions >= {"add"}

    ensure_groups()

    left = GroupPagePermission.objects.filter(group=reporters, permission=publish)
    assert not left.exists()
    assert ["access_admin"] == [p.codename for p in reporters.permissions.all()]
