"""What posts on networks say."""

import json

import pytest

from broadsheet.projections.facets import StoryCard
from broadsheet.projections.facts import Facts
from broadsheet.projections.posts import (
    Delivery,
    Payload,
    correction_post,
    first_post,
    retraction_notice_post,
)
from broadsheet.story.body import PictureUse
from broadsheet.story.ids import PictureId, Sha256
from broadsheet.story.lifecycle import retracted
from broadsheet.story.records import (
    Correction,
    CorrectionKind,
    Picture,
    Record,
    Rendition,
    Story,
)
from broadsheet.story.textrule import BLUESKY, X, measure
from tests.factories.story import NOON, a_content, a_picture, a_story, an_id

DELIVERY = Delivery("https://paper.example", "abcd2345", BLUESKY)
LINK = "https://paper.example/2026/11/22/story-100/?d=abcd2345"
PICTURE = PictureId(an_id(3))
LEAD = PictureUse(picture=PICTURE, caption="")


class OneStory:
    """A state that knows one story."""

    def __init__(self, story: Story) -> None:
        """Hold the story."""
        self._story = story

    def record(self, kind: str, record_id: str) -> Record | None:
        """Return the story if it is asked for."""
        return self._story if (kind, record_id) == ("story", self._story.id) else None


def card_of(story: Story) -> StoryCard:
    """Return the facet of a story that posts are made from."""
    card = Facts(OneStory(story)).story_card(story.id)
    assert card is not None
    return card


def the_first_post(
    *, words: str = "", delivery: Delivery = DELIVERY, picture: Picture | None = None
) -> Payload:
    """Return the post of a story with a lead picture."""
    card = card_of(a_story(content=a_content(lead=LEAD)))
    return first_post(
        card,
        words=words,
        hashtags=(),
        pictures={PICTURE: picture or a_picture()},
        delivery=delivery,
    )


def test_first_post_says_headline_link_card_and_picture():
    """A post without social text says the headline, and the link on a line of its own."""
    post = json.loads(the_first_post().data)

    expected = {
        "text": f"Council approves the new tram line\n{LINK}",
        "link": LINK,
        "card": {
            "title": "Council approves the new tram line",
            "description": "Work starts in spring.",
            "link": LINK,
            "picture": "ab" * 32,
        },
        "pictures": [{"sha256": "ab" * 32, "alternative_text": "A tram crossing a bridge"}],
        "language": "en",
    }
    assert expected == post


def test_payload_is_canonical_and_names_its_rules():
    """Keys are sorted, text is UTF-8 as written, and the ledger learns rule and template."""
    payload = the_first_post(words="Straßenbahn für Tāmaki")

    assert payload.data.startswith(b'{"card":{"description":')
    assert "Straßenbahn für Tāmaki".encode() in payload.data
    assert "post-1 bluesky-1" == payload.rules


def test_equal_posts_have_equal_fingerprints():
    """The fingerprint is of the bytes: another word, or another delivery, is another post."""
    fingerprints = [
        the_first_post().fingerprint,
        the_first_post().fingerprint,
        the_first_post(words="Tram!").fingerprint,
        the_first_post(delivery=DELIVERY._replace(delivery_id="wxyz6789")).fingerprint,
    ]

    assert fingerprints[0] == fingerprints[1]
    assert 3 == len(set(fingerprints))


def test_social_text_is_fitted_and_the_link_is_whole():
    """A social text that is too long for X ends with an ellipsis, and the link follows."""
    delivery = DELIVERY._replace(base_url="https://paper.com", rule=X)

    text = json.loads(the_first_post(words="tram " * 90, delivery=delivery).data)["text"]

    assert text.endswith("…\nhttps://paper.com/2026/11/22/story-100/?d=abcd2345")
    assert measure(text, X).fits


@pytest.mark.parametrize(
    ("rule", "link"),
    [
        (BLUESKY, "https://paper.com/2026/11/22/خبر/?d=abcd2345"),
        (X, "https://paper.com/2026/11/22/%D8%AE%D8%A8%D8%B1/?d=abcd2345"),
    ],
    ids=["Bluesky", "X"],
)
def test_link_in_another_script_is_one_link_everywhere(rule, link):
    """X would end the link before an Arabic word, so it gets the encoded form; others do not."""
    card = card_of(a_story(address="/2026/11/22/خبر/"))
    delivery = Delivery("https://paper.com", "abcd2345", rule)

    payload = first_post(card, words="خبر", hashtags=(), pictures={}, delivery=delivery)

    text = json.loads(payload.data)["text"]
    assert f"خبر\n{link}" == text


def test_picture_without_a_file_waits():
    """A post goes out without a picture whose file has not come."""
    post = json.loads(the_first_post(picture=a_picture(renditions=())).data)

    assert ([], None) == (post["pictures"], post["card"]["picture"])


def test_picture_is_the_widest_jpeg_a_network_takes():
    """Modern formats and files above a megabyte stay at home."""
    picture = a_picture(
        renditions=(
            a_rendition("11", width_px=3000, bytes=1_000_001),
            a_rendition("22", width_px=2000, format="avif"),
            a_rendition("33", width_px=1600),
            a_rendition("44", width_px=800),
        )
    )

    post = json.loads(the_first_post(picture=picture).data)

    assert "33" * 32 == post["pictures"][0]["sha256"]


def a_rendition(digits: str, *, width_px: int, format: str = "jpeg", bytes: int = 9) -> Rendition:  # noqa: A002  # the record's names
    """Return a rendition told apart by its hash."""
    return Rendition(
        sha256=Sha256(digits * 32), width_px=width_px, height_px=600, format=format, bytes=bytes
    )


@pytest.mark.parametrize(
    ("language", "kind", "label"),
    [
        ("en", CorrectionKind.CORRECTION, "Correction: "),
        ("en-GB", CorrectionKind.CLARIFICATION, "Clarification: "),
        ("ar", CorrectionKind.CORRECTION, "تصحيح: "),
        ("de", CorrectionKind.EDITORS_NOTE, "Anm. d. Red.: "),
        ("fi", CorrectionKind.UPDATE, "Update: "),
    ],
)
def test_correction_says_what_was_wrong_in_the_storys_language(language, kind, label):
    """A correction's post carries the note itself, labeled, and the story's link."""
    card = card_of(a_story(content=a_content(language=language)))
    correction = Correction(id="c1", kind=kind, at=NOON, text="The line has six stops.")

    post = json.loads(correction_post(card, correction, pictures={}, delivery=DELIVERY).data)

    assert f"{label}The line has six stops.\n{LINK}" == post["text"]


def test_retraction_notice_repeats_nothing_of_the_story():
    """The notice gives the reason and the link, but neither headline, standfirst nor picture."""
    story = a_story(content=a_content(lead=LEAD))
    card = card_of(retracted(story, reason="The source was forged.", now=NOON))

    payload = retraction_notice_post(card, delivery=DELIVERY)

    post = json.loads(payload.data)
    assert f"Retracted: The source was forged.\n{LINK}" == post["text"]
    assert b"Council" not in payload.data
    assert b"Work starts" not in payload.data
    assert ([], None) == (post["pictures"], post["card"]["picture"])


def test_story_that_stands_has_no_retraction_notice():
    """Asking for one is a mistake, and says which story."""
    with pytest.raises(LookupError, match=an_id(100)):
        retraction_notice_post(card_of(a_story()), delivery=DELIVERY)
