"""A button pressed while a draft saves by itself does what it says, in a real browser."""

import re
from contextlib import suppress

import pytest
from playwright.sync_api import Route

from tests.journeys.people import (
    BODY,
    IS_SAVED,
    add_block,
    at_the_desk,
    begin_return,
    begin_story,
    open_step,
    press,
    sign_in,
)
from tests.journeys.test_desk_journey import IS_WATCHED
from tests.servers.browser import Browser, BrowserSaidNo, Tab
from tests.servers.newspaper import Newspaper

pytestmark = pytest.mark.xdist_group("journeys")
SAVES = re.compile(r"/desk/pages/\d+/edit/$")
# What somebody wrote just before the comment; behind the comment's own form nobody types.
_RISES = """(() => {
  const field = document.querySelector("#id_title");
  field.value = "A weir rises";
  field.dispatchEvent(new Event("input", { bubbles: true }));
})()"""
ASKS = re.compile(r"/desk/signed-in/")
# Nothing is ever hidden in a browser without a screen, so none comes back by itself.
COMES_BACK = "void document.dispatchEvent(new Event('visibilitychange'))"
FIRST_SAVE = re.compile(r"/desk/pages/add/newsroom/story/\d+/$")
JSON_SAVES = re.compile(r"/desk/pages/(\d+/edit|add/newsroom/story/\d+)/$")


@pytest.fixture
def tab(browser: Browser, newspaper: Newspaper) -> Tab:
    """Give the form of a story that has saved itself once."""
    tab = at_the_desk(browser, newspaper, "tobi")
    yield tab
    tab.page.context.close()


def pressed_while_saving(tab: Tab) -> str:
    """Press Save draft when the desk has saved by itself and the page has not heard of it yet."""
    begin_story(tab, "City")
    add_block(tab, "Text")
    tab.wait_for(IS_WATCHED)
    tab.write("#id_title", "A crane")
    tab.write(BODY, "It turns.")
    tab.wait_for(IS_SAVED)

    def answer(route: Route) -> None:
        if "json" not in route.request.headers.get("accept", ""):
            route.continue_()
            return
        said = route.fetch()
        tab.run("document.querySelector('footer .action-save').click()")
        tab.page.wait_for_timeout(500)  # as long as an answer may well take
        route.fulfill(response=said)

    with tab.another_page():
        tab.page.route(SAVES, answer)
        tab.write("#id_title", "A crane turns")
    tab.page.unroute(SAVES)
    return tab.text()


def test_the_press_waits_for_the_save(tab: Tab):
    """Nobody was faster but oneself: the draft is saved, and nothing is said to the contrary."""
    said = pressed_while_saving(tab)

    assert "Not saved" not in said
    assert "A crane turns" == tab.run("document.querySelector('#id_title').value")


def test_a_press_after_several_saves_is_taken(tab: Tab):
    """Whoever pauses twice while writing, and the desk saves each time, can submit the story."""
    begin_story(tab, "City")
    add_block(tab, "Text")
    tab.wait_for(IS_WATCHED)
    for words in ("A crane", "A crane turns", "A crane turns again"):
        with tab.page.expect_response(JSON_SAVES):
            tab.write("#id_title", words)
            tab.write(BODY, f"{words}.")
        tab.wait_for(IS_SAVED)

    press(tab, "action-submit")

    assert "“A crane turns again” is submitted" in tab.text()


def test_the_press_waits_for_the_first_save(browser: Browser, newspaper: Newspaper):
    """A new story gets an address of its own by its first save: the press goes there, once."""
    salma = at_the_desk(browser, newspaper, "salma")
    begin_story(salma, "City")
    add_block(salma, "Text")
    salma.wait_for(IS_WATCHED)

    def answer(route: Route) -> None:
        said = route.fetch()
        salma.page.wait_for_timeout(3000)  # until after the press
        route.fulfill(response=said)

    salma.page.route(FIRST_SAVE, answer, times=1)
    with salma.page.expect_request(FIRST_SAVE):
        salma.write("#id_title", "A mole")
        salma.write(BODY, "It grows.")

    press(salma, "action-publish")

    assert "“A mole” is committed" in salma.text()


def published_while_writing_on(tab: Tab) -> list[str]:
    """Write on and press Publish while the desk saves; return the acts that saves carried."""
    begin_story(tab, "City")
    add_block(tab, "Text")
    tab.wait_for(IS_WATCHED)
    tab.write("#id_title", "A crane")
    tab.write(BODY, "It turns.")
    tab.wait_for(IS_SAVED)
    carried: list[str] = []
    answers = iter([True])  # it is pressed once

    def answer(route: Route) -> None:
        if "json" not in route.request.headers.get("accept", ""):
            route.continue_()
            return
        carried.extend(re.findall(r'name="(action-\w+)"', route.request.post_data or ""))
        said = route.fetch()
        if next(answers, False):
            tab.page.keyboard.insert_text(" slowly")
            tab.page.wait_for_timeout(2500)  # the form tells every two seconds that it differs
            tab.run("document.querySelector('footer [name=action-publish]').click()")
            tab.page.wait_for_timeout(500)
        route.fulfill(response=said)

    tab.page.route(SAVES, answer)
    tab.write("#id_title", "A crane turns")
    tab.page.get_by_text("“A crane turns slowly” is committed").wait_for(timeout=20_000)
    tab.page.unroute(SAVES)
    return carried


def test_an_act_goes_with_the_press_and_with_no_save(browser: Browser, newspaper: Newspaper):
    """Whoever writes on while the desk saves, and publishes, is told so: no save publishes."""
    salma = at_the_desk(browser, newspaper, "salma")

    assert [] == published_while_writing_on(salma)


def test_without_our_script_one_is_told_of_oneself(tab: Tab):
    """The broken twin: with Wagtail alone the desk takes one's own save for somebody else's."""
    tab.page.route("**/newsroom/autosave*.js", lambda route: route.abort())

    assert "Not saved: Tobi Lawal saved this story" in pressed_while_saving(tab)


def write_and_submit(tab: Tab, headline: str) -> str:
    """Write a story and submit it; return the address of its form."""
    begin_story(tab, "City")
    add_block(tab, "Text")
    tab.wait_for(IS_WATCHED)
    tab.write("#id_title", headline)
    tab.write(BODY, f"{headline}.")
    tab.wait_for(IS_SAVED)
    form = str(tab.run("location.href"))
    press(tab, "action-submit")
    return form


@pytest.fixture
def review(browser: Browser, newspaper: Newspaper, tab: Tab) -> Tab:
    """Give an editor the form of a story that was submitted."""
    form = write_and_submit(tab, "A weir")
    amara = at_the_desk(browser, newspaper, "amara")
    amara.go(form)
    amara.wait_for(IS_WATCHED)
    yield amara
    amara.page.context.close()


def test_a_story_returned_while_it_saves_is_returned(review: Tab):
    """The comment waits for the save as a button does: nobody was faster but oneself."""
    send = begin_return(review, "How high?")

    def answer(route: Route) -> None:
        if "json" not in route.request.headers.get("accept", ""):
            route.continue_()
            return
        said = route.fetch()
        review.run(f"document.querySelector({send!r}).click()")
        review.page.wait_for_timeout(1000)  # the comment is sent, and then the form
        route.fulfill(response=said)

    with review.another_page():
        review.page.route(SAVES, answer)
        review.run(_RISES)

    assert "Not saved" not in review.text()
    assert "“A weir rises” is returned" in review.text()


def never_begin(tab: Tab, script: str, function: str) -> None:
    """Plant a fault in a script of ours: a function that does nothing."""

    def answer(route: Route) -> None:
        sound = route.fetch()
        assert function in sound.text()
        route.fulfill(response=sound, body=sound.text().replace(function, f"{function}return;"))

    tab.page.route(f"**/{script}*.js", answer)


def put_off_an_approval(tab: Tab, newspaper: Newspaper, *, by: str = "Not now") -> None:
    """Press Approve when the session is over, put it off, and sign in elsewhere."""
    newspaper.does("user", "sessions", "amara", "--end")
    tab.click(open_step(tab, "approve"))
    told = tab.page.locator("dialog.accounts-keeping")
    later = told.get_by_text("Not now")
    later.wait_for()
    if by == "Escape":
        tab.page.keyboard.press("Escape")
    else:
        later.click()
    told.wait_for(state="hidden")
    sign_in(Tab(tab.page.context.new_page()), newspaper, "amara")
    tab.come_forward()


def come_back(tab: Tab) -> None:
    """Come back to the page, which asks who is signed in."""
    with tab.page.expect_response(ASKS):
        tab.run(COMES_BACK)


def saved_after_an_approval_was_held(tab: Tab, newspaper: Newspaper) -> str:
    """Put an approval off, and save the draft instead; return what the desk says."""
    put_off_an_approval(tab, newspaper)
    come_back(tab)
    with tab.another_page():
        tab.run("document.querySelector('footer .action-save').click()")
    return tab.text()


def test_an_approval_put_off_goes_with_no_other_press(review: Tab, newspaper: Newspaper):
    """Who saves the draft instead has saved it, and approved nothing."""
    said = saved_after_an_approval_was_held(review, newspaper)

    assert "“A weir” is saved" in said
    assert "is approved" not in said


def test_without_our_script_an_approval_put_off_is_done(review: Tab, newspaper: Newspaper):
    """The broken twin: Wagtail leaves the step in the form, and the next press takes it."""
    review.page.route("**/newsroom/autosave*.js", lambda route: route.abort())
    review.page.reload()

    assert "is approved" in saved_after_an_approval_was_held(review, newspaper)


@pytest.mark.parametrize("by", ["Not now", "Escape"])
def test_an_approval_put_off_does_not_go_by_itself(review: Tab, newspaper: Newspaper, by: str):
    """Who comes back signed in finds the story as it was: what was put off is pressed again."""
    sent: list[str] = []
    review.page.on("request", lambda each: each.method == "POST" and sent.append(each.url))
    put_off_an_approval(review, newspaper, by=by)
    come_back(review)

    review.page.wait_for_timeout(5000)  # longer than a form waits before it saves by itself
    assert [] == [url for url in sent if SAVES.search(url)]
    open_step(review, "approve")
    with review.another_page():
        review.run("document.querySelector('[data-workflow-action-name=approve]').click()")
    assert "is approved" in review.text()


def test_an_approval_only_waiting_goes_by_itself(review: Tab, newspaper: Newspaper):
    """The broken twin: a script that does not let go of what was put off approves unasked."""
    never_begin(review, "accounts/keeping", "const putOff = () => {")
    review.page.reload()
    review.wait_for(IS_WATCHED)

    put_off_an_approval(review, newspaper)
    with suppress(BrowserSaidNo):  # it may have gone before: the page looks by itself, too
        review.run(COMES_BACK)

    review.page.get_by_text("is approved").first.wait_for()


def put_off_what_waited_for_a_save(
    tab: Tab, newspaper: Newspaper, *, is_saved: bool = False
) -> None:
    """
    Press Save draft while the desk saves by itself and the session ends; put it off, sign in.

    The save itself may still be taken; then it is written on before the answer comes.
    """
    begin_story(tab, "City")
    add_block(tab, "Text")
    tab.wait_for(IS_WATCHED)
    tab.write("#id_title", "A lock")
    tab.write(BODY, "It fills.")
    tab.wait_for(IS_SAVED)

    def answer(route: Route) -> None:
        said = route.fetch() if is_saved else None
        tab.run("document.querySelector('footer .action-save').click()")
        newspaper.does("user", "sessions", "tobi", "--end")
        if said is None:
            route.continue_()
            return
        tab.page.keyboard.insert_text(" slowly")
        route.fulfill(response=said)

    tab.page.route(SAVES, answer, times=1)
    tab.write("#id_title", "A lock fills")
    tab.page.locator("dialog.accounts-keeping").get_by_text("Not now").click()
    sign_in(Tab(tab.page.context.new_page()), newspaper, "tobi")
    tab.come_forward()


@pytest.mark.parametrize(
    ("is_saved", "words"), [(False, "A lock fills"), (True, "A lock fills slowly")]
)
def test_words_are_saved_when_a_press_that_waited_is_put_off(
    tab: Tab, newspaper: Newspaper, *, is_saved: bool, words: str
):
    """A press that waits for a save is put off: what was typed is saved, also meanwhile."""
    put_off_what_waited_for_a_save(tab, newspaper, is_saved=is_saved)
    tab.page.wait_for_timeout(2500)  # the form tells every two seconds that it differs

    with tab.page.expect_response(JSON_SAVES) as saved:
        tab.run(COMES_BACK)

    assert 200 == saved.value.status
    assert f"\r\n{words}\r\n" in (saved.value.request.post_data or "")


def test_a_press_that_is_held_on_keeps_words_from_being_saved(tab: Tab, newspaper: Newspaper):
    """The broken twin: while a press waits nothing is saved, so it has to be let go of."""
    never_begin(
        tab, "newsroom/autosave", 'document.addEventListener("accounts:put-off", (event) => {'
    )
    sent: list[str] = []
    put_off_what_waited_for_a_save(tab, newspaper)
    tab.page.on("request", lambda each: each.method == "POST" and sent.append(each.url))

    tab.run(COMES_BACK)
    tab.write("#id_title", "A lock fills slowly")
    tab.page.wait_for_timeout(6000)

    assert [] == [url for url in sent if SAVES.search(url)]
