"""Says what retracting a story, or taking it down to fix it, does and where, in words."""

from collections.abc import Collection, Iterator, Mapping
from typing import Any, NamedTuple

from broadsheet.press import deriving, log, mass_change
from broadsheet.press.models.ledger import WEBSITE
from broadsheet.press.posts.routing import Fate
from broadsheet.press.reach import Kind, PostReached, Reach, reach_of
from broadsheet.story.records import Story, StoryState


class Place(NamedTuple):
    """Somewhere on the site."""

    where: str
    happens: str


class Post(NamedTuple):
    """One post on a network."""

    account: str
    says: str
    remote_id: str
    happens: str
    not_before: str  # what it waits for first, "" if for nothing


_NAMES: Mapping[Kind, tuple[str, str]] = {
    Kind.FORMER: ("1 address it had before", "{} addresses it had before"),
    Kind.LISTS: (
        "1 front, section, author or topic page",
        "{} front, section, author and topic pages",
    ),
    Kind.ARCHIVES: ("1 page of the archive", "{} pages of the archive"),
    Kind.CORRECTIONS: ("1 list of corrections", "{} lists of corrections"),
    Kind.FEEDS: ("1 feed", "{} feeds"),
    Kind.COPIES: ("1 file others take it by", "{} files others take it by, or show it by"),
    Kind.API: ("1 list of the read API", "{} lists of the read API"),
    Kind.SITEMAPS: ("1 sitemap", "{} sitemaps"),
    Kind.ENDS: (
        "1 page, feed or list of an author, topic or month",
        "{} pages, feeds and lists of authors, topics or months",
    ),
    Kind.STORIES: ("1 other story that leads to it", "{} other stories that lead to it"),
    Kind.PICTURES: ("1 picture file", "{} picture files"),
}
_RETRACTED: Mapping[Kind, str] = {
    Kind.PAGE: "It says “retracted”, with your reason and the time, for good (410).",
    Kind.FORMER: "They lead to the notice.",
    Kind.LISTS: "The story is taken out.",
    Kind.ARCHIVES: "The story is taken out.",
    Kind.CORRECTIONS: "The retraction comes in, with your reason; the story’s notes are taken out.",
    Kind.FEEDS: "The story’s entry becomes the notice, with your reason.",
    Kind.COPIES: "Partners are told that it is canceled, and why. Links to it show nothing of it.",
    Kind.API: "The story is taken out. The list of corrections tells of it.",
    Kind.SITEMAPS: "The story is taken out.",
    Kind.ENDS: "“Not found”: they have no other story.",
    Kind.STORIES: "The link is taken out.",
    Kind.PICTURES: "Removed: no other live story shows them.",
}
# After it was taken down, or its time was over: it is in no list that a notice could leave.
_RETRACTED_LATER: Mapping[Kind, str] = {
    **_RETRACTED,
    Kind.FEEDS: "The notice comes in, with your reason.",
}
_UNPUBLISHED: Mapping[Kind, str] = {
    **_RETRACTED,
    Kind.PAGE: "It answers “not found” until you publish the story again. No reason is shown.",
    Kind.FORMER: "They answer “not found” as well, until then.",
    Kind.CORRECTIONS: "The story’s notes are taken out.",
    Kind.FEEDS: "The story’s entry is taken out. Feed readers may keep what they have.",
    Kind.COPIES: "Partners are told to withhold it until then. Links to it show nothing of it.",
    Kind.API: "The story is taken out, and its notes with it.",
    Kind.PICTURES: "Removed until then: no other live story shows them.",
}
_FATES: Mapping[Fate, str] = {
    Fate.REMOVED: "It is removed, and read back to be sure.",
    Fate.UNREAD: "It is removed. This network cannot be read: look there to be sure.",
    Fate.NOTICE: "It is edited into the notice: this network removes nothing.",
    Fate.DROPPED: "It never went out, and never will.",
    Fate.GONE: "It is gone already.",
    Fate.BY_HAND: "Nothing of ours can remove it: see to it by hand.",
    Fate.IN_DOUBT: "Nobody knows whether it went out, and this network cannot be read: look there.",
}
_UNTOUCHED = "It stays as it is. Its link leads to “not found” until the story is back."
_WAITS = "It has not gone out, and waits until the story is back."
_PARKED = "It has not gone out, and waits for a person."
# What is done on a network only once its account works.
_NEED_THE_ACCOUNT = frozenset({Fate.REMOVED, Fate.UNREAD, Fate.NOTICE})


def of_retracting(newest: Story | None) -> dict[str, Any]:
    """Return for a template what retracting does, and where."""
    is_live = newest is not None and newest.state is StoryState.LIVE
    happens = _RETRACTED if is_live else _RETRACTED_LATER
    return _told(newest, happens, _FATES, to=StoryState.RETRACTED)


def of_unpublishing(newest: Story | None) -> dict[str, Any]:
    """Return for a template what taking down to fix does, and where."""
    fates = {**dict.fromkeys(Fate, _UNTOUCHED), Fate.DROPPED: _WAITS, Fate.GONE: _FATES[Fate.GONE]}
    return _told(newest, _UNPUBLISHED, fates, to=StoryState.UNPUBLISHED)


def _told(
    newest: Story | None,
    happens: Mapping[Kind, str],
    fates: Mapping[Fate, str],
    *,
    to: StoryState,
) -> dict[str, Any]:
    if newest is None:
        return {}
    reach = reach_of(newest, to=to)
    held = {(plan.surface, plan.account) for plan in mass_change.waiting()}
    return {
        "places": list(_places(newest, reach, happens)),
        "posts": [_post(post, fates, held) for post in reach.posts],
        "is_held": WEBSITE in {surface for surface, _ in held},
        "is_behind": deriving.cursor() < log.length(),
    }


def _places(newest: Story, reach: Reach, happens: Mapping[Kind, str]) -> Iterator[Place]:
    counts = dict(reach.objects)
    counts.pop(Kind.PAGE, None)
    yield Place(f"Its page, {newest.address}", happens[Kind.PAGE])
    for kind, count in counts.items():
        one, several = _NAMES[kind]
        yield Place(one if count == 1 else several.format(count), happens[kind])


def _post(post: PostReached, fates: Mapping[Fate, str], held: Collection[tuple[str, str]]) -> Post:
    happens = fates[post.fate]
    if happens == _WAITS and post.parked:
        happens = _PARKED
    changes = happens != _UNTOUCHED and post.fate in _NEED_THE_ACCOUNT
    not_before = ""
    if post.on_hold and (changes or happens == _WAITS):
        not_before = f"Not before the account is released: {post.on_hold}"
    elif changes and (post.surface, post.account) in held:
        not_before = "Not before the large change of this account is confirmed on the desk."
    return Post(f"{post.surface}/{post.account}", post.says, post.remote_id, happens, not_before)
