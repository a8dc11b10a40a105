"""Places the demo's stories beside each other, as their copy says: topics, sections, relations."""

from collections.abc import Mapping

from broadsheet.newsroom.models import RelatedStory, SectionPage, Story, StoryTopic, Topic


def place(
    story: Story,
    facts: Mapping[str, str],
    *,
    sections: Mapping[str, SectionPage],
    known: Mapping[str, Story],
) -> None:
    """Give a story that is not saved yet what its copy says of its places."""
    story.kicker = facts.get("kicker", "")
    story.social_text = facts.get("social", "")
    original = facts.get("translation of")
    story.translation_of = known[original] if original else None
    if "also" in facts:
        story.aliases.set([sections[facts["also"]]])
    for number, name in enumerate(_several(facts, "topics")):
        topic, _ = Topic.objects.get_or_create(name=name)
        story.topics.add(StoryTopic(topic=topic, sort_order=number))
    for number, headline in enumerate(_several(facts, "related")):
        story.related.add(RelatedStory(to=known[headline], sort_order=number))


def _several(facts: Mapping[str, str], name: str) -> list[str]:
    return facts[name].split("; ") if name in facts else []
