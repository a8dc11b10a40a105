"""Tests for stored versions: they stay readable, and an untouched story keeps its bytes."""

import hashlib

import msgspec

from broadsheet.story.lifecycle import erased
from broadsheet.story.records import Coverage, Syndication
from broadsheet.story.versions import content_hash, decoded, encoded
from tests.factories.story import NOON, a_content, a_policy, a_story, a_topic, an_id

# What the release before kickers, topics and the like wrote of a_story().
OLD_BYTES = (
    b'{"record":{"address":"/2026/11/22/story-100/","content":{"body":[{"block":"paragraph",'
    b'"runs":[{"text":"The council met on Tuesday."}]}],"bylines":[{"author":'
    b'"01900000-0000-7000-8000-000000000002","role":""}],"corrections":[],"dateline":"",'
    b'"headline":"Council approves the new tram line","language":"en","lead":null,"section":'
    b'"01900000-0000-7000-8000-000000000001","slug":"council-approves-the-new-tram-line",'
    b'"standfirst":"Work starts in spring."},"first_published_at":"2026-11-22T12:00:00Z",'
    b'"former_addresses":[],"id":"01900000-0000-7000-8000-000000000064","kind":"story",'
    b'"retraction":null,"state":"live","updated_at":"2026-11-22T12:00:00Z"},"schema":1}'
)


def test_old_version_is_read_as_what_it_says_now():
    """A version from before there was more to say is read, equal to a story that says no more."""
    assert a_story() == decoded(OLD_BYTES)


def test_untouched_story_keeps_its_bytes():
    """A story that says nothing new has the bytes, and so the hash, of the release before."""
    assert OLD_BYTES == encoded(a_story())
    assert hashlib.sha256(OLD_BYTES).hexdigest() == content_hash(a_story())


def test_bytes_with_a_default_written_out_are_caught():
    """A record that wrote its new fields out would have another hash, and be found."""
    content = msgspec.structs.asdict(a_content())
    loud = msgspec.defstruct("Loud", [*content], kw_only=True)(**content)

    assert b'"kicker"' in msgspec.json.encode(loud)
    assert b'"kicker"' not in msgspec.json.encode(a_content())


def test_everything_new_comes_back():
    """Whatever a story may say besides its words is kept and read back, and so is a policy."""
    content = a_content(
        kicker="Transport",
        aliases=(an_id(7),),
        topics=(an_id(4),),
        related=(an_id(101),),
        translation_of=an_id(102),
        social_text="Trams!",
        coverage=Coverage.RUNNING,
        source="Reuters",
        syndication=Syndication.REFUSED,
    )

    assert a_story(content=content) == decoded(encoded(a_story(content=content)))
    assert a_topic() == decoded(encoded(a_topic()))
    assert a_policy() == decoded(encoded(a_policy()))


def test_erasing_leaves_no_words_in_any_field():
    """An erased story has nothing but its section and language left, whatever fields there are."""
    full = a_content(
        dateline="HARBOR CITY",
        kicker="Transport",
        aliases=(an_id(7),),
        topics=(an_id(4),),
        related=(an_id(101),),
        translation_of=an_id(102),
        social_text="Trams!",
        coverage=Coverage.RUNNING,
        source="Reuters",
        syndication=Syndication.REFUSED,
    )

    left = erased(a_story(content=full), reason="By order.", now=NOON).content

    plain = msgspec.structs.asdict(left)
    kept = {name for name, value in plain.items() if getattr(value, "value", value)}
    assert {"section", "language"} == kept
