"""
Says, before anybody publishes or schedules a draft, what would keep it from going live.

Asked on every path on which a person decides: refused at its minute instead, a scheduled
story would be an alarm, and nobody at the desk to mend it.
"""

from typing import TYPE_CHECKING

from broadsheet.newsroom import acting
from broadsheet.newsroom.pictures.showing import refuse_hindered_draft
from broadsheet.newsroom.public_sections import refuse_hidden_sections
from broadsheet.newsroom.roles.listings import refuse_listings_elsewhere
from broadsheet.newsroom.taken_addresses import refuse_taken_words
from broadsheet.newsroom.update_times import refuse_updates_to_come

if TYPE_CHECKING:
    from broadsheet.newsroom.models.story import Story


def must_be_ready(draft: "Story") -> None:
    """
    Do nothing if a draft may go live when it is to: now, or at its time.

    Raises:
        ValidationError: a section it is to stand in is not public, its chosen address is taken,
            one of its pictures has no credit or is embargoed for longer, an update in it is
            dated later, or it is newly listed in a section where who asks may not publish.

    """
    now = acting.current().now
    refuse_hidden_sections(draft)
    refuse_taken_words(draft)
    refuse_hindered_draft(draft, now=now)
    refuse_updates_to_come(draft, now=now)
    refuse_listings_elsewhere(draft)
