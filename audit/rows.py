"""
Tells what the newsroom has published, from the rows of its log: python -m audit.rows.

Runs in a process of its own, with BROADSHEET_HOME naming the newspaper's home, and prints
one JSON object. What stands here never went through a projection or a template: it is the
truth that pages are compared with.
"""

import json
import os
import sys
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from itertools import chain
from typing import Any

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "broadsheet.config.settings")
django.setup()

from broadsheet.newsroom.models.sizes_wanted import SizesWanted  # noqa: E402
from broadsheet.press import log  # noqa: E402  # Django's models want it set up first
from broadsheet.press.models import LogEntry  # noqa: E402
from broadsheet.projections.addresses import href_of  # noqa: E402  # links are percent-encoded
from broadsheet.story.body import (  # noqa: E402
    Embed,
    Gallery,
    PictureUse,
    PullQuote,
    Update,
    pictures_in,
    text_of,
)
from broadsheet.story.records import (  # noqa: E402
    PAPER,
    Author,
    Picture,
    Policy,
    Section,
    Settings,
    Story,
    StoryContent,
    Topic,
)

_BESIDE = (PictureUse, Gallery, PullQuote, Embed)  # blocks that are not the running text


def main() -> None:
    """Print the rows."""
    json.dump(published(), sys.stdout, ensure_ascii=False)


def published() -> Mapping[str, Any]:
    """Return the newest version of every story, section, author, topic and policy."""
    paper = log.newest("settings", PAPER)
    return {
        "pictures_waiting": SizesWanted.objects.filter(problem="").count(),
        "hub": paper.websub_hub if isinstance(paper, Settings) else "",
        "zone": paper.time_zone if isinstance(paper, Settings) else "UTC",
        "stories": [_story(each) for each in _newest("story") if isinstance(each, Story)],
        "sections": [_place(each) for each in _newest("section") if isinstance(each, Section)],
        "authors": [_place(each) for each in _newest("author") if isinstance(each, Author)],
        "topics": [_place(each) for each in _newest("topic") if isinstance(each, Topic)],
        "policies": [
            href_of(each.address)
            for each in _newest("policy")
            if isinstance(each, Policy) and each.body
        ],
    }


def _newest(kind: str) -> Iterator[object]:
    known = LogEntry.objects.filter(kind=kind).values_list("record_id", flat=True)
    for each in sorted(set(known)):
        yield log.newest(kind, each)


def _place(record: Section | Author | Topic) -> Mapping[str, str]:
    return {"id": record.id, "name": record.name, "address": href_of(record.address)}


def _story(story: Story) -> Mapping[str, Any]:
    content = story.content
    authors = [log.newest("author", byline.author) for byline in content.bylines]
    return {
        "id": story.id,
        "state": story.state.value,
        "address": href_of(story.address),
        "former_addresses": [href_of(each) for each in story.former_addresses],
        "section": content.section,
        "topics": list(content.topics),
        "language": content.language,
        "headline": content.headline,
        "standfirst": content.standfirst,
        "authors": [each.name for each in authors if isinstance(each, Author)],
        "published_at": story.first_published_at.isoformat(),
        "updated_at": story.updated_at.isoformat(),
        "changed_at": _changed_at(story).isoformat(),
        "lead": content.lead.picture if content.lead else "",
        "lead_text": _alternative_text(content.lead),
        "pictures": sum(isinstance(each, PictureUse) for each in content.body),
        "galleries": sum(isinstance(each, Gallery) for each in content.body),
        "updates": sum(isinstance(each, Update) for each in content.body),
        "corrections": [each.text for each in content.corrections],
        "corrected_at": [each.at.isoformat() for each in content.corrections],
        "body": [text_of(each) for each in content.body if not isinstance(each, _BESIDE)],
        "beside": [*_beside(content)],
    }


def _changed_at(story: Story) -> datetime:
    """Return when a story last said something new: itself, in a note or in a live update."""
    said = [each.at for each in story.content.body if isinstance(each, Update)]
    noted = [each.at for each in story.content.corrections]
    return max(story.first_published_at, story.updated_at, *said, *noted)


def _beside(content: StoryContent) -> Iterator[str]:
    """Return what belongs to a story and stands beside its text: some readers take it in."""
    yield from (content.headline, content.standfirst, content.kicker, content.dateline)
    yield from (each.text for each in content.corrections)
    yield from (text_of(each) for each in content.body if isinstance(each, PullQuote | Embed))
    for use in chain(_uses_of(content.lead), *map(pictures_in, content.body)):
        picture = log.newest("picture", use.picture)
        yield use.caption
        if isinstance(picture, Picture):
            yield from (picture.caption, picture.credit)


def _alternative_text(lead: PictureUse | None) -> str:
    picture = log.newest("picture", lead.picture) if lead else None
    return picture.alternative_text if isinstance(picture, Picture) else ""


def _uses_of(lead: PictureUse | None) -> Sequence[PictureUse]:
    return (lead,) if lead else ()


if __name__ == "__main__":
    main()
