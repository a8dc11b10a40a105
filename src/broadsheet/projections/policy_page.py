"""Makes the pages on which the paper tells of itself: one for each policy that has a text."""

from typing import NamedTuple

from broadsheet.projections.blocks import ShownBlock, shown_blocks
from broadsheet.projections.facts import Facts
from broadsheet.projections.frame import Frame, Place, frame_of
from broadsheet.projections.locales import Moment, date_of
from broadsheet.projections.objects import Absent, Object, Page
from broadsheet.projections.page_heads import policy_head
from broadsheet.projections.theme.loading import Theme
from broadsheet.story.records import PolicyPurpose


class PolicyPage(NamedTuple):
    """What the paper says of itself on one matter."""

    frame: Frame
    title: str
    blocks: tuple[ShownBlock, ...]
    changed: Moment


def policy_page(obj: Object, facts: Facts, theme: Theme) -> Page | Absent:
    """Return a policy's page; a policy without text has none."""
    policy = facts.policy(PolicyPurpose(obj.subject))
    if policy is None or not policy.body:
        return Absent()
    frame = frame_of(facts, theme, Place("", policy.title, "", obj.key, None))
    head = policy_head(frame, facts, theme, purpose=policy.purpose)
    view = PolicyPage(
        frame=frame._replace(head=head),
        title=policy.title,
        blocks=shown_blocks(facts, policy.body, language=frame.language),
        changed=date_of(policy.changed_at, zone=facts.zone(), language=frame.language),
    )
    return Page(theme.page("policy.html", view))
