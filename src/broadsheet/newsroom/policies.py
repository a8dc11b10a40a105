"""Tells the press what the paper says of itself, and finds where the log says something else."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from broadsheet.newsroom import acting, to_version
from broadsheet.newsroom.publishing import address_of_page, refusals_in_words
from broadsheet.newsroom.roles.guard import must_be_allowed
from broadsheet.newsroom.roles.names import Right
from broadsheet.press import log
from broadsheet.press.actions import edit
from broadsheet.press.ports import Mismatch
from broadsheet.story.records import Policy, PolicyPurpose

if TYPE_CHECKING:
    # The rows import this module; only the checker needs them here.
    from broadsheet.newsroom import models as rows


def commit_policy(policy: "rows.Policy") -> None:
    """
    Make the log say of a policy what its row says.

    Raises:
        ValidationError: the press declines, or it links to what readers cannot open.

    """
    must_be_allowed(Right.MANAGE_SETTINGS)
    who = acting.current()
    with refusals_in_words():
        edit.edit_policy(
            PolicyPurpose(policy.purpose),
            title=policy.title,
            body=to_version.policy_body(policy, page_href=address_of_page),
            now=who.now,
            by=who.by,
        )


def policy_edges(policies: "Iterator[rows.Policy]") -> Iterator[Mismatch]:
    """Yield those of some policies that differ from the log."""
    for policy in policies:
        newest = log.newest("policy", policy.purpose)
        said = (newest.title, newest.body) if isinstance(newest, Policy) else ()
        body = to_version.policy_body(policy, page_href=address_of_page)
        if said != (policy.title, body):
            yield Mismatch("policy", policy.purpose, "the row says something else than the log")
