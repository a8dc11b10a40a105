"""
Renders what readers would get if a front were arranged otherwise, and commits nothing.

As press.previewing does for a story: the same projection, over the log's newest state with the
front laid on top.
"""

from collections.abc import Sequence

from broadsheet.press import log
from broadsheet.press.ports import Press
from broadsheet.press.previewing import Laid
from broadsheet.projections import addresses
from broadsheet.projections.facts import Facts
from broadsheet.projections.front import LAYOUT, filling
from broadsheet.projections.layouts import slots_of
from broadsheet.projections.lists import HOME, section_list
from broadsheet.projections.objects import Absent, Object, ObjectKey, Recipe, Rendered
from broadsheet.story.ids import SectionId, StoryId
from broadsheet.story.records import PAPER, Front, Section


def front_page(front: Front, *, printing: Press) -> Rendered:
    """Return the front's page as readers would get it; Absent while its section is nowhere."""
    obj = _object_of(front.id)
    if obj is None:
        return Absent()
    return printing.render(obj, Facts(Laid([front])))


def stories_shown(front: Front) -> Sequence[StoryId | None]:
    """Return which story would stand in each slot of the layout; None where there is none."""
    name = HOME if front.id == PAPER else section_list(SectionId(front.id))
    return filling(Facts(Laid([front])), slots_of(front.slots, LAYOUT), name)


def _object_of(front_id: str) -> Object | None:
    if front_id == PAPER:
        return Object(ObjectKey(addresses.FRONT), Recipe.HOME, "")
    section = log.newest("section", front_id)
    if not isinstance(section, Section):
        return None
    return Object(ObjectKey(section.address), Recipe.SECTION, front_id)
