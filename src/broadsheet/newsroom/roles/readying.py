"""Readies groups and flow for the paper there is. Doing it again changes nothing."""

from broadsheet.newsroom.roles.flow import ensure_flow
from broadsheet.newsroom.roles.groups import ensure_groups


def ready_roles() -> None:
    """Give every role its group, and stories their way to the reader."""
    ensure_groups()
    ensure_flow()
