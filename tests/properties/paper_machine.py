"""
A newsroom that acts at random over the real press, and a check after any of its steps.

Each example is a paper of its own: a savepoint that is rolled back, a folder that is
removed. Acts only commit; what a worker does, and when it dies, are steps like any other.
"""

import hashlib
import shutil
import tempfile
from collections.abc import Callable
from contextlib import suppress
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any, ClassVar, cast

import msgspec
from django.db import transaction
from hypothesis import strategies as st
from hypothesis.stateful import initialize, rule

from broadsheet.config.printing import Printing
from broadsheet.press import deriving, log, mass_change, printing, rebuilding, sweeps
from broadsheet.press.actions import (
    change_address,
    edit,
    erase,
    expire,
    publish,
    retract,
    schedule,
    unpublish,
)
from broadsheet.press.actions.errors import ActRefused
from broadsheet.press.models import LedgerRow, LogEntry
from broadsheet.press.ports import Networks, Press, Store, Wiring
from broadsheet.press.worker import Round, Worker
from broadsheet.projections.facts import Facts
from broadsheet.projections.fold import fold_of
from broadsheet.projections.objects import ObjectKey
from broadsheet.story.body import Gallery, Paragraph, PictureUse, Run
from broadsheet.story.ids import AuthorId, PictureId, SectionId, Sha256, StoryId
from broadsheet.story.records import (
    PAPER,
    Byline,
    Correction,
    CorrectionKind,
    Rendition,
    Section,
    Settings,
    Story,
    StoryContent,
)
from broadsheet.story.versions import decoded
from tests.factories.press import THEME, Clock, NoNetworks, a_press_paper
from tests.factories.story import a_content, a_picture, an_id
from tests.properties.draws import (
    EDGES,
    LANGUAGES,
    MINUTES,
    PICK,
    SETTINGS,
    WORDS,
    one_of,
)
from tests.properties.forgetting import Forgetful, Forgets
from tests.properties.front_acts import ActingNewsroom, FrontActs
from tests.properties.placing import Placing
from tests.properties.watching import (
    Killed,
    Trace,
    WatchedPress,
    WatchedStore,
    differing_files,
    files_seen,
    rewritten,
)

# Tens of thousands of small files are made and removed; a disk would be most of the time.
IN_MEMORY = "/dev/shm" if Path("/dev/shm").is_dir() else None

PICTURE_FILES = tuple(f"picture {number}".encode() for number in range(4))


class NextGeneration(Printing):
    """The same projections, said to be another release."""

    def __init__(self, number: int) -> None:
        """Count the releases."""
        super().__init__(THEME)
        self.generation = f"{self.generation}/{number}"


class PaperMachine(FrontActs, Placing):
    """A paper: acts on the left, a worker on the right, the rebuild as judge."""

    forgets: ClassVar[Forgets | None] = None  # what this paper's press forgets to record

    def __init__(self) -> None:
        """Found the paper."""
        super().__init__()
        self._savepoint = transaction.atomic()
        self._savepoint.__enter__()
        self.folder = Path(tempfile.mkdtemp(prefix="paper-", dir=IN_MEMORY))
        self.renditions = self.folder / "renditions"
        self.sizes = tuple(kept_picture(data, self.renditions) for data in PICTURE_FILES)
        for name in ("site", "run", "rebuilt"):
            (self.folder / name).mkdir()
        self.clock = Clock()
        self.newsroom = ActingNewsroom(clock=self.clock)
        self.store = WatchedStore(self.folder / "site", renditions=self.renditions)
        self.generation = 0
        self.traces: dict[ObjectKey, Trace] = {}  # of what this worker's tables hold for sure
        self.rendered_in_vain: list[str] = []
        self.numbers = 1000  # ids given out
        self.stories: list[StoryId] = []
        self.sections = [SectionId(an_id(1)), SectionId(an_id(11))]
        self.authors = [AuthorId(an_id(2))]
        self.pictures = [PictureId(an_id(3))]
        self.worker = self._new_worker()
        self.killed = False
        self.is_eager = False
        self.is_condemned = False  # by a step: the last judgment would only hide the first
        a_press_paper(self.clock)
        self.publish_story(language="en", words="First", section=0, lead=1, author=1)

    @initialize(is_eager=st.sampled_from([True, True, False]))
    def hire_a_worker(self, *, is_eager: bool) -> None:
        """Say whether each act is put out, and judged, before the next, or when it happens."""
        self.is_eager = is_eager

    def teardown(self) -> None:
        """Judge the paper once more, by every byte, then leave nothing of it."""
        try:
            if not self.is_condemned:
                self._must_be_quiet_after(self._work_until_quiet)
                self._must_be_the_bytes_of_a_rebuild()
        finally:
            self.worker.lock.release()
            self._savepoint.__exit__(Killed, Killed(), None)
            shutil.rmtree(self.folder)

    # Acts

    @rule(
        edge=EDGES,
        minutes=MINUTES,
        days=st.one_of(st.just([0]), st.lists(st.integers(0, 3), min_size=4, max_size=5)),
        words=WORDS,
        section=PICK,
        lead=PICK,
        author=PICK,
    )
    def import_stories(
        self, *, edge: datetime, minutes: int, days: list[int], **content: Any
    ) -> None:
        """Take over a story of another time, or as many as cut a month into days."""
        first = edge + timedelta(minutes=minutes)
        self._import([first + timedelta(days=day) for day in days], **content)

    @rule(words=WORDS, section=PICK, lead=PICK, author=PICK, language=LANGUAGES)
    def publish_story(self, *, language: str, **content: Any) -> None:
        """Publish a story now."""
        story = StoryId(self._next_id())
        self.stories.append(story)
        written = msgspec.structs.replace(self._content(**content), language=language)
        self._act(publish.publish, story, written, significant=False)

    @rule(
        story=PICK,
        words=WORDS,
        pick=PICK,
        what=st.sampled_from(
            ["typo", "significant", "correct", "lead", "body picture", "section", "bylines", "same"]
        ),
    )
    def publish_again(self, *, story: int, words: str, pick: int, what: str) -> None:
        """Publish other words of a story, or the same: also after it was taken down."""
        known = log.newest("story", one_of(self.stories[-2:], story))
        if isinstance(known, Story):
            changed = self._changed(known.content, what=what, words=words, pick=pick)
            significant = what == "significant"
            self._act(publish.publish, known.id, changed, significant=significant)

    @rule(story=PICK, words=WORDS)
    def fix_a_typo(self, *, story: int, words: str) -> None:
        """Change a headline and no date: lists stay as they are, but for the words."""
        self.publish_again(story=story, words=words, pick=0, what="typo")

    @rule(story=PICK, how=st.sampled_from(["retract", "unpublish", "expire", "erase"]))
    def take_down(self, *, story: int, how: str) -> None:
        """Withdraw a story, for a while or for good."""
        picked = one_of(self.stories[-2:], story)
        match how:
            case "retract":
                self._act(retract.retract, picked, reason="It was <not> true.")
            case "unpublish":
                self._act(unpublish.unpublish, picked)
            case "expire":
                self._act(expire.expire, picked)
            case _:
                self._act(erase.erase, picked, reason="By order.")

    @rule(story=PICK, slugs=st.lists(WORDS, min_size=1, max_size=3))
    def change_address(self, *, story: int, slugs: list[str]) -> None:
        """Give a story another address, perhaps one it had, or several in turn."""
        for slug in slugs:
            self._act(change_address.change_address, one_of(self.stories[-2:], story), slug=slug)

    @rule(
        section=PICK,
        name=WORDS,
        slug=st.sampled_from(["world", "city", "town", "sport", "kultur"]),
        position=st.integers(1, 3),
        description=WORDS,
        is_new=st.booleans(),
    )
    def edit_section(self, *, section: int, is_new: bool, **parts: Any) -> None:
        """Rename, move or add a section."""
        if is_new and len(self.sections) < 4:
            self.sections.append(SectionId(self._next_id()))
            section = len(self.sections) - 1
        self._act(edit.edit_section, one_of(self.sections, section), **parts)

    @rule(section=PICK, name=WORDS)
    def rename_section(self, *, section: int, name: str) -> None:
        """Give a section another name and nothing else."""
        known = log.newest("section", one_of(self.sections, section))
        if isinstance(known, Section):
            more = {"position": known.position, "description": known.description}
            slug = known.address.strip("/")
            self._act(edit.edit_section, known.id, name=name, slug=slug, **more)

    @rule(author=PICK, name=WORDS, slug=st.sampled_from(["", "ada", "ben"]), is_new=st.booleans())
    def edit_author(self, *, author: int, name: str, slug: str, is_new: bool) -> None:
        """Rename, move or add an author."""
        if is_new and len(self.authors) < 3:
            self.authors.append(AuthorId(self._next_id()))
            author = len(self.authors) - 1
        picked = one_of(self.authors, author)
        more = {"role": "", "bio": name, "links": (), "avatar": None}
        self._act(edit.edit_author, picked, name=name, slug=slug, **more)

    @rule(picture=PICK, caption=WORDS, sizes=st.sets(st.integers(0, 3)), is_new=st.booleans())
    def edit_picture(self, *, picture: int, caption: str, sizes: set[int], is_new: bool) -> None:
        """Change a picture's words and files; none while it waits for them."""
        if is_new and len(self.pictures) < 3:
            self.pictures.append(PictureId(self._next_id()))
            picture = len(self.pictures) - 1
        edited = msgspec.structs.replace(
            a_picture(),
            id=one_of(self.pictures, picture),
            caption=caption,
            renditions=tuple(self.sizes[size] for size in sorted(sizes)),
            **dict.fromkeys(("width_px", "height_px"), 600 * (picture % 2)),  # 0: no place kept
        )
        self._act(edit.edit_picture, edited)

    @rule(field=st.sampled_from(["name", "profiles", "tagline"]), pick=PICK)
    def edit_words_of_the_paper(self, *, field: str, pick: int) -> None:
        """Change what the paper says of itself."""
        self._edit_settings(field=field, pick=pick)

    @rule(field=st.sampled_from(["base_url", "language", "language", "time_zone"]), pick=PICK)
    def edit_place_of_the_paper(self, *, field: str, pick: int) -> None:
        """Change where the paper is, and for whom."""
        self._edit_settings(field=field, pick=pick)

    @rule(words=WORDS, hours=st.integers(0, 60), ends=st.booleans())
    def schedule(self, *, words: str, hours: int, ends: bool) -> None:
        """Have a new story go live later, and perhaps end later still."""
        story = StoryId(self._next_id())
        self.newsroom.contents[story] = self._content(words=words, section=0, lead=1, author=0)
        self.stories.append(story)
        due_at = self.clock() + timedelta(hours=hours)
        schedule.schedule(story, act="go-live", due_at=due_at, now=self.clock(), by="test")
        if ends:
            end = due_at + timedelta(hours=hours)
            schedule.schedule(story, act="expire", due_at=end, now=self.clock(), by="test")

    @rule(hours=st.sampled_from([49, 0.01, 0.5, 7, 20, 24 * 20]))
    def let_time_pass(self, *, hours: float) -> None:
        """Move the clock, past the end of the news among others."""
        self.clock.move(hours=hours)
        if self.is_eager:
            self._work_until_quiet()
            self._must_agree_with_a_rebuild()

    # The worker

    @rule(
        what=st.sampled_from(["work", "be judged", "die", "die", "stop", "release anew"]),
        entries=st.integers(1, 5),
        objects=st.integers(1, 8),
        times=st.integers(0, 12),
    )
    def have_the_worker(self, *, what: str, entries: int, objects: int, times: int) -> None:
        """Have the worker work a little, work until all is quiet, die, or give way to another."""
        deriving.BATCH_ENTRIES, printing.BATCH_OBJECTS = entries, objects
        match what:
            case "work":
                self._work_a_little(rounds=times // 2 + 1)
            case "be judged":
                self._must_be_quiet_after(self._work_until_quiet)
                self._must_agree_with_a_rebuild()
            case "die":
                self._kill_the_worker(puts=times)
                self._replace_worker()
            case "stop":
                self._stop_worker()
                self._replace_worker()
            case _:  # every object is rendered again
                self._stop_worker()
                self.generation += 1
                self._replace_worker()

    # How

    def _work_a_little(self, *, rounds: int) -> None:
        """Do a few rounds of odd sizes, and leave the work in the middle."""
        for _ in range(rounds):
            if self.worker.round().did_nothing:
                break

    def _kill_the_worker(self, *, puts: int) -> None:
        """End the worker's process after it wrote some files and recorded none of the last."""
        self.store.kill_after = puts
        with suppress(Killed):
            self.worker.run_until_quiet()
        self.store.kill_after = None
        self.killed = True

    def _work_until_quiet(self) -> None:
        deriving.BATCH_ENTRIES, printing.BATCH_OBJECTS = 500, 32
        self._work()
        for plan in mass_change.waiting():
            mass_change.confirm(plan.id, now=self.clock(), by="test")
            self._work()

    def _work(self) -> Round:
        """Work as the press at work does: it keeps the lock, and with it what it has read."""
        first = self.worker.round()
        while not self.worker.round().did_nothing:
            pass
        return first

    def _must_agree_with_a_rebuild(self) -> None:
        found = rebuilding.compare(self.press, cast("Store", self.store), progress=lambda _: None)
        self.is_condemned = not found.agrees
        assert found.compared > 0
        assert found.agrees, found

    def _must_be_quiet_after(self, work: Callable[[], None]) -> None:
        before = files_seen(self.store.site)
        work()
        assert self._work().did_nothing
        assert [] == list(LedgerRow.objects.exclude(parked="").values_list("key", "parked"))
        assert not self.store.needless, f"written in vain: {self.store.needless}"
        if not self.killed:
            assert set() == rewritten(before, files_seen(self.store.site))
        self.killed = False

    def _must_be_the_bytes_of_a_rebuild(self) -> None:
        """Render the log into an empty tree, and compare every byte of every file."""
        rebuilt = WatchedStore(self.folder / "rebuilt", renditions=self.renditions)
        versions = LogEntry.objects.order_by("seq").values_list("version", flat=True)
        fold = fold_of([decoded(bytes(version)) for version in versions])
        for obj in (*self.press.objects, *fold.wanted_objects()):
            rebuilt.put(obj.key, self.press.render(obj, Facts(fold)))
        differing = differing_files(self.store.site, rebuilt.site)
        assert not differing, f"differing files: {sorted(differing)}"

    def _act(self, act: Callable[..., Any], *what: Any, **how: Any) -> None:
        """
        Act in a transaction of its own; what the press refuses changes nothing.

        What one act outdates from a quiet site must read something that changed. Between
        two looks of the worker a thing may change and change back: that is not counted. Nor
        are two decisions of the press: the page of a story that is acted on is rendered
        whatever was changed, and everything is when the time zone is another.
        """
        if self.is_eager:
            self._work_until_quiet()
            self.rendered_in_vain.clear()
        zone, seq = _time_zone(), log.length()
        with suppress(ActRefused), transaction.atomic():
            act(*what, now=self.clock(), by="test", **how)
        if _time_zone() != zone:
            self.traces.clear()
        if self.is_eager:
            self._work_until_quiet()
            self._must_agree_with_a_rebuild()
            in_vain = set(self.rendered_in_vain) - _pages_of_stories_since(seq)
            assert not in_vain, f"rendered in vain: {sorted(in_vain)}"

    def _edit_settings(self, *, field: str, pick: int) -> None:
        settings = cast("Settings", log.newest("settings", PAPER))
        others = [value for value in SETTINGS[field] if value != getattr(settings, field)]
        changed = msgspec.structs.replace(settings, **{field: one_of(others, pick)})
        self._act(edit.edit_settings, changed)

    def _import(self, dates: list[datetime], **content: Any) -> None:
        taken_over = {StoryId(self._next_id()): min(at, self.clock()) for at in dates}

        def take_over(*, now: datetime, by: str) -> None:
            for story, at in taken_over.items():
                written = self._content(**content)
                publish.import_story(story, written, first_published_at=at, now=now, by=by)

        self._act(take_over)
        self.stories += taken_over

    def _content(self, *, words: str, section: int, lead: int, author: int) -> StoryContent:
        use = PictureUse(picture=one_of(self.pictures, lead), caption="") if lead % 3 else None
        authors = self.authors[: author % 3]
        return a_content(
            headline=f"{words} {self.numbers}",
            slug=words,
            section=one_of(self.sections, section),
            lead=use,
            bylines=tuple(Byline(author=author, role="") for author in authors),
        )

    def _changed(self, content: StoryContent, *, what: str, words: str, pick: int) -> StoryContent:
        use = PictureUse(picture=one_of(self.pictures, pick), caption=words)
        note = Correction(
            id=self._next_id(), kind=CorrectionKind.CORRECTION, at=self.clock(), text=words
        )
        changes: dict[str, dict[str, Any]] = {
            "typo": {"headline": words},
            "significant": {"body": (Paragraph(runs=(Run(text=words),)),)},
            "correct": {"corrections": (*content.corrections, note)},
            "lead": {"lead": use if pick % 4 else None},
            "body picture": {"body": (use if pick % 2 else Gallery(pictures=(use,)),)},
            "section": {"section": one_of(self.sections, pick)},
            "bylines": {"bylines": (Byline(author=one_of(self.authors, pick), role=""),)},
            "same": {},
        }
        return msgspec.structs.replace(content, **changes[what])

    def _stop_worker(self) -> None:
        sweeps.note_checkpoint(self.worker.wired, now=self.clock(), is_stopping=True)

    def _replace_worker(self) -> None:
        self.worker.lock.release()
        self.worker = self._new_worker()

    def _new_worker(self) -> Worker:
        self.traces.clear()  # the last one may have died before it recorded them
        forgets = type(self).forgets
        self.press: Press = NextGeneration(self.generation)
        if forgets is not None:
            self.press = Forgetful(self.press, forgets)
        wired = Wiring(
            newsroom=self.newsroom,
            printing=WatchedPress(self.press, self.traces, self.rendered_in_vain),
            store=cast("Store", self.store),
            networks=cast("Networks", NoNetworks()),
            run_folder=self.folder / "run",
            instance_file=self.folder / "instance.json",
        )
        return Worker(wired, owner="test", clock=self.clock)

    def _next_id(self) -> str:
        self.numbers += 1
        return an_id(self.numbers)


def _time_zone() -> str:
    return cast("Settings", log.newest("settings", PAPER)).time_zone


def _pages_of_stories_since(seq: int) -> set[str]:
    entries = LogEntry.objects.filter(kind="story", seq__gt=seq)
    return {cast("Story", decoded(bytes(entry.version))).address for entry in entries}


def kept_picture(data: bytes, renditions: Path) -> Rendition:
    """Put a picture's file into private storage."""
    sha256 = hashlib.sha256(data).hexdigest()
    file = renditions / sha256[:2] / sha256
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(data)
    return Rendition(
        sha256=Sha256(sha256), width_px=100, height_px=50, format="jpeg", bytes=len(data)
    )
