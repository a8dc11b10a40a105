"""The desk offers people what they may do, and leaves out what they would be refused."""

import re
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from broadsheet.newsroom.roles.names import Role
from tests.factories import rows
from tests.integration.newsroom.front_desk import a_browser, opened

pytestmark = [pytest.mark.django_db]
NEW_SECTION = "/desk/pages/add/newsroom/sectionpage/"
NEW_STORY = "/desk/stories/choose_parent/"


@pytest.fixture
def section():
    """Return a section of a paper that has two."""
    rows.a_section_row("City")
    return rows.a_section_row("World")


def links_of(browser: Client, url: str) -> set[str]:
    """Return where the links of a page lead."""
    return {node.attributes.get("href") or "" for node in opened(browser, url).css("a")}


@pytest.mark.parametrize(
    ("role", "is_offered"), [(Role.REPORTER, True), (Role.ADMINISTRATOR, False)]
)
def test_a_new_story_is_offered_to_who_writes(section, role, is_offered):
    """An administrator, who may look at stories, is not invited to write one."""
    browser = a_browser(rows.a_person("anna", role))

    links = links_of(browser, "/desk/"), links_of(browser, "/desk/stories/")

    assert section
    assert [is_offered, is_offered] == [NEW_STORY in each for each in links]


@pytest.mark.parametrize(
    ("role", "is_offered"),
    [(Role.REPORTER, False), (Role.EDITOR, False), (Role.ADMINISTRATOR, True)],
)
def test_a_new_section_is_offered_to_who_may_make_one(section, role, is_offered):
    """Only administrators find "Add section"."""
    browser = a_browser(rows.a_person("anna", role))

    links = links_of(browser, "/desk/sections/")

    paper = section.get_parent().pk
    assert is_offered == (f"{NEW_SECTION}{paper}/" in links)
    assert (200 if is_offered else 302) == browser.get(f"{NEW_SECTION}{paper}/").status_code


@pytest.mark.parametrize(("role", "is_said"), [(Role.REPORTER, True), (Role.ADMINISTRATOR, False)])
def test_a_draft_is_missed_by_who_writes(section, role, is_said):
    """Who may not write is not told that a new story would begin as a draft of theirs."""
    browser = a_browser(rows.a_person("anna", role))

    assert section
    assert is_said == ("You have no draft" in opened(browser, "/desk/").body.text())


def test_a_picture_editor_is_offered_pictures(section):
    """Who works on no story is not told that none is live; pictures are one click away."""
    browser = a_browser(rows.a_person("kim", Role.PICTURE_EDITOR))
    rows.a_live_story(section)

    said, links = opened(browser, "/desk/").body.text(), links_of(browser, "/desk/")

    assert "No story is live yet" not in said
    assert "/desk/images/multiple/add/" in links
    assert not {NEW_STORY, "/desk/stories/", "/desk/calendar/"} & links


def test_what_is_due_leads_where_one_may_go(section):
    """From what is due a reporter comes to the form of their own story, and of no other's."""
    rae = rows.a_person("rae", Role.REPORTER)
    soon = timezone.now() + timedelta(hours=3)
    own = rows.a_draft(section, title="Own", owner=rae, embargo_until=soon)
    others = rows.a_draft(section, title="Others", embargo_until=soon)

    links = links_of(a_browser(rae), "/desk/")

    assert f"/desk/pages/{own.pk}/edit/" in links
    assert f"/desk/pages/{others.pk}/edit/" not in links
    assert f"/desk/stories/{others.pk}/live-as/" in links


def test_no_face_is_asked_of_another_site(section, desk, editor):
    """No page tells anybody else a hash of somebody's mail address."""
    editor.email = "ada@paper.example"
    editor.save()
    story = rows.a_live_story(section)

    for url in ("/desk/", "/desk/account/", f"/desk/pages/{story.pk}/edit/"):
        assert "gravatar" not in desk.get(url).content.decode()


@pytest.mark.parametrize(
    ("role", "keys"),
    [
        (Role.REPORTER, ["n", "g d", "g s", "g c", "g p"]),
        (Role.PICTURE_EDITOR, ["g d", "g p"]),
        (Role.ADMINISTRATOR, ["g d", "g s", "g c"]),
    ],
)
def test_keys_lead_where_one_may_go(section, role, keys):
    """The list of keys holds those of the person who opens it, and each leads to a page."""
    browser = a_browser(rows.a_person("anna", role))

    page = browser.get("/desk/").content.decode()

    # The list lies in a template, which parsers of pages keep closed.
    found = dict(re.findall(r'data-desk-keys="(.+?)" data-desk-url="(.+?)"', page))
    assert section
    assert keys == list(found)
    assert {200} == {browser.get(url).status_code for url in found.values()}
