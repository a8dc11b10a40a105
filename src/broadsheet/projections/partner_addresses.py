"""
Says where lies what other programs read: everything under /api/.

Files are named by ids, not by addresses: whoever reads one again later finds it where it
was, whatever a story or a section is called by then. Only an oEmbed answer is found by its
story's address, since all that is known of the story there is a link to it.
"""

from broadsheet.projections.lists import CORRECTIONS, HOME, ListName, Period
from broadsheet.projections.objects import ObjectKey
from broadsheet.story.ids import Address, StoryId

API = "/api/"
INDEX = ObjectKey(f"{API}index.json")
DESCRIPTION = ObjectKey(f"{API}openapi.json")
SECTIONS = ObjectKey(f"{API}sections.json")
OEMBED = f"{API}oembed"  # where the site server answers for a story's address

_LONGEST_KEY = 500  # characters the ledger keeps
_STEMS = {"section": "sections", "author": "authors", "topic": "topics"}
_PAPERS = {HOME: "stories", CORRECTIONS: "corrections"}


def item(story: StoryId) -> ObjectKey:
    """Return where a story is for partners to take, as ninjs."""
    return ObjectKey(f"{API}stories/{story}.json")


def newest(name: ListName) -> ObjectKey:
    """Return where the newest of a list are: the paper's, or a section's, author's, topic's."""
    return ObjectKey(f"{API}{_stem(name)}.json")


def period(name: ListName, of: Period) -> ObjectKey:
    """Return where one month or day of a list is."""
    return ObjectKey(f"{API}{_stem(name)}/{of.replace('-', '/')}.json")


def oembed(address: Address) -> ObjectKey | None:
    """Return where the oEmbed answer for a story is; None for an address too long to have one."""
    key = f"{OEMBED}{address.rstrip('/')}/oembed.json"
    return ObjectKey(key) if len(key) <= _LONGEST_KEY else None


def _stem(name: ListName) -> str:
    kind, _, of = name.partition("/")
    return f"{_STEMS[kind]}/{of}" if of else _PAPERS[name]
