"""The desk's pages, asked by axe-core what keeps people from using them: WCAG 2.2, A and AA."""

import pytest

from tests.servers.axe import violations
from tests.servers.browser import Screen, Tab

pytestmark = pytest.mark.xdist_group("journeys")
SCREENS = (Screen(390, 844), Screen(1280, 900), Screen(1280, 900, is_dark=True))
# Wagtail's breadcrumbs are a second landmark of one name: a frame around all pages, not ours.
WAGTAILS = ("landmark-unique",)
PAGES = {
    "desk": "/desk/",
    "stories": "/desk/stories/",
    "sections": "/desk/sections/",
    "authors": "/desk/snippets/newsroom/author/",
    "pictures": "/desk/images/",
}


@pytest.fixture(scope="module")
def tab(browser, newspaper) -> Tab:
    """Give a tab in which the editor has signed in through the form."""
    tab = browser.tab(browser.person())
    tab.go(f"{newspaper.url}/desk/login/")
    tab.write("input[name=username]", "editor")
    tab.write("input[name=password]", newspaper.password)
    tab.submit("form button[type=submit]")
    return tab


@pytest.mark.parametrize("page", PAGES)
def test_page_keeps_nobody_out(tab, newspaper, count, page):
    """No page of the desk breaks a rule, on a phone, at a desk, or in the dark."""
    found = set()
    for screen in SCREENS:
        tab.put_on(screen)
        tab.go(newspaper.url + PAGES[page])
        found.update(violations(tab.page, without=WAGTAILS))

    assert [] == sorted(found)
    count("asks axe-core about pages of the desk", page, len(SCREENS))


def test_picture_without_words_is_found(tab, newspaper):
    """The broken twin: a picture without alternative text, put into a page, is named."""
    tab.go(newspaper.url + PAGES["desk"])
    tab.run("document.querySelector('main').append(document.createElement('img'))")

    assert any(line.startswith("image-alt: ") for line in violations(tab.page))
