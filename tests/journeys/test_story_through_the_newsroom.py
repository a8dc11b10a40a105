"""A story with six pictures goes from reporter by editor to publisher, and goes live by itself."""

import re
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from tests.factories.pictures import a_picture_file
from tests.journeys.people import (
    BODY,
    IS_SAVED,
    add_block,
    at_the_desk,
    begin_return,
    begin_story,
    open_step,
    press,
)
from tests.journeys.test_desk_journey import IS_WATCHED
from tests.journeys.test_pictures_journey import drop
from tests.photographs import DESK, PHONE, TABLET, Photograph
from tests.servers.browser import Browser, Tab
from tests.servers.newspaper import Newspaper, until

pytestmark = pytest.mark.xdist_group("journeys")
SCREENS = (DESK, TABLET, PHONE)
HEADLINE = "The pier gets its lamps back"
COMMENT = "Who pays for the lamps? Please say so in the text."
ANSWERED = "The lamps were lit at six. The harbor pays for them."
COLORS = ("sienna", "khaki", "plum", "salmon", "indigo", "tan")
PAPER = ZoneInfo("Africa/Lagos")  # the demo's
LIVE_WITHIN_S = 150  # a time is chosen by the minute, and the next may have begun


def upload_six(tab: Tab, newspaper: Newspaper) -> None:
    """Drop six pictures at once, and give each its alternative text and its credit."""
    tab.go(f"{newspaper.url}/desk/images/multiple/add/")
    drop(tab, {f"lamp {color}.jpg": a_picture_file(color, width=1250) for color in COLORS})
    forms = tab.page.locator(".picture-upload")
    for place, color in enumerate(COLORS):
        form = forms.nth(place)
        form.locator("[name$=alternative_text]").fill(f"A {color} lamp")
        form.locator("[name$=credit]").fill(f"Tobi Lawal {color}")
        form.locator("form [type=submit]").click()
        form.get_by_text("Its texts are saved.").wait_for()


def choose_picture(tab: Tab, color: str, within: str) -> None:
    """Choose an uploaded picture in the chooser a part of the form opens."""
    tab.page.locator(within).last.locator("[data-chooser-action-choose]:visible").first.click()
    tab.page.locator(".modal-body").get_by_role("link", name=f"lamp {color}").first.click()
    tab.page.locator(".modal-body").wait_for(state="detached")


def write_story(tab: Tab, newspaper: Newspaper) -> str:
    """Write the story, five of its pictures in the body, one on top; return its form's address."""
    tab.go(f"{newspaper.url}/desk/")
    begin_story(tab, "Culture")
    tab.wait_for(IS_WATCHED)
    tab.write("#id_title", HEADLINE)
    tab.write("#id_standfirst", "Thirty lamps, and a switch by the harbor office.")
    add_block(tab, "Text")
    tab.write(BODY, "The lamps were lit at six.")
    for place, color in enumerate(COLORS[1:], start=1):
        add_block(tab, "Picture")
        choose_picture(tab, color, "[data-streamfield-child]")
        tab.write(f"[name='body-{place}-value-caption']", f"The {color} lamp at dusk")
    choose_picture(tab, COLORS[0], "#panel-child-story-lead_picture-section")
    tab.wait_for(IS_SAVED)
    return str(tab.run("location.href"))


def approve(tab: Tab) -> None:
    """Approve the story that is open."""
    tab.submit(open_step(tab, "approve"))


def return_with(tab: Tab, comment: str) -> None:
    """Return the story that is open with a comment."""
    tab.submit(begin_return(tab, comment))


def schedule_for(tab: Tab, at: datetime) -> None:
    """Say when the story goes live, by the paper's clock, in the form's own dialog."""
    tab.click("[data-side-panel-toggle=status]")
    tab.click("[data-a11y-dialog-show=schedule-publishing-dialog]")
    field = tab.page.locator("#schedule-publishing-dialog [name=go_live_at]")
    field.fill(f"{at.astimezone(PAPER):%Y-%m-%d %H:%M}")
    field.press("Tab")
    tab.submit("#schedule-publishing-dialog .action-save")


def test_a_story_goes_from_its_reporter_to_its_readers(
    browser: Browser, newspaper: Newspaper, photograph: Photograph
) -> None:
    """Written with six pictures, returned with a word, approved, scheduled: it goes live alone."""
    tobi = at_the_desk(browser, newspaper, "tobi")
    upload_six(tobi, newspaper)
    photograph(tobi, "six pictures dropped", *SCREENS)
    form = write_story(tobi, newspaper)
    photograph(tobi, "written", *SCREENS)
    press(tobi, "action-submit")
    assert "is submitted" in tobi.text()
    photograph(tobi, "submitted", *SCREENS)

    amara = at_the_desk(browser, newspaper, "amara")
    assert HEADLINE in amara.text()
    photograph(amara, "asked of the editor", *SCREENS)
    amara.go(form)
    return_with(amara, COMMENT)
    tobi.go(f"{newspaper.url}/desk/")
    assert COMMENT in tobi.text()
    photograph(tobi, "returned", *SCREENS)
    tobi.go(form)
    tobi.wait_for(IS_WATCHED)
    tobi.write(BODY, ANSWERED)
    press(tobi, "action-submit")
    amara.go(form)
    photograph(amara, "to approve", *SCREENS)
    approve(amara)
    assert "is approved" in amara.text()

    salma = at_the_desk(browser, newspaper, "salma")
    assert HEADLINE in salma.text()
    salma.go(form)
    now = datetime.now(PAPER)
    due = now.replace(second=0, microsecond=0) + timedelta(minutes=2 if now.second > 25 else 1)
    schedule_for(salma, due)
    photograph(salma, "to schedule")
    approve(salma)
    assert HEADLINE not in newspaper.get("/").text
    salma.go(f"{newspaper.url}/desk/calendar/")
    photograph(salma, "in the calendar", *SCREENS)
    until(lambda: HEADLINE in newspaper.get("/").text, what="the story", within_s=LIVE_WITHIN_S)
    address = re.search(rf'href="(/\d{{4}}/[^"]+)"[^>]*>\s*{HEADLINE}', newspaper.get("/").text)[1]
    page = newspaper.get(address).text
    assert ANSWERED in page
    assert all(f"The {color} lamp at dusk" in page for color in COLORS[1:])
    assert all(f"Tobi Lawal {color}" in page for color in COLORS)
    assert f'datetime="{due.astimezone(PAPER):%Y-%m-%dT%H:%M}' in page
    reader = browser.tab(browser.person())
    reader.go(newspaper.url + address)
    photograph(reader, "as readers have it", *SCREENS)
