"""What the desk takes in is what readers get; what it cannot take it refuses in words."""

import io
from datetime import timedelta
from zoneinfo import ZoneInfo

import pytest
from click.testing import CliRunner
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from PIL import Image
from wagtail.rich_text import RichText
from wagtail.test.utils.form_data import rich_text, streamfield

from broadsheet.config.main import cli
from broadsheet.intake.copying_in import read_page
from broadsheet.newsroom import commands
from broadsheet.newsroom.copy_drafts import create_draft_from
from broadsheet.newsroom.models import PaperSettings, Picture, Story
from broadsheet.newsroom.picture_form import PictureFile
from broadsheet.newsroom.publishing import TakenOver
from broadsheet.press import log
from broadsheet.press.models import LogEntry, Schedule
from broadsheet.story.records import CorrectionKind
from broadsheet.surfaces.website.layout import path_of
from broadsheet.web.desk import LARGEST_UPLOAD_BYTES
from tests.factories import rows
from tests.factories.logged import acts_of, version_of

pytestmark = pytest.mark.django_db


def edit_url(story):
    """Return the address of a story's form."""
    return reverse("wagtailadmin_pages:edit", args=[story.pk])


def test_editor_signs_in_behind_https(editor):
    """Where nginx keeps the certificate, as docs/howto says, the desk takes what browsers send."""
    rows.a_paper()
    browser = Client(enforce_csrf_checks=True)
    headers = {"host": "localhost", "x-forwarded-proto": "http", "x-forwarded-host": "localhost"}
    browser.get("/desk/login/", headers=headers)

    response = browser.post(
        "/desk/login/",
        {
            "username": "ada",
            "password": "a-test-password",
            "csrfmiddlewaretoken": browser.cookies["csrftoken"].value,
        },
        headers={**headers, "origin": "https://localhost"},
    )

    assert 302 == response.status_code


def test_story_of_many_blocks_is_saved(desk, form):
    """A story of 260 blocks is saved as any other."""
    story = rows.a_draft()
    blocks = [("heading", "H") if n % 2 else ("text", rich_text("<p>x</p>")) for n in range(260)]

    response = desk.post(edit_url(story), form(story, body=streamfield(blocks)))

    assert 302 == response.status_code


def test_picture_as_large_as_the_site_passes_on_is_taken():
    """The desk takes pictures as large as the site server lets through."""
    assert LARGEST_UPLOAD_BYTES == PictureFile().max_upload_size


def test_picture_too_tall_for_jpeg_is_refused_in_words(desk):
    """A picture of 100 by 70,000 pixels is refused at its field, not by a server error."""
    buffer = io.BytesIO()
    Image.new("RGB", (100, 70_000)).save(buffer, "PNG")
    file = SimpleUploadedFile("tall.png", buffer.getvalue(), content_type="image/png")

    response = desk.post(reverse("wagtailimages:add"), {"title": "Tall", "file": file})

    assert 200 == response.status_code
    assert not Picture.objects.exists()


@pytest.mark.parametrize(
    "href", ["https://example.com/a b", "//evil.example/x", "https://", "https:///x", "mailto:"]
)
def test_link_readers_would_not_get_is_refused(desk, form, href):
    """A link that no page would show is refused at the desk, not dropped in silence."""
    story = rows.a_draft()
    html = f'<p>Read <a href="{href}">this</a>.</p>'

    desk.post(
        edit_url(story),
        form(story, body=streamfield([("text", rich_text(html))])) | {"action-publish": "1"},
    )

    assert [] == acts_of(story)


@pytest.mark.parametrize(
    "address",
    [
        "https://",
        "http://paper example",
        "https://paper.example/?x=",
        "https://paper.example#a",
        "https://paper.example\nDisallow: /",
        "https://user:pw@paper.example",
    ],
)
def test_site_address_that_is_none_is_refused(desk, address):
    """What cannot stand in front of a path is no address of a paper."""
    settings = PaperSettings.load()
    settings.base_url = address

    with pytest.raises(ValidationError, match="address"):
        settings.full_clean()


@pytest.mark.parametrize("headline", ["汉字 \U00031350 扩展", "ರಾ\u0cf3", "\u0c5c"])
def test_letter_newer_than_python_has_a_page(desk, headline):
    """A headline with a letter that Python's own tables do not know yet gets a page."""
    story = rows.a_live_story(title=headline)
    author = rows.an_author_row(headline)

    path_of(version_of(story).address)
    path_of(log.newest("author", str(author.uuid)).address)


def test_publishing_what_is_embargoed_says_when_it_goes_live(monkeypatch):
    """The command line does not say that a story is published while an embargo holds it."""
    monkeypatch.setattr("broadsheet.config.cli.story.bring_out", lambda: None)
    story = rows.a_draft(embargo_until=timezone.now() + timedelta(days=3))

    said = CliRunner().invoke(cli, ["story", "publish", str(story.uuid)]).output

    assert not Story.objects.get(pk=story.pk).live
    assert "is published" not in said


def test_scheduling_says_the_minute_that_counts():
    """A schedule before the embargo's end is told as what it became."""
    now = timezone.now()
    story = rows.a_draft(embargo_until=now + timedelta(days=3))
    at = now + timedelta(days=1)

    said = (
        CliRunner()
        .invoke(cli, ["story", "schedule", str(story.uuid), f"{at:%Y-%m-%d %H:%M}"])
        .output
    )

    due = Schedule.objects.get().due_at.astimezone(ZoneInfo("Europe/Berlin"))
    assert f"{due:%Y-%m-%d}" in said


def test_refused_page_leaves_nothing_behind(desk):
    """A page that holds what may not be written makes no section and no author."""
    page = "Town opens a bridge\n\nBy Zora Newname\n\nThe mayor came.\n\nA \x85 is here.\n"
    reading = read_page(page, language="en", zone=ZoneInfo("UTC"))
    before = LogEntry.objects.count()

    with pytest.raises(ValidationError):
        create_draft_from(reading.draft, file=b"page", section_slug="typo", language="en", by="ada")

    assert before == LogEntry.objects.count()


def test_correction_replaces_words_not_markup(desk):
    """Words that stand only in a link's address are not words of the story."""
    story = rows.a_live_story(
        title="New line",
        body=[
            ("heading", "The tram opens"),
            ("text", RichText('<p>See <a href="https://x.example/tram">this</a>.</p>')),
        ],
    )

    with pytest.raises(commands.NotInTheNewsroom):
        commands.correct_story(
            str(story.uuid),
            text="It is a train.",
            kind=CorrectionKind.CORRECTION,
            significant=False,
            replace=[("tram", "train")],
            by="ada",
        )


def test_story_is_found_by_any_address_it_has(desk):
    """An address taken over from elsewhere, without a slash at its end, names its story."""
    story = rows.a_draft()
    story.taken_over = TakenOver(timezone.now() - timedelta(days=9), "/2010/story.html")
    story.live, story.live_revision = True, story.latest_revision
    story.save()

    assert story == commands.find_story(version_of(story).address)
