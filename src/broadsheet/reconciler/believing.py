"""
Works out what stands on a network from the journal of what was asked and answered.

The central question is always: what may have landed, and what may yet? A request whose
bytes left may take effect until settle_s after its deadline, even when it was answered
(a box on the way may send it twice). After that moment, quiet_at, a complete reading is
the truth; before it, a reading that sees nothing proves nothing.
"""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import NamedTuple

from broadsheet.reconciler.ledger import Standing
from broadsheet.reconciler.outcomes import Done, Duplicate, Found, Missing, Ready, Unknown
from broadsheet.reconciler.placements import Action, Attempt
from broadsheet.reconciler.planning import ABSENT, Fingerprint
from broadsheet.reconciler.ports import Exactness, Traits

# A Duplicate says that an earlier request landed, so it counts as one that may have.
_LANDING = (Done, Unknown, Duplicate)


class Container(NamedTuple):
    """An invisible container, waiting to be published."""

    container_id: str
    fingerprint: str
    made_at: datetime  # when it was asked for: never later than the network's own time for it


class Belief(NamedTuple):
    """What the journal lets us say about one placement."""

    copies: tuple[str, ...]  # remote ids known to stand; oldest first, if in_order
    in_order: bool  # a reading told their order
    shows: Fingerprint | None  # by the first copy; None: we cannot tell
    sure: bool  # and no other words that were sent may land over them
    told: bool  # a reading told what the first copy shows, and no words were sent since
    asked_for: str  # words answered with Done that no others may overtake; "" if none
    perhaps: bool  # a creation may have landed, or may yet, and no copy is known by it
    unlooked: bool  # and nobody has read since it returned
    clear: bool  # nothing of ours is there: never sent, or read Missing when all was quiet
    vanished: bool  # clear, though a copy was known and nobody asked for its removal
    claimed: bool  # the network says it has it already, and nobody has read since
    duplicate: bool  # clear, though the network says it has it already
    creation: Attempt | None  # the first that may have landed since we were clear
    container: Container | None  # the last one made since we were clear
    publishing: str  # the container whose publication was last asked for; "" if none
    alike: bool  # all that may ever have landed are creations with the same words
    quiet_at: datetime | None  # nothing sent may land after this; None: nothing was sent
    read_at: datetime | None  # when the last decisive reading began

    @property
    def is_read_when_quiet(self) -> bool:
        """Whether the last reading began after everything sent had landed or died."""
        return self.quiet_at is None or (self.read_at is not None and self.read_at >= self.quiet_at)

    def standing(self) -> Standing:
        """Return the belief in the ledger's columns."""
        known = self.shows if len(self.copies) == 1 else None
        return Standing(
            live=known if self.copies or self.perhaps else ABSENT,
            remote_id=self.copies[0] if self.copies else "",
            container_id=self.container.container_id if self.container else "",
            container_at=self.container.made_at if self.container else None,
        )


def believe(attempts: Iterable[Attempt], traits: Traits) -> Belief:
    """Return what the journal, in order, lets us say."""
    journal = _Journal(traits)
    for attempt in attempts:
        journal.take(attempt)
    return journal.belief()


class _Journal:
    """The journal as read so far: a fold's accumulator, seen by nobody else."""

    def __init__(self, traits: Traits) -> None:
        self._settle = timedelta(seconds=traits.settle_s)
        self._natural = traits.exactness is Exactness.NATURAL_ID
        self._ever: list[Attempt] = []  # all that may have landed since a person looked
        self._answered: set[str] = set()  # the copies that answers to creations told
        self._stray: set[str] = set()  # words of creations without such an answer
        self._heard_at: datetime | None = None  # the last answer that something landed
        self._read_at: datetime | None = None
        self._vanished = self._duplicate = False
        self._be_clear()

    def _be_clear(self) -> None:
        """Begin anew: nothing of ours is there."""
        self._copies: list[str] = []
        self._in_order = True
        self._told: dict[str, str] = {}  # the words of each copy, where the last reading told
        self._since_told: list[Attempt] = []  # words sent after it
        self._sent: list[Attempt] = []
        self._words: list[Attempt] = []  # those sent with words: all but withdrawals
        self._unanswered: list[Attempt] = []  # creations by which no copy is known
        self._is_duplicate = False
        self._container: Container | None = None
        self._publishing = ""

    def take(self, attempt: Attempt) -> None:
        """Read one more line."""
        if attempt.action is Action.PERSON:
            self._ever = []
            self._be_clear()
            self._read(attempt)
            self._vanished = self._duplicate = False
        elif attempt.action is Action.FIND:
            self._read(attempt)
        elif attempt.action is Action.PREPARE:
            self._prepare(attempt)
        elif attempt.outcome is None or isinstance(attempt.outcome, _LANDING):
            self._ever.append(attempt)
            self._sent.append(attempt)
            self._land(attempt)

    def _read(self, attempt: Attempt) -> None:
        self._read_at = attempt.started_at
        if isinstance(attempt.outcome, Found):
            found = attempt.outcome.copies
            self._copies, self._in_order = [copy.remote_id for copy in found], True
            self._told = {copy.remote_id: copy.fingerprint for copy in found if copy.fingerprint}
            self._since_told = []
            self._unanswered, self._is_duplicate = [], False
        elif isinstance(attempt.outcome, Missing):
            quiet_at = self._quiet_at()
            if quiet_at is None or attempt.outcome.read_began_at >= quiet_at:
                sent_away = {a.target for a in self._sent if a.action is Action.WITHDRAW}
                self._vanished = not sent_away.issuperset(self._copies)
                self._duplicate = self._is_duplicate
                self._be_clear()

    def _prepare(self, attempt: Attempt) -> None:
        if isinstance(attempt.outcome, Ready):
            self._container = Container(
                attempt.outcome.container_id, attempt.fingerprint, attempt.started_at
            )

    def _land(self, attempt: Attempt) -> None:
        done = attempt.outcome if isinstance(attempt.outcome, Done) else None
        if done and attempt.finished_at:
            self._heard_at = max(self._heard_at or attempt.finished_at, attempt.finished_at)
        if attempt.action is Action.WITHDRAW:
            if done:
                self._withdraw(attempt.target)
            return
        self._words.append(attempt)
        self._since_told.append(attempt)
        if attempt.action is Action.EDIT:
            return
        if attempt.action is Action.PUBLISH:
            self._publishing = attempt.target
        if done:
            self._answered.add(done.remote_id)
            self._create(done.remote_id)
        else:
            self._stray.add(attempt.fingerprint)
            self._unanswered.append(attempt)
            self._is_duplicate |= isinstance(attempt.outcome, Duplicate)

    def _create(self, remote_id: str) -> None:
        """Know a copy. The unanswered ones gave this very copy, or the next reading tells."""
        self._unanswered = []
        if remote_id not in self._copies:
            self._in_order = not self._copies
            self._copies.append(remote_id)

    def _withdraw(self, remote_id: str) -> None:
        if self._natural:
            self._copies, self._unanswered = [], []
        else:
            self._copies = [copy for copy in self._copies if copy != remote_id]

    def belief(self) -> Belief:
        """Return what is to be said after the last line of the journal."""
        clear = not self._copies and not self._sent
        self._leave_out_edits_of_others()
        told = self._told.get(self._copies[0]) if self._copies else None
        return Belief(
            copies=tuple(self._copies),
            in_order=self._in_order,
            shows=self._shows(told),
            sure=self._is_sure(),
            told=told is not None and not self._since_told,
            asked_for=self._asked_for(),
            perhaps=bool(self._unanswered),
            unlooked=any(self._is_unlooked(attempt) for attempt in self._unanswered),
            clear=clear,
            vanished=clear and self._vanished,
            claimed=self._is_duplicate,
            duplicate=clear and self._duplicate,
            creation=next((a for a in self._words if a.action is not Action.EDIT), None),
            container=self._container,
            publishing=self._publishing,
            alike=self._is_alike(),
            quiet_at=self._quiet_at(),
            read_at=self._read_at,
        )

    def _leave_out_edits_of_others(self) -> None:
        """Keep only the words that may be those of the first copy."""
        first = self._copies[:1]
        self._words = [a for a in self._words if a.action is not Action.EDIT or a.target in first]
        self._since_told = [attempt for attempt in self._since_told if attempt in self._words]

    def _shows(self, told: str | None) -> Fingerprint | None:
        """
        Return the words shown: those told, if none were sent since; else those last sent.

        A creation may have been answered with an older copy that says something else, so
        that only an edit counts where words differ.
        """
        sent = self._since_told if told else self._words
        candidates = {attempt.fingerprint for attempt in sent}
        if told:
            candidates.add(told)
        elif not self._answered.issuperset(self._copies):
            candidates |= self._stray  # even of one thought dead: it may have come late
        if len(candidates) == 1:
            return Fingerprint(candidates.pop())
        last = sent[-1] if sent else None
        if last and last.action is Action.EDIT and isinstance(last.outcome, Done):
            return Fingerprint(last.fingerprint)
        return None

    def _is_sure(self) -> bool:
        """Say whether the words sent last, in doubt, are those that stay."""
        if len({attempt.fingerprint for attempt in self._words}) <= 1:
            return True
        last = self._words[-1]
        return (
            last.action is Action.EDIT
            and isinstance(last.outcome, Done)
            and not any(
                other.fingerprint != last.fingerprint and self._end(other) > last.started_at
                for other in self._words
            )
        )

    def _asked_for(self) -> str:
        answered = any(isinstance(attempt.outcome, Done) for attempt in self._words)
        return self._words[-1].fingerprint if answered and self._is_sure() else ""

    def _is_unlooked(self, attempt: Attempt) -> bool:
        returned_at = attempt.finished_at or attempt.deadline_at
        return self._read_at is None or self._read_at < returned_at

    def _is_alike(self) -> bool:
        if any(attempt.action is not Action.CREATE for attempt in self._ever):
            return False
        return len({attempt.fingerprint for attempt in self._ever}) <= 1

    def _quiet_at(self) -> datetime | None:
        ends = [self._end(attempt) for attempt in self._ever]
        if self._heard_at:
            ends.append(self._heard_at)
        return max(ends, default=None)

    def _end(self, attempt: Attempt) -> datetime:
        """Return when the network has carried it out, or never will."""
        return attempt.deadline_at + self._settle
