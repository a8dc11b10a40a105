"""On a phone: a reporter writes, uploads a picture and submits; an editor approves."""

import pytest

from tests.factories.pictures import a_picture_file
from tests.journeys.people import BODY, IS_SAVED, add_block, at_the_desk, begin_story, press
from tests.journeys.test_desk_journey import IS_WATCHED
from tests.journeys.test_pictures_journey import drop
from tests.journeys.test_story_through_the_newsroom import approve, choose_picture
from tests.photographs import PHONE, Photograph
from tests.servers.browser import Browser, Tab
from tests.servers.newspaper import Newspaper

pytestmark = pytest.mark.xdist_group("journeys")
HEADLINE = "A market under umbrellas"
OVERFLOWS = "document.documentElement.scrollWidth > innerWidth"


def upload(tab: Tab, newspaper: Newspaper) -> None:
    """Give the desk one picture, with what there is to see and who took it."""
    tab.go(f"{newspaper.url}/desk/images/multiple/add/")
    drop(tab, {"lamp coral.jpg": a_picture_file("coral", width=1240)})
    tab.write(".picture-upload [name$=alternative_text]", "Umbrellas over stalls")
    tab.write(".picture-upload [name$=credit]", "Tobi Lawal")
    tab.click(".picture-upload form [type=submit]")
    tab.page.get_by_text("Its texts are saved.").wait_for()


def test_a_story_is_written_and_approved_on_phones(
    browser: Browser, newspaper: Newspaper, photograph: Photograph
) -> None:
    """Nothing lies off a phone's screen or under something else on the way to approval."""
    tobi = at_the_desk(browser, newspaper, "tobi", screen=PHONE)
    upload(tobi, newspaper)
    photograph(tobi, "picture", PHONE)
    tobi.go(f"{newspaper.url}/desk/")
    photograph(tobi, "desk", PHONE)
    begin_story(tobi, "City")
    tobi.wait_for(IS_WATCHED)
    tobi.write("#id_title", HEADLINE)
    add_block(tobi, "Text")
    tobi.write(BODY, "It rained, and nobody minded.")
    choose_picture(tobi, "coral", "#panel-child-story-lead_picture-section")
    tobi.wait_for(IS_SAVED)
    form, is_wide = str(tobi.run("location.href")), tobi.run(OVERFLOWS)
    photograph(tobi, "written", PHONE)
    press(tobi, "action-submit")
    assert "is submitted" in tobi.text()

    amara = at_the_desk(browser, newspaper, "amara", screen=PHONE)
    assert HEADLINE in amara.text()
    amara.submit(f"a:has-text('{HEADLINE}')")
    assert form == amara.run("location.href").split("?")[0]
    photograph(amara, "to approve", PHONE)
    approve(amara)

    assert "is approved" in amara.text()
    assert [False, False] == [is_wide, amara.run(OVERFLOWS)]
    photograph(amara, "approved", PHONE)
