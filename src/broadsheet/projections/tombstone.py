"""Makes the page that stands where a story stood: with its reason if there is one to give."""

from typing import NamedTuple

from broadsheet.projections.facets import StoryCard
from broadsheet.projections.facts import Facts
from broadsheet.projections.frame import Frame, Place, frame_of
from broadsheet.projections.locales import Moment, moment
from broadsheet.projections.theme.furniture import Words
from broadsheet.projections.theme.loading import Theme
from broadsheet.story.records import StoryState


class Tombstone(NamedTuple):
    """What readers find where a story was."""

    frame: Frame
    label: str
    text: str
    headline: str  # of a retracted story, so that readers know which; "" says none
    reason: str
    at: Moment | None


def tombstone(card: StoryCard, facts: Facts, theme: Theme) -> bytes:
    """Return the page of a story that is not there any more."""
    frame = frame_of(facts, theme, Place(card.language, "", "", "", None))
    label, text = _notice(card.state, frame.words)
    # An expired story says no more than that; its retraction, if any, is history.
    retraction = card.retraction if card.state is not StoryState.EXPIRED else None
    view = Tombstone(
        frame=frame._replace(title=label),
        label=label,
        text=text,
        headline=card.headline if card.state is StoryState.RETRACTED else "",
        reason=retraction.reason if retraction else "",
        at=moment(retraction.at, zone=facts.zone(), language=card.language) if retraction else None,
    )
    return theme.page_that_must_go_out("tombstone.html", view)


def _notice(state: StoryState, words: Words) -> tuple[str, str]:
    if state is StoryState.RETRACTED:
        return words.retracted, words.retracted_text
    if state is StoryState.ERASED:
        return words.removed, words.removed_text
    return words.gone, words.gone_text
