"""The desk's pages, asked by axe-core what keeps people from using them: WCAG 2.2, A and AA."""

import sqlite3
from contextlib import closing

import pytest

from tests.journeys.people import at_the_desk
from tests.servers.axe import on_every_screen, violations
from tests.servers.browser import Tab
from tests.servers.newspaper import Newspaper

pytestmark = pytest.mark.xdist_group("journeys")
# By what is looked at; a word in braces is a row of the demo newspaper.
PAGES = {
    "desk": "/desk/",
    "stories": "/desk/stories/",
    "no stories": "/desk/stories/?q=nothing-is-called-so",
    "choosing a section": "/desk/stories/choose_parent/",
    "copying a story": "/desk/pages/{story}/copy/",
    "moving a story": "/desk/pages/{story}/move/",
    "unpublishing": "/desk/pages/{story}/unpublish/",
    "retracting": "/desk/stories/{story}/retract/",
    "changing an address": "/desk/stories/{story}/change-address/",
    "a story's history": "/desk/pages/{story}/history/",
    "a retracted story": "/desk/pages/{retracted}/edit/",
    "live as": "/desk/stories/{story}/live-as/",
    "retracted, live as": "/desk/stories/{retracted}/live-as/",
    "versions": "/desk/stories/{retracted}/versions/",
    "two versions": "/desk/stories/{retracted}/versions/?from=1&to=2",
    "calendar": "/desk/calendar/",
    "calendar by week": "/desk/calendar/?by=week",
    "fronts": "/desk/fronts/",
    "a front's history": "/desk/fronts/paper/history/",
    "a front's preview": "/desk/fronts/paper/preview/",
    "audit log": "/desk/audit-log/",
    "audit log asked wrongly": "/desk/audit-log/?story=nothing-is-called-so",
    "pictures": "/desk/images/",
    "a picture": "/desk/images/{picture}/",
    "deleting a picture": "/desk/images/{picture}/delete/",
    "uploading": "/desk/images/multiple/add/",
    "sections": "/desk/sections/",
    "a section": "/desk/pages/{section}/edit/",
    "a new section": "/desk/pages/add/newsroom/sectionpage/{paper}/",
    "authors": "/desk/snippets/newsroom/author/",
    "an author": "/desk/snippets/newsroom/author/edit/{author}/",
    "a new author": "/desk/snippets/newsroom/author/add/",
    "topics": "/desk/snippets/newsroom/topic/",
    "a topic": "/desk/snippets/newsroom/topic/edit/{topic}/",
    "a new topic": "/desk/snippets/newsroom/topic/add/",
    "the paper": "/desk/settings/newsroom/papersettings/",
    "people": "/desk/people/",
    "nobody": "/desk/people/?q=nobody-is-called-so",
    "sign-in log": "/desk/people/log/",
    "rules for signing in": "/desk/people/rules/",
    "inviting": "/desk/people/invite/",
    "a person": "/desk/people/{person}/",
    "a person's name": "/desk/people/{person}/edit/",
}
ROWS = {
    "story": "SELECT page_ptr_id FROM newsroom_story JOIN wagtailcore_page ON id = page_ptr_id "
    "WHERE live AND lead_id IS NOT NULL ORDER BY id",
    "retracted": "SELECT page_ptr_id FROM newsroom_story WHERE withdrawn = 'retracted'",
    "section": "SELECT page_ptr_id FROM newsroom_sectionpage",
    "paper": "SELECT page_ptr_id FROM newsroom_paperpage",
    "picture": "SELECT id FROM newsroom_picture",
    "author": "SELECT id FROM newsroom_author",
    "topic": "SELECT id FROM newsroom_topic",
    "person": "SELECT id FROM auth_user WHERE username = 'tobi'",
}


def row(newspaper: Newspaper, kind: str) -> str:
    """Return the key of a row of the demo newspaper."""
    database = newspaper.home / "broadsheet.sqlite3"
    with closing(sqlite3.connect(f"file:{database}?mode=ro", uri=True)) as rows:
        (key,) = rows.execute(ROWS[kind]).fetchone()
    return str(key)


@pytest.fixture(scope="module")
def rows_of_demo(newspaper) -> dict[str, str]:
    """Give the keys of rows of the demo newspaper."""
    return {kind: row(newspaper, kind) for kind in ROWS}


@pytest.fixture(scope="module")
def tab(browser, newspaper) -> Tab:
    """Give a tab in which the editor has signed in through the form."""
    return at_the_desk(browser, newspaper, "editor")


@pytest.mark.parametrize("page", PAGES)
def test_page_keeps_nobody_out(tab, newspaper, rows_of_demo, count, page):
    """No page of the desk breaks a rule, or its screen, on a phone, at a desk, or in the dark."""
    tab.go(newspaper.url + PAGES[page].format(**rows_of_demo))

    found = on_every_screen(tab)

    assert [] == found
    count("asks axe-core about pages of the desk", page, 3)


def test_picture_without_words_is_found(tab, newspaper):
    """The broken twin: a picture without alternative text, put into a page, is named."""
    tab.go(newspaper.url + PAGES["desk"])
    tab.run("document.querySelector('main').append(document.createElement('img'))")

    assert any(line.startswith("image-alt: ") for line in violations(tab.page))


def test_page_wider_than_its_screen_is_found(tab, newspaper):
    """The broken twin: a box wider than any screen, put into a page, is named."""
    tab.go(newspaper.url + PAGES["desk"])
    tab.run("document.querySelector('main').append(document.createElement('pre'))")
    tab.run("document.querySelector('main > pre').style.inlineSize = '3000px'")

    assert any("wider than the screen: PRE" in line for line in on_every_screen(tab))
