"""
What an editor can do without the desk: the same acts on the same rows, for the command line.

A story is named by its id, an address it has or had, or the words of its address.
"""

import re
from collections.abc import Sequence
from datetime import datetime
from html import escape
from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from wagtail.rich_text import RichText

from broadsheet.newsroom import acts, to_version
from broadsheet.newsroom.acting import acting
from broadsheet.newsroom.fields import may_be_written
from broadsheet.newsroom.models import Author, Correction, PaperPage, SectionPage, Story
from broadsheet.newsroom.pictures.waiting import await_first_sizes
from broadsheet.press.models import AssignedAddress
from broadsheet.story.records import CorrectionKind
from broadsheet.story.slugs import slug_from

Replacement = tuple[str, str]  # what stands there, and what shall


class NotInTheNewsroom(LookupError):
    """There is nothing of that name, or more than one thing."""


def find_story(ref: str) -> Story:
    """
    Return the story a person means.

    Raises:
        NotInTheNewsroom: none is meant, or more than one.

    """
    found = list(_stories_named(ref)[:2])
    if not found:
        message = (
            f"no story is called {ref!r}; give its id, its address, or the address's last part"
        )
        raise NotInTheNewsroom(message)
    if len(found) > 1:
        message = f"more than one story is called {ref!r}; give its id or its whole address"
        raise NotInTheNewsroom(message)
    return found[0]


def publish_story(ref: str, *, by: str) -> Story:
    """
    Publish what was saved last of a story.

    Raises:
        NotInTheNewsroom: there is no such story.
        ValidationError: it may not be published as it is.

    """
    story = find_story(ref)
    draft = story.get_latest_revision_as_object()
    await_first_sizes(picture.pk for picture in to_version.pictures_of(draft))
    with acting(by, now=timezone.now()):
        acts.publish_newest(story)
    return Story.objects.get(pk=story.pk)


def correct_story(
    ref: str,
    *,
    text: str,
    kind: CorrectionKind,
    significant: bool,
    replace: Sequence[Replacement] = (),
    by: str,
) -> Story:
    """
    Change the words of a live story and tell readers so, in one version.

    Raises:
        NotInTheNewsroom: there is no such story, or not the words to replace.
        ValidationError: it is not live, has unpublished changes, or may not say that.

    """
    story = find_story(ref)
    if not text.strip():
        message = "give the note: what was wrong, and what is right; readers see it"
        raise ValidationError(message)
    may_be_written(text)
    if not story.live or story.has_unpublished_changes:
        what = "has changes that are not published" if story.live else "is not live"
        message = f"story {story.uuid} {what}; correct it at the desk"
        raise ValidationError(message)
    with acting(by, now=timezone.now()), transaction.atomic():
        for old, new in replace:
            _replace(story, old, new)
        story.corrections.add(Correction(kind=kind.value, text=text, significant=significant))
        story.save_revision().publish()
    return Story.objects.get(pk=story.pk)


def retract_story(ref: str, *, reason: str, by: str) -> Story:
    """
    Withdraw a story for good, and tell readers why.

    Raises:
        NotInTheNewsroom: there is no such story.
        ValidationError: no reason is given, or it was never live.

    """
    story = find_story(ref)
    with acting(by, now=timezone.now()):
        acts.retract(story, reason=reason)
    return story


def erase_story(ref: str, *, reason: str, by: str) -> Story:
    """
    Remove a story's words from the newsroom and the log, because the law asks.

    Raises:
        NotInTheNewsroom: there is no such story.
        ValidationError: no reason is given, or it was never live.

    """
    story = find_story(ref)
    with acting(by, now=timezone.now()):
        acts.erase(story, reason=reason)
    return story


def unpublish_story(ref: str, *, by: str) -> Story:
    """
    Take a live story down to be fixed.

    Raises:
        NotInTheNewsroom: there is no such story.
        ValidationError: it is not live.

    """
    story = find_story(ref)
    if not story.live:
        message = f"story {story.uuid} is not live, so there is nothing to take down"
        raise ValidationError(message)
    with acting(by, now=timezone.now()), transaction.atomic():
        story.unpublish()
    return story


def schedule_story(ref: str, *, at: datetime, by: str) -> Story:
    """
    Have what was saved last of a story published at a time.

    Raises:
        NotInTheNewsroom: there is no such story.
        ValidationError: the time is past, or it may not be published as it is.

    """
    story = find_story(ref)
    now = timezone.now()
    if at <= now:
        message = f"{at:%Y-%m-%d %H:%M} is past; publish the story, or choose a time to come"
        raise ValidationError(message)
    with acting(by, now=now), transaction.atomic():
        draft = story.get_latest_revision_as_object()
        draft.go_live_at = at
        draft.save_revision()
        acts.publish_newest(draft)
    return Story.objects.get(pk=story.pk)


def change_address(ref: str, *, words: str, by: str) -> Story:
    """
    Give a story another address; every address it had leads to it.

    Raises:
        NotInTheNewsroom: there is no such story.
        ValidationError: it was never live.

    """
    story = find_story(ref)
    with acting(by, now=timezone.now()):
        acts.change_address(story, words=words)
    return story


def create_draft(
    *, section: SectionPage, headline: str, body: Sequence[tuple[str, Any]], by: str, **fields: Any
) -> Story:
    """
    Make a draft with one revision; no reader can see it.

    Raises:
        ValidationError: it holds what may not be written.

    """
    with acting(by, now=timezone.now()), transaction.atomic():
        story = Story(title=headline, body=list(body), **fields)
        section.add_child(instance=story)
        story.save_revision()
    return story


def find_section(name: str) -> SectionPage:
    """
    Return the section of this name or slug.

    Raises:
        NotInTheNewsroom: there is none.

    """
    found = _section(name)
    if found is not None:
        return found
    names = SectionPage.objects.order_by("position", "title").values_list("title", flat=True)
    known = ", ".join(names) or "none yet"
    message = f"there is no section “{name}”; the paper's sections: {known}"
    raise NotInTheNewsroom(message)


def _section(name: str) -> SectionPage | None:
    """Return the section of this slug or, since a renamed one keeps its slug, of this name."""
    by_slug = SectionPage.objects.filter(slug=slug_from(name)).first()
    return by_slug or SectionPage.objects.filter(title__iexact=name.strip()).first()


def section_named(name: str, *, by: str, position: int = 0, description: str = "") -> SectionPage:
    """
    Return the section of this name or slug, made live now if there is none.

    Raises:
        NotInTheNewsroom: the paper has not been set up.
        ValidationError: its address belongs to something else.

    """
    found = _section(name)
    if found is not None:
        return found
    slug = slug_from(name)
    paper = PaperPage.objects.first()
    if paper is None:
        message = "the paper has not been set up; run `broadsheet init`"
        raise NotInTheNewsroom(message)
    section = SectionPage(title=name, slug=slug, position=position, description=description)
    with acting(by, now=timezone.now()):
        paper.add_child(instance=section)
    return section


def author_named(name: str, *, by: str, **fields: str) -> Author:
    """Return the author of this name, made now if there is none."""
    found = Author.objects.filter(name=name).first()
    if found is not None:
        return found
    author = Author(name=name, **fields)
    author.full_clean()
    with acting(by, now=timezone.now()):
        author.save()
    return author


def _stories_named(ref: str) -> Any:
    try:
        return Story.objects.filter(uuid=UUID(ref))
    except ValueError:
        pass
    addresses = AssignedAddress.objects.filter(kind="story")
    if ref.startswith("/"):
        addresses = addresses.filter(address__in=(ref, f"/{ref.strip('/')}/"))
    else:
        addresses = addresses.filter(address__endswith=f"/{ref}/")
    ids = list(addresses.values_list("record_id", flat=True))
    if ids:
        return Story.objects.filter(uuid__in=ids)
    return Story.objects.filter(address_words=ref) if ref else Story.objects.none()


def _replace(story: Story, old: str, new: str) -> None:
    """Replace words that stand in exactly one place of headline, standfirst or running text."""
    sources = [c.value.source if c.block_type == "text" else "" for c in story.body]
    marked_up = escape(old, quote=False)
    places = [story.title.count(old), story.standfirst.count(old)]
    places += [len(_in_text(marked_up).findall(source)) for source in sources]
    if sum(places) != 1:
        message = (
            f"“{old}” stands in {sum(places)} places of story {story.uuid}; "
            "give words that stand in exactly one"
        )
        raise NotInTheNewsroom(message)
    story.title = story.title.replace(old, new)
    story.standfirst = story.standfirst.replace(old, new)
    for number, source in enumerate(sources):
        changed = _in_text(marked_up).sub(lambda _: escape(new, quote=False), source)
        if changed != source:
            story.body[number] = ("text", RichText(changed))


def _in_text(marked_up: str) -> re.Pattern[str]:
    """Return a pattern of words where readers see them: not inside a tag."""
    return re.compile(rf"{re.escape(marked_up)}(?![^<>]*>)")
