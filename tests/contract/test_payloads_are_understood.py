"""What projections compose is what the networks we build for read."""

import pytest

from broadsheet.projections.facets import card_of
from broadsheet.projections.posts import Delivery, first_post
from broadsheet.story.body import PictureUse
from broadsheet.story.ids import PictureId
from broadsheet.story.records import Picture
from broadsheet.story.textrule import BLUESKY, MASTODON, TextRule, X
from broadsheet.surfaces.sandbox.payload import delivery_ids, parsed
from tests.factories.story import a_content, a_picture, a_story

RULES = {"bluesky": BLUESKY, "mastodon": MASTODON, "x": X}


@pytest.mark.parametrize("rule", RULES.values(), ids=RULES)
@pytest.mark.parametrize("has_picture", [True, False], ids=["picture", "no picture"])
def test_first_post_is_read(rule: TextRule, *, has_picture: bool) -> None:
    """The sandbox network reads a first post, with a picture and without one."""
    picture = a_picture()
    lead = PictureUse(picture=picture.id, caption="") if has_picture else None
    pictures: dict[PictureId, Picture] = {picture.id: picture} if has_picture else {}
    payload = first_post(
        card_of(a_story(content=a_content(lead=lead))),
        words="",
        hashtags=(),
        pictures=pictures,
        delivery=Delivery("https://paper.example", "abcdefgh", rule),
    )

    post = parsed(payload.data)

    assert delivery_ids(post) == {"abcdefgh"}
    assert len(post.pictures) == len(pictures)
