"""
Fills an empty home with a newspaper of our own writing, through the same acts as any.

Most stories are taken over with older dates; some are published now, so that posts go
out; one is corrected, one retracted, one scheduled for tomorrow, one under embargo.
"""

from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db import transaction
from wagtail.models import Page, Site

from broadsheet.newsroom import acts, commands
from broadsheet.newsroom.acting import acting
from broadsheet.newsroom.commands import NotInTheNewsroom
from broadsheet.newsroom.fronts.demo import arrange_fronts
from broadsheet.newsroom.models import (
    Author,
    PaperPage,
    PaperSettings,
    Picture,
    Policy,
    Story,
    Topic,
)
from broadsheet.newsroom.pictures.demo import take_in_pictures
from broadsheet.newsroom.publishing import TakenOver
from broadsheet.newsroom.roles.readying import ready_roles
from broadsheet.newsroom.writing import demo_files
from broadsheet.newsroom.writing.demo_body import Around
from broadsheet.newsroom.writing.demo_files import Entry
from broadsheet.newsroom.writing.demo_rows import Paper, as_rows, draft
from broadsheet.story.records import CorrectionKind

BY = "demo"
NAME = "The Harbor Light"
TAGLINE = "News of Kestrel Bay and beyond"
PROFILES = "https://social.example/@harborlight\nhttps://photos.example/harborlight"  # invented
ZONE = "Africa/Lagos"
CORRECTION = (
    "Eleven goats sailed on the first ferry, not nine. Two had been counted as hand luggage."
)
RETRACTION = (
    "Only one of the two villages confirmed what we reported about the well. "
    "We should have asked both before we published, and have withdrawn the story."
)


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
        set_up_paper(name=NAME, tagline=TAGLINE, zone=ZONE, profiles=PROFILES)
        pictures = take_in_pictures()
        paper = Paper(
            sections={
                entry.title.lower(): commands.section_named(
                    entry.title, by=BY, position=number, description=entry.parts[0]
                )
                for number, entry in enumerate(demo_files.entries("sections"), start=1)
            },
            authors={
                entry.title: _author(entry, pictures[entry.facts["avatar"]])
                for entry in demo_files.entries("authors")
            },
            topics={
                entry.title: Topic.objects.create(name=entry.title, description=entry.parts[0])
                for entry in demo_files.entries("topics")
            },
            pictures=pictures,
            stories={},
        )
        for copy in demo_files.stories():
            story = draft(copy, paper, _around(copy, paper, now=now))
            paper.stories[copy.title] = story
            _carry_out(story, copy, now=now)
        for purpose, (title, blocks) in demo_files.policies().items():
            Policy.objects.create(purpose=purpose, title=title, body=as_rows(blocks))
        arrange_fronts()


def _author(entry: Entry, avatar: Picture) -> Author:
    author = Author(
        name=entry.title,
        role=entry.facts["role"],
        bio=entry.parts[0],
        links="\n".join(entry.several("links")),
        avatar=avatar,
    )
    author.full_clean()
    author.save()
    return author


def _around(copy: Entry, paper: Paper, *, now: datetime) -> Around:
    return Around(
        pictures=paper.pictures,
        pages={headline: story.pk for headline, story in paper.stories.items()},
        began_at=_began_at(copy, now=now),
    )


def _began_at(copy: Entry, *, now: datetime) -> datetime:
    """Return when a story began: some hours ago, or days ago by the clock: “2 days 19:40”."""
    told = copy.facts.get("began", copy.facts["hours"])
    days, _, clock = told.partition(" days ")
    if not clock:
        return now - timedelta(hours=float(told))
    at = time.fromisoformat(clock)
    day = now.astimezone(ZoneInfo(ZONE)).date() - timedelta(days=int(days))
    return datetime.combine(day, at, ZoneInfo(ZONE)).astimezone(UTC)


def set_up_paper(
    *, name: str, tagline: str, zone: str, language: str = "en", profiles: str = ""
) -> PaperPage:
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
            row.base_url, row.profiles = settings.BASE_URL, profiles
            row.full_clean()
            row.save()
        ready_roles()  # They are permitted the paper's pages, which were not there before.
    return paper


def _carry_out(story: Story, copy: Entry, *, now: datetime) -> None:
    match copy.facts.get("then", ""):
        case "":
            take_over(story, at=_began_at(copy, now=now))
        case "publish":
            acts.publish_newest(story)
        case "schedule":
            commands.schedule_story(str(story.uuid), at=_at_the_hour(now, days=1), by=BY)
        case "embargo":
            embargoed = story.get_latest_revision_as_object()
            embargoed.embargo_until = _at_the_hour(now, days=2)
            embargoed.save_revision()
            acts.publish_newest(embargoed)  # which schedules it for the end of its embargo
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
            message = f"the demo's copy says “then: {unknown}” of “{copy.title}”"
            raise LookupError(message)


def _at_the_hour(now: datetime, *, days: int) -> datetime:
    return (now + timedelta(days=days)).replace(minute=0, second=0, microsecond=0)


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
