"""Who cannot sign in is told what helps, and is not sent to wait for mail that never comes."""

import pytest
from django.test import Client

pytestmark = pytest.mark.django_db


def test_sign_in_says_who_gives_a_new_password():
    """The form names whom to ask, and has no link to a form that would send mail."""
    page = Client().get("/desk/login/").content.decode()

    assert "password_reset" not in page
    assert "Ask an administrator of the desk for a new one" in page


def test_no_mail_is_promised():
    """The address of Wagtail's own form for it is there for nobody."""
    assert 404 == Client().get("/desk/password_reset/").status_code
