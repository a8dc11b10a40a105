"""
Decides, inside the publishing transaction, what an editorial act means for posts.

A post is made by first publication only, never by a sweep: a new account starts
empty, an import posts nothing, and a changed template or limit touches nothing that
is out. A correction rewrites the post where the network shows edits, or has not gone
out yet, and adds a note where it does not; a retraction removes what can be removed.

No account can refuse a publication: a post that cannot be made for one is parked there,
with the reason, and the story goes out.
"""

import base64
import secrets
from collections.abc import Callable, Mapping, Sequence
from enum import Enum
from functools import partial

from broadsheet.press import log
from broadsheet.press.models import Account, LedgerRow
from broadsheet.press.models.ledger import ABSENT_TEXT, Lane
from broadsheet.press.ports import Networks, wiring
from broadsheet.press.posts import adopting
from broadsheet.press.posts.journal import that_may_be_out
from broadsheet.press.posts.pictures_first import waits_until
from broadsheet.projections.facets import card_of
from broadsheet.projections.lists import pictures_shown
from broadsheet.projections.posts import (
    Delivery,
    Payload,
    correction_post,
    first_post,
    retraction_notice_post,
)
from broadsheet.reconciler.ports import Exactness, Traits
from broadsheet.story.fitting import LinkDoesNotFit
from broadsheet.story.ids import PictureId
from broadsheet.story.records import PAPER, Act, Correction, Picture, Record, Settings, Story


class Fate(Enum):
    """What withdrawing its story does to a post."""

    REMOVED = "removed"  # and read back
    UNREAD = "unread"  # removed, on a network that cannot be read
    NOTICE = "notice"  # edited into the notice of the retraction
    DROPPED = "dropped"  # never sent, and never will be
    GONE = "gone"  # already
    BY_HAND = "by-hand"  # nothing of ours can remove it: a person must see to it
    IN_DOUBT = "in-doubt"  # nobody knows whether it is out, and its network cannot be read


FIRST = "first"
NO_MARK = "xxxxxxxx"  # where a mark will stand, in a post that is only foretold

Reading = Callable[[str, str], Record | None]  # a record's newest version, by kind and id


def route(*, before: Story | None, after: Story, act: Act) -> None:
    """Commit what the act wants of every account, in the act's own transaction."""
    match act:
        case Act.PUBLISH if before is None:
            for account in Account.objects.order_by("id"):
                _post(account, after)
        case Act.PUBLISH | Act.CORRECT if before is not None:
            # A story that was taken down to be fixed comes back with its correction.
            notes = _new_corrections(before, after)
            for row in _rows(after) if notes else ():
                _correct(row, after, notes)
        case Act.RETRACT | Act.ERASE:
            for row in _rows(after):
                _withdraw(row, after)
        case _:
            pass


def foretold(account: Account, story: Story, *, record: Reading) -> Payload | str:
    """Return what an account's first post of a story would say, or why there can be none."""
    return _made(account, NO_MARK, partial(_first_post, story, record=record))


def new_delivery_id() -> str:
    """Return 8 random base32 characters: a post's mark in every timeline."""
    return base64.b32encode(secrets.token_bytes(5)).decode("ascii").lower()


def _rows(story: Story) -> list[LedgerRow]:
    # Locked, so that no worker begins the first attempt while we decide what it would carry.
    return list(LedgerRow.objects.select_for_update().filter(story=story.id).order_by("id"))


def _new_corrections(before: Story, after: Story) -> Sequence[tuple[int, Correction]]:
    """Return the corrections the story did not have, with their numbers."""
    known = {note.id for note in before.content.corrections}
    numbered = enumerate(after.content.corrections, start=1)
    return [(number, note) for number, note in numbered if note.id not in known]


def _post(account: Account, story: Story) -> None:
    row = _make_row(account, story, FIRST, partial(_first_post, story))
    if not _may_be_out(row):  # one that was found and taken over may be
        LedgerRow.objects.filter(id=row.id, parked="").update(due_at=waits_until(story))


def _first_post(story: Story, delivery: Delivery, *, record: Reading = log.newest) -> Payload:
    return first_post(
        card_of(story),
        words=story.content.social_text,
        hashtags=(),
        pictures=_pictures(story, record),
        delivery=delivery,
    )


def _make_row(
    account: Account, story: Story, purpose: str, make: Callable[[Delivery], Payload]
) -> LedgerRow:
    adopted = adopting.take(account, story.address)
    delivery_id = adopted.delivery_id if adopted else new_delivery_id()
    row = LedgerRow(
        surface=account.surface,
        account=account.name,
        key=f"post/{story.id}/{purpose}",
        lane=Lane.FAN_OUT,
        story=story.id,
        delivery_id=delivery_id,
    )
    made = _made(account, delivery_id, make)
    if isinstance(made, Payload):
        row.desired, row.payload, row.rules = made.fingerprint, made.data, made.rules
        row.parked = "" if adopted else adopting.alike(account, story.address)
    else:
        row.parked = made
    row.save(force_insert=True)
    if adopted:
        adopting.write_down(row, adopted)
    return row


def adopt_unsent(row: LedgerRow, account: Account) -> bool:
    """
    Have a row that was never sent take over the post its story has, if one was found.

    Returns whether it has, or was parked because one may be its.
    """
    story = log.newest("story", row.story) if row.story else None
    make = _maker(row, story) if isinstance(story, Story) else None
    if make is None or not isinstance(story, Story):
        return False
    adopted = adopting.take(account, story.address)
    if adopted is None:
        parked = adopting.alike(account, story.address)
        LedgerRow.objects.filter(id=row.id).update(parked=parked or row.parked)
        return bool(parked)
    row.delivery_id = adopted.delivery_id
    row.save(update_fields=["delivery_id"])
    _rewrite(row, account, make)
    row.refresh_from_db()
    adopting.write_down(row, adopted)
    return True


def _maker(row: LedgerRow, story: Story) -> Callable[[Delivery], Payload] | None:
    """Return what makes a row's post anew, None if nothing does."""
    purpose = row.key.rpartition("/")[2]
    if row.desired == ABSENT_TEXT:
        return None
    if purpose == FIRST:
        return partial(_first_post, story)
    notes = {f"correction-{n}": note for n, note in enumerate(story.content.corrections, start=1)}
    return partial(_correction_post, story, notes[purpose]) if purpose in notes else None


def _made(account: Account, delivery_id: str, make: Callable[[Delivery], Payload]) -> Payload | str:
    """Return what a post says, or why none can be made for this account."""
    try:
        return make(_delivery(account, delivery_id))
    except (LinkDoesNotFit, LookupError) as error:
        return f"no post could be made for {account.surface}/{account.name}: {error}"


def _correct(row: LedgerRow, after: Story, notes: Sequence[tuple[int, Correction]]) -> None:
    if row.desired == ABSENT_TEXT or not row.key.endswith(f"/{FIRST}"):
        return
    outlet = _outlet_of(row)
    if isinstance(outlet, str):
        LedgerRow.objects.filter(id=row.id).update(parked=outlet)
        return
    account, traits = outlet
    is_unsent = not _may_be_out(row)
    # What has not gone out yet goes out corrected: nobody has read the wrong words.
    if traits.can_edit or is_unsent:
        _rewrite(row, account, partial(_first_post, after))
        if is_unsent:
            LedgerRow.objects.filter(id=row.id, parked="").update(due_at=waits_until(after))
        return
    for number, note in notes:
        _make_row(account, after, f"correction-{number}", partial(_correction_post, after, note))


def _correction_post(
    story: Story, note: Correction, delivery: Delivery, *, record: Reading = log.newest
) -> Payload:
    return correction_post(
        card_of(story), note, pictures=_pictures(story, record), delivery=delivery
    )


def fate_if_withdrawn(row: LedgerRow) -> Fate:
    """Return what a retraction would do to a post now."""
    return _fate(row, _outlet_of(row))


def _fate(row: LedgerRow, outlet: tuple[Account, Traits] | str) -> Fate:
    if row.desired == ABSENT_TEXT == row.live:
        return Fate.GONE
    if not _may_be_out(row):
        return Fate.DROPPED
    if isinstance(outlet, str):
        return Fate.BY_HAND
    _, traits = outlet
    can_read = traits.exactness is not Exactness.WRITE_ONLY
    if not (can_read or row.remote_id):
        return Fate.IN_DOUBT
    if traits.can_withdraw:
        return Fate.REMOVED if can_read else Fate.UNREAD
    return Fate.NOTICE if traits.can_edit else Fate.BY_HAND


def _withdraw(row: LedgerRow, after: Story) -> None:
    outlet = _outlet_of(row)
    if not isinstance(outlet, str) and _fate(row, outlet) is Fate.NOTICE:
        _rewrite(row, outlet[0], partial(_notice, after))
        LedgerRow.objects.filter(id=row.id).update(lane=Lane.WITHDRAW)
        return
    LedgerRow.objects.filter(id=row.id).update(
        desired=ABSENT_TEXT,
        lane=Lane.WITHDRAW,
        due_at=None,
        parked=outlet if isinstance(outlet, str) else "",
        failures=0,
        is_confirmed=False,
    )


def _may_be_out(row: LedgerRow) -> bool:
    """Say whether readers of the network may see the post, or may yet."""
    is_seen_to_be_gone = row.live == ABSENT_TEXT  # whatever was tried before
    return not is_seen_to_be_gone and that_may_be_out(row.attempts.all()).exists()


def _notice(story: Story, delivery: Delivery) -> Payload:
    return retraction_notice_post(card_of(story), delivery=delivery)


def _outlet_of(row: LedgerRow) -> tuple[Account, Traits] | str:
    """Return a post's account and its network's traits, or why a person must see to it."""
    account = Account.objects.filter(surface=row.surface, name=row.account).first()
    if account is None:
        return "its account is not connected any more: see to the post by hand"
    try:
        return account, _networks().traits(account)
    except LookupError as error:
        return f"its account cannot be used: {error}"


def _rewrite(row: LedgerRow, account: Account, make: Callable[[Delivery], Payload]) -> None:
    payload = _made(account, row.delivery_id, make)
    if not isinstance(payload, Payload):
        LedgerRow.objects.filter(id=row.id).update(parked=payload)
        return
    LedgerRow.objects.filter(id=row.id).update(
        payload=payload.data,
        desired=payload.fingerprint,
        rules=payload.rules,
        lane=Lane.PUBLISH,
        due_at=None,
        parked="",
        failures=0,
        is_confirmed=False,
    )


def _delivery(account: Account, delivery_id: str) -> Delivery:
    settings = log.newest("settings", PAPER)
    base_url = settings.base_url if isinstance(settings, Settings) else ""
    return Delivery(base_url, delivery_id, _networks().rule(account))


def _pictures(story: Story, record: Reading) -> Mapping[PictureId, Picture]:
    records = {picture: record("picture", picture) for picture in pictures_shown(story)}
    return {picture: r for picture, r in records.items() if isinstance(r, Picture)}


def _networks() -> Networks:
    return wiring().networks
