"""
Fills an empty home with a small newspaper of our own writing, through the same acts as any.

Most stories are taken over with older dates; some are published now, so that posts go
out; one is corrected, one retracted, one scheduled for tomorrow.
"""

from datetime import datetime, timedelta
from importlib import resources
from typing import Any, NamedTuple

from django.conf import settings
from django.core.files.base import ContentFile
from django.db import transaction
from wagtail.models import Page, Site
from wagtail.rich_text import RichText

from broadsheet.media.illustrations import illustration
from broadsheet.newsroom import acts, commands
from broadsheet.newsroom.acting import acting
from broadsheet.newsroom.acting import current as acting_now
from broadsheet.newsroom.commands import NotInTheNewsroom
from broadsheet.newsroom.fronts.demo import arrange_fronts
from broadsheet.newsroom.models import (
    Author,
    Byline,
    PaperPage,
    PaperSettings,
    Picture,
    Story,
)
from broadsheet.newsroom.pictures import making
from broadsheet.newsroom.publishing import TakenOver
from broadsheet.newsroom.roles.readying import ready_roles
from broadsheet.newsroom.writing.demo_body import body_of
from broadsheet.newsroom.writing.demo_places import place
from broadsheet.story.records import CorrectionKind

BY = "demo"
NAME = "The Harbor Light"
TAGLINE = "News of Kestrel Bay and beyond"
ZONE = "Africa/Lagos"
SECTIONS = ("World", "City", "Business", "Culture", "Sport")
AUTHORS = {
    "Amara Okoye": "City editor",
    "Tobi Lawal": "City reporter",
    "Salma Haddad": "World editor",
    "Daniel Reyes": "Correspondent",
    "Kavitha Selvan": "Reporter",
    "Lin Yue": "Business and culture reporter",
}
CREDIT = "Illustration: The Harbor Light"
CORRECTION = (
    "Eleven goats sailed on the first ferry, not nine. Two had been counted as hand luggage."
)
RETRACTION = (
    "Only one of the two villages confirmed what we reported about the well. "
    "We should have asked both before we published, and have withdrawn the story."
)


class Copy(NamedTuple):
    """One story as it stands in the file."""

    headline: str
    facts: dict[str, str]
    standfirst: str
    body: tuple[tuple[str, Any], ...]


def make_demo(*, now: datetime) -> None:
    """
    Make the demo newspaper in an empty home.

    Raises:
        NotInTheNewsroom: there is a newspaper here already.

    """
    if Story.objects.exists():
        message = "there is a newspaper here already; the demo wants an empty home"
        raise NotInTheNewsroom(message)
    with acting(BY, now=now):
        set_up_paper(name=NAME, tagline=TAGLINE, zone=ZONE)
        sections = {
            name.lower(): commands.section_named(name, by=BY, position=number)
            for number, name in enumerate(SECTIONS, start=1)
        }
        authors = {
            name: commands.author_named(name, by=BY, role=role) for name, role in AUTHORS.items()
        }
        pictures = _pictures()
        copies = _copies(pictures=pictures, now=now)
        known: dict[str, Story] = {}
        for copy in sorted(copies, key=lambda copy: -int(copy.facts["hours"])):
            story = _draft(copy, authors=authors, pictures=pictures)
            place(story, copy.facts, sections=sections, known=known)
            sections[copy.facts["section"]].add_child(instance=story)
            story.save_revision()
            known[copy.headline] = story
            _carry_out(story, copy, now=now)
        arrange_fronts()


def set_up_paper(*, name: str, tagline: str, zone: str, language: str = "en") -> PaperPage:
    """Give an empty home the top of its tree and its settings; what is there stays."""
    paper = PaperPage.objects.first()
    with transaction.atomic():
        if paper is None:
            root = Page.get_first_root_node()
            paper = root.add_child(instance=PaperPage(title=name, slug="paper"))
            welcome = Site.objects.filter(is_default_site=True).first()
            Site.objects.update_or_create(
                is_default_site=True, defaults={"hostname": "localhost", "root_page": paper}
            )
            if welcome is not None and not isinstance(welcome.root_page.specific, PaperPage):
                welcome.root_page.delete()  # Wagtail's own welcome page.
        row = PaperSettings.load()
        if not row.name:
            row.name, row.tagline, row.time_zone, row.language = name, tagline, zone, language
            row.base_url = settings.BASE_URL
            row.full_clean()
            row.save()
        ready_roles()  # They are permitted the paper's pages, which were not there before.
    return paper


def _carry_out(story: Story, copy: Copy, *, now: datetime) -> None:
    match copy.facts.get("then", ""):
        case "":
            take_over(story, at=now - timedelta(hours=int(copy.facts["hours"])))
        case "publish":
            acts.publish_newest(story)
        case "schedule":
            draft = story.get_latest_revision_as_object()
            draft.go_live_at = (now + timedelta(days=1)).replace(minute=0, second=0, microsecond=0)
            draft.save_revision().publish()
        case "correct":
            acts.publish_newest(story)
            commands.correct_story(
                str(story.uuid),
                text=CORRECTION,
                kind=CorrectionKind.CORRECTION,
                significant=False,
                replace=[("nine goats", "eleven goats")],
                by=BY,
            )
        case "retract":
            acts.publish_newest(story)
            acts.retract(Story.objects.get(pk=story.pk), reason=RETRACTION)
        case unknown:
            message = f"the demo's copy says “then: {unknown}” of “{copy.headline}”"
            raise LookupError(message)


def take_over(story: Story, *, at: datetime) -> None:
    """
    Publish a draft as what it was elsewhere: with its date, and without posts.

    Raises:
        ValidationError: it may not be published as it is.

    """
    with transaction.atomic():
        story.taken_over = TakenOver(first_published_at=at, address=None)
        story.live, story.has_unpublished_changes = True, False
        story.live_revision = story.latest_revision
        story.first_published_at = at  # type: ignore[assignment]  # untyped in Wagtail
        story.last_published_at = at  # type: ignore[assignment]  # untyped in Wagtail
        story.save()


def _draft(
    copy: Copy,
    *,
    authors: dict[str, Author],
    pictures: dict[str, Picture],
) -> Story:
    story = Story(
        title=copy.headline,
        standfirst=copy.standfirst,
        body=[(kind, _rich(kind, value)) for kind, value in copy.body],
        dateline=copy.facts.get("dateline", ""),
        language=copy.facts.get("language", ""),
        lead=pictures.get(copy.facts.get("picture", "")),
    )
    for number, name in enumerate(copy.facts["by"].split("; ")):
        story.bylines.add(Byline(author=authors[name], sort_order=number))
    return story


def _rich(kind: str, value: Any) -> Any:
    """Return a block's value with its running text as rows hold it."""
    if kind == "text":
        return RichText(value)
    if kind in {"fact_box", "update"}:
        return value | {"text": RichText(value["text"])}
    return value


def _pictures() -> dict[str, Picture]:
    found = {}
    for entry in _file("pictures.txt").split("\n\n"):
        scene, alternative_text, caption = entry.strip().split("\n")
        picture = Picture(
            title=scene,
            file=ContentFile(illustration(scene), name=f"{scene}.png"),
            alternative_text=alternative_text,
            caption=caption,
            credit=CREDIT,
        )
        picture.save()
        found[scene] = picture
    # Posts carry the pictures, so these are made before the stories go out.
    making.make_some(now=acting_now().now, is_first_only=True, is_stopping=lambda: False)
    return found


def _copies(*, pictures: dict[str, Picture], now: datetime) -> list[Copy]:
    return [
        _copy(text.strip(), pictures=pictures, now=now)
        for text in _file("stories.txt").split("\n===\n")
    ]


def _copy(text: str, *, pictures: dict[str, Picture], now: datetime) -> Copy:
    head, standfirst, *rest = text.split("\n\n")
    headline, *facts = head.split("\n")
    pairs = dict(line.split(": ", 1) for line in facts)
    return Copy(headline, pairs, standfirst, body_of(rest, pictures=pictures, now=now))


def _file(name: str) -> str:
    return resources.files("broadsheet.newsroom").joinpath("demo_copy", name).read_text("utf-8")
