"""
Makes the text of a feed's entry: HTML that is read far from the paper, by programs of others.

It is made of the blocks the story's page shows, with plain elements alone: no script, no style,
one size of each picture, and every address whole. The three formats of a feed, and the feeds a
story stands in, say the same: what one made, the others are given.
"""

from functools import lru_cache
from typing import NamedTuple

import jinja2

from broadsheet.projections.blocks import ShownBlock
from broadsheet.projections.frame import Link
from broadsheet.projections.locales import Moment
from broadsheet.projections.pictures import ShownPicture
from broadsheet.projections.theme.loading import Theme

# Texts remembered: those of the feeds that one publication touches, each read by three formats.
# A long story takes 20 kB, so about 5 MB.
_REMEMBERED = 256


class Note(NamedTuple):
    """A note to readers, or the notice of a retraction."""

    label: str
    at: Moment
    text: str


class EntryText(NamedTuple):
    """What an entry says in full. Nothing in it can change, so that what it gives is known."""

    base_url: str  # goes before each path of the site
    language: str
    direction: str
    words_language: str  # of the theme's own words in it
    notes: tuple[Note, ...] = ()
    about: Link | None = None  # of a note that stands alone: the story
    standfirst: str = ""
    lead: ShownPicture | None = None
    dateline: str = ""
    blocks: tuple[ShownBlock, ...] = ()


def html_of(text: EntryText, theme: Theme) -> str:
    """Return an entry's text as HTML."""
    return _rendered(theme.templates["feed_entry.html"], text)


@lru_cache(maxsize=_REMEMBERED)
def _rendered(template: jinja2.Template, text: EntryText) -> str:
    return template.render(entry=text)
