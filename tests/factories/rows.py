"""Saves the newsroom's rows with plain defaults; a test names only what matters to it."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.contrib.auth import get_user_model
from wagtail.models import Page, Site
from wagtail.rich_text import RichText

from broadsheet.newsroom.acting import acting
from broadsheet.newsroom.models import (
    Author,
    Byline,
    PaperPage,
    PaperSettings,
    SectionPage,
    Story,
)
from broadsheet.newsroom.paper_time import paper_zone
from broadsheet.newsroom.roles.members import give_role
from broadsheet.newsroom.roles.names import Role


def a_paper(**changes: Any) -> PaperPage:
    """Return the top of the tree of a paper that has its settings; there is one."""
    existing = PaperPage.objects.first()
    if existing is not None:
        return existing
    paper = Page.get_first_root_node().add_child(
        instance=PaperPage(title="The Daily Test", slug="paper")
    )
    Site.objects.update_or_create(
        is_default_site=True, defaults={"hostname": "localhost", "root_page": paper}
    )
    settings = PaperSettings.load()
    settings.name = "The Daily Test"
    settings.base_url = "https://paper.example"
    settings.time_zone = "Europe/Berlin"
    for field, value in changes.items():
        setattr(settings, field, value)
    settings.save()
    return paper


def typed(at: datetime) -> str:
    """Return a time as somebody types it at the desk: by the paper's clock."""
    return f"{at.astimezone(paper_zone()):%Y-%m-%d %H:%M}"


def a_section_row(name: str = "World", **changes: Any) -> SectionPage:
    """Return a live section."""
    fields = {"slug": name.lower(), **changes}
    return a_paper().add_child(instance=SectionPage(title=name, **fields))


def an_author_row(name: str = "Ada Reporter", **changes: Any) -> Author:
    """Return an author who is in the log."""
    return Author.objects.create(name=name, **changes)


def a_draft(section: SectionPage | None = None, **changes: Any) -> Story:
    """Return a story no reader can see, with one revision."""
    fields: dict[str, Any] = {
        "title": "Council approves the new tram line",
        "body": [("text", RichText("<p>The council met on Tuesday.</p>"))],
        **changes,
    }
    story = Story(**fields)
    (section or SectionPage.objects.first() or a_section_row()).add_child(instance=story)
    story.save_revision()
    return story


def a_live_story(
    section: SectionPage | None = None,
    *,
    by: str = "ada",
    now: datetime | None = None,
    **changes: Any,
) -> Story:
    """Return a story published through its revision, as the desk does."""
    story = a_draft(section, **changes)
    if now is None:
        story.get_latest_revision().publish()
    else:
        with acting(by, now=now):
            story.get_latest_revision().publish()
    return Story.objects.get(pk=story.pk)


def with_byline(story: Story, author: Author, *, role: str = "") -> Story:
    """Return a story to whose byline an author was added; not saved."""
    story.bylines.add(Byline(author=author, role=role))
    return story


def a_person(name: str, role: Role, *, sections: Sequence[SectionPage] = ()) -> Any:
    """Return somebody with a role, as the desk reads them when they sign in."""
    users = get_user_model()._default_manager
    person = users.filter(username=name).first() or users.create_user(username=name)
    give_role(person, role, sections=sections)
    return users.get(pk=person.pk)
