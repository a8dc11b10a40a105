"""Forms as they are while somebody works in them: every tab, errors, blocks, a front's draft."""

import re

import pytest

from tests.journeys.people import at_the_desk
from tests.servers.axe import on_every_screen
from tests.servers.browser import Screen, Tab
from tests.servers.newspaper import Newspaper

pytestmark = pytest.mark.xdist_group("journeys")
DESK = Screen(1280, 900)
TABS = ("story", "corrections", "placing", "posts_and_notes")
BLOCKS = (
    *("text", "heading", "quote", "pull_quote", "update"),
    *("picture", "gallery", "fact_box", "table", "embed"),
)
NOT_A_PICTURE = {"name": "notes.jpg", "mimeType": "image/jpeg", "buffer": b"no picture"}


@pytest.fixture(scope="module")
def tab(browser, newspaper) -> Tab:
    """Give a tab in which the editor has signed in through the form."""
    return at_the_desk(browser, newspaper, "editor")


@pytest.fixture
def new_story(tab, newspaper) -> Tab:
    """Give the tab with the form of a new story, at a desk."""
    tab.put_on(DESK)
    tab.go(f"{newspaper.url}/desk/stories/choose_parent/")
    tab.submit("main a.desk-choice")
    return tab


def a_live_story(tab: Tab, newspaper: Newspaper) -> str:
    """Return the key of a live story of the demo newspaper."""
    tab.go(f"{newspaper.url}/desk/stories/?state=live")
    links = "[...document.querySelectorAll('main a')].map((each) => each.href).join(' ')"
    found = re.search(r"/desk/pages/(\d+)/edit/", str(tab.run(links)))
    assert found
    return found[1]


def open_tab(tab: Tab, name: str) -> None:
    """Open a tab of the form, as a click on it does."""
    tab.run(f"document.querySelector('#tab-label-{name}').click()")


@pytest.mark.parametrize("name", TABS)
def test_every_tab_of_a_new_story_keeps_nobody_out(new_story, name):
    """A new story's form breaks no rule, whatever part of it is open."""
    open_tab(new_story, name)

    assert [] == on_every_screen(new_story)


@pytest.mark.parametrize("name", TABS)
def test_every_tab_of_a_live_story_keeps_nobody_out(tab, newspaper, name):
    """So does that of a live story, with what readers have been told."""
    tab.put_on(DESK)
    tab.go(f"{newspaper.url}/desk/pages/{a_live_story(tab, newspaper)}/edit/")
    open_tab(tab, name)

    assert [] == on_every_screen(tab)


def test_every_block_keeps_nobody_out(new_story):
    """A body with a block of every kind breaks no rule."""
    for block in BLOCKS:
        new_story.run("[...document.querySelectorAll('.c-sf-add-button')].at(-1).click()")
        new_story.wait_for(f"({_CHOOSE})({block!r})")
        new_story.wait_for(f"document.querySelector('[name$=\"-type\"][value={block}]')")

    assert [] == on_every_screen(new_story)


_CHOOSE = """(block) => {
  const words = { heading: "Cross-heading", quote: "Quotation", pull_quote: "Pull quote",
    fact_box: "Fact box" };
  const wanted = words[block] ?? block[0].toUpperCase() + block.slice(1);
  const option = [...document.querySelectorAll(".w-combobox [role=option]")]
    .find((each) => each.textContent.trim() === wanted);
  option?.click();  // once: whoever waits for it asks until it was there
  return Boolean(option);
}"""


def test_errors_stand_beside_their_fields(new_story):
    """A story that is refused says why beside the field, where who listens to it is told, too."""
    new_story.write("#id_title", "A story nobody can publish")
    new_story.run("document.querySelector('#id_language').value = 'not a language'")
    new_story.run("document.querySelector('#id_embargo_until').value = '2021-01-01 10:00'")
    open_tab(new_story, "corrections")
    new_story.click("#id_corrections-ADD")
    new_story.run("document.querySelector('[data-edit-form]').noValidate = true")
    with new_story.another_page():
        new_story.run(
            "document.querySelector('[name=action-publish]').click() ?? "
            "document.querySelector('[data-edit-form]').requestSubmit()"
        )

    for name in TABS:
        open_tab(new_story, name)
        assert [] == on_every_screen(new_story), name
    for field in ("language", "embargo_until"):
        said = f"document.querySelector('#panel-child-placing-{field}-errors, "
        said += f"[data-contentpath={field}] [data-field-errors]').textContent.trim()"
        assert new_story.run(said), field
        assert "true" == new_story.run(
            f"document.querySelector('#id_{field}').getAttribute('aria-invalid')"
        )


def test_a_front_keeps_nobody_out_whatever_was_done(tab, newspaper):
    """A board, a draft of it, a search that finds nothing and words to change break no rule."""
    tab.put_on(DESK)
    tab.go(f"{newspaper.url}/desk/fronts/paper/")
    assert [] == on_every_screen(tab)
    tab.put_on(DESK)
    tab.run("for (const each of document.querySelectorAll('main details')) each.open = true")
    tab.click("[data-act=down]:not(:disabled)")
    tab.wait_for("document.querySelector('[data-front-said]').textContent.includes('ov')")
    tab.run("for (const each of document.querySelectorAll('main details')) each.open = true")
    assert [] == on_every_screen(tab)
    tab.go(f"{newspaper.url}/desk/fronts/paper/?q=nothing-is-called-so")
    assert [] == on_every_screen(tab)


def test_uploads_keep_nobody_out(tab, newspaper):
    """The upload page, with what was refused beside its file, breaks no rule."""
    tab.put_on(DESK)
    tab.go(f"{newspaper.url}/desk/images/multiple/add/")
    tab.page.set_input_files("input[type=file]", [NOT_A_PICTURE])
    tab.wait_for("document.querySelector('.picture-upload')?.innerText.includes('notes.jpg')")

    assert [] == on_every_screen(tab)


def test_a_retraction_without_a_reason_is_refused_beside_it(tab, newspaper):
    """Retracting without a reason shows the error at its field, and breaks no rule."""
    tab.put_on(DESK)
    tab.go(f"{newspaper.url}/desk/stories/{a_live_story(tab, newspaper)}/retract/")
    tab.submit("main form button[type=submit]")

    assert [] == on_every_screen(tab)
    assert "true" == tab.run("document.querySelector('[name=reason]').getAttribute('aria-invalid')")
