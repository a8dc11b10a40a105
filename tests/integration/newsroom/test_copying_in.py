"""The command `broadsheet intake copy`, over ten pages of our own, as an editor runs it."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from broadsheet.config.cli.intake import BLOCKED
from broadsheet.config.main import cli
from broadsheet.newsroom.models import Picture, SectionPage, Story
from broadsheet.newsroom.publishing import content_of
from broadsheet.press.models import LogEntry
from broadsheet.story.body import Heading, Paragraph, PictureUse
from broadsheet.story.records import StoryContent
from tests.factories import rows

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]
PAGES = Path(__file__).parents[2] / "data" / "pages"
EXPECTED = {path.stem: json.loads(path.read_text("utf-8")) for path in PAGES.glob("*.json")}
LANGUAGES = {
    "arabic-author-block": "ar",
    "captions-like-paragraphs": "en",
    "english-bare": "en",
    "french-captions-without-pairs": "fr",
    "german-windows-newlines": "de",
    "hindi-single-caption": "hi",
    "other-order-with-bom": "en",
    "spanish-paired-captions": "es",
    "tamil-doubled-caption": "ta",
}


@pytest.fixture(autouse=True)
def _a_paper() -> None:
    rows.a_paper()
    rows.a_section_row()


def copy_in(name: str, *options: str) -> Result:
    """Run the command on one of our pages; an error it does not turn into words fails the test."""
    arguments = ["intake", "copy", str(PAGES / f"{name}.txt"), "--section", "world", *options]
    return CliRunner().invoke(cli, arguments, catch_exceptions=False)


def written(content: StoryContent) -> list[tuple[str, ...]]:
    """Return a story's blocks as the file of expected results says them."""
    return [
        picture_words(block)
        if isinstance(block, PictureUse)
        else (type(block).__name__.casefold(), words_of(block))
        for block in content.body
    ]


def words_of(block: Heading | Paragraph) -> str:
    """Return the words of a heading or a paragraph."""
    return block.text if isinstance(block, Heading) else "".join(run.text for run in block.runs)


def picture_words(use: PictureUse) -> tuple[str, ...]:
    """Return what the newsroom has of a picture that waits for its file."""
    row = Picture.objects.get(uuid=use.picture)
    return ("picture", row.agency_caption, row.caption, row.credit)


def expected_words(blocks: list[dict[str, str]]) -> list[tuple[str, ...]]:
    """Return the blocks a page's file of expected results asks for."""
    return [
        (block["block"], block["text"])
        if "text" in block
        else ("picture", block["agency_caption"], block["caption"], block["credit"])
        for block in blocks
    ]


def test_all_ten_pages_are_tried():
    """Nine pages have words; the tenth is empty."""
    names = {path.stem for path in PAGES.glob("*.txt")}

    assert (10, {*LANGUAGES, "empty"}) == (len(names), names)
    assert set(LANGUAGES) == set(EXPECTED)


@pytest.mark.parametrize("name", LANGUAGES)
def test_command_leaves_the_draft_its_newspaper_meant(count, name):
    """Every word of the page is in the newsroom, in its place; the report says what was found."""
    expected = EXPECTED[name]

    done = copy_in(name, "--language", LANGUAGES[name])

    story = Story.objects.get()
    content = content_of(story)
    count("pages taken in by the command, by language", LANGUAGES[name], 1)
    assert (BLOCKED if expected["blocks_publication"] else 0) == done.exit_code, done.output
    assert (expected["headline"], expected["standfirst"]) == (story.title, story.standfirst)
    assert (LANGUAGES[name], False) == (story.language, story.live)
    assert expected_words(expected["body"]) == written(content)
    leads = [lead for lead in [expected["lead"]] if lead]
    assert expected_words(leads) == [picture_words(use) for use in [content.lead] if use]
    names = [(line.author.name, line.role) for line in story.bylines.all()]
    assert [(line["name"], line["role"]) for line in expected["bylines"]] == names
    assert not LogEntry.objects.filter(kind="story").exists()
    for finding in expected["findings"]:
        severity, check, field = finding.split(" ")
        assert f"{severity.upper():<5} {check} in {field}" in done.output
    for line in expected["left_out"]:
        assert f"Left out   {line}" in done.output


@pytest.mark.parametrize("name", LANGUAGES)
def test_command_publishes_unless_readers_would_see_lost_words(name):
    """With --publish the story is live; with lost words in its text it stays a draft, status 3."""
    done = copy_in(name, "--language", LANGUAGES[name], "--publish")

    story = Story.objects.get()
    is_blocked = EXPECTED[name]["blocks_publication"]
    assert (BLOCKED if is_blocked else 0) == done.exit_code, done.output
    assert (not is_blocked, not is_blocked) == (
        story.live,
        f"Published {story.uuid} at" in done.output,
    )
    assert (0 if is_blocked else 1) == LogEntry.objects.filter(kind="story").count()


def test_command_refuses_the_empty_page():
    """Nothing is made of a page without words; the message says what to do."""
    done = copy_in("empty")

    assert 1 == done.exit_code
    assert "the page is empty; copy it from the browser again" in done.output
    assert (0, 0) == (Story.objects.count(), Picture.objects.count())


def test_mistyped_section_is_refused() -> None:
    """No slip of the pen makes a section that every page's menu shows; nothing is written."""
    before = LogEntry.objects.count()

    done = copy_in("english-bare", "--section", "wrold", "--publish")

    assert done.exit_code == 2
    assert "there is no section “wrold”" in done.output
    assert "World" in done.output
    assert not SectionPage.objects.filter(slug="wrold").exists()
    assert not Story.objects.exists()
    assert LogEntry.objects.count() == before


def test_new_section_is_made_when_told() -> None:
    """With --new-section the copy makes its own."""
    done = copy_in("english-bare", "--section", "Harbor", "--new-section")

    assert done.exit_code == 0
    assert Story.objects.get().get_parent().title == "Harbor"


def test_renamed_section_is_found_by_its_name() -> None:
    """A section keeps its address when it is renamed; copy for its new name goes there."""
    section = SectionPage.objects.get(slug="world")
    section.title = "The wider world"
    section.save()

    done = copy_in("english-bare", "--section", "the wider world")

    assert done.exit_code == 0, done.output
    assert Story.objects.get().get_parent().pk == section.pk
    assert SectionPage.objects.count() == 1
