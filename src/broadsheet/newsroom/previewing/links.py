"""
Makes, revokes and opens links to a draft for people without an account.

A link is 256 random bits, kept as their hash: who reads the database cannot open a draft.
It shows what was saved last, or, pinned, the story as it was when the link was made.
"""

import hashlib
import hmac
import secrets
from datetime import datetime, timedelta
from typing import NamedTuple

from django.contrib.auth import get_user_model
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import F
from wagtail.log_actions import log

from broadsheet.newsroom import acting, publishing, to_version
from broadsheet.newsroom.models.preview_link import PreviewLink
from broadsheet.newsroom.models.story import Story
from broadsheet.newsroom.paper_time import in_paper_time
from broadsheet.story.records import StoryState

TOKEN_BYTES = 32
DAYS = (1, 3, 7, 14, 30)  # how long a link may live
USUAL_DAYS = 7
LOGGED_EVERY = timedelta(minutes=10)  # openings in between are counted, not logged one by one

MADE, REVOKED, OPENED = (f"newsroom.preview_link.{what}" for what in ("made", "revoked", "opened"))

WHOEVER_HAS_IT = "preview link"  # who opens one is not signed in; no user's name has a space

_WITHDRAWN = {StoryState.RETRACTED, StoryState.ERASED}


class Wanted(NamedTuple):
    """What an editor asks for."""

    note: str
    days: int
    is_pinned: bool
    may_show_embargoed: bool


class Made(NamedTuple):
    """A new link and its token, which nobody can be told again."""

    link: PreviewLink
    token: str


def make(story: Story, wanted: Wanted) -> Made:
    """
    Make a link to a story's draft.

    Raises:
        ValidationError: the story is withdrawn, or embargoed and nobody said that this is meant.

    """
    if is_withdrawn(story):
        message = "this story was withdrawn; nobody is shown it any more"
        raise ValidationError(message)
    who, newest = acting.current(), newest_of(story)
    embargo = embargoed_until(newest)
    if embargo and is_embargoed(newest, now=who.now) and not wanted.may_show_embargoed:
        message = (
            f"the story, or a picture in it, is embargoed until {in_paper_time(embargo)}; "
            "say that whoever has the link may see it before"
        )
        raise ValidationError({"may_show_embargoed": message})
    token = secrets.token_urlsafe(TOKEN_BYTES)
    with transaction.atomic():
        link = PreviewLink.objects.create(
            story=story,
            token_hash=hash_of(token),
            note=wanted.note,
            made_by=who.by,
            made_at=who.now,
            expires_at=who.now + timedelta(days=wanted.days),
            pinned=newest.serializable_data() if wanted.is_pinned else None,
            may_show_embargoed=wanted.may_show_embargoed,
        )
        _log(link, MADE, embargoed=is_embargoed(newest, now=who.now))
    return Made(link, token)


def revoke(link: PreviewLink) -> None:
    """Have a link show nothing from now on; a second time changes nothing."""
    if link.revoked_at is not None:
        return
    who = acting.current()
    with transaction.atomic():
        link.revoked_by, link.revoked_at = who.by, who.now
        link.save(update_fields=["revoked_by", "revoked_at"])
        _log(link, REVOKED)


def found(token: str) -> PreviewLink | None:
    """Return the link with a token, None if there is none; open or not."""
    hashed = hash_of(token)
    link = PreviewLink.objects.select_related("story").filter(token_hash=hashed).first()
    # A database may compare texts more loosely than bytes; this compares all of them, always.
    return link if link is not None and hmac.compare_digest(link.token_hash, hashed) else None


def why_closed(link: PreviewLink, *, now: datetime) -> str:
    """Return why a link shows nothing, "" if it shows its story."""
    if link.revoked_at is not None:
        return "revoked"
    if link.expires_at <= now:
        return "ended"
    if _has_left(link.made_by):
        return "its maker has left"
    if is_withdrawn(link.story):
        return "story withdrawn"
    drafts = (newest_of(link.story), shown_by(link))
    if not link.may_show_embargoed and any(is_embargoed(each, now=now) for each in drafts):
        return "embargoed since"
    return ""


def shown_by(link: PreviewLink) -> Story:
    """Return the story as a link shows it."""
    if link.pinned is None:
        return newest_of(link.story)
    return link.story.with_content_json(link.pinned)


def note_opening(link: PreviewLink) -> None:
    """Count that a link was opened, and log it unless that was done a moment ago."""
    now, before = acting.current().now, link.last_opened_at
    with acting.acting(WHOEVER_HAS_IT, now=now), transaction.atomic():
        PreviewLink.objects.filter(pk=link.pk).update(opened=F("opened") + 1, last_opened_at=now)
        if before is None or now - before >= LOGGED_EVERY:
            _log(link, OPENED)


def newest_of(story: Story) -> Story:
    """Return what was saved last of a story."""
    newest: Story = story.get_latest_revision_as_object()
    return newest


def is_embargoed(story: Story, *, now: datetime) -> bool:
    """Say whether a story, or a picture in it, is to be nowhere yet."""
    until = embargoed_until(story)
    return until is not None and until > now


def embargoed_until(story: Story) -> datetime | None:
    """Return when the last embargo on a story, and on the pictures it shows, ends."""
    pictures = to_version.pictures_of(story)
    times = (story.embargo_until, *(picture.embargo_until for picture in pictures))
    return max((at for at in times if at is not None), default=None)


def is_withdrawn(story: Story) -> bool:
    """Say whether a story was retracted or erased."""
    newest = publishing.newest_story(story)
    return bool(story.withdrawn) or (newest is not None and newest.state in _WITHDRAWN)


def hash_of(token: str) -> str:
    """Return what is kept of a token."""
    return hashlib.sha256(token.encode("utf-8", "surrogatepass")).hexdigest()


def _has_left(name: str) -> bool:
    return bool(get_user_model().objects.filter(username=name, is_active=False).exists())


def _log(link: PreviewLink, action: str, **said: object) -> None:
    data = {
        "link": link.pk,
        "note": link.note,
        "until": link.expires_at.isoformat(timespec="minutes"),
        "pinned": link.pinned is not None,
        "may_show_embargoed": link.may_show_embargoed,
        **said,
    }
    log(instance=link.story, action=action, data=data)
