"""
Marks site objects out of date: exactly those that read what changed.

A change names facts (with what they now say, where that is known) and crossed list
keys. Objects whose last rendering read one of them otherwise are marked with the
entry that outdated them, and put in the lane their urgency asks for.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from django.db.models import Q

from broadsheet.press.asking import carry_out, chunks, places, rows
from broadsheet.press.listing import Crossing
from broadsheet.press.models import LedgerRow
from broadsheet.press.models.ledger import WEBSITE, Lane
from broadsheet.projections.objects import Object, Recipe

# Out of date already, and sooner wanted than all the rest: a retraction stays in its lane.
IS_HURRIED = Q(dirty_seq__isnull=False, lane__lt=Lane.REBUILD)


class Withdrawn(NamedTuple):
    """What was taken down, as others show it: part of the causes, and sooner wanted than they."""

    facts: frozenset[str] = frozenset()
    crossed: frozenset[Crossing] = frozenset()
    keys: frozenset[str] = frozenset()  # objects of the story itself that others read


NOTHING_WITHDRAWN = Withdrawn()


class Causes(NamedTuple):
    """What changed, and what that calls for."""

    seq: int  # newest entry of the change
    facts: Mapping[str, str | None]  # what each now says; None: something else than before
    crossed: frozenset[Crossing]
    objects: Sequence[Object]  # that must exist in the ledger
    urgent: Mapping[str, Lane]  # by key: pages of the stories that changed
    withdrawn: Withdrawn
    site_wide: frozenset[str]  # facts so common that their readers go to the background


class _Row(NamedTuple):
    id: int
    key: str
    recipe: str
    lane: int
    dirty_seq: int | None


def mark_dirty(causes: Causes) -> int:
    """Mark every object the causes outdate; return how many read what changed site-wide."""
    _make_rows(causes)
    background = _readers(
        {fact: now for fact, now in causes.facts.items() if fact in causes.site_wide}
    )
    near = _readers(
        {fact: now for fact, now in causes.facts.items() if fact not in causes.site_wide}
    )
    near |= _crossed(causes.crossed)
    showing = _readers({fact: causes.facts[fact] for fact in causes.withdrawn.facts})
    showing |= _crossed(causes.withdrawn.crossed)
    found = {row.id: row for row in _rows_by_id(near | background)}
    found |= {row.id: row for row in _rows_by_key(causes.urgent)}
    by_lane: dict[Lane, set[int]] = defaultdict(set)
    for row in found.values():
        lane = _lane(
            row, causes, in_background=row.id not in near, shows_withdrawn=row.id in showing
        )
        by_lane[lane].add(row.id)
    for lane, ids in by_lane.items():
        carry_out(_OUTDATE, [(causes.seq, lane.value, row_id) for row_id in sorted(ids)])
    return len(background)


def mark_all_dirty(seq: int) -> int:
    """Mark every site object: the theme, the release or the paper's zone changed."""
    rows = LedgerRow.objects.filter(surface=WEBSITE)
    rows.filter(recipe=Recipe.ASSET.value).update(dirty_seq=seq, lane=Lane.LAST, parked="")
    pages = rows.exclude(recipe=Recipe.ASSET.value)
    hurried = pages.filter(IS_HURRIED).update(dirty_seq=seq, parked="", failures=0)
    others = pages.exclude(IS_HURRIED)
    return hurried + others.update(dirty_seq=seq, lane=Lane.REBUILD, parked="", failures=0)


def call_for(objects: Sequence[Object], *, seq: int) -> None:
    """Make sure that objects no record calls for, such as a style sheet, are in the ledger."""
    _make_rows(
        Causes(
            seq=seq,
            facts={},
            crossed=frozenset(),
            objects=objects,
            urgent={obj.key: Lane.PUBLISH for obj in objects},
            withdrawn=NOTHING_WITHDRAWN,
            site_wide=frozenset(),
        )
    )


def _make_rows(causes: Causes) -> None:
    wanted = {obj.key: obj for obj in causes.objects}
    known = {row.key for row in _rows_by_key(wanted)}
    missing = [obj for key, obj in wanted.items() if key not in known]
    if not missing:
        return
    LedgerRow.objects.bulk_create(
        [
            LedgerRow(
                surface=WEBSITE,
                account="",
                key=obj.key,
                recipe=obj.recipe.value,
                subject=obj.subject,
                dirty_seq=causes.seq,
                lane=causes.urgent.get(obj.key, _first_lane(obj)),
            )
            for obj in missing
        ],
        batch_size=200,
    )


def _first_lane(obj: Object) -> Lane:
    return Lane.PUBLISH if obj.recipe is Recipe.RENDITION else Lane.FAN_OUT


def _lane(row: _Row, causes: Causes, *, in_background: bool, shows_withdrawn: bool) -> Lane:
    if row.key in causes.urgent:
        lane = causes.urgent[row.key]
    elif row.recipe == Recipe.RENDITION.value:
        lane = Lane.PUBLISH  # before what shows a new one, after what showed one that goes
    elif row.key in causes.withdrawn.keys:
        lane = Lane.TAKE_DOWN
    elif shows_withdrawn:
        lane = Lane.WITHDRAW
    else:
        lane = Lane.REBUILD if in_background else Lane.FAN_OUT
    return lane if row.dirty_seq is None else Lane(min(lane, row.lane))


def _readers(facts: Mapping[str, str | None]) -> set[int]:
    return {
        row
        for some in chunks(sorted(facts))
        for row, fact, said in rows(f"{_READS} ({places(some)})", *some)
        if facts[fact] != said
    }


def _crossed(crossed: frozenset[Crossing]) -> set[int]:
    found: set[int] = set()
    for some in chunks(sorted(crossed)):
        crossings = ", ".join(["(%s, %s)"] * len(some))
        values = [value for crossing in some for value in crossing]
        found.update(row for (row,) in rows(_CROSSED.format(crossings), *values))
    return found


def _rows_by_id(ids: set[int]) -> Iterable[_Row]:
    for some in chunks(sorted(ids)):
        yield from map(_Row._make, rows(f"{_ROWS} id IN ({places(some)})", *some))


def _rows_by_key(keys: Iterable[str]) -> Iterable[_Row]:
    for some in chunks(sorted(keys)):
        named = f"{_ROWS} surface = %s AND account = '' AND key IN ({places(some)})"
        yield from map(_Row._make, rows(named, WEBSITE, *some))


_OUTDATE = (
    "UPDATE press_ledgerrow SET dirty_seq = %s, lane = %s, parked = '', failures = 0 WHERE id = %s"
)
_READS = "SELECT row_id, fact, fingerprint FROM press_factread WHERE fact IN"
_ROWS = "SELECT id, key, recipe, lane, dirty_seq FROM press_ledgerrow WHERE"
_CROSSED = (
    "WITH crossing(name, key) AS (VALUES {})"
    " SELECT DISTINCT read.row_id FROM crossing JOIN press_windowread AS read"
    " ON read.list_name = crossing.name AND read.low <= crossing.key AND read.high > crossing.key"
)
