"""Preview links show one draft to whoever has them, for a time, and nothing else to anybody."""

import re
from datetime import timedelta
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from wagtail.models import PageLogEntry

from broadsheet.accounts import leaving
from broadsheet.newsroom import acts
from broadsheet.newsroom.acting import acting
from broadsheet.newsroom.models import AuditEntry, PreviewLink, Story
from broadsheet.newsroom.previewing import links, masking, opening
from broadsheet.newsroom.roles.names import Role
from tests.factories import rows
from tests.factories.pictures import a_picture_file, a_picture_row
from tests.factories.previewed import a_full_story, a_user
from tests.factories.structured import DATA_BLOCK, OUR_SCRIPT

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def nobody_guessed_yet(settings: Any, tmp_path: Any) -> None:
    """Start every test without guesses, in a cache that nobody else can empty."""
    settings.CACHES = {
        **settings.CACHES,
        "default": {**settings.CACHES["default"], "LOCATION": tmp_path / "cache"},
    }


def a_link(story: Story, **wanted: Any) -> links.Made:
    """Return a new link to a story's draft."""
    usual = {"note": "", "days": 7, "is_pinned": False, "may_show_embargoed": False}
    return links.make(story, links.Wanted(**(usual | wanted)))


def address_of(token: str) -> str:
    """Return the address of a link, on this server."""
    return reverse("open_preview_link", args=[token])


def opened(token: str) -> Any:
    """Return what somebody without an account gets."""
    return Client().get(address_of(token))


def pictures_on(page: bytes) -> set[str]:
    """Return the addresses of the pictures on a page."""
    return set(re.findall(r"/desk/preview/[^ \"]+?/media/[^ \",]+", page.decode()))


def is_open_after_its_maker_left() -> bool:
    """Return whether a link shows a draft to whoever has it once its maker is deactivated."""
    ed = rows.a_person("ed", Role.EDITOR)
    with acting("ed", now=timezone.now()):
        made = a_link(rows.a_draft(title="Written next week"))
    leaving.deactivate(ed, by="ada")
    return opened(made.token).status_code == 200


def test_links_of_who_is_deactivated_show_nothing(desk: Client):
    """Who left the paper cannot go on reading drafts by links made before."""
    assert not is_open_after_its_maker_left()


def test_links_that_outlive_their_maker_are_noticed(desk: Client, monkeypatch: Any):
    """Broken twin: a link that asks nothing about its maker fails the test above."""
    monkeypatch.setattr(links, "_has_left", lambda _: False)

    assert is_open_after_its_maker_left()


def test_the_audit_log_takes_a_reader_of_a_link_for_nobody_else(desk: Client):
    """Whoever opens a link is noted as just that, not as somebody at the command line."""
    opened(a_link(rows.a_draft()).token)

    entry = AuditEntry.objects.get(act=links.OPENED)
    assert (links.WHOEVER_HAS_IT, "127.0.0.1") == (entry.by, entry.address)


def test_a_link_shows_the_draft_to_anybody(desk: Client):
    """Who has the link sees headline and pictures under a banner, without signing in."""
    story = rows.a_draft(title="Not out yet", lead=a_picture_row())
    made = a_link(story)

    answer = opened(made.token)

    assert 200 == answer.status_code
    assert "<h1>Not out yet</h1>" in answer.content.decode()
    assert "Draft, not for publication." in answer.content.decode()
    pictures = pictures_on(answer.content)
    assert pictures
    assert {200} == {Client().get(picture).status_code for picture in pictures}


def test_the_page_under_the_banner_is_the_page_readers_would_get(desk: Client):
    """Without banner and its lines in the head, the page has the bytes of the desk's preview."""
    story = a_full_story()
    shown = opened(a_link(story).token).content.decode()

    bare = re.sub(r'<meta name="robots".*?\n<link [^>]*preview-link.css[^>]*>\n', "", shown)
    bare = re.sub(r"(?s)<aside class=\"not-for-publication\".*?</aside>\n", "", bare)
    bare = re.sub(r"/desk/preview/[^/]+/media/", "/desk/previews/media/", bare)

    url = reverse("wagtailadmin_pages:view_draft", args=[story.pk])
    assert desk.get(url).content.decode() == bare


def test_a_link_is_kept_by_nobody_and_tells_nobody(desk: Client):
    """No cache, search engine, frame or other site learns of it; nothing runs or is set."""
    made = a_link(rows.a_draft(lead=a_picture_row()))
    page = opened(made.token)

    for answer in (page, Client().get(pictures_on(page.content).pop())):
        assert "no-store" in answer["Cache-Control"]
        assert "no-referrer" == answer["Referrer-Policy"]
        assert "noindex" in answer["X-Robots-Tag"]
        assert "DENY" == answer["X-Frame-Options"]
        assert "default-src 'none'" in answer["Content-Security-Policy"]
        assert not answer.cookies
    assert "frame-ancestors 'none'" in page["Content-Security-Policy"]
    assert 2 == page.content.count(b"<script")
    assert 1 == page.content.count(DATA_BLOCK.encode()) == page.content.count(OUR_SCRIPT.encode())


@pytest.mark.parametrize("token", ["x", "A" * 43, "a" * 5000, "%00", "é", "%ff"])
def test_a_forged_token_shows_nothing(desk: Client, token: str):
    """A token nobody made gets "not found", whatever it is made of."""
    a_link(rows.a_draft(title="SECRETHEADLINE"))

    answer = Client().get(f"/desk/preview/{token}/")

    assert 404 == answer.status_code
    assert b"SECRETHEADLINE" not in answer.content


def test_the_hash_that_is_kept_opens_nothing(desk: Client):
    """Who reads the database learns no link from it, and the hash is none."""
    made = a_link(rows.a_draft())
    kept = PreviewLink.objects.get()

    assert made.token not in str([vars(kept), list(PageLogEntry.objects.values_list("data"))])
    assert 404 == opened(kept.token_hash).status_code


def test_an_expired_link_shows_nothing(desk: Client):
    """After its time a link says that it has ended, and names nothing of the story."""
    made = a_link(rows.a_draft(title="SECRETHEADLINE", lead=a_picture_row()))
    pictures = pictures_on(opened(made.token).content)
    PreviewLink.objects.update(expires_at=timezone.now() - timedelta(seconds=1))

    answers = [opened(made.token), *(Client().get(picture) for picture in pictures)]

    assert {410} == {answer.status_code for answer in answers}
    assert not any(b"SECRETHEADLINE" in answer.content for answer in answers)


def test_a_revoked_link_shows_nothing(desk: Client):
    """From the moment it is revoked a link shows nothing; revoking again changes nothing."""
    story = rows.a_draft(lead=a_picture_row())
    made = a_link(story)
    pictures = pictures_on(opened(made.token).content)
    url = reverse("revoke_preview_link", args=[story.pk, made.link.pk])

    desk.post(url)
    first = PreviewLink.objects.get().revoked_at
    desk.post(url)

    assert first == PreviewLink.objects.get().revoked_at
    assert {410} == {Client().get(each).status_code for each in (address_of(made.token), *pictures)}
    assert 1 == PageLogEntry.objects.filter(action=links.REVOKED).count()


def test_links_that_are_opened_unasked_are_found(desk: Client, monkeypatch: Any):
    """The broken twin: an opener that does not ask whether a link is closed shows the draft."""
    made = a_link(rows.a_draft(title="SECRETHEADLINE"))
    links.revoke(made.link)
    monkeypatch.setattr(links, "why_closed", lambda *_, **__: "")

    assert b"SECRETHEADLINE" in opened(made.token).content


def test_a_link_shows_no_other_storys_pictures(desk: Client):
    """A token for one story gives no picture of another, nor one its draft no longer shows."""
    story = rows.a_draft(lead=a_picture_row())
    other = rows.a_draft(title="Other", lead=a_picture_row(file=a_picture_file("green")))
    mine, theirs = a_link(story), a_link(other)
    of_other = pictures_on(opened(theirs.token).content).pop()

    assert 404 == Client().get(of_other.replace(theirs.token, mine.token)).status_code

    of_mine = pictures_on(opened(mine.token).content).pop()
    assert 200 == Client().get(of_mine).status_code
    story.lead = None
    story.save_revision()
    assert 404 == Client().get(of_mine).status_code


def test_an_opener_that_gives_any_picture_is_found(desk: Client, monkeypatch: Any):
    """The broken twin: without looking at the page, one token would give every picture."""
    mine = a_link(rows.a_draft(lead=a_picture_row()))
    theirs = a_link(rows.a_draft(title="Other", lead=a_picture_row(file=a_picture_file("green"))))
    of_other = pictures_on(opened(theirs.token).content).pop()
    monkeypatch.setattr(opening, "_stands_on", lambda *_: True)

    assert 200 == Client().get(of_other.replace(theirs.token, mine.token)).status_code


def test_a_link_follows_the_draft_and_a_pinned_one_does_not(desk: Client):
    """A plain link shows what was saved last, a pinned one the story as it was."""
    story = rows.a_draft(title="First words")
    following, pinned = a_link(story), a_link(story, is_pinned=True)
    story.title = "Second words"
    revision = story.latest_revision
    story.save_revision(overwrite_revision=revision)  # as autosave does

    assert b"Second words" in opened(following.token).content
    assert b"First words" in opened(pinned.token).content


def test_an_embargoed_story_needs_a_tick(desk: Client):
    """While a story is embargoed, a link is made only if somebody says so; that is logged."""
    story = rows.a_draft(title="Embargoed", embargo_until=timezone.now() + timedelta(days=1))
    url = reverse("preview_links", args=[story.pk])
    asked = {"note": "Dr. Okoye", "days": "7", "shows": "draft"}

    refused = desk.post(url, asked)

    assert "is embargoed until" in refused.content.decode()
    assert not PreviewLink.objects.exists()

    desk.post(url, asked | {"may_show_embargoed": "on"})
    [entry] = PageLogEntry.objects.filter(action=links.MADE)
    assert (True, True) == (entry.data["embargoed"], entry.data["may_show_embargoed"])
    assert "ada" == entry.user.get_username()


def test_an_embargoed_picture_needs_the_tick_as_its_story_would(desk: Client):
    """A story that shows an embargoed picture is shown by a link only if somebody says so."""
    until = timezone.now() + timedelta(days=1)
    story = rows.a_draft(lead=a_picture_row(embargo_until=until))

    with pytest.raises(ValidationError, match="is embargoed until"):
        a_link(story)
    ticked = a_link(story, may_show_embargoed=True)

    assert 200 == opened(ticked.token).status_code
    assert links.is_embargoed(story, now=timezone.now())
    assert not links.is_embargoed(story, now=until)


def test_a_picture_embargoed_later_closes_links_made_without_the_tick(desk: Client):
    """A link shows nothing, and no file, from when a picture of its story is embargoed."""
    picture = a_picture_row()
    made = a_link(rows.a_draft(lead=picture))
    shown = pictures_on(opened(made.token).content)

    picture.embargo_until = timezone.now() + timedelta(days=1)
    picture.save()

    assert shown
    assert {410} == {Client().get(each).status_code for each in (address_of(made.token), *shown)}


def test_a_picture_of_a_link_costs_no_page(desk: Client):
    """The files of a page are given without making the page anew for each."""
    made = a_link(a_full_story())

    with CaptureQueriesContext(connection) as for_page:
        page = opened(made.token)
    with CaptureQueriesContext(connection) as for_picture:
        answer = Client().get(pictures_on(page.content).pop())

    assert 200 == answer.status_code
    assert len(for_picture) < len(for_page) / 2


def test_an_embargo_set_later_closes_links_made_without_the_tick(desk: Client):
    """A story that is embargoed after a link was made is not shown by it, pinned or not."""
    story = rows.a_draft(title="SECRETHEADLINE")
    made = [a_link(story), a_link(story, is_pinned=True)]
    ticked = a_link(story, may_show_embargoed=True)
    story.embargo_until = timezone.now() + timedelta(days=1)
    story.save_revision()

    assert [410, 410] == [opened(link.token).status_code for link in made]
    assert 200 == opened(ticked.token).status_code


def test_a_retraction_ends_all_links(desk: Client):
    """No link shows a story that was retracted, and none can be made."""
    story = a_full_story()
    made = [a_link(story), a_link(story, is_pinned=True)]
    acts.retract(story, reason="We could not confirm it.")

    assert [410, 410] == [opened(link.token).status_code for link in made]
    with pytest.raises(ValidationError, match="withdrawn"):
        a_link(Story.objects.get(pk=story.pk))


def test_erasing_takes_links_and_what_they_hold(desk: Client):
    """With a story's words go the copies that pinned links keep, and whom links are for."""
    story = a_full_story(title="SECRETHEADLINE")
    made = a_link(story, is_pinned=True, note="Dr. Okoye")
    opened(made.token)
    acts.erase(story, reason="A court says so.")

    assert not PreviewLink.objects.exists()
    assert "Okoye" not in str(list(PageLogEntry.objects.values_list("data", flat=True)))
    assert 404 == opened(made.token).status_code


def test_openings_are_counted_and_logged(desk: Client):
    """Every look is counted; the log has the first, and not each one of the same minutes."""
    made = a_link(rows.a_draft(), note="Dr. Okoye")

    for _ in range(3):
        opened(made.token)
    Client().head(address_of(made.token))

    link = PreviewLink.objects.get()
    assert (3, True) == (link.opened, link.last_opened_at is not None)
    [entry] = PageLogEntry.objects.filter(action=links.OPENED)
    assert (None, "Dr. Okoye") == (entry.user, entry.data["note"])


def test_a_look_after_a_while_is_logged_again(desk: Client):
    """Some minutes later an opening is a new entry."""
    made = a_link(rows.a_draft())
    opened(made.token)
    PreviewLink.objects.update(last_opened_at=timezone.now() - links.LOGGED_EVERY)
    opened(made.token)

    assert 2 == PageLogEntry.objects.filter(action=links.OPENED).count()


def test_the_whole_hash_is_compared_in_equal_time(desk: Client, monkeypatch: Any):
    """What opens a link is not that a database found a row, but a comparison of all its bytes."""
    made = a_link(rows.a_draft())
    compared = []

    def differs(*hashes: str) -> bool:
        compared.append(hashes)
        return False

    assert 200 == opened(made.token).status_code
    monkeypatch.setattr(links.hmac, "compare_digest", differs)

    assert 404 == opened(made.token).status_code
    assert [(made.link.token_hash, made.link.token_hash)] == compared


def test_no_log_has_a_token(desk: Client, caplog: Any):
    """What cannot be answered is logged without the token of its address."""
    made = a_link(rows.a_draft())
    links.revoke(made.link)
    opened(made.token)

    assert "/desk/preview/(token)/" in caplog.text
    assert made.token not in caplog.text


def test_logs_without_the_mask_have_tokens(desk: Client, caplog: Any, monkeypatch: Any):
    """The broken twin: a mask that finds nothing leaves the token in what Django logs."""
    monkeypatch.setattr(masking, "_TOKEN", re.compile("(nothing)"))
    made = a_link(rows.a_draft())
    links.revoke(made.link)
    opened(made.token)

    assert made.token in caplog.text


def test_the_processes_output_is_masked(settings: Any):
    """The handler every process writes by has the mask."""
    assert "tokens_masked" in settings.LOGGING["handlers"]["console"]["filters"]


def test_only_who_may_edit_makes_lists_and_revokes(desk: Client):
    """Readers and strangers at the desk are sent away from list, making and revoking."""
    story = rows.a_draft()
    made = a_link(story)
    page = reverse("preview_links", args=[story.pk])
    revoke = reverse("revoke_preview_link", args=[story.pk, made.link.pk])
    asked = {"days": "7", "shows": "draft"}

    for browser in (Client(), a_user("guest")):
        statuses = [
            browser.get(page).status_code,
            browser.post(page, asked).status_code,
            browser.post(revoke).status_code,
        ]
        assert [302] * 3 == statuses
    assert 1 == PreviewLink.objects.filter(revoked_at=None).count()

    writer = a_user("tobi", Role.EDITOR)
    assert 200 == writer.post(page, asked).status_code
    assert 302 == writer.post(revoke).status_code
    assert 1 == PreviewLink.objects.filter(revoked_at=None, made_by="tobi").count()


def test_a_link_is_revoked_through_its_own_story_only(desk: Client):
    """The right to edit one story revokes no link of another."""
    other = rows.a_draft(title="Other")
    made = a_link(rows.a_draft())

    assert (
        404 == desk.post(reverse("revoke_preview_link", args=[other.pk, made.link.pk])).status_code
    )
    assert (
        405
        == desk.get(
            reverse("revoke_preview_link", args=[made.link.story_id, made.link.pk])
        ).status_code
    )


def test_posts_need_their_csrf_token(desk: Client, editor: Any):
    """A form of another site makes and revokes nothing."""
    story = rows.a_draft()
    made = a_link(story)
    forged = Client(enforce_csrf_checks=True)
    forged.force_login(editor)

    page = reverse("preview_links", args=[story.pk])
    revoke = reverse("revoke_preview_link", args=[story.pk, made.link.pk])

    assert [403, 403] == [forged.post(url, {}).status_code for url in (page, revoke)]
    # With "no-referrer" a browser sends "Origin: null", and the form itself would be refused.
    assert "no-referrer" != forged.get(page)["Referrer-Policy"]


def test_the_address_is_told_once(desk: Client):
    """Right after it was made the page shows the link, at the paper's address; never again."""
    story = rows.a_draft(title="Not out yet")
    url = reverse("preview_links", args=[story.pk])

    told = desk.post(url, {"note": "Dr. Okoye", "days": "1", "shows": "pinned"})

    found = re.search(r"https://paper\.example(/desk/preview/([\w-]{43})/)", told.content.decode())
    assert found is not None
    assert "no-store" in told["Cache-Control"]
    assert b"Not out yet" in Client().get(found[1]).content
    listed = desk.get(url).content.decode()
    assert found[2] not in listed
    assert "Dr. Okoye" in listed
    assert "the story as it was then" in listed


def test_what_is_asked_wrongly_is_refused_beside_its_field(desk: Client):
    """A term that is not offered and a note with hidden characters make no link."""
    story = rows.a_draft()
    url = reverse("preview_links", args=[story.pk])

    for asked in (
        {"days": "3650", "shows": "draft"},
        {"days": "7", "shows": "everything"},
        {"days": "7", "shows": "draft", "note": "a\u202eb"},
    ):
        assert 200 == desk.post(url, asked).status_code
    assert not PreviewLink.objects.exists()


def test_a_draft_that_makes_no_page_tells_outsiders_nothing(desk: Client):
    """Where the draft cannot be shown, an outsider learns only that it cannot."""
    story = rows.a_draft(title="SECRETHEADLINE")
    made = a_link(story)
    story.body = [("picture", {"picture": None, "caption": ""})]
    story.save_revision(clean=False)

    answer = opened(made.token)

    assert 503 == answer.status_code
    assert b"SECRETHEADLINE" not in answer.content
    assert 0 == PreviewLink.objects.get().opened


def test_a_theme_without_a_place_for_the_banner_shows_nothing(desk: Client, monkeypatch: Any):
    """Better no page than a draft without its banner."""
    made = a_link(rows.a_draft(title="SECRETHEADLINE"))
    monkeypatch.setattr(opening.modes, "story_page", lambda *_, **__: b"SECRETHEADLINE")

    answer = opened(made.token)

    assert 503 == answer.status_code
    assert b"SECRETHEADLINE" not in answer.content
