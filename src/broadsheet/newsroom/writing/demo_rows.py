"""Makes rows of the demo's copy: drafts with their bylines, and their places beside others."""

from collections.abc import Mapping
from typing import Any, NamedTuple

from wagtail.rich_text import RichText

from broadsheet.newsroom.models import (
    Author,
    Byline,
    Picture,
    RelatedStory,
    SectionPage,
    Story,
    StoryTopic,
    Topic,
)
from broadsheet.newsroom.writing.demo_body import Around, Blocks, body_of
from broadsheet.newsroom.writing.demo_files import Entry

_WITH_TEXT = {"fact_box", "update"}


class Paper(NamedTuple):
    """What the demo has made already, by name; stories by headline."""

    sections: Mapping[str, SectionPage]
    authors: Mapping[str, Author]
    topics: Mapping[str, Topic]
    pictures: Mapping[str, Picture]
    stories: dict[str, Story]


def as_rows(blocks: Blocks) -> list[tuple[str, Any]]:
    """Return a body's blocks with their running text as rows hold it."""
    return [(kind, _as_row(kind, value)) for kind, value in blocks]


def draft(copy: Entry, paper: Paper, around: Around) -> Story:
    """
    Make a draft of a story's copy, in its section; what stands at the story is set, too.

    Raises:
        LookupError: it names somebody or something that is not there.

    """
    standfirst, *parts = copy.parts
    facts = copy.facts
    original = facts.get("translation of")
    story = Story(
        title=copy.title,
        standfirst=standfirst,
        body=as_rows(body_of(parts, around=around)),
        kicker=facts.get("kicker", ""),
        dateline=facts.get("dateline", ""),
        language=facts.get("language", ""),
        lead=paper.pictures[facts["picture"]] if "picture" in facts else None,
        lead_caption=facts.get("caption", ""),
        social_text=facts.get("social", ""),
        coverage=facts.get("coverage", ""),
        syndication=facts.get("syndication", ""),
        translation_of=paper.stories[original] if original else None,
    )
    _place(story, copy, paper)
    paper.sections[facts["section"]].add_child(instance=story)
    story.save_revision()
    return story


def _place(story: Story, copy: Entry, paper: Paper) -> None:
    for number, name in enumerate(copy.several("by")):
        story.bylines.add(Byline(author=paper.authors[name], sort_order=number))
    for number, name in enumerate(copy.several("topics")):
        story.topics.add(StoryTopic(topic=paper.topics[name], sort_order=number))
    for number, headline in enumerate(copy.several("related")):
        story.related.add(RelatedStory(to=paper.stories[headline], sort_order=number))
    if "also" in copy.facts:
        story.aliases.set([paper.sections[name] for name in copy.several("also")])


def _as_row(kind: str, value: Any) -> Any:
    if kind == "text":
        return RichText(value)
    if kind in _WITH_TEXT:
        return value | {"text": RichText(value["text"])}
    return value
