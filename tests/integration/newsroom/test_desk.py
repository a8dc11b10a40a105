"""The desk refuses in place and in words, loses nothing typed, and says what is committed."""

from datetime import timedelta
from typing import Any

import pytest
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group, Permission
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from wagtail.models import GroupPagePermission
from wagtail.rich_text import RichText
from wagtail.test.utils.form_data import inline_formset, rich_text, streamfield

from broadsheet.newsroom.models import Correction, Story
from broadsheet.press.models import LogEntry
from broadsheet.story.records import StoryState
from tests.factories import rows
from tests.factories.logged import acts_of, version_of

pytestmark = pytest.mark.django_db
PUBLISH = {"action-publish": "1"}


def edit_url(story: Story) -> str:
    """Return the address of a story's form."""
    return reverse("wagtailadmin_pages:edit", args=[story.pk])


def page_of(response: Any) -> str:
    """Return a response's text."""
    return response.content.decode()


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("title", "Tram\x07 line"),
        ("standfirst", "Work starts\x00 in spring"),
        ("dateline", "BERLIN\x85"),
        ("lead_caption", "A tram\ufdd0"),
        ("body", streamfield([("text", rich_text("<p>The \x07council met.</p>"))])),
        ("body", streamfield([("heading", "Next\x1b")])),
        ("title", "Tram\u202e line"),
        ("address_words", "tram\u200bline"),
        ("lead_caption", "A tr\ufffdm"),
        ("body", streamfield([("text", rich_text("<p>The <b>\u2067council</b> met.</p>"))])),
        ("body", streamfield([("quote", {"text": "No\x0c", "attribution": ""})])),
    ],
)
def test_text_that_may_not_be_written_is_refused_at_its_field(
    desk: Client, form: Any, field: str, value: Any
):
    """What controls, hides or was lost is refused in the form, at the field it is in."""
    story = rows.a_draft()

    response = desk.post(edit_url(story), form(story, **{field: value}) | PUBLISH)

    assert 200 == response.status_code
    assert field in response.context["form"].errors
    assert [] == acts_of(story)


def test_isolate_may_begin_before_a_bold_word_and_end_after_it(desk: Client, form: Any):
    """Partners are looked for in the whole paragraph: readers' browsers do so too."""
    story = rows.a_draft()
    body = streamfield([("text", rich_text("<p>\u2067של <b>BBC</b> ום\u2069 met.</p>"))])

    response = desk.post(edit_url(story), form(story, body=body) | PUBLISH)

    assert 302 == response.status_code


def test_the_refusal_says_where_and_what_to_write_instead(desk: Client, form: Any):
    """The complaint names line, column and character."""
    story = rows.a_draft()

    response = desk.post(edit_url(story), form(story, standfirst="One\nTwo\x07"))

    assert "line 2, column 4: U+0007" in page_of(response)


def test_spaces_and_line_ends_arrive_as_typed(desk: Client, form: Any):
    """Ends are not stripped, and a browser's line end is one character."""
    story = rows.a_draft()

    desk.post(edit_url(story), form(story, standfirst="  One\r\nTwo  ") | PUBLISH)

    assert "  One\nTwo  " == version_of(story).content.standfirst


def test_a_headline_of_ten_thousand_characters_is_refused_in_words(desk: Client, form: Any):
    """A headline too long is refused with its length, and stays in the form."""
    story = rows.a_draft()

    response = desk.post(edit_url(story), form(story, title="x" * 10_000))

    assert "this has 10000" in page_of(response)
    assert "x" * 10_000 in page_of(response)


@pytest.mark.parametrize(
    ("field", "days", "words"),
    [
        ("go_live_at", -1, "is past"),
        ("go_live_at", 20_000, "ten years"),
        ("embargo_until", -1, "is past"),
        ("expire_at", -1, "future"),
    ],
)
def test_impossible_times_are_refused(desk: Client, form: Any, field: str, days: int, words: str):
    """A time that is past, or decades away, is refused at its field."""
    story = rows.a_draft()
    at = timezone.now() + timedelta(days=days)

    response = desk.post(edit_url(story), form(story, **{field: rows.typed(at)}) | PUBLISH)

    assert any(words in error for error in response.context["form"].errors[field])
    assert [] == acts_of(story)


def test_a_story_cannot_expire_before_it_goes_live(desk: Client, form: Any):
    """An expiry before the go-live time is refused."""
    story = rows.a_draft()
    soon, later = (timezone.now() + timedelta(days=days) for days in (1, 2))
    times = {"go_live_at": rows.typed(later), "expire_at": rows.typed(soon)}

    response = desk.post(edit_url(story), form(story, **times) | PUBLISH)

    assert "expire_at" in response.context["form"].errors


def test_an_older_form_does_not_overwrite_a_newer_save(desk: Client, form: Any):
    """Of two editors the slower is told, keeps what was typed, and has overwritten nothing."""
    story = rows.a_draft()
    slow = form(story, title="What the slow one typed")
    desk.post(edit_url(story), form(story, title="What the fast one typed"))

    response = desk.post(edit_url(story), slow)

    assert 409 == response.status_code
    assert "What the slow one typed" in page_of(response)
    assert "Not saved: ada saved this story" in page_of(response)
    assert "w-autosave-interval" not in page_of(
        response
    )  # or it would save over the other by itself
    latest = Story.objects.get(pk=story.pk).get_latest_revision_as_object()
    assert "What the fast one typed" == latest.title


def test_saving_again_after_the_warning_is_a_decision(desk: Client, form: Any):
    """The form shown with the warning can be saved; the other's text stays in the history."""
    story = rows.a_draft()
    slow = form(story, title="What the slow one typed")
    desk.post(edit_url(story), form(story, title="What the fast one typed"))
    response = desk.post(edit_url(story), slow)
    shown = Story.objects.get(pk=story.pk)
    assert f'value="{shown.latest_revision_id}"' in page_of(response)

    desk.post(edit_url(story), form(shown, title="What the slow one typed"))

    titles = [revision.content["title"] for revision in shown.revisions.order_by("pk")]
    assert ["What the fast one typed", "What the slow one typed"] == titles[-2:]


def test_without_what_the_form_was_loaded_from_it_would_overwrite(desk: Client, form: Any):
    """The broken twin: a form that does not say what it was made from wins silently."""
    story = rows.a_draft()
    slow = form(story, title="What the slow one typed")
    slow = {key: value for key, value in slow.items() if not key.startswith("loaded_revision")}
    desk.post(edit_url(story), form(story, title="What the fast one typed"))

    response = desk.post(edit_url(story), slow)

    assert 302 == response.status_code


def test_the_message_after_publishing_says_committed_not_out(desk: Client, form: Any):
    """The desk says what is true: it is committed, and the press is putting it out."""
    story = rows.a_draft()

    response = desk.post(edit_url(story), form(story) | PUBLISH, follow=True)

    address = version_of(story).address
    assert "is committed. The press is putting it out at" in page_of(response)
    assert f"https://paper.example{address}" in page_of(response)


def test_the_form_shows_what_readers_have(desk: Client):
    """Above a story's form stand its state, address and dates, from the log."""
    story = rows.a_live_story()

    page = page_of(desk.get(edit_url(story)))

    assert "data-newsroom-live" in page
    assert version_of(story).address in page
    assert "First published" in page


def test_no_part_of_the_form_looks_for_nothing(desk: Client):
    """No script of the form is told an empty selector, which every browser takes for an error."""
    story = rows.a_draft()

    page = page_of(desk.get(edit_url(story)))

    assert 'id="id_title"' in page
    assert 'target-value=""' not in page


def test_a_correction_is_published_and_dated(desk: Client, form: Any):
    """A note entered in the form and published is one correction, dated by its publication."""
    story = rows.a_live_story()
    note = {"kind": "correction", "text": "The vote was on Monday.", "significant": "on"}

    desk.post(
        edit_url(story),
        form(story, corrections=inline_formset([{**note, "uuid": ""}])) | PUBLISH,
    )

    version = version_of(story)
    assert ["publish", "correct"] == acts_of(story)
    assert ["The vote was on Monday."] == [c.text for c in version.content.corrections]
    assert version.updated_at == version.content.corrections[0].at


def test_a_correction_moves_no_date_unless_its_editor_says_so(desk: Client, form: Any):
    """A new note is offered unticked, and so published moves no date, as at the command line."""
    story = rows.a_live_story()
    note = {"kind": "correction", "text": "The vote was on Monday.", "uuid": ""}

    offered = desk.get(edit_url(story)).context["form"].formsets["corrections"].empty_form
    desk.post(edit_url(story), form(story, corrections=inline_formset([note])) | PUBLISH)

    assert not offered["significant"].value()
    assert ["publish", "correct"] == acts_of(story)
    version = version_of(story)
    assert version.first_published_at == version.updated_at


def test_rewording_a_correction_keeps_its_id_and_date(desk: Client, form: Any):
    """A note reworded later has the id and the time it was first published with."""
    story = rows.a_live_story()
    note = {"kind": "correction", "text": "The vote was on Monday.", "uuid": ""}
    desk.post(edit_url(story), form(story, corrections=inline_formset([note])) | PUBLISH)
    before = version_of(story).content.corrections[0]
    row, story = Correction.objects.get(), Story.objects.get(pk=story.pk)
    reworded = note | {"text": "It was Monday.", "uuid": str(row.uuid), "id": str(row.pk)}

    desk.post(
        edit_url(story),
        form(story, corrections=inline_formset([reworded], initial=1)) | PUBLISH,
    )

    after = version_of(story).content.corrections
    assert [(before.id, before.at, "It was Monday.")] == [(c.id, c.at, c.text) for c in after]


def test_a_published_correction_cannot_be_removed(desk: Client, form: Any):
    """Deleting a note readers have seen is refused in the form."""
    story = rows.a_live_story()
    note = {"kind": "correction", "text": "The vote was on Monday.", "uuid": ""}
    desk.post(edit_url(story), form(story, corrections=inline_formset([note])) | PUBLISH)
    row, story = Correction.objects.get(), Story.objects.get(pk=story.pk)
    removed = note | {"uuid": str(row.uuid), "id": str(row.pk), "DELETE": "1"}

    response = desk.post(
        edit_url(story),
        form(story, corrections=inline_formset([removed], initial=1)) | PUBLISH,
    )

    assert "A published correction stays" in page_of(response)
    assert 1 == len(version_of(story).content.corrections)


def test_retracting_asks_first_and_then_commits(desk: Client):
    """The retract page warns, asks for a reason, and commits the reason for readers."""
    story = rows.a_live_story()
    url = reverse("retract_story", args=[story.pk])

    asked = page_of(desk.get(url))
    desk.post(url, {"reason": "We could not confirm it."})

    assert "Retracting is for good" in asked
    assert ["publish", "retract"] == acts_of(story)
    retraction = version_of(story).retraction
    assert retraction is not None
    assert "We could not confirm it." == retraction.reason
    assert not Story.objects.get(pk=story.pk).live


def test_retracting_without_a_reason_is_refused(desk: Client):
    """An empty reason is refused, and nothing is committed."""
    story = rows.a_live_story()

    response = desk.post(reverse("retract_story", args=[story.pk]), {"reason": "   "})

    assert 200 == response.status_code
    assert "give the reason" in page_of(response)
    assert ["publish"] == acts_of(story)


def test_a_retracted_story_cannot_be_published_again(desk: Client, form: Any):
    """Publishing a retracted story is refused in words, and the form keeps the text."""
    story = rows.a_live_story()
    desk.post(reverse("retract_story", args=[story.pk]), {"reason": "We could not confirm it."})
    story = Story.objects.get(pk=story.pk)

    response = desk.post(edit_url(story), form(story, title="Once more") | PUBLISH)

    assert "was retracted and cannot return" in page_of(response)
    assert StoryState.RETRACTED is version_of(story).state


def test_unpublishing_warns_differently(desk: Client):
    """The page before unpublishing says that it is for a while, and that posts stay."""
    story = rows.a_live_story()

    page = page_of(desk.get(reverse("wagtailadmin_pages:unpublish", args=[story.pk])))

    assert "Unpublishing is for a short while" in page
    assert "Retracting is for good" not in page


def test_an_address_is_changed_by_its_own_act(desk: Client):
    """Change address gives a new one; the old one is among the former."""
    story = rows.a_live_story()
    before = version_of(story).address

    desk.post(reverse("change_story_address", args=[story.pk]), {"words": "New tram line"})

    after = version_of(story)
    assert after.address.endswith("/new-tram-line/")
    assert (before,) == after.former_addresses


def test_an_editors_words_of_the_address_do_not_move_a_live_story(desk: Client, form: Any):
    """After go-live the field is shut: what a form sends for it changes nothing."""
    story = rows.a_live_story()
    before = version_of(story).address

    desk.post(edit_url(story), form(story, address_words="elsewhere", title="New") | PUBLISH)

    assert before == version_of(story).address


def test_who_may_not_publish_may_not_retract(desk: Client):
    """A writer without the right to publish is turned away from both acts."""
    del desk
    story = rows.a_live_story()
    writer = get_user_model()._default_manager.create_user("tobi", "", "a-test-password")
    group = Group.objects.create(name="Writers")
    group.permissions.add(Permission.objects.get(codename="access_admin"))
    GroupPagePermission.objects.create(
        group=group, page=rows.a_paper(), permission=Permission.objects.get(codename="change_page")
    )
    writer.groups.add(group)
    browser = Client()
    browser.force_login(writer)

    browser.post(reverse("retract_story", args=[story.pk]), {"reason": "Because."})
    browser.post(reverse("change_story_address", args=[story.pk]), {"words": "elsewhere"})

    assert ["publish"] == acts_of(story)


def test_a_story_that_was_live_cannot_be_deleted(desk: Client):
    """Deleting it at the desk is refused in words; the row stays."""
    story = rows.a_live_story()

    response = desk.post(reverse("wagtailadmin_pages:delete", args=[story.pk]), follow=True)

    assert "It cannot be deleted: readers have seen it" in page_of(response)
    assert Story.objects.filter(pk=story.pk).exists()


def test_a_section_with_such_a_story_cannot_be_deleted(desk: Client):
    """Deleting its section is refused, at the desk and by bulk."""
    story = rows.a_live_story()
    section = story.get_parent()

    desk.post(reverse("wagtailadmin_pages:delete", args=[section.pk]))
    desk.post(f"/desk/bulk/wagtailcore/page/delete/?id={section.pk}&next=/desk/", {})

    assert Story.objects.filter(pk=story.pk).exists()


def test_a_draft_can_be_deleted(desk: Client):
    """What no reader saw can go."""
    story = rows.a_draft()

    desk.post(reverse("wagtailadmin_pages:delete", args=[story.pk]))

    assert not Story.objects.filter(pk=story.pk).exists()


def test_an_author_readers_know_cannot_be_deleted(desk: Client):
    """Deleting an author with a public page is refused in words."""
    author = rows.an_author_row()

    response = desk.post(
        reverse("wagtailsnippets_newsroom_author:delete", args=[author.pk]), follow=True
    )

    assert "It cannot be deleted" in page_of(response)
    assert 1 == LogEntry.objects.filter(kind="author").count()


def test_a_link_to_a_draft_is_refused_when_publishing():
    """A story cannot link readers to a story they cannot open."""
    draft = rows.a_draft(title="A secret")
    link = f'<p>See <a linktype="page" id="{draft.pk}">this</a>.</p>'
    story = rows.a_draft(title="Another", body=[("text", RichText(link))])

    with pytest.raises(ValidationError, match="“A secret”, which was never published"):
        story.get_latest_revision().publish()

    assert [] == acts_of(story)


@pytest.mark.parametrize(
    "url", ["/desk/", "/desk/stories/", "/desk/sections/", "/desk/snippets/newsroom/author/"]
)
def test_the_desk_opens(desk: Client, url: str):
    """Every place of the desk's menu answers."""
    rows.a_live_story()

    response = desk.get(url)

    assert 200 == response.status_code


def test_nothing_public_is_served_by_the_desk(desk: Client):
    """Neither pages nor originals are there for people who are not signed in."""
    del desk
    story = rows.a_live_story()
    stranger = Client()

    assert 404 == stranger.get(version_of(story).address).status_code
    assert 404 == stranger.get("/").status_code
    assert 302 == stranger.get("/desk/originals/original_images/x.png").status_code
