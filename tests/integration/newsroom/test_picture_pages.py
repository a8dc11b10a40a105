"""A picture's own page at the desk: where it is used, what is wrong, where to look in it."""

from pathlib import Path
from typing import Any

import msgspec
import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from broadsheet.newsroom.models import Picture, SizesWanted
from broadsheet.newsroom.pictures import usage
from tests.factories import rows
from tests.factories.fronts import a_board, a_publisher, publish_front
from tests.factories.pictures import a_picture_row, an_uploaded_picture, make_sizes

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]


def url_of(picture: Picture) -> str:
    """Return the address of a picture's page."""
    return reverse("wagtailimages:edit", args=[picture.pk])


def index_references(*found: Any) -> None:
    """Index what rows refer to, as the press does when it is idle."""
    for row in found:
        usage.ReferenceIndex.create_or_update_for_object(row)


def test_everything_that_uses_a_picture_is_listed():
    """Live, changed, scheduled and draft stories and authors are told apart."""
    picture = a_picture_row()
    live = rows.a_live_story(lead=picture, title="Live story")
    inside = rows.a_draft(title="Draft", body=[("picture", {"picture": picture, "caption": ""})])
    scheduled = rows.a_draft(
        title="Scheduled", lead=picture, go_live_at=timezone.now() + timezone.timedelta(days=1)
    )
    scheduled.get_latest_revision().publish()
    changed = rows.a_live_story(title="Changed")
    changed.lead = picture
    changed.save_revision()
    rows.an_author_row("Ada", avatar=picture)
    index_references(live, inside, scheduled)

    found = {(use.what, use.title) for use in usage.uses_of(picture)}

    assert found == {
        ("live", "Live story"),
        ("draft", "Draft"),
        ("scheduled", "Scheduled"),
        ("changes of a live story", "Changed"),
        ("author", "Ada"),
    }


def test_fronts_that_show_a_picture_are_listed():
    """A front is named on which somebody placed a story with the picture, if it is shown there."""
    picture = a_picture_row()
    story = rows.a_live_story(lead=picture)
    board = a_board(story)
    hidden = (msgspec.structs.replace(board[0], shows_picture=False), *board[1:])
    publish_front(board, by=a_publisher(), at=timezone.now())

    shown = [use.title for use in usage.uses_of(picture) if use.what == "front"]
    publish_front(hidden, by=a_publisher("paul"), at=timezone.now())
    after = [use.title for use in usage.uses_of(picture) if use.what == "front"]

    assert ["Front page"] == shown
    assert [] == after


def test_another_picture_s_stories_are_not_listed():
    """What uses another picture is no use of this one."""
    rows.a_live_story(lead=a_picture_row())

    assert [] == usage.uses_of(a_picture_row())


def test_the_page_links_to_what_uses_the_picture(desk: Client):
    """Each use is a link to its form; an unused picture says that it can be deleted."""
    used, unused = a_picture_row(), a_picture_row()
    story = rows.a_live_story(lead=used)

    pages = [desk.get(url_of(picture)).content.decode() for picture in (used, unused)]

    assert reverse("wagtailadmin_pages:edit", args=[story.pk]) in pages[0]
    assert "It can be deleted" in pages[1]


def test_the_page_says_what_failed_and_tries_again(desk: Client):
    """A picture whose sizes cannot be made says why, with a button that asks the press again."""
    picture = an_uploaded_picture()
    path = Path(picture.file.path)
    whole = path.read_bytes()
    path.write_bytes(whole[:400])
    make_sizes()
    page = desk.get(url_of(picture)).content.decode()
    path.write_bytes(whole)

    answer = desk.post(reverse("make_picture_again", args=[picture.pk]))
    make_sizes()

    assert "Readers cannot get this picture" in page
    assert "cannot be read as a picture to its end" in page
    assert reverse("make_picture_again", args=[picture.pk]) in page
    assert url_of(picture) == answer["Location"]
    assert not SizesWanted.objects.exists()


def test_the_focal_point_is_kept(desk: Client):
    """What the script writes into the form's fields comes back with the page."""
    picture = a_picture_row()
    point = {"focal_point_x": 90, "focal_point_y": 300}
    sizes = {"focal_point_width": 1, "focal_point_height": 1}

    desk.post(url_of(picture), {"title": "Tram", "credit": "Ada", **point, **sizes})
    page = desk.get(url_of(picture)).content.decode()

    assert 'value="10" data-focus-x' in page
    assert 'value="50" data-focus-y' in page


def test_the_desk_looks_at_what_readers_get(desk: Client):
    """The page shows a made size, never the original, and the size can be fetched."""
    picture = a_picture_row()

    look = desk.get(url_of(picture)).context["look"]

    assert f"/desk/previews/media/{picture.uuid}/" in look
    assert 200 == desk.get(look).status_code


def test_a_title_cannot_write_html_into_the_page(desk: Client):
    """Titles of pictures and stories are shown as text."""
    picture = a_picture_row(title="<script>alert(1)</script>")
    rows.a_live_story(lead=picture, title="<script>alert(2)</script>")

    page = desk.get(url_of(picture)).content.decode()

    assert "<script>alert(" not in page


def test_the_list_tells_and_finds_what_needs_a_look(desk: Client):
    """The list says what keeps pictures from readers, and can be asked for just those."""
    a_picture_row(title="Fine")
    an_uploaded_picture(title="Nobody’s", credit="")
    broken = an_uploaded_picture(title="Broken")
    Path(broken.file.path).write_bytes(b"nothing")
    make_sizes()
    address = reverse("wagtailimages:index")

    whole = desk.get(address).content.decode()
    failed = desk.get(address, {"standing": "failed"}).content.decode()
    uncredited = desk.get(address, {"standing": "no-credit"}).content.decode()

    assert "Sizes cannot be made" in whole
    assert ("Broken" in failed, "Fine" in failed) == (True, False)
    assert ("Nobody’s" in uncredited, "Broken" in uncredited) == (True, False)


def test_a_story_s_form_tells_of_its_pictures(desk: Client):
    """Above its fields a story names the pictures readers do not get, with why and a link."""
    picture = an_uploaded_picture(title="Broken")
    Path(picture.file.path).write_bytes(b"nothing")
    make_sizes()
    story = rows.a_draft(lead=picture)
    fine = rows.a_draft(lead=a_picture_row())

    pages = [
        desk.get(reverse("wagtailadmin_pages:edit", args=[each.pk])).content.decode()
        for each in (story, fine)
    ]

    assert "sizes cannot be made" in pages[0]
    assert url_of(picture) in pages[0]
    assert "data-newsroom-pictures" not in pages[1]


def test_the_desk_decodes_no_original(desk: Client):
    """A thumbnail of a picture without sizes says so, and is the picture's once it has them."""
    picture = an_uploaded_picture()
    before = picture.get_rendition("max-165x165")
    make_sizes()
    picture.refresh_from_db()

    after = picture.get_rendition("max-165x165")

    answer = desk.get(before.url)
    assert (200, "image/png") == (answer.status_code, answer["Content-Type"])
    answer.close()
    assert before.url != after.url
    assert 165 == before.width == after.width


def test_who_may_not_change_a_picture_gets_no_page(desk: Client, django_user_model: Any):
    """A signed-in guest is turned away from page and acts."""
    picture = a_picture_row()
    guest = Client()
    guest.force_login(django_user_model.objects.create_user("guest"))

    assert guest.get(url_of(picture)).status_code in {302, 403}
    assert 200 == desk.get(url_of(picture)).status_code
