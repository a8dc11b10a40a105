"""What cannot be done at the command line is refused in words, and nothing is changed by it."""

from datetime import timedelta
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from django.utils import timezone

from broadsheet.config.main import cli
from broadsheet.newsroom.models import Picture, SectionPage, Story
from broadsheet.press.models import Account, LogEntry, Schedule
from tests.factories import rows
from tests.factories.logged import version_of

pytestmark = pytest.mark.django_db
NOBODY = "no story is called 'nowhere'; give its id, its address, or the address's last part"
NEXT_MONTH = "next month"  # stands for a date to come in what is parametrized
RETRACTED = "was retracted and cannot return; copy it"


def broadsheet(*arguments: str | Path) -> Result:
    """Run a command here; an error it does not turn into words fails the test."""
    return CliRunner().invoke(cli, [str(each) for each in arguments], catch_exceptions=False)


def everything() -> list[int]:
    """Return how much of everything there is."""
    kinds = (Story, SectionPage, Picture, LogEntry, Schedule, Account)
    return [kind.objects.count() for kind in kinds]


@pytest.fixture(autouse=True)
def _a_paper() -> None:
    rows.a_paper()
    rows.a_section_row()


def refused(*arguments: str | Path) -> str:
    """Run a command that must refuse and change nothing; return what it said."""
    before = everything()
    to_come = f"{timezone.now() + timedelta(days=30):%Y-%m-%dT%H:%M}"

    result = broadsheet(*(to_come if each == NEXT_MONTH else each for each in arguments))

    assert 0 != result.exit_code, result.output
    assert before == everything()
    assert "Traceback" not in result.output
    return result.output


@pytest.mark.parametrize(
    "arguments",
    [
        ("publish", "nowhere"),
        ("correct", "nowhere", "--note", "It was Monday."),
        ("retract", "nowhere", "--reason", "Wrong."),
        ("unpublish", "nowhere"),
        ("schedule", "nowhere", NEXT_MONTH),
        ("change-address", "nowhere", "somewhere"),
        ("erase", "nowhere", "--reason", "A court.", "--yes"),
    ],
)
def test_story_nobody_knows(arguments):
    """Every act on a story that is not there says how stories are named."""
    assert NOBODY in refused("story", *arguments)


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("retract", "--reason", "Wrong."), "was never live"),
        (("unpublish",), "is not live, so there is nothing to take down"),
        (("correct", "--note", "It was Monday."), "is not live; correct it at the desk"),
        (("change-address", "somewhere"), "was never live"),
        (("schedule", "1999-12-31T23:59"), "1999-12-31 23:59 is past"),
        (("schedule", "9999-12-31T23:59"), "is more than ten years away; check the year"),
        (("schedule", "tomorrow"), "'tomorrow' does not match the formats"),
    ],
)
def test_acts_a_draft_is_not_ready_for(arguments, words):
    """An act that does not fit the story's state or any calendar says why."""
    story = rows.a_draft()
    act, *more = arguments

    assert words in refused("story", act, str(story.uuid), *more)


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("correct", "--note", "Mon\x07day."), "line 1, column 4: U+0007"),
        (("correct", "--note", "  "), "give the note"),
        (("correct", "--note", "So.", "--replace", "Tuesday", "Mon\x85day"), "U+0085"),
        (("correct", "--note", "So.", "--replace", "Friday", "Monday"), "stands in 0 places"),
        (("retract", "--reason", "Wro\x00ng."), "U+0000"),
        (("retract", "--reason", "   "), "give the reason"),
        (("change-address", "tram\x1bline"), "U+001B"),
        (("change-address", "tram\u202eline"), "column 5: U+202E RIGHT-TO-LEFT OVERRIDE"),
        (("correct", "--note", "Mon\u200bday."), "column 4: U+200B ZERO WIDTH SPACE"),
        (("retract", "--reason", "Wr\ufffdng."), "column 3: U+FFFD REPLACEMENT CHARACTER"),
        (
            ("correct", "--note", "So.", "--replace", "Tuesday", "M\U000e0041"),
            "U+E0041 TAG LATIN CAPITAL LETTER A",
        ),
        (("change-address", " "), "give the words of the new address"),
    ],
)
def test_words_that_may_not_be_written(arguments, words):
    """What may not be written is refused on every way to readers, with its place."""
    story = rows.a_live_story()
    act, *more = arguments

    assert words in refused("story", act, str(story.uuid), *more)
    assert 1 == LogEntry.objects.filter(kind="story").count()


@pytest.mark.parametrize(
    "arguments", [("publish",), ("schedule", NEXT_MONTH), ("retract", "--reason", "Again.")]
)
def test_retracted_story_stays_retracted(arguments):
    """A retracted story is neither published, nor scheduled, nor retracted once more."""
    story = rows.a_live_story()
    broadsheet("story", "retract", story.uuid, "--reason", "Wrong.")
    act, *more = arguments

    said = refused("story", act, str(story.uuid), *more)

    assert RETRACTED in said or "is retracted already" in said
    assert "Wrong." == version_of(story).retraction.reason


def test_address_that_is_taken_gets_a_number():
    """Two stories with the same headline on one day both have an address."""
    first, second = rows.a_live_story(), rows.a_live_story()

    assert version_of(second).address == version_of(first).address.rstrip("/") + "-2/"


def test_changing_to_an_address_that_is_taken_is_refused():
    """An act of the command line neither takes another story's address nor makes one up."""
    first = rows.a_live_story()
    second = rows.a_live_story(title="Another headline")

    said = refused("story", "change-address", second.uuid, "council approves the new tram line")

    taken = version_of(first).address
    assert f"words: {taken} is, or was, another story’s address; choose other words" in said


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "the page is empty; copy it from the browser again"),
        (b" \n\t\n", "the page is empty; copy it from the browser again"),
        (b"Head\x00line\n\nText.\n", "byte 4 is NUL; is it a picture or a PDF?"),
        (b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR", "is NUL; is it a picture or a PDF?"),
        (b"Caf\xe9\n\nIt is open.\n", "line 1, column 4 (byte 3): 0xE9 is not UTF-8"),
        ("Café\n\nIt is open.\n".encode("utf-16"), "the page is in UTF-16; save it as UTF-8"),
        (b"Headline here\n\nText\x07 here.\n", "line 1, column 5: U+0007"),
        ("Head\u202eline here\n\nText.\n".encode(), "column 5: U+202E RIGHT-TO-LEFT OVERRIDE"),
        ("Headline here\n\nText\ufeff here.\n".encode(), "U+FEFF ZERO WIDTH NO-BREAK SPACE"),
        (b"x" * 10_000 + b"\n\nSome text here.\n", "nothing on the page reads as a headline"),
    ],
)
def test_page_that_cannot_be_taken_in(tmp_path, data, words):
    """A page that is no copy is named with what is wrong and what to do; no draft is left."""
    page = tmp_path / "page.txt"
    page.write_bytes(data)

    assert words in refused("intake", "copy", page, "--section", "world", "--publish")


def test_page_taken_in_as_proposed(tmp_path):
    """What may not be written is reported with its proposal, which one option takes over."""
    page = tmp_path / "page.txt"
    page.write_text("A headline of our own\n\nIt\x92s a sentence\x07 of our own.\n", "utf-8")

    said = refused("intake", "copy", page, "--section", "world")
    taken = broadsheet("intake", "copy", page, "--section", "world", "--use-proposal")

    assert "Proposal: '’'." in said
    assert 0 == taken.exit_code
    assert "<p>It’s a sentence of our own.</p>" == Story.objects.get().body[0].value.source


def test_page_that_is_not_there(tmp_path):
    """A missing file and a folder are named."""
    for path, words in ((tmp_path / "none.txt", "does not exist"), (tmp_path, "is a directory")):
        assert words in refused("intake", "copy", path, "--section", "world")


@pytest.mark.parametrize(
    ("options", "words"),
    [
        (("--section", ""), "give the section's name"),
        (("--section", "desk", "--new-section"), "/desk/ belongs to the site itself"),
        (("--section", "world", "--language", "klingon!"), "language: “klingon!” is no language"),
    ],
)
def test_page_for_nowhere(tmp_path, options, words):
    """A section or language there cannot be is refused, and named."""
    page = tmp_path / "page.txt"
    page.write_text("A headline of our own\n\nA sentence of our own.\n", encoding="utf-8")

    assert words in refused("intake", "copy", page, *options)


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("confirm", "7"), "7"),
        (("post", "retry", "sandbox/main", "post/x/first"), "sandbox/main"),
        (("post", "retry", "main", "post/x/first"), "main"),
        (("account", "release", "main"), "there is no account sandbox/main"),
        (("account", "add", "main", "--rules", "orkut"), "'orkut' is not one of"),
        (("nonsense",), "No such command 'nonsense'"),
    ],
)
def test_things_that_are_not_there(arguments, words):
    """A plan, post, account or command nobody knows is named."""
    assert words in refused(*arguments)
