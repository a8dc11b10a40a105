"""An act commits its intent whole, and the worker brings out exactly what it changes."""

from datetime import timedelta
from pathlib import Path

import msgspec
import pytest
from django.db import transaction

from broadsheet.config.printing import Printing
from broadsheet.press import listing, log, printing, rebuilding, tables
from broadsheet.press.actions import change_address, edit, erase, publish, retract, unpublish
from broadsheet.press.actions.errors import ActRefused, AddressTaken, NotNow
from broadsheet.press.actions.import_archive import Imported, import_archive
from broadsheet.press.log import NotInATransaction
from broadsheet.press.models import LedgerRow, LogEntry
from broadsheet.press.printing import BATCH_OBJECTS
from broadsheet.press.worker import Worker
from broadsheet.projections import facts
from broadsheet.projections.lists import HOME
from broadsheet.projections.objects import ObjectKey, Rendered
from broadsheet.projections.theme.loading import load_theme
from broadsheet.story.ids import Address, StoryId
from broadsheet.story.records import Act, Correction, CorrectionKind, StoryState
from tests.factories.press import (
    Clock,
    edit_author,
    edit_section,
    newest_story,
    paper_settings,
    publish_story,
)
from tests.factories.story import a_content, a_section, an_id

pytestmark = pytest.mark.both_databases


def page(worker: Worker, path: str) -> str:
    """Return what readers of a path get, "" for nothing."""
    file = worker.wired.run_folder.parent / "site" / path.strip("/") / "index.html"
    return file.read_text(encoding="utf-8") if file.exists() else ""


def agrees(worker: Worker) -> bool:
    """Return whether the files are those of a rebuild from the log."""
    return rebuilding.compare(
        worker.wired.printing, worker.wired.store, progress=lambda _: None
    ).agrees


def test_published_story_is_out(worker: Worker, clock: Clock) -> None:
    """A published story stands on its page, the home page, its section and in the feed."""
    story = publish_story(clock, headline="Harbor reopens")

    done = worker.run_until_quiet()

    assert "Harbor reopens" in page(worker, story.address)
    assert "Harbor reopens" in page(worker, "/")
    assert "Harbor reopens" in page(worker, "/world/")
    assert done.parked == 0
    assert agrees(worker)


def test_running_again_does_nothing(worker: Worker, clock: Clock) -> None:
    """With nothing new in the log, a round renders and writes nothing."""
    publish_story(clock)
    worker.run_until_quiet()

    again = worker.run_until_quiet()

    assert again.did_nothing


def test_archives_come_last(worker: Worker, clock: Clock, monkeypatch: pytest.MonkeyPatch) -> None:
    """The page is out first, then what readers open most; the calendar's lists wait."""
    publish_story(clock)
    worker.run_until_quiet()
    story = publish_story(clock, 101)
    keys: list[str] = []
    put = worker.wired.store.put

    def watched(key: ObjectKey, rendered: Rendered) -> None:
        keys.append(key)
        put(key, rendered)

    monkeypatch.setattr(worker.wired.store, "put", watched)
    worker.run_until_quiet()

    archives = [key for key in keys if "/archive/" in key or key.endswith("/11.json")]
    assert keys[0] == story.address
    assert archives
    assert keys[-len(archives) :] == archives
    assert {"/", "/world/", "/feeds/site.rss"} < set(keys)


def test_other_pages_are_left_alone(worker: Worker, clock: Clock) -> None:
    """Publishing renders only objects whose facts changed: no other story's page."""
    for number in range(100, 130):
        publish_story(clock, number)
        clock.move(minutes=1)
    worker.run_until_quiet()
    publish_story(clock, 200)

    done = worker.run_until_quiet()

    # The story's page and two copies; lists, feeds, sitemaps, what is newest; lists for programs.
    assert done.rendered <= 32
    assert done.written <= done.rendered


def test_rolled_back_act_leaves_nothing(worker: Worker, clock: Clock) -> None:
    """An act whose transaction fails leaves no entry, no gap and no address."""
    before = log.length()

    with pytest.raises(RuntimeError, match="the editor's row"), transaction.atomic():
        publish.publish(StoryId(an_id(300)), a_content(), now=clock(), by="test", significant=False)
        raise RuntimeError("the editor's row could not be saved")

    assert log.length() == before
    publish_story(clock, 301)
    assert list(LogEntry.objects.order_by("seq").values_list("seq", flat=True)) == list(
        range(1, before + 2)
    )


@pytest.mark.django_db(transaction=True)
def test_act_outside_a_transaction_is_refused(clock: Clock) -> None:
    """The log cannot be written without a transaction to hold the newsroom's row too."""
    with pytest.raises(NotInATransaction):
        publish.publish(StoryId(an_id(300)), a_content(), now=clock(), by="test", significant=False)


def test_typo_fix_moves_no_date(worker: Worker, clock: Clock) -> None:
    """New words that are not significant leave both dates where they were."""
    first = publish_story(clock)
    clock.move(hours=2)

    publish_story(clock, headline="Story with a typo fixed")

    after = newest_story()
    assert (after.first_published_at, after.updated_at) == (
        first.first_published_at,
        first.updated_at,
    )
    worker.run_until_quiet()
    assert agrees(worker)


def test_correction_is_an_act_of_its_own(worker: Worker, clock: Clock) -> None:
    """A new note to readers is logged as a correction and shown on the page."""
    publish_story(clock)
    note = Correction(
        id=an_id(900), kind=CorrectionKind.CORRECTION, at=clock(), text="It was a Monday."
    )

    story = publish_story(clock, corrections=(note,))

    assert LogEntry.objects.latest("seq").act == Act.CORRECT.value
    worker.run_until_quiet()
    assert "It was a Monday." in page(worker, story.address)


def test_retracted_story_is_a_tombstone(worker: Worker, clock: Clock) -> None:
    """A retraction takes the page and every list entry away, and leaves the reason."""
    story = publish_story(clock, headline="Wrong from the start")
    worker.run_until_quiet()

    with transaction.atomic():
        retract.retract(story.id, reason="The document was forged.", now=clock(), by="test")
    worker.run_until_quiet()

    assert page(worker, story.address) == ""
    assert "Wrong from the start" not in page(worker, "/")
    assert agrees(worker)
    tombstones = list((worker.wired.run_folder.parent / "site").rglob("*410*"))
    assert any(
        "forged" in file.read_text(encoding="utf-8")
        for file in tombstones
        if file.suffix not in {".gz", ".br"}
    )


@pytest.fixture
def keys(worker: Worker, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Return what will be written from now on, in order."""
    keys: list[str] = []
    put = worker.wired.store.put

    def watched(key: ObjectKey, rendered: Rendered) -> None:
        keys.append(key)
        put(key, rendered)

    monkeypatch.setattr(worker.wired.store, "put", watched)
    return keys


def test_a_retraction_goes_out_though_the_papers_own_tombstone_fails(
    worker: Worker, clock: Clock, tmp_path: Path
) -> None:
    """A template of the paper's own that no page was ever made by keeps no retracted story out."""
    own = tmp_path / "theme" / "templates"
    own.mkdir(parents=True)
    own.joinpath("tombstone.html").write_text("{{ page.reasn.text }}")
    worker.wired = worker.wired._replace(printing=Printing(load_theme(own.parent)))
    story = publish_story(clock, headline="Wrong from the start")
    worker.run_until_quiet()

    with transaction.atomic():
        retract.retract(story.id, reason="The document was forged.", now=clock(), by="test")
    done = worker.run_until_quiet()

    assert done.parked == 0
    assert page(worker, story.address) == ""
    assert agrees(worker)


def test_partners_are_told_before_any_list(worker: Worker, clock: Clock, keys: list[str]) -> None:
    """Of a retraction, the page and word to partners go first; when published, they come late."""
    story = publish_story(clock)
    worker.run_until_quiet()
    copies = {f"/api/stories/{story.id}.json", f"/api/oembed{story.address}oembed.json"}
    published, keys[:] = list(keys), []

    with transaction.atomic():
        retract.retract(story.id, reason="Wrong.", now=clock(), by="test")
    worker.run_until_quiet()

    assert published.index("/feeds/site.rss") < min(map(published.index, copies))
    assert [story.address, copies] == [keys[0], set(keys[1:3])]


def test_fronts_of_a_retraction_wait_behind_no_work_in_bulk(
    worker: Worker, clock: Clock, keys: list[str]
) -> None:
    """What still leads to a retracted story is rewritten before a hundred other pages."""
    others = {publish_story(clock, number).address for number in range(200, 240)}
    edit_section(clock, 12, slug="late")  # its front has a younger row than the pages
    clock.move(minutes=1)
    story = publish_story(clock, section=a_section(12).id)
    worker.run_until_quiet()
    keys.clear()

    edit_author(clock, name="Ada Lovelace")
    with transaction.atomic():
        retract.retract(story.id, reason="Wrong.", now=clock(), by="test")
    worker.run_until_quiet()

    assert others < set(keys)
    led_to_it = ("/", "/late/", "/feeds/site.rss", "/feeds/late.rss", "/api/stories.json")
    assert keys[0] == story.address
    assert max(map(keys.index, led_to_it)) < min(map(keys.index, others))


def test_the_notice_comes_first_however_many_lists_show_it(
    worker: Worker, clock: Clock, keys: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """A retraction that outdates more than is looked through begins with the page all the same."""
    monkeypatch.setattr(printing, "_LOOKED_THROUGH", BATCH_OBJECTS)
    for number in range(20, 36):
        edit_section(clock, number, slug=f"place-{number}")
    story = publish_story(clock, aliases=tuple(a_section(n).id for n in range(20, 36)))
    worker.run_until_quiet()
    keys.clear()

    with transaction.atomic():
        retract.retract(story.id, reason="Wrong.", now=clock(), by="test")
    worker.run_until_quiet()

    assert len(keys) > 2 * BATCH_OBJECTS
    assert keys[0] == story.address


def test_what_readers_look_at_comes_out_first(
    worker: Worker, clock: Clock, keys: list[str]
) -> None:
    """The page, then fronts, the paper's own feeds, sitemaps; feeds of its parts come after."""
    story = publish_story(clock)
    worker.run_until_quiet()

    looked_at = ("/", "/world/", "/feeds/site.rss", "/sitemaps/news.xml", "/feeds/world.rss")
    found = [
        keys.index(story.address),
        *map(keys.index, looked_at),
        keys.index("/archive/2026/11/"),
    ]
    assert sorted(found) == found, keys


def test_unpublished_story_returns_to_its_address(worker: Worker, clock: Clock) -> None:
    """A story taken down to fix keeps its address and first date when it returns."""
    story = publish_story(clock)
    worker.run_until_quiet()
    with transaction.atomic():
        unpublish.unpublish(story.id, now=clock(), by="test")
    worker.run_until_quiet()
    assert page(worker, story.address) == ""
    clock.move(hours=1)

    back = publish_story(clock)
    worker.run_until_quiet()

    assert (back.address, back.first_published_at) == (story.address, story.first_published_at)
    assert page(worker, story.address) != ""
    assert agrees(worker)


def test_retracted_story_does_not_return(worker: Worker, clock: Clock) -> None:
    """Publishing a retracted story is refused with what to do instead."""
    story = publish_story(clock)
    with transaction.atomic():
        retract.retract(story.id, reason="Wrong.", now=clock(), by="test")

    with pytest.raises(NotNow, match="copy it"):
        publish_story(clock, headline="Again")


def test_clash_of_slugs_gets_a_number(worker: Worker, clock: Clock) -> None:
    """Two stories of one day and slug get addresses of their own, for ever."""
    first = publish_story(clock, 100, slug="same")
    second = publish_story(clock, 101, slug="same")

    assert (first.address[-6:], second.address[-8:]) == ("/same/", "/same-2/")


def test_changed_address_leads_on(worker: Worker, clock: Clock) -> None:
    """Old addresses lead to the present one in one hop, also after two changes."""
    story = publish_story(clock, slug="one")
    for slug in ("two", "three"):
        with transaction.atomic():
            change_address.change_address(story.id, slug=slug, now=clock(), by="test")
        worker.run_until_quiet()

    moved = newest_story()
    site = worker.wired.run_folder.parent / "site"
    redirects = {
        file.parent.name: file.read_text(encoding="utf-8") for file in site.rglob("index.html.301")
    }
    assert {"one": moved.address, "two": moved.address}.items() <= {
        name: text.strip() for name, text in redirects.items()
    }.items()
    assert agrees(worker)


def test_section_cannot_take_a_reserved_address(worker: Worker, clock: Clock) -> None:
    """A section called like a part of the site is refused, and named."""
    with pytest.raises(ActRefused, match="/desk/"), transaction.atomic():
        edit_section(clock, 50, slug="desk")


def test_two_sections_cannot_share_an_address(worker: Worker, clock: Clock) -> None:
    """A second section at the same address is refused."""
    with pytest.raises(AddressTaken, match="/world/"), transaction.atomic():
        edit.edit_section(
            a_section(51).id,
            name="World again",
            slug="world",
            position=9,
            description="",
            now=clock(),
            by="test",
        )


def test_erased_story_leaves_no_words(worker: Worker, clock: Clock) -> None:
    """Erasure empties every version in the log and every file, and keeps the tombstone."""
    story = publish_story(clock, headline="Unforgettable")
    worker.run_until_quiet()

    with transaction.atomic():
        erase.erase(story.id, reason="By order of the court.", now=clock(), by="test")
    worker.run_until_quiet()

    assert newest_story().state is StoryState.ERASED
    assert not any(b"Unforgettable" in bytes(e.version) for e in LogEntry.objects.all())
    assert agrees(worker)


def test_object_that_fails_is_parked_alone(worker: Worker, clock: Clock, tmp_path: Path) -> None:
    """A template error in one object parks it with its reason; the others go out."""
    story = publish_story(clock, 100, headline="Fine")
    render = worker.wired.printing.render

    class Printing:
        """A press that cannot render one page."""

        generation = worker.wired.printing.generation
        objects = worker.wired.printing.objects

        def render(self, obj, facts):
            """Fail for the story's page alone."""
            if obj.key == story.address:
                message = "the template says no"
                raise ZeroDivisionError(message)
            return render(obj, facts)

    worker.wired = worker.wired._replace(printing=Printing())
    worker.run_until_quiet()

    parked = LedgerRow.objects.exclude(parked="").get()
    assert (parked.key, "the template says no" in parked.parked) == (story.address, True)
    assert "Fine" in page(worker, "/")


def test_import_keeps_date_and_address(worker: Worker, clock: Clock) -> None:
    """An imported story keeps its old date and path, and shows in its month's archive."""
    long_ago = clock().replace(year=2019, month=3)
    with transaction.atomic():
        publish.import_story(
            StoryId(an_id(700)),
            a_content(headline="From before"),
            first_published_at=long_ago,
            now=clock(),
            by="test",
            address=Address("/old/path/from-before/"),
        )

    worker.run_until_quiet()

    assert "From before" in page(worker, "/old/path/from-before/")
    assert "From before" in page(worker, "/archive/2019/03/")
    assert agrees(worker)


def archived(number: int, clock: Clock) -> Imported:
    """Return a story of an archive, published so many days ago."""
    return Imported(
        StoryId(an_id(1000 + number)),
        a_content(headline=f"Archived {number}", slug=f"archived-{number}"),
        Address(f"/archived/{number}/"),
        clock() - timedelta(days=number),
    )


def test_archive_is_taken_over_whole(worker: Worker, clock: Clock) -> None:
    """Many stories go in as one act, and the site agrees with the log."""
    with transaction.atomic():
        import_archive([archived(n, clock) for n in range(1, 120)], now=clock(), by="test")

    done = worker.run_until_quiet()

    assert done.entries == 119
    assert "Archived 119" in page(worker, "/archived/119/")
    assert agrees(worker)


def test_archive_with_one_bad_story_is_refused_whole(worker: Worker, clock: Clock) -> None:
    """One address that is taken keeps the whole archive out."""
    before = log.length()
    clash = archived(3, clock)._replace(address=Address("/world/"))

    with pytest.raises(AddressTaken, match="/world/"), transaction.atomic():
        import_archive([archived(1, clock), clash], now=clock(), by="test")

    assert log.length() == before


def test_new_zone_and_a_story_in_one_batch(
    worker: Worker, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Lists that were read before the zone moved their members are read again after it."""
    monkeypatch.setattr(facts, "MONTH_IS_CUT_ABOVE", 3)
    monkeypatch.setattr(listing, "MONTH_IS_CUT_ABOVE", 3)
    for number in range(100, 105):
        publish_story(clock, number)
        clock.move(hours=7)
    worker.run_until_quiet()

    publish_story(clock, 105)
    with transaction.atomic():
        moved = msgspec.structs.replace(paper_settings(), time_zone="Pacific/Kiritimati")
        edit.edit_settings(moved, now=clock(), by="test")
    worker.run_until_quiet()

    assert agrees(worker)


def test_kept_lists_do_not_grow_with_the_archive(
    worker: Worker, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    """However long the lists are that were asked for, what is kept of them has a bound."""
    monkeypatch.setattr(tables, "KEPT_ENTRIES", 10)
    for number in range(100, 108):
        publish_story(clock, number)
    worker.run_until_quiet()
    asked = tables.Tables()

    for hours in range(1, 20):
        asked.between(HOME, low=clock() - timedelta(hours=hours), high=clock() + timedelta(hours=1))

    assert sum(map(len, asked._answers.values())) <= 10 + 8
