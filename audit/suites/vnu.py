"""
The Nu Html Checker reads the page of every kind, and the style sheet.

Source: https://validator.github.io/validator/ (npm vnu-jar), read 2026-11-28.
"""

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import httpx

from audit.outcomes import Finding, Outcome, counted
from audit.programs import NPM, ProgramFailed, installed
from audit.programs import run as run_program
from audit.site import TIMEOUT_S, Site
from tests.servers.processes import program

_JAR = NPM / "vnu-jar" / "build" / "dist" / "vnu.jar"
_STYLE = re.compile(r'<link rel="stylesheet" href="([^"]+)"')


def run(site: Site) -> Outcome:
    """Return the errors; warnings are only told."""
    pages = [page.file for page in site.pages]
    styles = list(_styles(site))
    messages = [*_messages("--html", pages), *_messages("--css", styles)]
    return counted("errors in HTML and CSS", map(_finding, messages))


def _styles(site: Site) -> Iterator[Path]:
    """Fetch the style sheets that the pages name; return where they are kept."""
    named = {href for page in site.pages for href in _STYLE.findall(page.html)}
    for number, href in enumerate(sorted(named), start=1):
        file = site.kept / "pages" / f"style-{number}.css"
        file.write_bytes(httpx.get(f"{site.url}{href}", timeout=TIMEOUT_S).content)
        yield file


def _messages(kind: str, files: Sequence[Path]) -> Sequence[Mapping[str, Any]]:
    if not files:
        return []
    java = program("java", package="default-jre-headless")
    command: list[str | Path] = [java, "-Xss8m", "-jar", installed(_JAR), "--format", "json", kind]
    said = run_program([*command, *files])
    try:
        messages: list[Mapping[str, Any]] = json.loads(said.stderr)["messages"]
    except ValueError as error:
        message = f"vnu ended ({said.returncode}): {said.stderr[-1500:]}"
        raise ProgramFailed(message) from error
    return messages


def _finding(message: Mapping[str, Any]) -> Finding:
    """Return what one message says; only what is called an error, or could not be read, is one."""
    where = f"{Path(str(message.get('url', ''))).name}:{message.get('lastLine', '?')}"
    extract = " ".join(str(message.get("extract", "")).split())
    is_fault = message["type"] in {"error", "non-document-error"}
    return Finding(where, f"{message['message']} {extract}".strip(), is_fault)
