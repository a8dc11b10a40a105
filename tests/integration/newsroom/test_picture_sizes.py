"""Sizes are made by the press: first what pages need, then the rest; no page waits for them."""

import io
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings as django_settings
from django.core.files.base import ContentFile
from django.utils import timezone
from PIL import Image

from broadsheet.config.printing import Printing
from broadsheet.media.renditions import DarkroomFailed, PictureUnreadable, rendition_path
from broadsheet.newsroom.adapter import WagtailNewsroom
from broadsheet.newsroom.models import Picture, SizesWanted, Story
from broadsheet.newsroom.pictures import making, waiting
from broadsheet.press import log
from broadsheet.press.ports import Wiring
from broadsheet.press.site_lock import SiteLock
from broadsheet.press.worker import Worker
from broadsheet.story import records
from broadsheet.surfaces.website.store import Store
from tests.factories import rows
from tests.factories.pictures import (
    a_picture_file,
    a_picture_row,
    an_uploaded_picture,
    make_sizes,
)
from tests.factories.press import THEME, NoNetworks

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]

FIRST, REST = 0, 1
GPS = 0x8825


def record_of(picture: Picture) -> records.Picture:
    """Return a public picture's newest version."""
    found = log.newest("picture", str(picture.uuid))
    assert isinstance(found, records.Picture)
    return found


def kinds_of(picture: Picture) -> set[tuple[str, str]]:
    """Return the formats and shapes a picture has sizes of."""
    picture.refresh_from_db()
    return {(size["format"], size.get("shape", "")) for size in picture.sizes}


@pytest.fixture
def press(tmp_path: Path) -> Worker:
    """Return a press with the newsroom's own rows, over an empty site."""
    (tmp_path / "run").mkdir()
    wired: Any = Wiring(
        newsroom=WagtailNewsroom(),
        printing=Printing(THEME),
        store=Store(tmp_path / "site", renditions=django_settings.HOME.renditions),
        networks=NoNetworks(),  # type: ignore[arg-type]  # never asked
        run_folder=tmp_path / "run",
        instance_file=tmp_path / "instance.json",
    )
    return Worker(wired, owner="test")


def test_first_sizes_come_first():
    """The press makes every picture's JPEGs before any picture's other formats."""
    pictures = [an_uploaded_picture() for _ in range(2)]

    worked = make_sizes(is_first_only=True)

    assert 2 == worked
    assert all({("jpeg", "")} == kinds_of(picture) for picture in pictures)
    assert [REST, REST] == [row.stage for row in SizesWanted.objects.all()]


def test_then_all_formats_and_shapes():
    """In the end there are AVIF, WebP and JPEG of the whole, and a JPEG of each shape."""
    picture = an_uploaded_picture(file=a_picture_file(width=1300, height=900))

    make_sizes()

    whole = {(name, "") for name in ("jpeg", "webp", "avif")}
    assert whole | {("jpeg", shape) for shape in ("16:9", "4:3", "1:1")} == kinds_of(picture)
    assert not SizesWanted.objects.exists()
    assert 0 == make_sizes()


def test_a_story_goes_out_before_its_picture(press: Worker, tmp_path: Path):
    """The page keeps the picture's place free, and shows the picture once its sizes are there."""
    story = rows.a_live_story(lead=an_uploaded_picture(), by="ada")
    press._own_round()  # all of a round but the pictures
    page = tmp_path / "site" / record_path(story)
    before = page.read_text()

    press.run_until_quiet()

    assert '<svg class="awaited" width="900" height="600"' in before
    assert "<img" not in before
    after = page.read_text()
    assert "awaited" not in after
    assert 'type="image/avif"' in after


def record_path(story: Story) -> str:
    """Return where a story's page lies in the public tree."""
    found = log.newest("story", str(story.uuid))
    assert isinstance(found, records.Story)
    return f"{found.address.strip('/')}/index.html"


def test_a_bad_picture_stops_no_other():
    """What cannot be made waits with its reason; the next picture is made."""
    bad, good = an_uploaded_picture(), an_uploaded_picture()
    Path(bad.file.path).write_bytes(b"no picture at all")

    make_sizes()

    wanted = SizesWanted.objects.get()
    assert bad == wanted.picture
    assert "cannot be read as a picture" in wanted.problem
    assert ("avif", "") in kinds_of(good)
    assert 0 == make_sizes()


def test_trying_again_makes_what_was_mended():
    """Once its file is whole again, a person has the press try once more."""
    picture = an_uploaded_picture()
    path = Path(picture.file.path)
    whole = path.read_bytes()
    path.write_bytes(whole[:500])
    make_sizes()
    path.write_bytes(whole)

    making.try_again(picture)
    make_sizes()

    assert ("jpeg", "") in kinds_of(picture)
    assert not SizesWanted.objects.exists()


@pytest.mark.parametrize(
    "error",
    [
        OSError("No space left on device"),
        DarkroomFailed("the darkroom was ended from outside (SIGKILL); try again"),
    ],
    ids=["full disk", "killed darkroom"],
)
def test_what_fails_by_the_machine_is_tried_again_by_itself(
    monkeypatch: pytest.MonkeyPatch, error: OSError
):
    """A disk that is full, or a darkroom that is killed, is waited for, without a person."""
    picture = an_uploaded_picture()

    def fail(*_: Any, **__: Any) -> Any:
        raise error

    with monkeypatch.context() as patch:
        patch.setattr(making, "make_first", fail)
        make_sizes()
    wanted = SizesWanted.objects.get()

    assert ("", 1) == (wanted.problem, wanted.failures)
    assert 0 == make_sizes()
    assert 0 < make_sizes(now=timezone.now() + timedelta(minutes=1))
    assert ("jpeg", "") in kinds_of(picture)


def test_a_picture_replaced_meanwhile_gets_the_sizes_of_its_new_file(
    monkeypatch: pytest.MonkeyPatch,
):
    """Sizes made of a file that was replaced while they were made are not committed."""
    picture = an_uploaded_picture(file=a_picture_file("red"))
    make_first = making.make_first

    def slowly(original: Any, **said: Any) -> Any:
        made = make_first(original, **said)
        row = Picture.objects.get()
        if row.file.name == picture.file.name:
            row.file = ContentFile(a_picture_file("blue"), name="blue.jpg")
            row.save()
        return made

    monkeypatch.setattr(making, "make_first", slowly)

    make_sizes()

    picture.refresh_from_db()
    path = rendition_path(picture.sizes[0]["sha256"], folder=django_settings.HOME.renditions)
    red, _, blue = Image.open(path).getpixel((5, 5))  # type: ignore[misc]  # three numbers
    assert blue > red


class Killed(BaseException):
    """Stands for a press that dies: nothing catches it."""


@pytest.mark.parametrize("step", ["make_first", "make_rest", "_commit"])
def test_a_press_that_dies_at_any_step_is_made_good_by_the_next(
    step: str, monkeypatch: pytest.MonkeyPatch
):
    """Killed after files were made, or before they are committed: the next comes to the same."""
    undisturbed = a_picture_row(file=a_picture_file("blue"))
    picture = an_uploaded_picture(file=a_picture_file("blue"))
    real = getattr(making, step)

    def dying(*args: Any, **said: Any) -> Any:
        if step != "_commit":
            real(*args, **said)
        raise Killed

    with monkeypatch.context() as patch:
        patch.setattr(making, step, dying)
        with pytest.raises(Killed):
            make_sizes()
    wanted = SizesWanted.objects.count()
    make_sizes()

    picture.refresh_from_db()
    assert 1 == wanted
    assert undisturbed.sizes == picture.sizes
    assert not SizesWanted.objects.exists()


def test_what_is_served_names_its_maker_and_no_place(press: Worker, tmp_path: Path):
    """The original says where it was taken; no public file does, and each names its credit."""
    exif = Image.Exif()
    exif.get_ifd(GPS)[1] = "N"
    exif.get_ifd(GPS)[2] = (48.0, 8.0, 12.0)
    original = a_picture_file(exif=exif.tobytes())
    rows.a_live_story(lead=an_uploaded_picture(file=original, credit="Zoë Maker"))

    press.run_until_quiet()

    served = [path.read_bytes() for path in (tmp_path / "site" / "media").rglob("*.*")]
    assert Image.open(io.BytesIO(original)).getexif().get_ifd(GPS)
    assert len(served) >= 9
    assert all("Zoë Maker".encode() in data for data in served)
    assert not any(Image.open(io.BytesIO(data)).getexif().get_ifd(GPS) for data in served)


def test_a_bad_file_replaced_meanwhile_leaves_no_reason(monkeypatch: pytest.MonkeyPatch):
    """What was wrong with a file is not said of the one that took its place meanwhile."""
    an_uploaded_picture(file=a_picture_file("red"))

    def refuse(*_: Any, **__: Any) -> Any:
        row = Picture.objects.get()
        row.file = ContentFile(a_picture_file("blue"), name="blue.jpg")
        row.save()
        message = "the file is cut short"
        raise PictureUnreadable(message)

    with monkeypatch.context() as patch:
        patch.setattr(making, "make_first", refuse)
        making.make_some(now=timezone.now(), is_first_only=True, is_stopping=once())

    assert "" == SizesWanted.objects.get().problem
    make_sizes()
    assert ("jpeg", "") in kinds_of(Picture.objects.get())


def once() -> Callable[[], bool]:
    """Return what lets a loop go round one time."""
    asked = iter([False])
    return lambda: next(asked, True)


def test_a_form_that_was_open_does_not_undo_the_press():
    """Saving a row that was read before its sizes came keeps the sizes."""
    picture = an_uploaded_picture()
    stale = Picture.objects.get()
    make_sizes()

    stale.caption = "The tram."
    stale.save()

    assert ("avif", "") in kinds_of(picture)


def test_another_credit_is_written_into_every_file():
    """The credit readers' files carry is the one the picture has now."""
    picture = a_picture_row(credit="Ada")
    before = {size["sha256"] for size in picture.sizes}

    picture.credit = "Grace"
    picture.save()
    make_sizes()
    picture.refresh_from_db()

    after = {size["sha256"] for size in picture.sizes}
    assert not before & after
    path = rendition_path(picture.sizes[0]["sha256"], folder=django_settings.HOME.renditions)
    assert b"Grace" in path.read_bytes()


def test_another_focal_point_makes_other_crops_of_the_same_picture():
    """Moving the focal point re-makes the shapes and leaves the whole picture's files."""
    file = io.BytesIO()
    drawn = Image.linear_gradient("L").resize((1600, 600)).rotate(90).convert("RGB")
    drawn.save(file, "JPEG")
    picture = a_picture_row(file=file.getvalue())
    before = {(s["format"], s.get("shape", ""), s["width_px"]): s["sha256"] for s in picture.sizes}

    picture.focal_point_x, picture.focal_point_y = 1500, 100
    picture.focal_point_width = picture.focal_point_height = 2
    picture.save()
    make_sizes()

    picture.refresh_from_db()
    after = {(s["format"], s.get("shape", ""), s["width_px"]): s["sha256"] for s in picture.sizes}
    assert before.keys() == after.keys()
    changed = {key for key in before if before[key] != after[key]}
    assert ("jpeg", "1:1", 600) in changed
    assert all(shape for _, shape, _ in changed)


def test_publishing_waits_for_a_press_that_is_there_but_not_for_ever():
    """While a press works, publishing gives it a moment; the time is bounded."""
    picture = an_uploaded_picture()
    django_settings.HOME.run.mkdir(parents=True, exist_ok=True)

    with SiteLock(django_settings.HOME.run / "site.lock") as lock:
        lock.try_to_take()
        begun = timezone.now()
        has_come = waiting.await_first_sizes([picture.pk], at_most_s=0.3)
        waited_s = (timezone.now() - begun).total_seconds()

    assert not has_come
    assert 0.3 <= waited_s < 3


def test_publishing_does_not_wait_without_a_press():
    """Without a press nobody would make the sizes, so nobody waits for them."""
    picture = an_uploaded_picture()
    begun = timezone.now()

    assert not waiting.await_first_sizes([picture.pk])
    assert (timezone.now() - begun).total_seconds() < 1


def test_the_form_names_its_pictures():
    """Lead and body pictures are read from what a browser sends, and nothing else."""
    form = {
        "lead": "3",
        "body-0-value-picture": "4",
        "body-1-value-caption": "5",
        "title": "6",
        "body-2-value-picture": "x",
    }

    assert [3, 4] == waiting.pictures_named(form)


def test_sizes_of_public_pictures_are_committed():
    """When its sizes come, a picture readers know gets a new version that names them."""
    picture = an_uploaded_picture()
    rows.a_live_story(lead=picture)
    before = record_of(picture)

    make_sizes()

    after = record_of(picture)
    assert ((), 900, 600) == (before.renditions, before.width_px, before.height_px)
    assert {"jpeg", "webp", "avif"} == {size.format for size in after.renditions}


def test_an_unusable_picture_is_told_in_words(monkeypatch: pytest.MonkeyPatch):
    """The reason a person reads is the decoder's sentence, without the name of an error."""
    an_uploaded_picture()

    def refuse(*_: Any, **__: Any) -> Any:
        message = "the file is cut short; ask for a new copy"
        raise PictureUnreadable(message)

    monkeypatch.setattr(making, "make_first", refuse)
    make_sizes()

    assert "the file is cut short; ask for a new copy" == SizesWanted.objects.get().problem
