"""A reporter's and an editor's day without a mouse: all by keys, and always seen where one is."""

import pytest

from tests.journeys.people import find_a_live_story
from tests.servers.browser import Screen, Tab

pytestmark = pytest.mark.xdist_group("journeys")
DESK = Screen(1280, 900)
MOST_TABS = 120
HEADLINE = "The night ferry, by keys alone"


@pytest.fixture
def tab(browser, newspaper) -> Tab:
    """Give a tab in which the editor has signed in by keys."""
    tab = browser.tab(browser.person())
    tab.put_on(DESK)
    tab.go(f"{newspaper.url}/desk/login/")
    keys(tab, "editor", "Tab", newspaper.password)
    with tab.another_page():
        keys(tab, "Enter")
    return tab


KEYS = {
    "Tab",
    "Shift+Tab",
    "Enter",
    "Space",
    "ArrowDown",
    "ArrowUp",
    "Escape",
    "n",
    "Control+Shift+Enter",
}


def keys(tab: Tab, *pressed: str) -> None:
    """Press keys, and type whatever is no key."""
    for each in pressed:
        if each in KEYS:
            tab.page.keyboard.press(each)
        else:
            tab.page.keyboard.type(each)


def tab_to(tab: Tab, selector: str) -> None:
    """Press Tab until something has the focus, which must be seen there as on the way to it."""
    unseen = []
    for _ in range(MOST_TABS):
        keys(tab, "Tab")
        if tab.run(f"document.activeElement.matches({selector!r})"):
            assert [] == unseen
            return
        if not tab.run(_IS_SEEN):
            unseen.append(tab.run("document.activeElement.outerHTML.slice(0, 150)"))
    message = f"Tab never comes to {selector}"
    raise AssertionError(message)


# An outline or a shadow; what holds it may show it in its place. Of a date the browser itself
# shows which part has the focus.
_IS_SEEN = """(() => {
  const at = document.activeElement;
  if (at === document.body || at.matches("iframe, [type=date]")) return true;
  return [at, at.parentElement, at.parentElement?.parentElement].some((each) => {
    const style = each && getComputedStyle(each);
    return style && ((style.outlineStyle !== "none" && style.outlineWidth !== "0px")
      || style.boxShadow !== "none");
  });
})()"""


def focused(tab: Tab) -> str:
    """Return the accessible name, or the words, of what has the focus."""
    return str(
        tab.run(
            "document.activeElement.getAttribute('aria-label') ?? document.activeElement.innerText"
        )
    )


def test_a_story_is_written_and_saved_by_keys(tab, newspaper):
    """From the first page to a saved story with a paragraph: not one click."""
    with tab.another_page():
        keys(tab, "n")
    tab.wait_for("document.activeElement.matches('.desk-choice')")
    with tab.another_page():
        keys(tab, "Enter")
    tab_to(tab, "#id_title")
    keys(tab, HEADLINE)
    tab_to(tab, ".c-sf-add-button")
    keys(tab, "Enter")
    tab.wait_for("document.querySelector('.w-combobox [role=option]')")
    keys(tab, "Tab", "ArrowDown", "Enter")
    tab.wait_for("document.activeElement.matches('[contenteditable=true][role=textbox]')")
    keys(tab, "The ferry left at eleven.")
    tab_to(tab, "footer .action-save, footer button[type=submit]")
    keys(tab, "Enter")
    tab.wait_for("location.pathname.endsWith('/edit/')")
    tab.go(f"{newspaper.url}/desk/stories/?state=draft")

    assert HEADLINE in tab.text()


def test_a_front_is_arranged_by_keys(tab, newspaper):
    """A story moves down and up again by keys, and the focus stays with it."""
    tab.go(f"{newspaper.url}/desk/fronts/paper/")
    tab_to(tab, "#slot-0 [data-act=down]")
    moved = focused(tab).removeprefix("Down: ")
    keys(tab, "Enter")
    tab.wait_for("document.activeElement.closest('#slot-1')")
    assert f"Down: {moved}" == focused(tab)
    keys(tab, "Shift+Tab")
    assert f"Up: {moved}" == focused(tab)
    keys(tab, "Enter")
    tab.wait_for("document.activeElement.closest('#slot-0')")

    assert moved in focused(tab)


def test_the_list_and_the_upload_page_are_reached_by_keys(tab, newspaper):
    """Filters, a story's form and the choice of files are each in the way of Tab."""
    tab.go(f"{newspaper.url}/desk/stories/")
    for place in ("[name=q]", "[name=state]", "main a[href*='/edit/']"):
        tab_to(tab, place)
    tab.go(f"{newspaper.url}/desk/images/multiple/add/")
    tab_to(tab, "main input[type=file]")

    assert tab.run(_IS_SEEN)


# The menu, which holds the key that opens the list, is put there by script after the page is whole.
IS_LISTENING = """["w-kbd", "w-dialog"].every((which) => window.wagtail.app.controllers.some(
  (each) => each.identifier === which && each.element.matches(
    "[data-a11y-dialog-show=keyboard-shortcuts-dialog], #keyboard-shortcuts-dialog")))"""


def test_the_list_of_keys_opens_by_its_key_and_tells_the_truth(tab, newspaper):
    """The question mark opens the list, Escape closes it, and a key of it leads where it says."""
    tab.go(f"{newspaper.url}/desk/")
    tab.wait_for(IS_LISTENING)
    keys(tab, "?")
    tab.page.get_by_role("dialog", name="Keyboard shortcuts").get_by_text("New story").wait_for()
    keys(tab, "Escape")
    tab.page.get_by_role("dialog", name="Keyboard shortcuts").wait_for(state="hidden")

    with tab.another_page():
        keys(tab, "g", "s")

    assert f"{newspaper.url}/desk/stories/" == tab.page.url


def test_the_acts_of_a_story_open_by_keys_and_none_is_done(tab, newspaper):
    """In a field of a story Ctrl+Shift+Enter opens the acts; Tab goes on to them, Escape back."""
    find_a_live_story(tab, newspaper)
    tab.submit("main a[href*='/edit/']")
    tab.click("#id_kicker")
    keys(tab, "Control+Shift+Enter")
    tab.page.locator("footer .w-dropdown__content").wait_for()
    assert "true" == tab.run("document.activeElement.getAttribute('aria-expanded')")

    keys(tab, "Tab")

    assert tab.run("Boolean(document.activeElement.closest('footer .w-dropdown__content'))")


def test_a_focus_nobody_sees_is_found(tab, newspaper):
    """The broken twin: a page whose style takes every outline away is refused."""
    tab.go(f"{newspaper.url}/desk/stories/")
    tab.page.add_style_tag(
        content="*:not(#a#b) { outline: none !important; box-shadow: none !important }"
    )

    with pytest.raises(AssertionError, match=r"assert \[\] == \["):
        tab_to(tab, "main a[href*='/edit/']")
