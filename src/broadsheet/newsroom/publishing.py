"""
Tells the press what a row now says, inside the transaction that saves the row.

Called by each model's save(), never by a signal, and level-triggered: it compares the row
with the newest version in the log and commits what is missing, so that calling it again
does nothing, and the sweep repairs what another tool wrote by calling it once more.
"""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from typing import TYPE_CHECKING, NamedTuple

from django.core.exceptions import ValidationError
from wagtail.models import Page, Revision

from broadsheet.newsroom import acting, to_version, update_times
from broadsheet.newsroom.desk import listing
from broadsheet.newsroom.expiry import refuse_over
from broadsheet.newsroom.models.live_mark import LiveMark
from broadsheet.newsroom.pictures import rights, showing
from broadsheet.newsroom.public_sections import refuse_hidden_sections
from broadsheet.newsroom.roles.guard import must_be_allowed
from broadsheet.newsroom.roles.listings import refuse_listings_elsewhere
from broadsheet.newsroom.roles.names import Right
from broadsheet.press import log
from broadsheet.press.actions import edit, erase, expire, publish, retract, schedule, unpublish
from broadsheet.press.actions.errors import ActRefused
from broadsheet.press.models import Schedule
from broadsheet.story.ids import Address, AuthorId, SectionId, StoryId
from broadsheet.story.records import (
    PAPER,
    Author,
    Section,
    Settings,
    Story,
    StoryContent,
    StoryState,
)

if TYPE_CHECKING:
    # The rows import this module; only the checker needs them here.
    from broadsheet.newsroom import models as rows


class TakenOver(NamedTuple):
    """Says a story was published elsewhere before: when, and where if it keeps its address."""

    first_published_at: datetime
    address: Address | None


def commit_story(story: "rows.Story", *, significant: bool) -> None:
    """
    Make the log say of a story what its row says; drafts and schedules write no version.

    Raises:
        ValidationError: the press declines; the message says why.

    """
    with refusals_in_words():
        before = newest_story(story)
        if story.withdrawn:
            _withdraw(story, before)
        elif story.live:
            _publish(story, before, significant=significant)
        elif before is not None and before.state is StoryState.LIVE:
            _take_down(story)
        LiveMark.objects.filter(story_id=story.pk).update(is_live=story.live)
        keep_schedule(story)
        listing.note(story)


def commit_move(story: "rows.Story") -> None:
    """
    Make the log say which section a story is in now; one that is scheduled will go live there.

    Raises:
        ValidationError: the press declines; the message says why.

    """
    commit_story(story, significant=False)
    if Schedule.objects.filter(story=str(story.uuid), act="go-live").exists():
        must_be_allowed(Right.PUBLISH, on=story)
        refuse_hidden_sections(story)


def keep_schedule(story: "rows.Story") -> None:
    """Make the press's schedule say when a story goes live and when its time is over."""
    due = (
        Revision.objects.for_instance(story)
        .filter(approved_go_live_at__isnull=False)
        .values_list("approved_go_live_at", flat=True)
        .first()
    )
    expires = story.expire_at if story.live else None
    _keep_due(to_version.story_id(story.uuid), "go-live", due, of=story)
    _keep_due(to_version.story_id(story.uuid), "expire", expires, of=story)


def keep_rights_end(picture: "rows.Picture") -> None:
    """Make the press's schedule say when a picture's rights end, if they still last."""
    ends_at = None if picture.have_rights_ended else picture.rights_end_at
    subject = to_version.picture_id(picture)
    if ends_at != _due_at(subject, "rights-end"):
        _set_due(subject, "rights-end", ends_at)


def forget_schedule(story: StoryId) -> None:
    """Take a story, or a picture, that is no more off the schedule."""
    _keep_due(story, "go-live", None)
    _keep_due(story, "expire", None)
    _set_due(story, "rights-end", None)


def commit_section(section: "rows.SectionPage") -> None:
    """
    Make the log say of a live section what its row says.

    Raises:
        ValidationError: the press declines; the message says why.

    """
    if not section.live:
        return
    must_be_allowed(Right.MANAGE_SECTIONS, on=section)
    who = acting.current()
    with refusals_in_words():
        edit.edit_section(
            SectionId(str(section.uuid)),
            name=section.title,
            slug=section.slug,
            position=section.position,
            description=section.description,
            now=who.now,
            by=who.by,
        )
    LiveMark.objects.get_or_create(section_id=section.pk, defaults={"at": who.now})


def commit_author(author: "rows.Author") -> None:
    """
    Make the log say of an author what the row says.

    Raises:
        ValidationError: the press declines; the message says why.

    """
    must_be_allowed(Right.EDIT_AUTHORS)
    who = acting.current()
    for picture in _as_saved([author.avatar] if author.avatar else []):
        show_picture(picture)
    with refusals_in_words():
        edit.edit_author(
            AuthorId(str(author.uuid)),
            name=author.name,
            slug=author.slug,
            role=author.role,
            bio=author.bio,
            links=to_version.lines(author.links),
            avatar=None if author.avatar is None else to_version.picture_id(author.avatar),
            now=who.now,
            by=who.by,
        )
    LiveMark.objects.get_or_create(author_id=author.pk, defaults={"at": who.now})


def commit_picture(picture: "rows.Picture") -> None:
    """Make the log say of a picture what its row says, once readers may know of it."""
    if LiveMark.objects.filter(picture_id=picture.pk).exists():
        must_be_allowed(Right.EDIT_PICTURES)
        _edit_picture(picture)


def show_picture(picture: "rows.Picture") -> None:
    """
    Commit a picture that something live now shows. Before, it is in no log.

    Raises:
        ValidationError: its embargo lasts.

    """
    rights.refuse_embargoed(picture)
    rights.end_if_due(picture)
    _edit_picture(picture)
    LiveMark.objects.get_or_create(picture_id=picture.pk, defaults={"at": acting.current().now})


def commit_topic(topic: "rows.Topic") -> None:
    """
    Make the log say of a topic what its row says, once readers may know of it.

    Raises:
        ValidationError: the press declines; the message says why.

    """
    if LiveMark.objects.filter(topic_id=topic.pk).exists():
        _edit_topic(topic)


def show_topic(topic: "rows.Topic") -> None:
    """Commit a topic that something live is now on. Before, it is in no log."""
    _edit_topic(topic)
    LiveMark.objects.get_or_create(topic_id=topic.pk, defaults={"at": acting.current().now})


def commit_settings(paper: "rows.PaperSettings") -> None:
    """
    Make the log say what the paper's settings say, once they are filled in.

    Raises:
        ValidationError: the press declines; the message says why.

    """
    if not (paper.name and paper.base_url):
        return  # Wagtail makes an empty row when the form is first opened.
    must_be_allowed(Right.MANAGE_SETTINGS)
    who = acting.current()
    with refusals_in_words():
        edit.edit_settings(to_version.settings(paper), now=who.now, by=who.by)


def newest_story(story: "rows.Story") -> Story | None:
    """Return a story's newest version, None while it is a draft."""
    record = log.newest("story", str(story.uuid))
    return record if isinstance(record, Story) else None


def base_url() -> str:
    """Return the site's address as readers type it, "" before the paper has settings."""
    record = log.newest("settings", PAPER)
    return record.base_url if isinstance(record, Settings) else ""


def content_of(story: "rows.Story") -> StoryContent:
    """
    Return what a story's row says, as the log would.

    Raises:
        ValidationError: it links to a page that readers cannot open.

    """
    paper = log.newest("settings", PAPER)
    return to_version.story_content(
        story,
        section=story.section_row().uuid,
        language=paper.language if isinstance(paper, Settings) else "",
        page_href=address_of_page,
    )


def address_of_page(page_id: int) -> str:
    """
    Return the address readers have for a page of the tree.

    Raises:
        ValidationError: they have none.

    """
    page = Page.objects.filter(pk=page_id).first()
    specific = page.specific if page is not None else None
    uuid = getattr(specific, "uuid", None)
    record = log.newest("story", str(uuid)) or log.newest("section", str(uuid))
    if not isinstance(record, Story | Section):
        name = page.title if page is not None else f"page {page_id}"
        message = f"the text links to “{name}”, which was never published; remove the link"
        raise ValidationError({"body": message})
    return record.address


def author_address(author: "rows.Author") -> str:
    """Return the address of an author's page, "" before the first version."""
    record = log.newest("author", str(author.uuid))
    return record.address if isinstance(record, Author) else ""


def _publish(story: "rows.Story", before: Story | None, *, significant: bool) -> None:
    must_be_allowed(Right.PUBLISH, on=story)
    who = acting.current()
    sid = to_version.story_id(story.uuid)
    refuse_hidden_sections(story)
    if before is None or before.state is not StoryState.LIVE:
        refuse_over(story, at=who.now)
    pictures = _as_saved(to_version.pictures_of(story))
    showing.refuse_hindered(story, pictures, at=who.now)
    for picture in pictures:
        show_picture(picture)
    update_times.refuse_updates_to_come(story, now=who.now)
    refuse_listings_elsewhere(story)
    content = content_of(story)
    for row in story.topics.all() if content.topics else ():
        show_topic(row.topic)
    if before is None and story.taken_over is not None:
        publish.import_story(
            sid,
            content,
            first_published_at=story.taken_over.first_published_at,
            address=story.taken_over.address,
            now=who.now,
            by=who.by,
        )
    else:
        publish.publish(sid, content, now=who.now, by=who.by, significant=significant)
    LiveMark.objects.get_or_create(story_id=story.pk, defaults={"at": who.now})


def _as_saved(pictures: "Sequence[rows.Picture]") -> "Sequence[rows.Picture]":
    """Return pictures as they now are: their sizes may have come since these were read."""
    if not pictures:
        return ()
    saved = type(pictures[0]).objects.in_bulk([picture.pk for picture in pictures])
    return [saved[picture.pk] for picture in pictures]


def _take_down(story: "rows.Story") -> None:
    must_be_allowed(Right.PUBLISH, on=story)
    who = acting.current()
    _cancel_updates(story)
    act = expire.expire if story.expired else unpublish.unpublish
    act(to_version.story_id(story.uuid), now=who.now, by=who.by)


def _withdraw(story: "rows.Story", before: Story | None) -> None:
    if before is not None and before.state in {StoryState(story.withdrawn), StoryState.ERASED}:
        return
    must_be_allowed(Right.PUBLISH, on=story)
    who = acting.current()
    _cancel_updates(story)
    act = erase.erase if story.withdrawn == StoryState.ERASED.value else retract.retract
    act(to_version.story_id(story.uuid), reason=story.withdrawn_reason, now=who.now, by=who.by)


def _cancel_updates(story: "rows.Story") -> None:
    """Let nothing that was scheduled bring a story back; Wagtail does so later, or not at all."""
    Revision.objects.for_instance(story).update(approved_go_live_at=None)


def _edit_picture(picture: "rows.Picture") -> None:
    who = acting.current()
    edit.edit_picture(to_version.picture(picture), now=who.now, by=who.by)


def _edit_topic(topic: "rows.Topic") -> None:
    who = acting.current()
    with refusals_in_words():
        edit.edit_topic(
            to_version.topic_id(topic),
            name=topic.name,
            slug=topic.slug,
            description=topic.description,
            now=who.now,
            by=who.by,
        )


def _keep_due(
    sid: StoryId, act: schedule.Due, due_at: datetime | None, *, of: "rows.Story | None" = None
) -> None:
    if due_at != _due_at(sid, act):
        must_be_allowed(Right.PUBLISH, on=of)
        if of is not None and act == "go-live" and due_at is not None:
            refuse_hidden_sections(of)
        _set_due(sid, act, due_at)


def _due_at(subject: schedule.Subject, act: schedule.Due) -> datetime | None:
    kept = Schedule.objects.filter(story=subject, act=act).values_list("due_at", flat=True)
    return kept.first()


def _set_due(subject: schedule.Subject, act: schedule.Due, due_at: datetime | None) -> None:
    if due_at is None:
        schedule.unschedule(subject, act=act)
        return
    who = acting.current()
    schedule.schedule(subject, act=act, due_at=due_at, now=who.now, by=who.by)


@contextmanager
def refusals_in_words() -> Iterator[None]:
    """Say at the desk what the press declines."""
    try:
        yield
    except ActRefused as refused:
        raise ValidationError(str(refused)) from refused
