"""
The acts on a story that are the newspaper's own, not Wagtail's: retract, change address.

Each saves the row and commits the version in one transaction, for desk and command line
alike.
"""

from django.core.exceptions import ValidationError
from django.db import transaction
from wagtail.actions.publish_page_revision import PublishPageRevisionAction
from wagtail.log_actions import log
from wagtail.models import Comment, PageLogEntry, Revision
from wagtail.search.backends import get_search_backends

from broadsheet.newsroom import acting, publishing, to_version
from broadsheet.newsroom.audit.noting import forget_words
from broadsheet.newsroom.audit.words import CHANGE_ADDRESS, ERASE, RETRACT
from broadsheet.newsroom.fields import may_be_written
from broadsheet.newsroom.fronts import forgetting
from broadsheet.newsroom.models.preview_link import PreviewLink
from broadsheet.newsroom.models.story import ERASED, RETRACTED, Story
from broadsheet.newsroom.ready import must_be_ready
from broadsheet.newsroom.roles.flow import end_review
from broadsheet.newsroom.taken_addresses import refuse_taken
from broadsheet.press.actions import change_address as press_change_address
from broadsheet.press.actions.errors import ActRefused
from broadsheet.story.slugs import slug_from

NOTHING_LEFT = "(erased)"  # the headline of a row whose words are gone


def publish_newest(story: Story) -> None:
    """
    Publish, or schedule, what was saved last.

    Raises:
        ValidationError: it may not be published as it is, or its chosen address is taken.

    """
    with transaction.atomic():
        revision: Revision = story.get_latest_revision() or story.save_revision()
        # As Revision.publish() does, with what it makes of the revision read once.
        action = PublishPageRevisionAction(revision)
        must_be_ready(action.object)
        action.execute(skip_permission_checks=True)
        if revision.approved_go_live_at is not None:
            # Wagtail saves no row when it schedules an update of a live story.
            publishing.keep_schedule(story)


def retract(story: Story, *, reason: str) -> None:
    """
    Withdraw a story for good, and tell readers why.

    Raises:
        ValidationError: no reason is given, or the story was never live.

    """
    if not reason.strip():
        message = "give the reason: readers find it in the story's place"
        raise ValidationError(message)
    may_be_written(reason)
    if story.withdrawn:
        message = f"story {story.uuid} is {story.withdrawn} already; readers see that reason"
        raise ValidationError(message)
    with transaction.atomic():
        end_review(story)
        story.withdrawn, story.withdrawn_reason = RETRACTED, reason
        story.live, story.live_revision, story.expired = False, None, False
        Revision.objects.for_instance(story).update(approved_go_live_at=None)
        story.save()
        log(story, RETRACT, data={"reason": reason})


def erase(story: Story, *, reason: str) -> None:
    """
    Remove a story's words from rows, revisions and log, because the law asks.

    Raises:
        ValidationError: no reason is given, or the story was never live.

    """
    if not reason.strip():
        message = "give the reason: it stands in the story's place"
        raise ValidationError(message)
    may_be_written(reason)
    with transaction.atomic():
        end_review(story)
        # The current revision is named by the row, so the row lets go of it first.
        story.latest_revision, story.live_revision = None, None
        story.withdrawn, story.withdrawn_reason = ERASED, reason
        story.live, story.expired, story.has_unpublished_changes = False, False, False
        story.title = story.draft_title = NOTHING_LEFT
        story.standfirst = story.lead_caption = story.dateline = story.address_words = ""
        story.kicker = story.social_text = story.desk_notes = ""
        story.coverage = story.source = story.syndication = ""
        story.translation_of = None
        story.aliases.set([])
        story.topics.set([])
        story.related.set([])
        story.lead, story.body = None, []
        story.bylines.set([])
        story.corrections.set([])
        story.save()
        Revision.objects.for_instance(story).delete()
        PageLogEntry.objects.filter(page=story.pk).update(label=NOTHING_LEFT, data={})
        # Colleagues' comments quote what they are about, and a search index holds it all.
        Comment.objects.filter(page=story.pk).delete()
        PreviewLink.objects.filter(story=story).delete()  # some hold the story as it was
        forgetting.forget(to_version.story_id(story.uuid))
        forget_words(story)
        log(story, ERASE)
        for index in get_search_backends():
            index.delete(story)


def change_address(story: Story, *, words: str) -> None:
    """
    Give a story another address; every address it had leads to it.

    Raises:
        ValidationError: no words are given, the address they make is another story's, or this
            story was never live.

    """
    if not words.strip():
        message = "give the words of the new address"
        raise ValidationError(message)
    may_be_written(words)
    who = acting.current()
    slug = slug_from(words)
    newest = publishing.newest_story(story)
    with transaction.atomic():
        if newest is not None:
            refuse_taken(story, words=slug, at=newest.first_published_at, field="words")
        try:
            press_change_address.change_address(
                to_version.story_id(story.uuid), slug=slug, now=who.now, by=who.by
            )
        except ActRefused as refused:
            raise ValidationError(str(refused)) from refused
        story.address_words = slug
        story.save(clean=False, update_fields=["address_words"])
        log(story, CHANGE_ADDRESS, data={"words": slug})
