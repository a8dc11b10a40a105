"""
Marks site objects out of date: exactly those that read what changed.

A change names facts (with what they now say, where that is known) and crossed list
keys. Objects whose last rendering read one of them otherwise are marked with the
entry that outdated them, and put in the lane their urgency asks for.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple, TypeVar

from django.db.models import Q

from broadsheet.press.listing import Crossing
from broadsheet.press.models import FactRead, LedgerRow, WindowRead
from broadsheet.press.models.ledger import WEBSITE, Lane
from broadsheet.projections.objects import Object, Recipe

_T = TypeVar("_T")

QUERY_TERMS = 200  # SQLite takes expressions up to 1,000 deep; this keeps well below


class Causes(NamedTuple):
    """What changed, and what that calls for."""

    seq: int  # newest entry of the change
    facts: Mapping[str, str | None]  # what each now says; None: something else than before
    crossed: frozenset[Crossing]
    objects: Sequence[Object]  # that must exist in the ledger
    urgent: Mapping[str, Lane]  # by key: pages of the stories that changed
    site_wide: frozenset[str]  # facts so common that their readers go to the background


class _Row(NamedTuple):
    id: int
    key: str
    recipe: str
    lane: int
    dirty_seq: int | None


def mark_dirty(causes: Causes) -> int:
    """Mark every object the causes outdate; return how many there are."""
    _make_rows(causes)
    background = _readers(
        {fact: now for fact, now in causes.facts.items() if fact in causes.site_wide}
    )
    near = _readers(
        {fact: now for fact, now in causes.facts.items() if fact not in causes.site_wide}
    )
    near |= _crossed(causes.crossed)
    rows = [*_rows_by_id(near | background), *_rows_by_key(causes.urgent)]
    by_lane: dict[Lane, set[int]] = defaultdict(set)
    for row in {row.id: row for row in rows}.values():
        by_lane[_lane(row, causes, in_background=row.id not in near)].add(row.id)
    for lane, ids in by_lane.items():
        for some in _chunks(sorted(ids)):
            LedgerRow.objects.filter(id__in=some).update(
                dirty_seq=causes.seq, lane=lane, parked="", failures=0
            )
    return sum(len(ids) for ids in by_lane.values())


def mark_all_dirty(seq: int) -> int:
    """Mark every site object: the theme, the release or the paper's zone changed."""
    rows = LedgerRow.objects.filter(surface=WEBSITE)
    rows.filter(recipe=Recipe.STYLE.value).update(dirty_seq=seq, lane=Lane.LAST, parked="")
    return rows.exclude(recipe=Recipe.STYLE.value).update(
        dirty_seq=seq, lane=Lane.REBUILD, parked="", failures=0
    )


def call_for(objects: Sequence[Object], *, seq: int) -> None:
    """Make sure that objects no record calls for, such as a style sheet, are in the ledger."""
    _make_rows(
        Causes(
            seq=seq,
            facts={},
            crossed=frozenset(),
            objects=objects,
            urgent={obj.key: Lane.PUBLISH for obj in objects},
            site_wide=frozenset(),
        )
    )


def _make_rows(causes: Causes) -> None:
    wanted = {obj.key: obj for obj in causes.objects}
    known: set[str] = set()
    for some in _chunks(sorted(wanted)):
        known.update(
            LedgerRow.objects.filter(surface=WEBSITE, account="", key__in=some).values_list(
                "key", flat=True
            )
        )
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
            for key, obj in wanted.items()
            if key not in known
        ],
        batch_size=200,
    )


def _first_lane(obj: Object) -> Lane:
    return Lane.PUBLISH if obj.recipe is Recipe.RENDITION else Lane.FAN_OUT


def _lane(row: _Row, causes: Causes, *, in_background: bool) -> Lane:
    if row.key in causes.urgent:
        lane = causes.urgent[row.key]
    elif row.recipe == Recipe.RENDITION.value:
        lane = Lane.PUBLISH
    else:
        lane = Lane.REBUILD if in_background else Lane.FAN_OUT
    return lane if row.dirty_seq is None else Lane(min(lane, row.lane))


def _readers(facts: Mapping[str, str | None]) -> set[int]:
    readers: set[int] = set()
    for some in _chunks(sorted(facts)):
        reads = FactRead.objects.filter(fact__in=some).values_list("row_id", "fact", "fingerprint")
        readers.update(row for row, fact, said in reads.iterator() if facts[fact] != said)
    return readers


def _crossed(crossed: frozenset[Crossing]) -> set[int]:
    found: set[int] = set()
    for some in _chunks(sorted(crossed)):
        condition = Q()
        for name, key in some:
            condition |= Q(list_name=name, low__lte=key, high__gt=key)
        found.update(WindowRead.objects.filter(condition).values_list("row_id", flat=True))
    return found


def _rows_by_id(ids: set[int]) -> Iterable[_Row]:
    for some in _chunks(sorted(ids)):
        rows = LedgerRow.objects.filter(id__in=some).values_list(*_Row._fields)
        yield from (_Row(*row) for row in rows)


def _rows_by_key(keys: Iterable[str]) -> Iterable[_Row]:
    for some in _chunks(sorted(keys)):
        rows = LedgerRow.objects.filter(surface=WEBSITE, account="", key__in=some)
        yield from (_Row(*row) for row in rows.values_list(*_Row._fields))


def _chunks(items: Sequence[_T]) -> Iterable[Sequence[_T]]:
    return (items[i : i + QUERY_TERMS] for i in range(0, len(items), QUERY_TERMS))
