"""A story with six pictures goes from reporter by editor to publisher, and goes live by itself."""

import base64
import json
import re
from datetime import UTC, datetime, timedelta

import pytest

from tests.factories.pictures import a_picture_file
from tests.journeys.people import BODY, IS_SAVED, add_block, at_the_desk, begin_story, press
from tests.journeys.test_pictures_journey import drop
from tests.photographs import DESK, PHONE, TABLET, Photograph
from tests.servers.browser import Browser, Tab
from tests.servers.newspaper import Newspaper, until

pytestmark = pytest.mark.xdist_group("journeys")
SCREENS = (DESK, TABLET, PHONE)
HEADLINE = "The pier gets its lamps back"
COMMENT = "Who pays for the lamps? Please say so in the text."
COLORS = ("sienna", "khaki", "plum", "salmon", "indigo", "tan")


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
