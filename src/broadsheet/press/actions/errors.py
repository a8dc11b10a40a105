"""
The ways the press can decline an act.

ActRefused
├── NeverPublished   the story has no version: it is a draft
├── NotNow           the story's state does not allow it
└── AddressTaken     another record has, or had, that address
"""


class ActRefused(ValueError):
    """The act is not possible; the message says why, of which story, and what to do."""


class NeverPublished(ActRefused):
    """The story was never live."""


class NotNow(ActRefused):
    """The story's state does not allow the act."""


class AddressTaken(ActRefused):
    """Another record has, or had, the address."""
