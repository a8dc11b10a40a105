"""What a random newsroom does to a story's places: second sections, topics, relations."""

from collections.abc import Callable
from typing import Any

import msgspec
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, rule

from broadsheet.press import log
from broadsheet.press.actions import edit, publish
from broadsheet.story.ids import SectionId, StoryId, TopicId
from broadsheet.story.records import Story, StoryContent
from tests.factories.story import an_id
from tests.properties.draws import LANGUAGES, PICK, WORDS, one_of


class Placing(RuleBasedStateMachine):
    """The acts that place stories, of a paper that knows how to act."""

    stories: list[StoryId]
    sections: list[SectionId]
    _act: Callable[..., None]
    _content: Callable[..., StoryContent]
    _next_id: Callable[[], str]

    def __init__(self) -> None:
        """Begin with the name of one topic."""
        super().__init__()
        self.topics = [TopicId(an_id(4))]

    @rule(
        story=PICK,
        other=PICK,
        what=st.sampled_from(
            ["alias", "topics", "topics", "related", "translation", "translation", "social", "none"]
        ),
    )
    def place_story(self, *, story: int, other: int, what: str) -> None:
        """List a story elsewhere, on topics, beside others; or nowhere any more."""
        known = log.newest("story", one_of(self.stories[-3:], story))
        if isinstance(known, Story):
            content = self._placed(known, what=what, other=other)
            self._act(publish.publish, known.id, content, significant=False)

    @rule(words=WORDS, language=LANGUAGES)
    def translate_story(self, *, words: str, language: str) -> None:
        """Publish a translation of the newest story."""
        self._translate(words, language)

    @rule(name=WORDS, slug=st.sampled_from(["", "trams", "who"]))
    def follow_topic(self, *, name: str, slug: str) -> None:
        """Have the newest story on the first topic; if it is on it already, rename the topic."""
        topic, known = self.topics[0], log.newest("story", self.stories[-1])
        if not isinstance(known, Story) or topic in known.content.topics:
            self._act(edit.edit_topic, topic, name=name, slug=slug, description=name)
            return
        if log.newest("topic", topic) is None:
            self._act(edit.edit_topic, topic, name=name, slug=slug, description=name)
        content = msgspec.structs.replace(known.content, topics=(topic,))
        self._act(publish.publish, known.id, content, significant=False)

    @rule(language=LANGUAGES)
    def say_language(self, *, language: str) -> None:
        """Have the newest translation be in another language; the first time, there be one."""
        for story in reversed(self.stories):
            known = log.newest("story", story)
            if isinstance(known, Story) and known.content.translation_of:
                content = msgspec.structs.replace(known.content, language=language)
                self._act(publish.publish, known.id, content, significant=False)
                return
        self._translate("again", language)

    @rule(
        topic=PICK,
        name=WORDS,
        slug=st.sampled_from(["", "trams", "who"]),
        is_new=st.sampled_from([False, False, False, True]),
    )
    def edit_topic(self, *, topic: int, name: str, slug: str, is_new: bool) -> None:
        """Rename, move or add a topic."""
        if is_new and len(self.topics) < 3:
            self.topics.append(TopicId(self._next_id()))
            topic = len(self.topics) - 1
        picked = one_of(self.topics, topic)
        self._act(edit.edit_topic, picked, name=name, slug=slug, description=name)

    def _translate(self, words: str, language: str) -> None:
        story, original = StoryId(self._next_id()), self.stories[-1]
        self.stories.append(story)
        content = self._content(words=words, section=0, lead=0, author=0)
        written = msgspec.structs.replace(content, language=language, translation_of=original)
        self._act(publish.publish, story, written, significant=False)

    def _placed(self, known: Story, *, what: str, other: int) -> StoryContent:
        story = one_of(self.stories[-4:], other)
        original = story if story != known.id and other % 3 else None
        changes: dict[str, dict[str, Any]] = {
            "alias": {"aliases": tuple(self.sections[: other % 3])},
            "topics": {"topics": tuple(self.topics[: 1 + other % 3])},
            "related": {"related": tuple(self.stories[-1 - other % 4 :])},
            "translation": {"translation_of": original},
            "social": {"social_text": f"Read {other}"},
            "none": {"aliases": (), "topics": (), "related": (), "translation_of": None},
        }
        return msgspec.structs.replace(known.content, **changes[what])
