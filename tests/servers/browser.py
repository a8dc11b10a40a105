"""
Drives Debian's Chromium through Playwright: what a person's browser does.

Playwright waits until what is to be clicked is there, stands still and is on top; we add the
few words our journeys are told in. No window is shown and no address but loopback resolves.
"""

import os
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager, suppress
from pathlib import Path
from typing import Any, NamedTuple

from playwright.sync_api import Browser as Chromium
from playwright.sync_api import BrowserContext, ConsoleMessage, Page, sync_playwright
from playwright.sync_api import Error as PlaywrightError

from tests.servers.processes import program

WITHIN_S = 60  # an answer, on a busy machine
_TRIES = 10
_NOTED_WITHIN_MS = 500  # rich text is noted a quarter of a second after the last key
_FLAGS = (
    "--no-sandbox",  # the tests may run as root; only our own pages are opened
    "--disable-gpu",
    "--disable-quic",
    "--disable-dev-shm-usage",
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1, EXCLUDE localhost",
)


class BrowserSaidNo(RuntimeError):  # names what happened, as all our errors do
    """The browser did not answer, or a script on the page failed."""


class Screen(NamedTuple):
    """What a page is looked at with."""

    width: int
    height: int
    is_dark: bool = False


class Browser:
    """One running Chromium, in which several people may work, each with cookies of their own."""

    def __init__(self, chromium: Chromium) -> None:
        """Sit the first person down."""
        self._chromium = chromium
        self._opened: list[BrowserContext | Page] = []
        self.complaints: list[str] = []  # what pages put into the console as errors
        self._first = self.person()
        self._opened.clear()  # the first person stays

    @property
    def opened(self) -> int:
        """Return how many people and tabs were let in."""
        return len(self._opened)

    def close_since(self, opened: int) -> None:
        """Close every tab opened since there were so many: one that is looked at never rests."""
        while len(self._opened) > opened:
            with suppress(PlaywrightError):  # it is closed already, or has crashed
                self._opened.pop().close()

    def person(self) -> BrowserContext:
        """Sit another person down, whom no site knows."""
        person = self._chromium.new_context()
        person.set_default_timeout(WITHIN_S * 1000)
        person.on("console", self._note)
        self._opened.append(person)
        return person

    def tab(self, person: BrowserContext | None = None) -> "Tab":
        """Open a tab, the first person's unless another is named."""
        page = (person or self._first).new_page()
        self._opened.append(page)
        return Tab(page)

    def _note(self, message: ConsoleMessage) -> None:
        if message.type == "error":
            self.complaints.append(f"{message.text} {message.location.get('url', '')}")


class Tab:
    """One tab: goes to addresses, clicks, types, and looks."""

    def __init__(self, page: Page) -> None:
        """Answer yes to what a page asks before it is left, as the tests' people do."""
        self.page = page  # Playwright's own, for what is not said here
        page.on("dialog", lambda dialog: dialog.accept())

    def go(self, url: str) -> None:
        """Go to an address, and wait until the page is whole."""
        self.page.goto(url, wait_until="load", timeout=WITHIN_S * 1000)

    def come_forward(self) -> None:
        """Lay this tab over the others: what lies below draws nothing, and cannot be clicked."""
        self.page.bring_to_front()

    def run(self, script: str) -> Any:
        """
        Return what an expression on the page is.

        Raises:
            BrowserSaidNo: it throws.

        """
        try:
            return self.page.evaluate(script)
        except PlaywrightError as error:
            msg = f"{script}: {error.message}"
            raise BrowserSaidNo(msg) from error

    def wait_for(self, script: str) -> Any:
        """
        Return what an expression on the page is, once that counts as true.

        Raises:
            BrowserSaidNo: it did not in time.

        """
        try:
            return self.page.wait_for_function(script).json_value()
        except PlaywrightError as error:
            msg = f"{script} did not come to hold; the page says:\n{self.text()[:2000]}"
            raise BrowserSaidNo(msg) from error

    def click(self, selector: str) -> None:
        """Click what a selector finds first, once it is there and stands still."""
        self.page.locator(selector).first.click()

    def write(self, selector: str, text: str) -> None:
        """Click into a field and write there, until it shows what was written and nothing else."""
        shown = f"({_SHOWN})({selector!r})"
        for _ in range(_TRIES):  # an editor that was just put there may not listen yet
            self.click(selector)
            self.page.keyboard.press("Control+a")
            self.page.keyboard.insert_text(text)
            self.page.wait_for_timeout(_NOTED_WITHIN_MS)
            if str(self.run(shown)).strip() == text:
                return
        message = f"{selector} does not take what is written; it shows {self.run(shown)!r}"
        raise BrowserSaidNo(message)

    def another_page(self) -> AbstractContextManager[Any]:
        """
        Give a block that ends once the other page it leads to is whole.

        A page that only renames its own address is no other page, though Playwright counts that
        among its navigations: a new story does so at its first save.
        """
        return self.page.expect_event("load")

    def submit(self, selector: str) -> None:
        """Click what leads to another page, and wait until that one is whole."""
        with self.another_page():
            self.click(selector)

    def text(self) -> str:
        """Return what can be read on the page."""
        return str(self.run("document.body.innerText"))

    def look(self, screen: Screen) -> bytes:
        """Return a picture (PNG) of the page on a screen."""
        self.put_on(screen)
        return self.page.screenshot(animations="disabled")

    def look_at_all(self, screen: Screen) -> bytes:
        """Return a picture (PNG) of the whole page, as if the screen were as high as the page."""
        self.put_on(screen)
        height = max(screen.height, min(_HIGHEST_PX, int(self.run(_WHOLE_HEIGHT))))
        self.put_on(screen._replace(height=height))
        picture = self.page.screenshot(animations="disabled")
        self.put_on(screen)
        return picture

    def put_on(self, screen: Screen) -> None:
        """Show the page on a screen from now on."""
        self.page.set_viewport_size({"width": screen.width, "height": screen.height})
        self.page.emulate_media(color_scheme="dark" if screen.is_dark else "light")


_SHOWN = """selector => {
  const found = document.querySelector(selector);
  return found.value ?? found.innerText;
}"""

_HIGHEST_PX = 6000  # beyond it nobody looks
# The desk scrolls a part of the page, and not the page.
_WHOLE_HEIGHT = """Math.max(...[...document.querySelectorAll("html, body, #main, #main *")]
  .filter(each => ["auto", "scroll"].includes(getComputedStyle(each).overflowY) ||
    each === document.documentElement)
  .map(each => each.scrollHeight))"""


@contextmanager
def chromium(folder: Path) -> Iterator[Browser]:
    """
    Give a browser that writes under a folder; end it with the block.

    Raises:
        ServerMissing: Chromium is not installed.

    """
    binary = program("chromium", package="chromium")
    # Playwright keeps a loop in this thread, in which Django would refuse to ask a database.
    kept = os.environ.get(_ALLOWED)
    os.environ[_ALLOWED] = "true"
    try:
        with sync_playwright() as playwright:
            running = playwright.chromium.launch(
                executable_path=str(binary),
                args=list(_FLAGS),
                env=dict(os.environ) | {"HOME": str(folder)},
            )
            try:
                yield Browser(running)
            finally:
                running.close()
    finally:
        os.environ.pop(_ALLOWED)
        if kept is not None:
            os.environ[_ALLOWED] = kept


_ALLOWED = "DJANGO_ALLOW_ASYNC_UNSAFE"
