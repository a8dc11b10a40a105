"""
Writes text as HTML, fast: a story's page says two hundred values and as many stretches of text.

What is said and what is escaped is the same as by markupsafe, which makes an object of each.
"""

import re
from collections.abc import Iterable

from markupsafe import Markup, escape

from broadsheet.projections.blocks import ShownRun

_has_a_sign = re.compile("[&<>\"']").search  # what markupsafe.escape replaces


def escaped(value: object) -> str:
    """Return a value as HTML; text without a sign of HTML is let through as it is."""
    if type(value) is str and _has_a_sign(value) is None:
        return value
    if type(value) is Markup:
        return value
    return escape(value)


def inline(runs: Iterable[ShownRun], base_url: str = "") -> Markup:
    """Return text with its emphasis and links as HTML; paths of the site follow a base."""
    html = "".join([_run(run, base_url) for run in runs])
    return Markup(html)  # noqa: S704  # of what is escaped, run by run


def _run(run: ShownRun, base_url: str) -> str:
    html = escaped(run.text)
    if run.emphasis:
        html = f"<em>{html}</em>"
    if run.strong:
        html = f"<strong>{html}</strong>"
    if not run.href:
        return html
    base = base_url if run.href.startswith("/") else ""
    return f'<a href="{escaped(base)}{escaped(run.href)}">{html}</a>'
