"""Says what can be done for a placement next: an act, a reading, or a rest."""

from dataclasses import dataclass
from datetime import datetime
from enum import Enum

from broadsheet.reconciler.placements import Action


@dataclass(frozen=True, slots=True)
class Create:
    """Make the post, under this key."""

    dedupe_key: str


@dataclass(frozen=True, slots=True)
class Prepare:
    """Make the invisible container."""


@dataclass(frozen=True, slots=True)
class Publish:
    """Publish a container."""

    container_id: str


@dataclass(frozen=True, slots=True)
class Edit:
    """Make the post under this id say what is desired."""

    remote_id: str


@dataclass(frozen=True, slots=True)
class Withdraw:
    """Remove the post under this id: the natural one (class A) where no answer told any."""

    remote_id: str


@dataclass(frozen=True, slots=True)
class Find:
    """Read back what stands."""


@dataclass(frozen=True, slots=True)
class WaitUntil:
    """Nothing is to be done before this time: waiting for an answer, or to read back."""

    at: datetime


@dataclass(frozen=True, slots=True)
class Settled:
    """All is as desired, and nothing sent can change it any more."""


class Cause(Enum):
    """Why a person is needed."""

    MAYBE_POSTED = "maybe posted"
    CANNOT_EDIT = "cannot edit"
    CANNOT_WITHDRAW = "cannot withdraw"
    VANISHED = "vanished"
    CHANGED = "changed"
    DUPLICATE = "duplicate"
    REFUSED = "refused"
    UNREACHABLE = "unreachable"


@dataclass(frozen=True, slots=True)
class Park:
    """A person must act; the reason says how."""

    cause: Cause
    reason: str


Act = Create | Prepare | Publish | Edit | Withdraw
Rest = WaitUntil | Settled | Park
Step = Act | Find | Rest


def intent(step: Act) -> tuple[Action, str]:
    """Return the journal's words for a step: the action, and what it acts on."""
    match step:
        case Create(dedupe_key=dedupe_key):
            return Action.CREATE, dedupe_key
        case Prepare():
            return Action.PREPARE, ""
        case Publish(container_id=container_id):
            return Action.PUBLISH, container_id
        case Edit(remote_id=remote_id):
            return Action.EDIT, remote_id
        case Withdraw(remote_id=remote_id):
            return Action.WITHDRAW, remote_id
