"""Says what is stuck: what waits for a person, or has missed its time, and where one acts."""

from collections.abc import Iterator, Sequence
from datetime import datetime

from django.conf import settings
from django.db.models import Exists, F, OuterRef, Q
from django.urls import reverse

from broadsheet.newsroom.chores import MOST_FAILURES
from broadsheet.newsroom.desk import pulse, under_way
from broadsheet.newsroom.desk.items import Confirmable, Item, Known, known
from broadsheet.newsroom.desk.seeing import Viewer
from broadsheet.newsroom.models.chore import Chore
from broadsheet.newsroom.models.front import Front, FrontChange
from broadsheet.newsroom.models.picture import Picture
from broadsheet.newsroom.models.sizes_wanted import SizesWanted
from broadsheet.press import mass_change
from broadsheet.press.lateness import Late, late, overdue
from broadsheet.press.models import Account, Attempt, LedgerRow, MassChange, Schedule
from broadsheet.press.models.ledger import WEBSITE

_CHANGES = {  # by their act on the schedule
    "front": "{} was not changed on time",
    "rights-end": "The rights in “{}” are over, and readers may still see it",
}
MOST = 20  # of a kind are shown; the list of stories in trouble shows the rest


def everything(viewer: Viewer, *, now: datetime) -> list[Item]:
    """Return all that is stuck and concerns this person, the gravest first."""
    found = []
    if viewer.is_publisher:
        found += [*_press(now), *_accounts()]
    found += _stories(viewer, now=now)
    if viewer.is_publisher:
        found += [*_changes(now), *_in_doubt(viewer), *_parked_pages(), *_chores()]
    return [*found, *_pictures()]


def plans(viewer: Viewer) -> list[Confirmable]:
    """Return the plans that wait until a publisher of the whole paper agrees."""
    if not may_confirm(viewer):
        return []
    return [
        Confirmable(_plan(plan), reverse("confirm_plan", args=[plan.id]))
        for plan in mass_change.waiting()
    ]


def may_confirm(viewer: Viewer) -> bool:
    """Say whether somebody may let a plan go ahead: it concerns every section."""
    return (
        viewer.is_publisher and viewer.sees_all and len(viewer.may_publish) == len(viewer.sections)
    )


def _plan(plan: MassChange) -> Item:
    where = "the site" if plan.surface == WEBSITE else f"{plan.surface}/{plan.account}"
    what = "pages would be taken down" if plan.surface == WEBSITE else "posts would change"
    return Item(
        what=f"{plan.rows} of {plan.of} {what} on {where}",
        detail="More often an accident than meant: nothing happens until you agree.",
        icon="warning",
        tone="critical",
        at=plan.found_at,
    )


def _press(now: datetime) -> Iterator[Item]:
    since = pulse.silent_since(settings.HOME.run, now=now)
    if since == "":
        return
    yield Item(
        what="The press is not running",
        detail="What is published is safe and waits; nothing goes out. Start it: broadsheet run.",
        icon="warning",
        tone="critical",
        at=since if isinstance(since, datetime) else None,
    )


def _accounts() -> Iterator[Item]:
    for account in Account.objects.exclude(on_hold="").order_by("surface", "name")[:MOST]:
        yield Item(
            what=f"{account.surface}/{account.name} is on hold",
            detail=account.on_hold,
            icon="lock",
            tone="critical",
        )


def _stories(viewer: Viewer, *, now: datetime) -> Iterator[Item]:
    """Yield what is late, with what to do for those who may, and then what is parked."""
    delayed, parked = late(now=now), under_way.parked()
    stories = known((*(each.story for each in delayed), *(uuid for uuid, _ in parked)), viewer)
    shown = [_late(stories[each.story], each) for each in delayed if each.story in stories]
    shown += [_of_story(stories[uuid], why) for uuid, why in parked if uuid in stories]
    yield from shown[:MOST]
    if len(shown) > MOST:
        yield Item(
            what=f"and {len(shown) - MOST} more",
            icon="warning",
            url=f"{reverse('stories:index')}?state=trouble",
        )


def _late(story: Known, each: Late) -> Item:
    to_do = f" {each.to_do}" if story.may_publish else ""
    said = f"{under_way.in_words(each)}{to_do}"
    return _of_story(story, said)._replace(at=each.due_at, url=story.edit_url)


def _of_story(story: Known, why: str) -> Item:
    return Item(
        what=story.headline,
        detail=why,
        icon="warning",
        tone="critical",
        url=story.live_as_url,
        section=story.section,
    )


def _changes(now: datetime) -> Iterator[Item]:
    """Yield changes of fronts, and ends of pictures' rights, that were not made on time."""
    missed = overdue(*_CHANGES, now=now)[:MOST]
    pictures = {
        str(picture.uuid): picture
        for picture in Picture.objects.filter(uuid__in=_subjects(missed, "rights-end"))
    }
    fronts = {
        str(change.uuid): change.front
        for change in FrontChange.objects.filter(uuid__in=_subjects(missed, "front"))
    }
    for row in missed:
        picture, front = pictures.get(row.story), fronts.get(row.story)
        yield Item(
            what=_CHANGES[row.act].format(picture or front or row.story),
            detail=row.reason or "The press has not tried yet.",
            icon="warning",
            tone="critical",
            at=row.due_at,
            url=_place_of(picture, front),
        )


def _subjects(missed: Sequence[Schedule], act: str) -> list[str]:
    return [row.story for row in missed if row.act == act]


def _place_of(picture: Picture | None, front: Front | None) -> str:
    if picture is not None:
        return reverse("wagtailimages:edit", args=[picture.pk])
    return "" if front is None else reverse("front", args=[front.key])


def _in_doubt(viewer: Viewer) -> Iterator[Item]:
    """Yield posts that may be out or not: a request was made, and nobody knows what came of it."""
    asked = Attempt.objects.filter(row=OuterRef("pk"))
    # Networks by name, and what the index of unequal rows holds: all pages may be in doubt too.
    networks = Account.objects.values("surface").distinct()
    unequal = LedgerRow.objects.filter(~Q(desired=F("live")), ~Q(desired=""), surface__in=networks)
    rows = unequal.filter(Exists(asked), live="", parked="").order_by("pk")[:MOST]
    stories = known((row.story for row in rows), viewer)
    for row in rows:
        story = stories.get(row.story)
        if story is not None:
            detail = f"its post on {row.surface}/{row.account} is in doubt; it is being read back"
            yield _of_story(story, detail)._replace(icon="help", tone="warning")


def _parked_pages() -> Iterator[Item]:
    """Yield objects of the site that belong to no story: a section's page, a feed, a picture."""
    rows = (
        LedgerRow.objects.filter(surface=WEBSITE)
        .exclude(parked="")
        .exclude(recipe__in=["story", "moved-story"])
    )
    for row in rows.order_by("-pk")[:MOST]:
        yield Item(what=row.key, detail=row.parked, icon="warning", tone="critical")


def _chores() -> Iterator[Item]:
    failing = Chore.objects.filter(failures__gte=MOST_FAILURES).order_by("-pk")[:MOST]
    for chore in failing:
        yield Item(
            what=f"Housekeeping failed: {chore.task.rpartition('.')[2]}",
            detail=chore.problem,
            icon="cogs",
            tone="warning",
        )


def _pictures() -> Iterator[Item]:
    """Yield pictures that wait for their file, and those whose sizes could not be made."""
    failed = SizesWanted.objects.exclude(problem="").select_related("picture").order_by("-pk")
    for wanted in failed[:MOST]:
        yield _of_picture(wanted.picture, wanted.problem, tone="critical")
    for picture in Picture.objects.filter(waiting=True).order_by("-pk")[:MOST]:
        yield _of_picture(picture, "the picture waits for its file", tone="warning")


def _of_picture(picture: Picture, why: str, *, tone: str) -> Item:
    url = reverse("wagtailimages:edit", args=[picture.pk])
    return Item(what=picture.title, detail=why, icon="image", tone=tone, url=url)
