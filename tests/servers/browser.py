"""
Drives Debian's Chromium over its own pipe, with nothing in between: what a person's browser does.

Chromium reads commands of the DevTools protocol from descriptor 3 and answers on 4, each
message ended by NUL. No window is shown and no address but loopback is resolved.
"""

import base64
import json
import os
import select
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, NamedTuple

from tests.servers.processes import program

WITHIN_S = 60  # an answer, on a busy machine
_READ_BYTES = 1 << 20
_TRIES = 10
_NOTED_WITHIN_S = 0.5  # rich text is noted a quarter of a second after the last key
_FLAGS = (
    "--headless",
    "--remote-debugging-pipe",
    "--no-sandbox",  # the tests may run as root; only our own pages are opened
    "--disable-gpu",
    "--disable-quic",
    "--disable-dev-shm-usage",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
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
    """One running Chromium."""

    def __init__(self, process: subprocess.Popen[bytes], *, commands: int, answers: int) -> None:
        """Keep the ends of its pipes."""
        self._process = process
        self._commands = commands
        self._answers = answers
        self._unread = b""
        self._last = 0
        self.complaints: list[str] = []  # what pages put into the console as errors

    def call(self, method: str, *, session: str = "", **parameters: Any) -> dict[str, Any]:
        """
        Give one command, and return its answer.

        Raises:
            BrowserSaidNo: it was refused, or nothing came in time.

        """
        self._last += 1
        message = {"id": self._last, "method": method, "params": parameters}
        if session:
            message["sessionId"] = session
        os.write(self._commands, json.dumps(message).encode() + b"\0")
        while (answer := self._next()).get("id") != self._last:
            self._note(answer)
        if "error" in answer:
            msg = f"{method}: {answer['error']['message']}"
            raise BrowserSaidNo(msg)
        return dict(answer["result"])

    def tab(self) -> "Tab":
        """Open a tab."""
        target = self.call("Target.createTarget", url="about:blank")["targetId"]
        attached = self.call("Target.attachToTarget", targetId=target, flatten=True)
        return Tab(self, attached["sessionId"])

    def _next(self) -> dict[str, Any]:
        deadline = time.monotonic() + WITHIN_S
        while b"\0" not in self._unread:
            ready, _, _ = select.select([self._answers], [], [], deadline - time.monotonic())
            data = os.read(self._answers, _READ_BYTES) if ready else b""
            if not data:
                msg = f"no answer; its exit status is {self._process.poll()}"
                raise BrowserSaidNo(msg)
            self._unread += data
        message, _, self._unread = self._unread.partition(b"\0")
        return dict(json.loads(message))

    def _note(self, event: dict[str, Any]) -> None:
        entry = event.get("params", {}).get("entry", {})
        if event.get("method") == "Log.entryAdded" and entry["level"] == "error":
            self.complaints.append(f"{entry['text']} {entry.get('url', '')}")


class Tab:
    """One tab: goes to addresses, clicks, types, and looks."""

    def __init__(self, browser: Browser, session: str) -> None:
        """Listen to what its pages complain about."""
        self._browser = browser
        self._session = session
        self._call("Page.enable")
        self._call("Log.enable")

    def go(self, url: str) -> None:
        """Go to an address, and wait until the page is whole."""
        self.run("window.leaving = true")
        self._call("Page.navigate", url=url)
        self.wait_for("!window.leaving && document.readyState === 'complete'")

    def come_forward(self) -> None:
        """Lay this tab over the others: what lies below draws nothing, and cannot be clicked."""
        self._call("Page.bringToFront")

    def run(self, script: str) -> Any:
        """
        Return what an expression on the page is.

        Raises:
            BrowserSaidNo: it throws.

        """
        answer = self._call(
            "Runtime.evaluate", expression=script, returnByValue=True, awaitPromise=True
        )
        if "exceptionDetails" in answer:
            msg = f"{script}: {answer['result'].get('description')}"
            raise BrowserSaidNo(msg)
        return answer["result"].get("value")

    def wait_for(self, script: str) -> Any:
        """
        Return what an expression on the page is, once that counts as true.

        Raises:
            BrowserSaidNo: it did not in time.

        """
        deadline = time.monotonic() + WITHIN_S
        while time.monotonic() < deadline:
            try:
                if found := self.run(script):
                    return found
            except BrowserSaidNo:  # between two pages there is none to ask
                pass
            time.sleep(0.05)
        msg = f"{script} did not come to hold; the page says:\n{self.text()[:2000]}"
        raise BrowserSaidNo(msg)

    def click(self, selector: str) -> None:
        """Click the middle of what a selector finds, once it is there and stands still."""
        box = self.wait_for(f"({_MIDDLE})({json.dumps(selector)})")
        for kind in ("mouseMoved", "mousePressed", "mouseReleased"):
            self._call(
                "Input.dispatchMouseEvent",
                type=kind,
                button="none" if kind == "mouseMoved" else "left",
                clickCount=0 if kind == "mouseMoved" else 1,
                **box,
            )

    def write(self, selector: str, text: str) -> None:
        """Click into a field and write there, until it shows what was written and nothing else."""
        shown = f"({_SHOWN})({json.dumps(selector)})"
        for _ in range(_TRIES):  # an editor that was just put there may not listen yet
            self.click(selector)
            self.run("document.execCommand('selectAll')")
            self._call("Input.insertText", text=text)
            time.sleep(_NOTED_WITHIN_S)
            if str(self.run(shown)).strip() == text:
                return
        message = f"{selector} does not take what is written; it shows {self.run(shown)!r}"
        raise BrowserSaidNo(message)

    def submit(self, selector: str) -> None:
        """Click what leads to another page, and wait until that one is whole."""
        self.run("window.leaving = true")
        self.click(selector)
        self.wait_for("!window.leaving && document.readyState === 'complete'")

    def text(self) -> str:
        """Return what can be read on the page."""
        return str(self.run("document.body.innerText"))

    def look(self, screen: Screen) -> bytes:
        """Return a picture (PNG) of the page on a screen."""
        self.put_on(screen)
        return base64.b64decode(self._call("Page.captureScreenshot", format="png")["data"])

    def put_on(self, screen: Screen) -> None:
        """Show the page on a screen from now on."""
        self._call(
            "Emulation.setDeviceMetricsOverride",
            width=screen.width,
            height=screen.height,
            deviceScaleFactor=1,
            mobile=False,
        )
        scheme = {"name": "prefers-color-scheme", "value": "dark" if screen.is_dark else "light"}
        self._call("Emulation.setEmulatedMedia", features=[scheme])

    def _call(self, method: str, **parameters: Any) -> dict[str, Any]:
        return self._browser.call(method, session=self._session, **parameters)


# Where the middle of an element is, once two frames show it at the same place and on top.
_MIDDLE = """async selector => {
  const found = document.querySelector(selector);
  if (!found) return null;
  found.scrollIntoView({block: "center", behavior: "instant"});
  const frame = () => new Promise(done => requestAnimationFrame(() => done()));
  const where = () => JSON.stringify(found.getBoundingClientRect());
  await frame();
  const before = where();
  await frame();
  if (before !== where()) return null;
  const box = found.getBoundingClientRect();
  const [x, y] = [box.x + box.width / 2, box.y + box.height / 2];
  const top = document.elementFromPoint(x, y);
  return top && (found.contains(top) || top.contains(found)) ? {x, y} : null;
}"""

_SHOWN = """selector => {
  const found = document.querySelector(selector);
  return found.value ?? found.innerText;
}"""


@contextmanager
def chromium(folder: Path) -> Iterator[Browser]:
    """
    Give a browser whose profile lies in a folder; end it with the block.

    Raises:
        ServerMissing: Chromium is not installed.

    """
    binary = program("chromium", package="chromium")
    its_commands, our_commands = os.pipe()
    our_answers, its_answers = os.pipe()
    with (folder / "chromium.log").open("ab") as log:
        process = subprocess.Popen(
            [
                *("setpriv", "--pdeathsig", "KILL", "bash", "-c"),
                f'exec "$@" 3<&{its_commands} 4>&{its_answers}',
                *("chromium", str(binary), *_FLAGS, f"--user-data-dir={folder / 'profile'}"),
            ],
            env=os.environ | {"HOME": str(folder)},
            stdout=log,
            stderr=log,
            pass_fds=(its_commands, its_answers),
        )
    os.close(its_commands)
    os.close(its_answers)
    try:
        yield Browser(process, commands=our_commands, answers=our_answers)
    finally:
        os.close(our_commands)  # it ends when nobody can tell it anything any more
        os.close(our_answers)
        try:
            process.wait(10)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
