"""Pictures in a real browser: dropped on the page, described in place, looked at, shown."""

import base64
import json

import pytest

from tests.factories.pictures import a_picture_file
from tests.servers.browser import Screen, Tab
from tests.servers.newspaper import Newspaper, until

pytestmark = pytest.mark.xdist_group("journeys")
DESK, PHONE = Screen(1400, 1200), Screen(390, 844, is_dark=True)
COLORS = ("crimson", "navy", "olive", "teal", "purple", "orange")

# What a person's drop hands the page: files, in an event that bubbles from the field.
DROP = """
(() => {
  const given = new DataTransfer();
  for (const [name, data] of Object.entries(%s)) {
    const bytes = Uint8Array.from(atob(data), (letter) => letter.charCodeAt(0));
    given.items.add(new File([bytes], name));
  }
  const field = document.querySelector("[data-pictures-upload]");
  field.dispatchEvent(new DragEvent("drop", { dataTransfer: given, bubbles: true }));
  return true;
})()
"""
STATES = "[...document.querySelectorAll('.picture-upload__state')].map((s) => s.textContent)"
ALL_ANSWERED = (
    "!document.querySelector('.picture-upload progress:not([hidden])')"
    " && document.querySelectorAll('.picture-upload').length"
)


@pytest.fixture
def tab(browser, newspaper) -> Tab:
    """Give a tab in which the editor has signed in, at the upload page."""
    tab = browser.tab()
    tab.put_on(DESK)
    tab.go(f"{newspaper.url}/desk/login/?next=/desk/images/multiple/add/")
    if "/login/" in tab.run("location.href"):
        tab.write("input[name=username]", "editor")
        tab.write("input[name=password]", newspaper.password)
        tab.submit("form button[type=submit]")
    assert "Drop pictures here" in tab.text()
    return tab


def drop(tab: Tab, files: dict[str, bytes]) -> list[str]:
    """Drop files on the page; return what is said of each once all are answered."""
    told = {name: base64.b64encode(data).decode() for name, data in files.items()}
    tab.run(DROP % json.dumps(told))
    tab.wait_for(ALL_ANSWERED)
    states: list[str] = tab.run(STATES)
    return states


def test_six_pictures_are_dropped_and_one_is_described(tab: Tab, newspaper: Newspaper):
    """Six files arrive with their own progress; texts are saved in place, and found again."""
    files = {f"{color}.jpg": a_picture_file(color, width=1300) for color in COLORS}

    states = drop(tab, files)
    tab.write(".picture-upload textarea[name$=credit]", "Ada Journey")
    tab.click(".picture-upload form [type=submit]")
    tab.wait_for("document.body.textContent.includes('Its texts are saved.')")

    assert ["Uploaded. Its sizes are being made."] * 6 == states
    assert "6 of 6 uploaded." in tab.text()
    link = tab.run("document.querySelector('.picture-upload form a').href")
    tab.go(link)
    assert "Ada Journey" in tab.run("document.querySelector('[name=credit]').value")
    assert newspaper.url in link


def test_what_is_refused_says_why_and_stays(tab: Tab):
    """A file cut short and a file that is here already say so, and offer what can be done."""
    whole = a_picture_file("maroon", width=1200)
    drop(tab, {"first.jpg": whole})

    states = drop(tab, {"cut.jpg": whole[:600], "again.jpg": whole})
    text = tab.text()

    assert ["Not uploaded."] * 2 == states[1:]
    assert "cannot be read as a picture to its end" in text
    assert "It is here already as first" in text
    offered = "[...document.querySelectorAll('[data-act]:not([hidden])')].map((b) => b.textContent)"
    assert ["Try again", "Leave it out", "Upload anyway", "Leave it out"] == tab.run(offered)


def test_the_focal_point_is_chosen_by_keyboard_too(tab: Tab):
    """The sliders move the mark and the crops; saving keeps where they stand."""
    drop(tab, {"focus.jpg": a_picture_file("gold", width=1500)})
    page = tab.run("document.querySelector('.picture-upload form a').href")

    def has_its_sizes() -> bool:
        tab.go(page)
        return bool(tab.run("!!document.querySelector('[data-focus-x]')"))

    until(has_its_sizes, what="the first sizes")

    tab.run(
        "(() => { const s = document.querySelector('[data-focus-x]'); s.value = 10;"
        " s.dispatchEvent(new Event('input', { bubbles: true })); return true; })()"
    )
    position = tab.run("document.querySelector('[data-shape=\"1:1\"]').style.objectPosition")
    tab.write("textarea[name=credit]", "Ada")
    tab.submit("#w-editor-form button[type=submit]")

    assert position.startswith("0%")
    assert "10" == tab.run("document.querySelector('[data-focus-x]').value")


def test_the_upload_page_fits_a_phone(tab: Tab):
    """At phone width nothing sticks out sideways, and the field can be reached."""
    tab.put_on(PHONE)
    drop(tab, {"phone.jpg": a_picture_file("pink", width=1100)})

    assert tab.run("document.documentElement.scrollWidth <= 390")
    assert tab.run("document.querySelector('#picture-files').labels.length") == 1
