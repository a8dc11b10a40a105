"""The demo has one person for each role, who can sign in and do what the role may."""

import pytest
from django.test import Client

from broadsheet.newsroom.demo_people import PEOPLE, make_people
from broadsheet.newsroom.roles.names import Role
from broadsheet.newsroom.roles.rights import roles_of
from tests.factories import rows

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]

PASSWORDS = {person.username: f"{person.username}-password" for person in PEOPLE}


def test_everybody_has_one_role_and_can_sign_in():
    """Each role has its person, who opens the desk with the password that was written down."""
    rows.a_paper()

    make_people(PASSWORDS)

    assert set(Role) == {person.role for person in PEOPLE}
    for person in PEOPLE:
        client = Client()
        assert client.login(username=person.username, password=PASSWORDS[person.username])
        page = client.get("/desk/")
        assert 200 == page.status_code
        assert [person.role] == [held.role for held in roles_of(page.wsgi_request.user)]


def test_making_them_again_changes_no_password():
    """Who is there already is left alone: the password may have been changed at the desk."""
    rows.a_paper()
    make_people(PASSWORDS)

    make_people(dict.fromkeys(PASSWORDS, "another"))

    assert Client().login(username="tobi", password="tobi-password")
