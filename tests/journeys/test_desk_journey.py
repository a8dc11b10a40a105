"""An editor writes, publishes, corrects, takes down and retracts a story in a real browser."""

import re
import time

import pytest
from playwright.sync_api import Route
from playwright.sync_api import TimeoutError as PlaywrightTimeout

from tests.servers.browser import Screen, Tab
from tests.servers.newspaper import Newspaper, until

pytestmark = pytest.mark.xdist_group("journeys")
HEADLINE = "A lighthouse learns to “whistle”"
FOLLOWS_WITHIN_S = 10  # the preview is asked for each second
NOTED_WITHIN_S = 0.5  # rich text is noted a quarter of a second after the last change
DESK = Screen(1400, 1200)
SCREENS = {"desktop": Screen(1400, 900), "phone": Screen(390, 844)}
BODY = ".DraftEditor-root [contenteditable=true]"


@pytest.fixture
def tab(browser, newspaper) -> Tab:
    """Give a tab in which the editor has signed in through the form."""
    tab = browser.tab()
    tab.put_on(DESK)
    tab.go(f"{newspaper.url}/desk/login/?next=/desk/stories/")
    if "/login/" in tab.run("location.href"):
        tab.write("input[name=username]", "editor")
        tab.write("input[name=password]", newspaper.password)
        tab.submit("form button[type=submit]")
    assert "New story" in tab.text()
    return tab


def begin_story(tab: Tab, newspaper: Newspaper) -> None:
    """Open the form of a new story in a section, with an empty stretch of text."""
    tab.go(f"{newspaper.url}/desk/sections/")
    section = tab.wait_for(
        "document.querySelector('main a[href*=\"/edit/\"]')?.href.match(/pages.(\\d+)/)[1]"
    )
    tab.go(f"{newspaper.url}/desk/pages/add/newsroom/story/{section}/")
    tab.click(".c-sf-add-button")
    tab.click("[role=option]")


def publish(tab: Tab) -> str:
    """Press Publish; return the page that comes."""
    tab.click("footer .w-dropdown__toggle")
    tab.submit("[name=action-publish]")
    return tab.text()


def follow(tab: Tab, href: str) -> None:
    """Go where the page's link with these words in its address leads."""
    tab.go(tab.wait_for(f"document.querySelector('a[href*=\"{href}\"]')?.href"))


def test_editor_takes_a_story_through_its_life(tab, newspaper):
    """Write, publish, correct, unpublish, publish again, retract: readers see each at once."""
    begin_story(tab, newspaper)
    tab.write("#id_title", HEADLINE)
    tab.write(BODY, "The keeper’s new whistle can be heard for nine miles.")

    said = publish(tab)

    assert "is committed. The press is putting it out at" in said
    edit = tab.run("location.href")
    address = re.search(rf"{newspaper.url}(/\S+whistle/)", said)[1]
    until(lambda: newspaper.get(address).status_code == 200, what="the page")
    assert HEADLINE in newspaper.get(address).text

    tab.click("#tab-label-corrections")
    tab.click("#id_corrections-ADD")
    tab.write("#id_corrections-0-text", "It can be heard for ten miles, not nine.")
    assert "is committed with its correction" in publish(tab)
    until(lambda: "ten miles, not nine" in newspaper.get(address).text, what="the note")

    tab.go(edit.replace("/edit/", "/unpublish/"))
    assert "Unpublishing is for a short while" in tab.text()
    tab.submit("main form [type=submit]")
    until(lambda: newspaper.get(address).status_code == 404, what="the taking down")

    tab.go(edit)
    assert "Unpublished to fix" in tab.text()
    publish(tab)
    until(lambda: newspaper.get(address).status_code == 200, what="the return")

    tab.go(edit)
    follow(tab, "/retract/")
    assert "Retracting is for good" in tab.text()
    tab.write("[name=reason]", "The lighthouse has no whistle.")
    tab.submit("main form [type=submit]")
    until(lambda: newspaper.get(address).status_code == 410, what="the tombstone")
    assert "The lighthouse has no whistle." in newspaper.get(address).text


def test_form_that_is_refused_keeps_what_was_written(tab, newspaper):
    """A headline too long is refused in the form, which keeps every word of it and of the body."""
    begin_story(tab, newspaper)
    tab.write("#id_title", "x" * 10_000)
    tab.write(BODY, "Words nobody should have to write twice.")

    said = publish(tab)

    assert "this has 10000" in said
    assert "x" * 10_000 == tab.run("document.querySelector('#id_title').value")
    assert "Words nobody should have to write twice." in said


def shown_in_preview(selector: str) -> str:
    """Return an expression for the words of what a selector finds in the preview beside a form."""
    frames = "document.querySelectorAll('[data-side-panel=preview] iframe')"
    return f"""[...{frames}].map(
        frame => frame.contentDocument?.querySelector('{selector}')?.textContent
    ).find(Boolean) ?? ''"""


def is_followed(tab: Tab, headline: str) -> bool:
    """
    Return whether the preview comes to show a headline once it is written.

    What is typed while Wagtail saves a draft by itself counts as saved, so that nothing
    tells the preview of it; whoever types on has it follow then.
    """
    tab.write("#id_title", headline)
    deadline = time.monotonic() + FOLLOWS_WITHIN_S
    while time.monotonic() < deadline:
        if tab.run(shown_in_preview("h1")) == headline:
            return True
        time.sleep(0.1)
    return False


def test_preview_follows_what_is_typed(tab, newspaper):
    """Beside the form stands the page as readers would get it; it follows the typing."""
    begin_story(tab, newspaper)
    tab.write("#id_title", "A draft seen beforehand")
    tab.write(BODY, "Nobody but the desk can read this yet.")

    tab.click("[data-side-panel-toggle=preview]")

    tab.wait_for(f"({shown_in_preview('h1')}) === 'A draft seen beforehand'")
    assert "Nobody but the desk" in tab.run(shown_in_preview("main"))
    assert any(is_followed(tab, f"A draft seen for the {which}th time") for which in range(4, 10))
    assert "A draft seen" not in newspaper.get("/").text


SAVES = re.compile(r"/desk/pages/(\d+/edit|add/newsroom/story/\d+)/$")
# Wagtail looks for changes two seconds after it has shown a form; until then none counts.
IS_WATCHED = """window.wagtail.app.getControllerForElementAndIdentifier(
  document.querySelector("[data-edit-form]"), "w-unsaved")?.initialFormData !== undefined"""
IS_SAVED = "document.querySelector('#w-autosave-indicator').dataset.wAutosaveStateValue === 'saved'"
SAVED_WITHIN_MS = 10_000  # an autosave comes three seconds after the last key


def last_word_while_saving(tab: Tab, newspaper: Newspaper) -> bool:
    """
    Write a headline, and its last word as the answer to a save comes in; return if that is saved.

    The window is half a second wide: as long as Wagtail looks away from the form.
    """
    begin_story(tab, newspaper)
    tab.wait_for(IS_WATCHED)
    with tab.page.expect_response(SAVES):
        tab.write("#id_title", "A ferry")
        tab.write(BODY, "It sails at noon.")
    tab.wait_for(IS_SAVED)

    def answer(route: Route) -> None:
        said = route.fetch()
        tab.run("document.querySelector('#id_title').value = 'A ferry that returns'")
        route.fulfill(response=said)

    with tab.page.expect_response(SAVES):
        tab.page.route(SAVES, answer, times=1)
        tab.write("#id_title", "A ferry that")
    try:
        with tab.page.expect_response(SAVES, timeout=SAVED_WITHIN_MS):
            pass
    except PlaywrightTimeout:
        return False
    tab.go(tab.run("location.href"))
    return bool(tab.run("document.querySelector('#id_title').value") == "A ferry that returns")


def test_words_typed_while_a_draft_is_saved_are_saved_too(tab, newspaper):
    """What is typed while a save is on its way is in the draft, with no further key pressed."""
    assert last_word_while_saving(tab, newspaper)


def test_without_our_script_the_words_are_lost(tab, newspaper):
    """The broken twin: Wagtail alone takes the form for saved, with the word it never sent."""
    tab.page.route("**/newsroom/autosave*.js", lambda route: route.abort())

    assert not last_word_while_saving(tab, newspaper)


def put_flaw(tab: Tab) -> None:
    """Put a bell (U+0007) into the headline and the text, as a paste from an old system does."""
    tab.run("document.querySelector('#id_title').value = 'A bell\\u0007 rings'")
    tab.run(
        """(editor => {
            const {EditorState, Modifier} = window.DraftJS;
            const state = EditorState.moveSelectionToEnd(editor.getEditorState());
            const content = Modifier.insertText(
                state.getCurrentContent(), state.getSelection(), '\\u0007');
            editor.onChange(EditorState.push(state, content, 'insert-characters'));
        })([...document.querySelectorAll('input')].find(i => i.draftailEditor).draftailEditor)"""
    )
    time.sleep(NOTED_WITHIN_S)


def test_refused_text_is_taken_over_as_proposed(tab, newspaper):
    """Beside a headline and a text that are refused, one press each puts in what may be written."""
    begin_story(tab, newspaper)
    tab.write("#id_title", "A bell rings")
    tab.write(BODY, "It rings each hour.")
    put_flaw(tab)
    tab.submit("footer [type=submit]")
    assert "may not be written" in tab.text()

    offered = "document.querySelectorAll('[data-proposal] button')"
    for left in (2, 1):
        tab.wait_for(f"{offered}.length === {left}")
        tab.run(f"{offered}[0].focus()")
        tab.run("document.activeElement.click()")
    tab.wait_for(f"{offered}.length === 0")

    assert "A bell rings" == tab.run("document.querySelector('#id_title').value")
    time.sleep(NOTED_WITHIN_S)
    tab.submit("footer [type=submit]")
    assert "may not be written" not in tab.text()
    assert "It rings each hour." in tab.text()


# Whether the calendar that is open is whole on the screen, and leaves the Save button free.
CALENDAR_IS_IN_NO_WAY = """(() => {
  const open = [...document.querySelectorAll(".xdsoft_datetimepicker")].find(
    each => each.getBoundingClientRect().height);
  if (!open) return false;
  const button = document.querySelector("#schedule-publishing-dialog .action-save");
  const [calendar, save] = [open, button].map(each => each.getBoundingClientRect());
  const isWhole = calendar.left >= 0 && calendar.right <= innerWidth;
  return isWhole && (calendar.bottom <= save.top || calendar.top >= save.bottom);
})()"""


@pytest.mark.parametrize("field", ["go_live_at", "expire_at"])
@pytest.mark.parametrize("screen", SCREENS)
def test_schedule_is_chosen_and_saved(tab, newspaper, screen, field):
    """The calendar of either time lies beside the button that saves, not on it."""
    begin_story(tab, newspaper)
    tab.write("#id_title", f"A tide table for {screen}, {field}")
    tab.write(BODY, "It is high at noon.")
    tab.submit("footer [type=submit]")
    tab.put_on(SCREENS[screen])
    tab.run("document.querySelector('[data-side-panel-toggle=status]').click()")
    tab.run("document.querySelector('[data-a11y-dialog-show=schedule-publishing-dialog]').click()")

    tab.click(f"#schedule-publishing-dialog [name={field}]")

    tab.wait_for(CALENDAR_IS_IN_NO_WAY)
