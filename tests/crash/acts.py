"""Every way a version, a schedule or a wish comes to be, as an editor or the press takes it."""

from collections.abc import Callable, Mapping
from datetime import datetime
from pathlib import Path as File
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

from django.urls import reverse
from wagtail.test.utils.form_data import inline_formset, nested_form_data, rich_text, streamfield

from broadsheet.intake.copying_in import read_page
from broadsheet.newsroom import commands
from broadsheet.newsroom.copy_drafts import create_draft_from
from broadsheet.newsroom.models import Author, PaperSettings, Picture, SectionPage, Story
from broadsheet.newsroom.publishing import TakenOver
from broadsheet.press import scheduling, sweeps
from broadsheet.press.ports import wiring
from broadsheet.story.ids import Address
from broadsheet.story.records import CorrectionKind
from tests.crash.clock import CLOCK, NOON
from tests.crash.paper import LATER, SOON, desk, picture_file, the, work
from tests.factories import rows

BY = "ada"
PAGES = File(__file__).parents[1] / "data" / "pages"


class Path(NamedTuple):
    """One publish path: what is done and when, by the press or a person, who would do it again."""

    act: Callable[[], object]
    by_a_person: bool = True
    before: Callable[[], object] | None = None  # done first, and not killed
    at: datetime = NOON
    mends: bool = False  # what is broken before on purpose


def desk_creates() -> None:
    """Publish a new story from its form."""
    section = SectionPage.objects.get(slug="city")
    url = reverse("wagtailadmin_pages:add", args=["newsroom", "story", section.pk])
    _post(url, _form(title="A new story", address_words="new") | {"action-publish": "1"})


def desk_publishes() -> None:
    """Publish a draft from its form."""
    _post(_edit_url("draft"), _form_of("draft") | {"action-publish": "1"})


def desk_schedules() -> None:
    """Publish a draft for later from its form."""
    later = {"go_live_at": rows.typed(SOON), "action-publish": "1"}
    _post(_edit_url("draft"), _form_of("draft") | later)


def desk_unpublishes() -> None:
    """Take a story down at the desk."""
    _post(reverse("wagtailadmin_pages:unpublish", args=[the("live").pk]), {})


def desk_moves() -> None:
    """Move a story to another section at the desk."""
    city = SectionPage.objects.get(slug="city")
    _post(reverse("wagtailadmin_pages:move_confirm", args=[the("live").pk, city.pk]), {})


def desk_publishes_several() -> None:
    """Publish two drafts together at the desk."""
    ids = f"id={the('draft').pk}&id={the('copied').pk}"
    url = f"/desk/bulk/wagtailcore/page/publish/?{ids}&next=/desk/"
    _post(url, {"include_descendants": ""})


def desk_corrects() -> None:
    """Publish a correction from a live story's form."""
    note = {"uuid": "", "kind": "correction", "text": "It was Tuesday.", "significant": "on"}
    corrected = {"corrections": inline_formset([note]), "action-publish": "1"}
    _post(_edit_url("live"), _form_of("live", **corrected))


def desk_retracts() -> None:
    """Retract a story at the desk."""
    _post(reverse("retract_story", args=[the("live").pk]), {"reason": "It was not true."})


def desk_changes_address() -> None:
    """Give a story another address at the desk."""
    _post(reverse("change_story_address", args=[the("live").pk]), {"words": "moved"})


def copy_in() -> None:
    """Take in a page's text: a draft, its author and its pictures' words at once."""
    page = (PAGES / "spanish-paired-captions.txt").read_text(encoding="utf-8")
    draft = read_page(page, language="es", zone=ZoneInfo("UTC")).draft
    create_draft_from(draft, file=b"page", section_slug="city", language="es", by=BY)


def command_corrects() -> None:
    """Correct a story and change its words in one version."""
    commands.correct_story(
        "live",
        text="It was Tuesday.",
        kind=CorrectionKind.CORRECTION,
        significant=True,
        replace=[("Monday", "Tuesday")],
        by=BY,
    )


def command_publishes() -> None:
    """Publish a draft."""
    commands.publish_story("draft", by=BY)


def command_retracts() -> None:
    """Retract a story."""
    commands.retract_story("live", reason="Wrong.", by=BY)


def an_import() -> None:
    """Take over a story with its date and its address."""
    story = the("copied")
    story.taken_over = TakenOver(NOON.replace(year=2025), Address("/old/tram/"))
    story.live = True
    story.save()


def swap_picture() -> None:
    """Give a picture that readers see another file."""
    picture = Picture.objects.get(title="Tram")
    picture.file = picture_file("maroon")
    picture.save()


def rename_section() -> None:
    """Give a section another name and address."""
    section = SectionPage.objects.get(slug="world")
    section.title, section.slug = "The World", "the-world"
    section.save()


def rename_author() -> None:
    """Give an author another name."""
    author = Author.objects.get(name="Ada Reporter")
    author.name = "Ada Writer"
    author.save()


def rename_paper() -> None:
    """Give the paper another name."""
    settings = PaperSettings.load()
    settings.name = "The Weekly Test"
    settings.save()


def lose_an_edge() -> None:
    """Rename a story behind the press's back."""
    Story.objects.filter(address_words="live").update(title="Renamed by a script")


def mend_edges() -> None:
    """Have the sweep commit what rows say and the log does not."""
    sweeps.mend_edges(wiring().newsroom, now=CLOCK())


def do_due() -> None:
    """Have the scheduler do what is due."""
    scheduling.do_due(wiring().newsroom, now=CLOCK(), owner="crash")


def go_live_first() -> None:
    """Have the scheduler do what is due an hour earlier, and the press bring it out."""
    CLOCK.now = SOON
    work()


def press_schedule() -> None:
    """Schedule by the command line."""
    commands.schedule_story("draft", at=SOON, by=BY)


PATHS: Mapping[str, Path] = {
    "desk-creates": Path(desk_creates),
    "desk-publishes": Path(desk_publishes),
    "desk-schedules": Path(desk_schedules),
    "desk-unpublishes": Path(desk_unpublishes),
    "desk-corrects": Path(desk_corrects),
    "desk-retracts": Path(desk_retracts),
    "desk-changes-address": Path(desk_changes_address),
    "desk-moves": Path(desk_moves),
    "desk-publishes-several": Path(desk_publishes_several),
    "command-publishes": Path(command_publishes),
    "command-republishes": Path(lambda: commands.publish_story("down", by=BY)),
    "command-corrects": Path(command_corrects),
    "command-retracts": Path(command_retracts),
    "command-unpublishes": Path(lambda: commands.unpublish_story("live", by=BY)),
    "command-schedules": Path(press_schedule),
    "command-changes-address": Path(lambda: commands.change_address("live", words="moved", by=BY)),
    "command-erases": Path(lambda: commands.erase_story("other", reason="The law.", by=BY)),
    "import": Path(an_import),
    "copy-in": Path(copy_in),
    "picture-swap": Path(swap_picture),
    "section-rename": Path(rename_section),
    "author-rename": Path(rename_author),
    "paper-rename": Path(rename_paper),
    "sweep": Path(mend_edges, before=lose_an_edge, mends=True),
    "scheduler-goes-live": Path(do_due, by_a_person=False, at=SOON),
    "scheduler-expires": Path(do_due, by_a_person=False, before=go_live_first, at=LATER),
}


def _post(url: str, data: Mapping[str, Any]) -> None:
    answer = desk().post(url, data)
    is_done = answer.status_code == 302 and "login" not in answer["Location"]
    assert is_done, f"{url}: {answer.status_code} {answer.headers} {answer.content[-3000:]!r}"


def _edit_url(words: str) -> str:
    return reverse("wagtailadmin_pages:edit", args=[the(words).pk])


def _form_of(words: str, **changes: Any) -> dict[str, Any]:
    story = the(words)
    revision = story.get_latest_revision()
    return _form(title=story.title, address_words=words, **changes) | {
        "loaded_revision_id": str(revision.pk),
        "loaded_revision_created_at": revision.created_at.isoformat(),
    }


def _form(**changes: Any) -> dict[str, Any]:
    data = {
        "title": "",
        "standfirst": "",
        "body": streamfield([("text", rich_text("<p>What the desk says.</p>"))]),
        "lead": "",
        "lead_caption": "",
        "dateline": "",
        "language": "",
        "address_words": "",
        "bylines": inline_formset([]),
        "topics": inline_formset([]),
        "related": inline_formset([]),
        "corrections": inline_formset([]),
        "comments": inline_formset([]),
        **changes,
    }
    return dict(nested_form_data(data))
