"""Makes the front page of the paper and of each section: the newest stories, and the archive."""

from typing import NamedTuple

from broadsheet.projections import addresses
from broadsheet.projections.cards import Card, cards
from broadsheet.projections.facts import Facts
from broadsheet.projections.frame import Frame, Place, frame_of, text_setting
from broadsheet.projections.lists import HOME, section_list
from broadsheet.projections.objects import Absent, Moved, Object, ObjectKey, Page, Rendered
from broadsheet.projections.theme.loading import Theme
from broadsheet.story.ids import SectionId

STORIES_ON_A_FRONT = 20
BESIDE_THE_TOP = 3


class Front(NamedTuple):
    """The newest stories of the paper or of one section."""

    frame: Frame
    heading: str  # "" on the paper's own front, whose masthead is its heading
    description: str
    top: Card | None
    beside: tuple[Card, ...]
    cards: tuple[Card, ...]
    archive: str


def home(facts: Facts, theme: Theme) -> Rendered:
    """Return the paper's front page."""
    shown = cards(facts, facts.newest(HOME, limit=STORIES_ON_A_FRONT))
    tagline = text_setting(facts, "tagline")
    view = Front(
        frame=frame_of(facts, theme, Place("", "", tagline, addresses.FRONT, None)),
        heading="",
        description="",
        top=shown[0] if shown else None,
        beside=shown[1 : 1 + BESIDE_THE_TOP],
        cards=shown[1 + BESIDE_THE_TOP :],
        archive=addresses.archive_index(addresses.FRONT),
    )
    return Page(theme.page("front.html", view))


def section_front(obj: Object, facts: Facts, theme: Theme) -> Rendered:
    """Return what stands at one of a section's addresses, past or present."""
    section = facts.section(SectionId(obj.subject))
    if section is None:
        return Absent()
    if ObjectKey(section.address) != obj.key:
        return Moved(section.address)
    shown = cards(facts, facts.newest(section_list(section.id), limit=STORIES_ON_A_FRONT))
    place = Place("", section.name, section.description, section.address, section.address)
    view = Front(
        frame=frame_of(facts, theme, place),
        heading=section.name,
        description=section.description,
        top=shown[0] if shown else None,
        beside=shown[1 : 1 + BESIDE_THE_TOP],
        cards=shown[1 + BESIDE_THE_TOP :],
        archive=addresses.href_of(addresses.archive_index(section.address)),
    )
    return Page(theme.page("front.html", view))
