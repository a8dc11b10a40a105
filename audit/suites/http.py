"""
REDbot and shcheck look at how things are served: pages, a feed, files, and what is not there.

REDbot's warnings are faults, except where its guess can be checked and is wrong; shcheck's
missing headers are, except those in SPARED. Sources: https://redbot.org and
https://github.com/santoru/shcheck, read 2026-11-28.
"""

import json
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import httpx

from audit.outcomes import Figure, Finding, Outcome
from audit.programs import READERS, ProgramFailed, installed
from audit.programs import run as run_program
from audit.site import TIMEOUT_S, Site
from audit.suites.feeds import announced_by

SPARED = {
    "Cross-Origin-Embedder-Policy": "videos that a reader clicks for come from sites without it",
}
_FAULTS = ("BAD", "WARN")
_PAGES = ("home", "story", "not-found", "tombstone")
_MEDIA = re.compile(r'"(/media/[^" ]+\.(?:jpg|webp|avif))')
_STYLE = re.compile(r'<link rel="stylesheet" href="([^"]+)"')
_AVIF = b"ftypavif"  # at the fifth byte of such a file


def run(site: Site) -> Outcome:
    """Return what either says is wrong with each thing served."""
    places = dict(_places(site))
    by_redbot = [each for what, url in places.items() for each in _redbot(what, url)]
    by_shcheck = [each for what, url in places.items() for each in _shcheck(what, url)]
    return Outcome(
        figures=(
            Figure("faults by REDbot", sum(each.is_fault for each in by_redbot)),
            Figure("faults by shcheck", sum(each.is_fault for each in by_shcheck)),
            Figure("things looked at", len(places), None),
        ),
        findings=(*by_redbot, *by_shcheck),
    )


def _places(site: Site) -> Iterator[tuple[str, str]]:
    """Return what is looked at, and where it is."""
    for page in site.of_kind(*_PAGES):
        yield page.kind, page.url
        if page.kind == "home":
            yield from announced_by(page).items()
        for name, pattern in (("asset", _STYLE), ("picture", _MEDIA)):
            found = pattern.search(page.html)
            if found:
                yield name, f"{site.url}{found[1]}"
    former = [path for each in site.rows["stories"] for path in each.get("former_addresses", [])]
    for path in former[:1]:
        yield "moved story", f"{site.url}{path}"
    for page in site.of_kind("section"):
        yield "moved", page.url.rstrip("/")  # an address without its last slash


def _redbot(what: str, url: str) -> Iterator[Finding]:
    said = run_program([_python(), READERS / "bin" / "redbot", "-o", "har", url])
    try:
        entries = json.loads(said.stdout)["log"]["entries"]
    except ValueError as error:
        message = f"redbot ended ({said.returncode}): {said.stderr[-1500:]}"
        raise ProgramFailed(message) from error
    content = httpx.get(url, timeout=TIMEOUT_S)
    for note in (note for entry in entries for note in entry["_red_messages"]):
        if note["level"] in _FAULTS:
            is_fault = not is_wrong_guess(note["note_id"], content)
            detail = "" if is_fault else "(which is not so)"
            yield Finding(what, f"REDbot: {note['summary']}", is_fault, detail)
    if not entries:
        yield Finding(what, f"REDbot got no answer from {url}")


def is_wrong_guess(note: str, answer: httpx.Response) -> bool:
    """Return whether a note rests on a guess about the content that its bytes prove wrong."""
    declared = answer.headers.get("content-type", "")
    if note == "CHARSET_MISMATCH" and "charset=utf-8" in declared:
        try:
            answer.content.decode("utf-8")
        except UnicodeDecodeError:
            return False
        return True  # it guesses from few letters beyond ASCII
    return (
        note == "CONTENT_TYPE_MISMATCH"  # it does not know AVIF
        and declared == "image/avif"
        and answer.content[4:].startswith(_AVIF)
    )


def _shcheck(what: str, url: str) -> Iterator[Finding]:
    if httpx.get(url, timeout=TIMEOUT_S).is_redirect:
        yield Finding(what, "shcheck looks at no redirect", is_fault=False)
        return
    said = run_program([_python(), READERS / "bin" / "shcheck.py", "-j", "-i", "-g", url])
    try:
        told: Mapping[str, Any] = json.loads(said.stdout)
        (answer,) = told.values()
    except ValueError as error:
        message = f"shcheck ended ({said.returncode}): {(said.stdout + said.stderr)[-1500:]}"
        raise ProgramFailed(message) from error
    for header in answer["missing"]:
        reason = SPARED.get(header, "")
        yield Finding(what, f"shcheck misses {header}", not reason, reason)
    for header, value in answer.get("information_disclosure", {}).items():
        yield Finding(what, f"shcheck sees {header}: {value}", is_fault=False)


def _python() -> Path:
    return installed(READERS / "bin" / "python")
