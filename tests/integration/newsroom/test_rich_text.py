"""Text goes into the desk's editor and out of it into the log unchanged."""

import msgspec
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from wagtail.admin.rich_text.converters.contentstate import ContentstateConverter

from broadsheet.newsroom.blocks import TEXT_FEATURES
from broadsheet.newsroom.rich_text import MarkupUnknown, html_of, paragraphs
from broadsheet.newsroom.rich_text_editor import FaithfulConverter
from broadsheet.story.body import Paragraph, Run
from broadsheet.story.text import flaws

# django_db: the converter's link rules look pages up, though none of these links to one.
pytestmark = pytest.mark.django_db

LINKS = ["", "https://paper.example/?a=1&b=2", "mailto:desk@paper.example"]


def nowhere(page: int) -> str:
    """Return no address: none of these texts links to a page."""
    raise LookupError(page)


def marks(run: Run) -> tuple[bool, bool, str]:
    """Return all of a run but its text."""
    return (run.strong, run.emphasis, run.href)


def joined(runs: list[Run]) -> tuple[Run, ...]:
    """Return runs with neighbors of the same marks made one, as any reader of them does."""
    kept: list[Run] = []
    for run in runs:
        if kept and marks(kept[-1]) == marks(run):
            kept[-1] = msgspec.structs.replace(run, text=kept[-1].text + run.text)
        else:
            kept.append(run)
    return tuple(kept)


texts = st.text(min_size=1, max_size=20).filter(lambda text: not flaws(text))
runs = st.builds(
    Run, text=texts, strong=st.booleans(), emphasis=st.booleans(), href=st.sampled_from(LINKS)
)
some_paragraphs = st.lists(
    st.lists(runs, min_size=1, max_size=4)
    .map(lambda found: Paragraph(runs=joined(found)))
    .filter(lambda block: any(run.text.strip() for run in block.runs)),
    min_size=1,
    max_size=3,
).map(tuple)


def a_paragraph(*found: Run) -> tuple[Paragraph, ...]:
    """Return one paragraph of runs."""
    return (Paragraph(runs=found),)


@settings(max_examples=200, deadline=None)
@given(blocks=some_paragraphs)
@example(blocks=a_paragraph(Run(text="  two  spaces\tand a tab ")))
@example(blocks=a_paragraph(Run(text="<b>&amp; not markup</b>")))
@example(blocks=a_paragraph(Run(text="one\ntwo\n\nthree")))
@example(blocks=a_paragraph(Run(text="نص \u200fعربي\u00a0و‍م"), Run(text=" x ", strong=True)))
def test_stored_text_is_read_back_unchanged(blocks: tuple[Paragraph, ...]):
    """What is written as the editor's text is read as the very same paragraphs."""
    assert blocks == paragraphs(html_of(blocks), page_href=nowhere)


@settings(max_examples=200, deadline=None)
@given(blocks=some_paragraphs)
@example(blocks=a_paragraph(Run(text="  two  spaces\tand a tab ")))
@example(blocks=a_paragraph(Run(text="\u3000\u3000老城区的一家书店")))
@example(blocks=a_paragraph(Run(text="a"), Run(text=" b ", emphasis=True), Run(text="c")))
def test_opening_and_saving_changes_nothing(blocks: tuple[Paragraph, ...]):
    """A text opened in the browser's editor and saved untouched says what it said."""
    converter = FaithfulConverter(TEXT_FEATURES)

    saved = converter.to_database_format(converter.from_database_format(html_of(blocks)))

    assert blocks == paragraphs(saved, page_href=nowhere)


def test_wagtails_own_converter_loses_spaces():
    """The broken twin: without the stand-ins, opening and saving changes the text."""
    blocks = a_paragraph(Run(text="two  spaces"))
    converter = ContentstateConverter(TEXT_FEATURES)

    saved = converter.to_database_format(converter.from_database_format(html_of(blocks)))

    assert blocks != paragraphs(saved, page_href=nowhere)


def test_markup_the_editor_does_not_make_is_refused():
    """A table in a stretch of text is no paragraph, and is not dropped in silence."""
    with pytest.raises(MarkupUnknown, match="<table>"):
        paragraphs("<p>One</p><table></table>", page_href=nowhere)


def test_empty_paragraphs_are_left_out():
    """An empty line between paragraphs is no paragraph of the story."""
    found = paragraphs("<p>One</p><p></p><p>Two</p>", page_href=nowhere)

    assert ["One", "Two"] == [block.runs[0].text for block in found]
