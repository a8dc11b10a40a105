"""What is written as HTML, fast, is what markupsafe writes."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from markupsafe import Markup, escape

from broadsheet.projections.blocks import ShownRun
from broadsheet.projections.theme.escaping import escaped, inline

HOSTILE = """<b>&amp;"'</b>"""


class Worded(str):
    """Text of another type, as settings and enums have."""

    __slots__ = ()


class Sign:
    """What has HTML of its own."""

    def __html__(self) -> str:
        """Return it."""
        return "<i>!</i>"


@given(st.text())
@example(HOSTILE)
@example("")
def test_text_is_escaped_as_markupsafe_does(text):
    """Sign by sign, of whichever type the text is."""
    for said in (text, Worded(text), Markup(text)):  # noqa: S704  # to see it through
        assert str(escape(said)) == escaped(said)


@pytest.mark.parametrize("value", [None, 3, 2.5, Sign(), ("<", ">")])
def test_other_values_are_escaped_as_markupsafe_does(value):
    """A number is written out, and what knows its HTML gives it."""
    assert str(escape(value)) == escaped(value)


def test_marks_and_links_are_around_escaped_text():
    """Emphasis lies within strength, and both within a link, whose address is escaped too."""
    runs = (
        ShownRun(HOSTILE, strong=True, emphasis=True, href='/a?b="c"&d'),
        ShownRun("plain", strong=False, emphasis=False, href=""),
        ShownRun("far", strong=False, emphasis=True, href="https://far.example/"),
    )
    words = escape(HOSTILE)
    marked = f"<strong><em>{words}</em></strong>"

    assert (
        f'<a href="/a?b=&#34;c&#34;&amp;d">{marked}</a>plain'
        '<a href="https://far.example/"><em>far</em></a>'
    ) == inline(runs)


def test_paths_of_the_site_follow_a_base():
    """In a feed a path would lead nowhere; a whole address stays as it is."""
    here, there = (
        ShownRun("x", strong=False, emphasis=False, href=href)
        for href in ("/a/", "https://far.example/")
    )

    assert (
        '<a href="https://paper.example/a/">x</a><a href="https://far.example/">x</a>'
    ) == inline((here, there), "https://paper.example")
