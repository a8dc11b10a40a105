"""What readers have of a live story follows its editors: typo, update, correction, its end."""

import re
from typing import NamedTuple

import feedparser
import pytest

from tests.journeys.people import BODY, add_block, at_the_desk, begin_story, press
from tests.journeys.test_desk_journey import IS_WATCHED, follow
from tests.photographs import DESK, PHONE, TABLET, Photograph
from tests.servers.browser import Browser, Tab
from tests.servers.newspaper import Newspaper, until

pytestmark = pytest.mark.xdist_group("journeys")
SCREENS = (DESK, TABLET, PHONE)
HEADLINE = "A bridge opens for carts"


class Told(NamedTuple):
    """What readers are told of a story's times."""

    page: tuple[str, ...]  # those on its page, in their order
    feed: str


def told(newspaper: Newspaper, address: str) -> Told:
    """Return the times on a story's page (published, updated, what else) and in the site's feed."""
    page = re.findall(r'<time[^>]*datetime="([^"]+)"', newspaper.get(address).text)
    entries = feedparser.parse(newspaper.get("/feeds/site.atom").text).entries
    entry = next(entry for entry in entries if address in entry.link)
    return Told(tuple(page), entry.updated)


def publish_story(tab: Tab) -> str:
    """Write a story and publish it; return its address on the site."""
    begin_story(tab, "City")
    tab.wait_for(IS_WATCHED)
    tab.write("#id_title", HEADLINE)
    add_block(tab, "Text")
    tab.write(BODY, "Carts cross the bridge since noon.")
    press(tab, "action-publish")
    return re.search(r"(/\d{4}/\d\d/\d\d/[^/\s]+/)", tab.text())[1]


def test_readers_follow_a_live_story(
    browser: Browser, newspaper: Newspaper, photograph: Photograph
) -> None:
    """A typo moves no date, a significant update all, a note the page's; an end is told."""
    salma = at_the_desk(browser, newspaper, "salma")
    address = publish_story(salma)
    form = salma.run("location.href")
    until(lambda: newspaper.get(address).status_code == 200, what="the page")
    until(lambda: HEADLINE in newspaper.get("/feeds/site.atom").text, what="the feed")
    first = told(newspaper, address)

    salma.wait_for(IS_WATCHED)
    salma.write(BODY, "Carts cross the bridge since noon today.")
    press(salma, "action-publish")
    until(lambda: "since noon today" in newspaper.get(address).text, what="the typo's end")
    assert first == told(newspaper, address)

    salma.wait_for(IS_WATCHED)
    salma.write(BODY, "Carts cross the bridge since noon today, and trams as well.")
    salma.click("#tab-label-corrections")
    salma.page.locator("#id_significant_update").check()
    photograph(salma, "significant update", *SCREENS)
    press(salma, "action-publish")
    until(lambda: "trams as well" in newspaper.get(address).text, what="the update")
    updated = until(
        lambda: (now := told(newspaper, address)).feed > first.feed and now, what="its time"
    )
    assert first.page[0] == updated.page[0]
    assert first.page[1] < updated.page[1]

    salma.go(form)
    salma.click("#tab-label-corrections")
    salma.click("#id_corrections-ADD")
    salma.write("#id_corrections-0-text", "The bridge opened at one, not at noon.")
    photograph(salma, "correction", *SCREENS)
    press(salma, "action-publish")
    until(lambda: "at one, not at noon" in newspaper.get(address).text, what="the correction")
    corrected = told(newspaper, address)
    assert updated.feed == corrected.feed
    assert updated.page[1] < corrected.page[1] == corrected.page[2]  # the time of the note
    reader = browser.tab(browser.person())
    reader.go(newspaper.url + address)
    photograph(reader, "corrected", *SCREENS)

    salma.go(form)
    follow(salma, "/retract/")
    salma.write("[name=reason]", "There is no bridge.")
    photograph(salma, "to retract", *SCREENS)
    salma.submit("main form [type=submit]")
    until(lambda: newspaper.get(address).status_code == 410, what="the notice")
    assert "There is no bridge." in newspaper.get(address).text
    until(
        lambda: "There is no bridge." in newspaper.get("/feeds/site.atom").text, what="the feed's"
    )
    reader.go(newspaper.url + address)
    photograph(reader, "retracted", *SCREENS)
