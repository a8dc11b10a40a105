"""
Decides, inside the publishing transaction, what an editorial act means for posts.

A post is made by first publication only, never by a sweep: a new account starts
empty, an import posts nothing, and a changed template or limit touches nothing that
is out. A correction rewrites the post where the network shows edits, and adds a note
where it does not; a retraction removes what can be removed.
"""

import base64
import secrets
from collections.abc import Mapping

from broadsheet.press import log
from broadsheet.press.models import Account, LedgerRow
from broadsheet.press.models.ledger import Lane
from broadsheet.press.ports import Networks, wiring
from broadsheet.projections.facts import card_of
from broadsheet.projections.lists import pictures_shown
from broadsheet.projections.posts import (
    Delivery,
    Payload,
    correction_post,
    first_post,
    retraction_notice_post,
)
from broadsheet.story.ids import PictureId
from broadsheet.story.records import PAPER, Act, Picture, Settings, Story

ABSENT = "absent"
FIRST = "first"


def route(*, before: Story | None, after: Story, act: Act) -> None:
    """Commit what the act wants of every account, in the act's own transaction."""
    match act:
        case Act.PUBLISH if before is None:
            for account in Account.objects.order_by("id"):
                _post(account, after)
        case Act.CORRECT:
            for row in _rows(after):
                _correct(row, before, after)
        case Act.RETRACT | Act.ERASE:
            for row in _rows(after):
                _withdraw(row, after)
        case _:
            pass


def new_delivery_id() -> str:
    """Return 8 random base32 characters: a post's mark in every timeline."""
    return base64.b32encode(secrets.token_bytes(5)).decode("ascii").lower()


def _rows(story: Story) -> list[LedgerRow]:
    return list(LedgerRow.objects.filter(story=story.id).order_by("id"))


def _post(account: Account, story: Story) -> None:
    delivery_id = new_delivery_id()
    payload = first_post(
        card_of(story),
        words="",
        hashtags=(),
        pictures=_pictures(story),
        delivery=_delivery(account, delivery_id),
    )
    _make_row(account, story, FIRST, delivery_id, payload)


def _make_row(
    account: Account, story: Story, purpose: str, delivery_id: str, payload: Payload
) -> None:
    LedgerRow.objects.create(
        surface=account.surface,
        account=account.name,
        key=f"post/{story.id}/{purpose}",
        lane=Lane.FAN_OUT,
        desired=payload.fingerprint,
        story=story.id,
        delivery_id=delivery_id,
        payload=payload.data,
        rules=payload.rules,
    )


def _correct(row: LedgerRow, before: Story | None, after: Story) -> None:
    if row.desired == ABSENT or not row.key.endswith(f"/{FIRST}"):
        return
    account = Account.objects.get(surface=row.surface, name=row.account)
    traits = _networks().traits(account)
    delivery = _delivery(account, row.delivery_id)
    if traits.can_edit:
        payload = first_post(
            card_of(after), words="", hashtags=(), pictures=_pictures(after), delivery=delivery
        )
        _rewrite(row, payload)
        return
    known = {note.id for note in before.content.corrections} if before else set()
    for number, note in enumerate(after.content.corrections, start=1):
        if note.id not in known:
            delivery_id = new_delivery_id()
            payload = correction_post(
                card_of(after),
                note,
                pictures=_pictures(after),
                delivery=_delivery(account, delivery_id),
            )
            _make_row(account, after, f"correction-{number}", delivery_id, payload)


def _withdraw(row: LedgerRow, after: Story) -> None:
    account = Account.objects.get(surface=row.surface, name=row.account)
    traits = _networks().traits(account)
    if traits.can_withdraw:
        LedgerRow.objects.filter(id=row.id).update(
            desired=ABSENT,
            lane=Lane.WITHDRAW,
            due_at=None,
            parked="",
            failures=0,
            is_confirmed=False,
        )
    elif traits.can_edit:
        notice = retraction_notice_post(
            card_of(after), delivery=_delivery(account, row.delivery_id)
        )
        _rewrite(row, notice)
        LedgerRow.objects.filter(id=row.id).update(lane=Lane.WITHDRAW)
    else:
        LedgerRow.objects.filter(id=row.id).update(
            parked="the network can neither remove nor change this post: remove it by hand",
        )


def _rewrite(row: LedgerRow, payload: Payload) -> None:
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


def _pictures(story: Story) -> Mapping[PictureId, Picture]:
    records = {picture: log.newest("picture", picture) for picture in pictures_shown(story)}
    return {picture: r for picture, r in records.items() if isinstance(r, Picture)}


def _networks() -> Networks:
    return wiring().networks
