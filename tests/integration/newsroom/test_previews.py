"""A preview is the page readers would get, to the byte but for its pictures' addresses."""

import io
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import msgspec
import pytest
from django.apps import apps
from django.conf import settings as django_settings
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group, Permission
from django.core import serializers
from django.core.files.base import ContentFile
from django.test import Client, RequestFactory
from django.urls import reverse
from django.utils import timezone
from PIL import Image
from wagtail.models import GroupPagePermission
from wagtail.rich_text import RichText
from wagtail.test.utils.form_data import inline_formset, rich_text, streamfield

from broadsheet.newsroom import previews
from broadsheet.newsroom.acting import acting
from broadsheet.newsroom.models import Author, Picture, SectionPage, Story
from broadsheet.newsroom.roles.names import Role
from broadsheet.press import previewing
from broadsheet.press.models import AssignedAddress
from broadsheet.press.ports import Press
from broadsheet.story import records
from broadsheet.surfaces.website.store import Store
from tests.factories import rows
from tests.factories.logged import version_of
from tests.factories.press import Clock, a_worker

pytestmark = pytest.mark.django_db
NOON = datetime(2026, 5, 4, 12, tzinfo=UTC)


@pytest.fixture
def published(tmp_path: Path) -> Any:
    """Return a reader of a story's file, after the press has put out all that is committed."""
    worker = a_worker(tmp_path, Clock(NOON + timedelta(days=1)))
    worker.wired = worker.wired._replace(
        store=Store(tmp_path / "site", renditions=django_settings.HOME.renditions)
    )

    def page_of(story: Story) -> bytes:
        worker.run_until_quiet()
        return (
            tmp_path / "site" / version_of(story).address.strip("/") / "index.html"
        ).read_bytes()

    return page_of


def as_readers_would_address(preview: bytes) -> bytes:
    """Return a preview with its pictures where readers find them."""
    return preview.replace(b"/desk/previews/media/", b"/media/")


def a_picture(color: str = "red") -> Picture:
    """Return a saved picture with a file."""
    buffer = io.BytesIO()
    Image.new("RGB", (900, 600), color).save(buffer, "JPEG")
    picture = Picture(
        title="Tram", file=ContentFile(buffer.getvalue(), name="tram.jpg"), alternative_text="Tram"
    )
    picture.save()
    return picture


def a_full_story(**changes: Any) -> Story:
    """Return a live story with everything a page can show."""
    inside = a_picture("blue")
    body = [
        ("text", RichText("<p>The council met on <b>Tuesday</b>.</p>")),
        ("picture", {"picture": inside, "caption": "A tram"}),
        ("quote", {"text": "At last.", "attribution": "A passenger"}),
    ]
    story = rows.a_draft(lead=a_picture(), standfirst="Work starts.", body=body, **changes)
    rows.with_byline(story, rows.an_author_row())
    story.save_revision()
    with acting("ada", now=NOON):
        story.get_latest_revision().publish()
    return Story.objects.get(pk=story.pk)


def preview(browser: Client, story: Story) -> Any:
    """Return the answer to looking at a story's newest draft."""
    return browser.get(reverse("wagtailadmin_pages:view_draft", args=[story.pk]))


def in_the_form(browser: Client, story: Story, data: dict[str, Any]) -> Any:
    """Return the answer in the preview beside a story's form, with this typed into it."""
    url = reverse("wagtailadmin_pages:preview_on_edit", args=[story.pk])
    assert {"is_valid": True, "is_available": True} == browser.post(url, data).json()
    return browser.get(url)


def all_rows() -> dict[str, str]:
    """Return every row of the database, by table; but what Wagtail keeps of a form being typed."""
    return {
        model._meta.label: serializers.serialize("json", model._base_manager.order_by("pk"))
        for model in apps.get_models()
        if model._meta.label != "wagtailadmin.FormState"
    }


def a_user(name: str, *codenames: str) -> Client:
    """Return the browser of somebody who may come in, and do these things to pages."""
    user = get_user_model()._default_manager.create_user(name, "", "a-test-password")
    group = Group.objects.create(name=name)
    group.permissions.add(Permission.objects.get(codename="access_admin"))
    for codename in codenames:
        permission = Permission.objects.get(codename=codename)
        GroupPagePermission.objects.create(group=group, page=rows.a_paper(), permission=permission)
    user.groups.add(group)
    browser = Client()
    browser.force_login(user)
    return browser


def test_preview_of_a_live_story_is_its_page_but_for_picture_addresses(
    desk: Client, published: Any
):
    """Of a story with nothing changed, preview and file differ in its pictures' addresses only."""
    story = a_full_story()

    shown = preview(desk, story).content

    page = published(story)
    assert page != shown
    assert page == as_readers_would_address(shown)
    assert 0 == page.count(b"/desk/")
    assert shown.count(b"/desk/previews/media/") == page.count(b"/media/")


def test_preview_knows_only_what_the_log_knows(desk: Client, published: Any):
    """A name another tool wrote into the newsroom's table, past the log, is in no preview."""
    story = a_full_story()
    Author.objects.update(name="Somebody Else")

    shown = preview(desk, story).content

    assert published(story) == as_readers_would_address(shown)


def test_a_preview_that_reads_the_newsroom_is_found(desk: Client, published: Any, monkeypatch: Any):
    """The broken twin: a preview with names from the newsroom's rows is not the page."""

    class FromRows(previewing.Laid):
        def record(self, kind: str, record_id: str) -> records.Record | None:
            found = super().record(kind, record_id)
            if not isinstance(found, records.Author):
                return found
            name = Author.objects.get(uuid=record_id).name
            return msgspec.structs.replace(found, name=name)

    monkeypatch.setattr(previewing, "Laid", FromRows)
    story = a_full_story()
    Author.objects.update(name="Somebody Else")

    shown = preview(desk, story).content

    assert published(story) != as_readers_would_address(shown)


def test_what_is_typed_is_shown_as_publishing_would_show_it(
    desk: Client, form: Any, published: Any
):
    """The preview beside the form has the bytes of the page that publishing the form gives."""
    story = a_full_story()
    typed = form(
        story,
        title="Council approves “the” tram",
        lead=str(a_picture("green").pk),
        body=streamfield([("text", rich_text("<p>It met on <b>Wednesday</b>.</p>"))]),
    )

    shown = in_the_form(desk, story, typed).content
    desk.post(reverse("wagtailadmin_pages:edit", args=[story.pk]), typed | {"action-publish": "1"})

    assert "“the” tram".encode() in shown
    assert published(story) == as_readers_would_address(shown)


def test_a_new_correction_is_shown_with_its_time(desk: Client, form: Any, published: Any):
    """A note not yet published is dated now, as it would be, and keeps no date."""
    story = a_full_story()
    note = {"kind": "correction", "text": "It was Wednesday.", "uuid": "", "significant": "on"}
    typed = form(story, corrections=inline_formset([note]))

    shown = in_the_form(desk, story, typed).content.decode()

    assert "It was Wednesday." in shown
    assert "It was Wednesday." not in published(story).decode()


def test_a_story_never_published_has_the_page_of_its_publication(tmp_path: Path, published: Any):
    """A draft stands at the address and under the date that publishing it then gives."""
    story = rows.a_draft(lead=a_picture())
    with acting("ada", now=NOON):
        shown = previews.preview_of(story.get_latest_revision_as_object()).content
        assert not AssignedAddress.objects.filter(kind="story").exists()

        story.get_latest_revision().publish()

    assert published(Story.objects.get(pk=story.pk)) == as_readers_would_address(shown)


def test_a_scheduled_story_is_shown_with_its_day(desk: Client):
    """A story that is to go live later is dated and addressed by that day."""
    day = (timezone.now() + timedelta(days=40)).replace(hour=12)
    story = rows.a_draft(go_live_at=day)

    shown = preview(desk, story).content.decode()

    assert f"https://paper.example/{day:%Y/%m/%d}/council" in shown


def test_a_new_story_is_shown_before_it_is_saved(desk: Client, form: Any):
    """The form of a story that was never saved has its preview too."""
    section = rows.a_section_row()
    url = reverse("wagtailadmin_pages:preview_on_add", args=["newsroom", "story", section.pk])

    assert desk.post(url, form(title="Not saved yet")).json()["is_available"]
    shown = desk.get(url).content.decode()

    assert "<h1>Not saved yet</h1>" in shown
    assert 0 == Story.objects.count()


def test_previews_record_nothing(desk: Client, form: Any):
    """Looking at drafts, live and new stories and their versions leaves every row as it was."""
    live, draft = a_full_story(), rows.a_draft(lead=a_picture())
    section = SectionPage.objects.get()
    desk.get("/desk/")  # with a session's first page, the session is noted
    before = all_rows()

    for story in (live, draft):
        preview(desk, story)
        in_the_form(desk, story, form(story, title="Typed"))
        version = [story.pk, story.latest_revision_id]
        assert (
            b"</html>"
            in desk.get(reverse("wagtailadmin_pages:revisions_view", args=version)).content
        )
    url = reverse("wagtailadmin_pages:preview_on_add", args=["newsroom", "story", section.pk])
    desk.post(url, form())
    desk.get(url)

    assert before == all_rows()


def test_a_preview_that_publishes_would_be_seen(desk: Client):
    """The broken twin: the snapshot of all rows sees an act."""
    draft = rows.a_draft()
    before = all_rows()

    draft.get_latest_revision().publish()

    assert before != all_rows()


def addresses_of(story: Story) -> list[str]:
    """Return every address at which a draft, and its picture, can be looked at."""
    section = SectionPage.objects.get()
    name = Path(f"{story.lead.sizes[0]['sha256'][:12]}-{story.lead.sizes[0]['width_px']}.jpg")
    return [
        reverse("wagtailadmin_pages:view_draft", args=[story.pk]),
        reverse("wagtailadmin_pages:preview_on_edit", args=[story.pk]),
        reverse("wagtailadmin_pages:revisions_view", args=[story.pk, story.latest_revision_id]),
        reverse("wagtailadmin_pages:preview_on_add", args=["newsroom", "story", section.pk]),
        reverse("preview_picture", args=[story.lead.uuid, name]),
    ]


def test_nobody_gets_a_preview_without_permission(desk: Client, form: Any):
    """Readers are asked to sign in; who may not edit the story is sent away; an editor sees it."""
    story = rows.a_draft(title="SECRETHEADLINE", lead=a_picture())
    looks = addresses_of(story)
    desk.post(looks[1], form(story, title="SECRETHEADLINE"))
    desk.post(looks[3], form(title="SECRETHEADLINE"))

    for browser in (Client(), a_user("guest")):
        answers = [browser.get(url) for url in looks]
        assert [302] * len(looks) == [answer.status_code for answer in answers]
        assert not any(b"SECRETHEADLINE" in answer.content for answer in answers)

    assert [200] * len(looks) == [desk.get(url).status_code for url in looks]


def test_without_asking_for_permission_anybody_would_see_the_words(desk: Client):
    """The broken twin: what stands behind Wagtail's question shows the draft to whoever comes."""
    story = rows.a_draft(title="SECRETHEADLINE")
    asked_by_nobody = RequestFactory().get("/")

    answer = story.get_latest_revision_as_object().make_preview_request(asked_by_nobody, "")

    assert b"SECRETHEADLINE" in answer.content


def test_who_may_edit_may_look(desk: Client):
    """An editor without the right to publish sees draft and picture."""
    story = rows.a_draft(lead=a_picture())
    writer = Client()
    writer.force_login(rows.a_person("tobi", Role.EDITOR))
    looks = addresses_of(story)

    assert [200, 200] == [writer.get(url).status_code for url in (looks[0], looks[-1])]


def test_only_a_pictures_present_sizes_are_shown(desk: Client):
    """An address that names no size of the picture shows nothing."""
    picture = a_picture()

    answer = desk.get(reverse("preview_picture", args=[picture.uuid, "0123456789ab-900.jpg"]))

    assert 404 == answer.status_code


def test_a_preview_is_kept_nowhere_and_runs_nothing(desk: Client):
    """No cache keeps it; it may be framed by the desk alone and runs no script."""
    answer = preview(desk, rows.a_draft())

    assert "no-store" in answer["Cache-Control"]
    assert "SAMEORIGIN" == answer["X-Frame-Options"]
    assert "default-src 'none'" in answer["Content-Security-Policy"]
    assert "frame-ancestors 'self'" in answer["Content-Security-Policy"]


@pytest.mark.parametrize(
    ("body", "words"),
    [
        ([("picture", {"picture": None, "caption": ""})], "block 1: "),
        (
            [("text", RichText('<p><a linktype="page" id="999999">Here</a></p>'))],
            "never published; remove the link",
        ),
    ],
)
def test_a_draft_that_makes_no_page_says_why(desk: Client, body: Any, words: str):
    """Where a page cannot be made yet, the preview says what is missing."""
    story = rows.a_draft()
    story.body = body
    story.save_revision(clean=False)

    answer = preview(desk, Story.objects.get(pk=story.pk))

    assert 200 == answer.status_code
    assert "No preview yet" in answer.content.decode()
    assert words in answer.content.decode()


def test_a_retracted_story_says_that_it_cannot_return(desk: Client):
    """The draft of a retracted story would be no page, and the preview says so."""
    story = rows.a_live_story()
    desk.post(reverse("retract_story", args=[story.pk]), {"reason": "We could not confirm it."})

    assert "cannot be published again" in preview(desk, story).content.decode()


def test_a_template_error_is_said_in_the_preview(desk: Client, monkeypatch: Any):
    """A fault of ours while rendering is named in the frame, and is no server error."""

    class Broken:
        def render(self, obj: Any, facts: Any) -> Any:
            message = "story.html, line 3"
            raise LookupError(message)

    broken: Press = Broken()  # type: ignore[assignment]
    whole = previews.wiring()
    monkeypatch.setattr(previews, "wiring", lambda: whole._replace(printing=broken))

    answer = preview(desk, rows.a_draft())

    assert 200 == answer.status_code
    assert "LookupError: story.html, line 3" in answer.content.decode().replace("&#x27;", "'")
