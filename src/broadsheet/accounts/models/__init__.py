"""The accounts' rows. People themselves are Django's own users."""

from broadsheet.accounts.models.access_log import AccessEntry, Kind
from broadsheet.accounts.models.invitation import Invitation
from broadsheet.accounts.models.profile import Profile
from broadsheet.accounts.models.rules import Rules
from broadsheet.accounts.models.session import DeskSession

__all__ = ["AccessEntry", "DeskSession", "Invitation", "Kind", "Profile", "Rules"]
