"""What `broadsheet intake copy` says at its end, and of a page that was copied in before."""

from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from broadsheet.config.cli.intake import BLOCKED
from broadsheet.config.main import cli
from broadsheet.newsroom.models import Picture, Story
from tests.factories import rows
from tests.factories.logged import version_of

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]
REFUSED = 2
PAGE = "Council approves the new tram line\n\nThe council met on Tuesday.\n"
WITH_TWO_PICTURES = """Weaver finds a loom under the floor

The loom is older than the house, says its owner.

The loom of the house on Mill Street. (Photo: Ada Lens)

It works to this day, as the whole street can hear.

Mill Street's weavers in front of their houses. (Photo: Ada Lens)
"""
LOST = "Weaver finds a loom under the floor\n\n???? ?????? ?? ???? ??? ????.\n\nIt works.\n"


@pytest.fixture(autouse=True)
def _a_paper() -> None:
    rows.a_paper()
    rows.a_section_row()


@pytest.fixture
def page(tmp_path: Path) -> Path:
    """Return a page someone copied from a browser."""
    path = tmp_path / "page.txt"
    path.write_text(PAGE, encoding="utf-8")
    return path


def copy_in(page: Path, *options: str) -> Result:
    """Run the command; an error it does not turn into words fails the test."""
    arguments = ["intake", "copy", str(page), "--section", "world", *options]
    return CliRunner().invoke(cli, arguments, catch_exceptions=False)


def test_report_ends_with_a_summary(page):
    """The last words of the report say whether anything blocks, and how much to look at."""
    done = copy_in(page, "--publish")

    assert "Summary    Nothing blocks; 1 warning." in done.output
    assert "wait" not in done.output.partition("Summary")[2]


def test_summary_of_what_blocks(page):
    """A page with lost words ends with how many findings keep it a draft."""
    page.write_text(LOST, encoding="utf-8")

    done = copy_in(page, "--publish")

    assert BLOCKED == done.exit_code
    assert "Summary    1 finding blocks: left as a draft." in done.output


def test_pictures_without_files_are_said_to_wait(page):
    """Whoever publishes a page is told that its pictures are not on the site."""
    page.write_text(WITH_TWO_PICTURES, encoding="utf-8")

    done = copy_in(page, "--publish")

    words = (
        "2 pictures wait for their files: readers see neither them nor their captions, "
        "which are kept in the newsroom."
    )
    assert 0 == done.exit_code, done.output
    assert words in done.output
    assert [True, True] == [picture.waiting for picture in Picture.objects.all()]


def test_page_copied_in_again_is_refused(page):
    """The same page makes no second story; the first is named, with when and where."""
    copy_in(page, "--publish")
    story = Story.objects.get()

    again = copy_in(page, "--publish")

    assert REFUSED == again.exit_code, again.output
    assert f"as story {story.uuid}, at {version_of(story).address}" in again.output
    assert "(Europe/Berlin)" in again.output
    assert "--again" in again.output
    assert "Summary" not in again.output
    assert 1 == Story.objects.count()


@pytest.mark.parametrize(
    "words",
    [
        pytest.param(f"\ufeff{PAGE}".replace("\n", "\r\n"), id="same words in other bytes"),
        pytest.param(f"Share\n\n{PAGE}", id="other furniture around them"),
    ],
)
def test_same_words_in_another_file_are_refused(page, tmp_path, words):
    """Headline and body make a page the same, whatever its file is; a draft is named as one."""
    other = tmp_path / "other.txt"
    other.write_text(words, encoding="utf-8", newline="")
    copy_in(page)

    again = copy_in(other)

    assert REFUSED == again.exit_code, again.output
    assert f"as story {Story.objects.get().uuid}, which is a draft" in again.output


def test_same_file_is_refused_whatever_it_reads_as(page):
    """Bytes that were taken in are known again even where the reading has another option."""
    page.write_text("A headline of our own\n\nIt\x92s a sentence of our own.\n", "utf-8")
    copy_in(page, "--use-proposal")
    Story.objects.get().copied_pages.update(words="of a reading that has changed since")

    assert REFUSED == copy_in(page, "--use-proposal").exit_code


def test_page_is_copied_in_again_when_told(page):
    """With --again the page makes a story of its own, and the earlier one is still named."""
    copy_in(page)
    first = Story.objects.get()

    again = copy_in(page, "--again")

    assert 0 == again.exit_code, again.output
    assert f"as story {first.uuid}" in again.output
    assert 2 == Story.objects.count()


def test_another_body_under_the_same_headline_is_another_page(page):
    """A column that has one headline each week is copied in each week."""
    copy_in(page)
    page.write_text(PAGE.replace("Tuesday", "Wednesday"), encoding="utf-8")

    assert 0 == copy_in(page).exit_code


def test_page_of_a_deleted_draft_may_come_again(page):
    """A draft that was thrown away stands in nobody's way."""
    copy_in(page)
    Story.objects.get().delete()

    assert 0 == copy_in(page).exit_code
