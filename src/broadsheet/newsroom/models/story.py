"""
Stories: what an editor writes, and the one place that tells the press about it.

Wagtail publishes along many paths and loses signals on several. All of them save the
row, so save() is where the version is committed, in the row's own transaction.
"""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any, ClassVar

from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.db import models, transaction
from modelcluster.fields import ParentalManyToManyField
from uuid6 import uuid7
from wagtail.fields import StreamField
from wagtail.models import Page

from broadsheet.newsroom import acting, publishing
from broadsheet.newsroom.blocks import BodyBlock, body_problems, draft_problems
from broadsheet.newsroom.desk import listing
from broadsheet.newsroom.fields import PlainLine, PlainText, is_language
from broadsheet.newsroom.forms import StoryCopyForm, StoryForm
from broadsheet.newsroom.models.live_mark import LiveMark
from broadsheet.newsroom.models.picture import Picture
from broadsheet.newsroom.models.section import SectionPage
from broadsheet.newsroom.models.story_lines import Correction
from broadsheet.newsroom.panels import story_panels
from broadsheet.newsroom.paper_time import in_paper_time
from broadsheet.newsroom.previewing import modes
from broadsheet.newsroom.roles.testers import StoryPermissions
from broadsheet.newsroom.taking_down import TakingDown
from broadsheet.newsroom.texts import text_problem
from broadsheet.newsroom.writing import body, placing
from broadsheet.story.records import Coverage, StoryState, Syndication

HORIZON = timedelta(days=3652)  # ten years: a schedule beyond is a slip of the keyboard
RETRACTED, ERASED = "retracted", "erased"  # what a story may be withdrawn as

# A save that names its fields and none of these changes nothing readers see.
_PUBLIC_FIELDS = frozenset({"live", "live_revision", "expired", "title", "body", "withdrawn"})


class Story(Page):
    """
    A story. Its section is its parent; its headline is Wagtail's title.

    Wagtail's slug is the story's id: it never clashes and never moves. What the address
    is made of is address_words, and the address itself is the press's to give.
    """

    uuid = models.UUIDField(default=uuid7, unique=True, editable=False)
    address_words = PlainLine(
        max_length=200,
        blank=True,
        help_text="Words of the story’s address. Left empty, those of the headline.",
    )
    kicker = PlainLine(
        max_length=80, blank=True, help_text="A word or two above the headline: Transport"
    )
    standfirst = PlainText(blank=True)
    body = StreamField(BodyBlock())
    lead = models.ForeignKey(
        Picture, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    lead_caption = PlainText(blank=True)
    dateline = PlainLine(
        max_length=255, blank=True, help_text="Where it was reported from: NAIROBI"
    )
    language = PlainLine(
        max_length=35,
        blank=True,
        validators=[is_language],
        help_text="en, ar, ta, zh … Left empty, the paper’s.",
    )
    significant_update = models.BooleanField(
        default=False,
        help_text="Asked anew each time. Ticked, readers and feeds see the story as updated now.",
    )
    embargo_until = models.DateTimeField(
        null=True,
        blank=True,
        help_text="Until then the story is nowhere. Publishing it schedules it for this minute.",
    )
    aliases = ParentalManyToManyField(
        SectionPage,
        blank=True,
        related_name="+",
        verbose_name="Also listed in",
        help_text="Sections whose page, feed and archive list the story too. It has one page.",
    )
    translation_of = models.ForeignKey(
        "self",
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        help_text="The story this one is a translation of. Each page leads to the others.",
    )
    social_text = PlainText(
        blank=True,
        help_text="What its posts say first, above the link. Left empty, the headline. "
        "A post that is out changes only with a correction.",
    )
    coverage = models.CharField(
        max_length=10,
        blank=True,
        choices=[(Coverage.RUNNING.value, "Running"), (Coverage.ENDED.value, "Ended")],
        verbose_name="Live coverage",
        help_text="Of something while it happens, by timestamped updates. Running, the story "
        "is marked as live.",
    )
    source = PlainLine(
        max_length=255,
        blank=True,
        help_text="The agency that wrote it. Left empty, it is the paper’s own.",
    )
    syndication = models.CharField(
        max_length=10,
        blank=True,
        choices=[(Syndication.ALLOWED.value, "Allowed"), (Syndication.REFUSED.value, "Refused")],
        verbose_name="Partners may take it",
        help_text="Left open, they may take the paper’s own stories, and no agency’s.",
    )
    desk_notes = PlainText(
        blank=True, verbose_name="Notes to the desk", help_text="Readers never see them."
    )
    withdrawn = models.CharField(max_length=10, blank=True, editable=False)
    withdrawn_reason = PlainText(blank=True, editable=False)

    parent_page_types: ClassVar = ["newsroom.SectionPage"]
    private_page_options: ClassVar[list[str]] = []  # nothing at the desk hides a page from readers
    subpage_types: ClassVar[list[str]] = []
    # Corrections tell of what readers of the first story saw.
    exclude_fields_in_copy: ClassVar = [
        "uuid",
        "corrections",
        "desk_notes",
        "translation_of",
        "withdrawn",
        "withdrawn_reason",
        "significant_update",
        "go_live_at",
        "expire_at",
        "expired",
        "first_published_at",
    ]

    base_form_class = StoryForm
    copy_form_class = StoryCopyForm
    edit_handler = story_panels()

    # Set by an import just before it saves the row; not a column.
    taken_over: publishing.TakenOver | None = None

    class Meta:
        """Called what editors call it."""

        verbose_name = "story"
        verbose_name_plural = "stories"

    def save(self, *args: Any, **kwargs: Any) -> Any:
        """
        Save the row and, in the same transaction, commit what it changes for readers.

        Raises:
            ValidationError: the row may not be live as it is, or the press declines.

        """
        if self.alias_of_id is not None:
            message = "a story has no aliases; copy it, or link to it from the other section"
            raise ValidationError(message)
        self.slug = str(self.uuid)
        if self.pk is None:
            self._be_a_draft()
        if not self.live:
            self.live_revision = None  # Wagtail's "keep live" copies would keep it.
        named = kwargs.get("update_fields")
        if named is not None and not _PUBLIC_FIELDS & set(named):
            with transaction.atomic():
                saved = super().save(*args, **kwargs)
                listing.note(self)
            return saved
        who = acting.current()
        # One act has one time: of the version, its corrections and its dates.
        with acting.acting(who.by, now=who.now), transaction.atomic():
            significant = self.is_significant()
            if self.live:
                if problems := body_problems(self.body):
                    raise ValidationError({"body": problems})
                self._take_significance()
                self.date_corrections()
            saved = super().save(*args, **kwargs)
            publishing.commit_story(self, significant=significant)
        return saved

    def move(self, target: Page, pos: str | None = None, user: Any = None) -> None:
        """
        Move the story to another section, and tell the press in the same transaction.

        Raises:
            ValidationError: the press declines.

        """
        with transaction.atomic():
            super().move(target, pos=pos, user=user)
            fresh = type(self).objects.get(pk=self.pk)
            publishing.commit_move(fresh)

    def unpublish(self, *args: Any, **kwargs: Any) -> None:
        """Take the story down; the sections that list it too stay."""
        TakingDown(self, *args, **kwargs).execute()

    def permissions_for_user(self, user: Any) -> StoryPermissions:
        """Return what somebody may do with it, by their roles."""
        return StoryPermissions(user, self)

    def section_row(self) -> SectionPage:
        """
        Return the section the story is in.

        Raises:
            ValidationError: its parent is no section.

        """
        section = SectionPage.objects.filter(pk=self.get_parent(update=True).pk).first()
        if section is None:
            message = f"story “{self.title}” is in no section; move it into one"
            raise ValidationError(message)
        return section

    def with_content_json(self, content: Mapping[str, Any]) -> "Story":
        """
        Return the story as a revision has it, but with what no revision may change.

        Its id, a retraction and published corrections stay, and that it is live. An embargo
        that has not ended is when it goes live at the earliest, however it is published.
        """
        story: Story = super().with_content_json(content)
        # Without one Wagtail takes a live story down when an update of it is scheduled. Older
        # revisions name none, nor does a row that a script made live.
        known = self.live_revision_id or self.latest_revision_id
        story.live_revision_id = known if self.live else None
        story.uuid, story.slug = self.uuid, str(self.uuid)
        story.withdrawn, story.withdrawn_reason = self.withdrawn, self.withdrawn_reason
        if LiveMark.objects.filter(story_id=self.pk).exists():
            story.address_words = self.address_words
        story.restore_corrections()
        if body.updates_in(story.body):
            newest = publishing.newest_story(self)
            known = body.times_of(newest.content.body) if newest else {}
            body.date_updates(story.body, known=known, now=None)
        embargo = story.embargo_until
        if embargo and embargo > acting.current().now and not story.live:
            story.go_live_at = max(embargo, story.go_live_at or embargo)
        return story

    def restore_corrections(self) -> None:
        """Add back every published correction the story lacks: readers were promised them."""
        if self.pk is None:
            return
        kept = list(self.corrections.all())
        known = {correction.uuid for correction in kept}
        published = Correction.objects.filter(story_id=self.pk, at__isnull=False)
        missing = [correction for correction in published if correction.uuid not in known]
        if missing:
            self.corrections.set([*missing, *kept], clear=False)

    def full_clean(self, exclude: Any = None, **kwargs: Any) -> None:
        """
        Check the story as the form would; the form's own complaints come first.

        Raises:
            ValidationError: something may not be published as it is.

        """
        super().full_clean(exclude=exclude, **kwargs)
        if "body" not in (exclude or ()):
            problems = draft_problems(self.body)
            if problems:
                raise ValidationError({"body": problems})

    def clean(self) -> None:
        """
        Check texts and times.

        Raises:
            ValidationError: field by field, what is wrong and what to do.

        """
        super().clean()
        placing.settle_places(self)
        errors = time_errors(
            go_live_at=self.go_live_at, expire_at=self.expire_at, embargo=self.embargo_until
        )
        problem = text_problem(self.title, where="headline")
        if problem:
            errors["title"] = problem
        is_to_come = self.go_live_at is not None and self.go_live_at > acting.current().now
        if problem := placing.translation_problem(self):
            errors["translation_of"] = problem
        if self.withdrawn and (self.live or is_to_come):
            errors[NON_FIELD_ERRORS] = "this story was retracted and cannot return; copy it"
        if self.live and self.embargo_until and self.embargo_until > acting.current().now:
            errors["embargo_until"] = (
                f"the embargo lasts until {in_paper_time(self.embargo_until)}; "
                "before that the story can be scheduled, not live"
            )
        if errors:
            raise ValidationError(errors)

    @property
    def status_string(self) -> str:
        """Return the word lists at the desk show beside the story."""
        if self.withdrawn:
            return self.withdrawn
        was_live = self.first_published_at is not None
        if was_live and not (self.live or self.expired or self.approved_schedule):
            return "unpublished"
        return str(super().status_string).replace("in moderation", "in review")

    def serve_preview(self, request: Any, mode_name: str) -> Any:
        """Return what readers would get if the story were published as it is here."""
        del request
        return modes.preview_of(self, mode_name)

    @property
    def preview_modes(self) -> Any:
        """Return what the story can be previewed as."""
        return modes.modes()

    @property
    def preview_sizes(self) -> Any:
        """Return the widths it can be previewed at."""
        return modes.SIZES

    def get_url_parts(self, request: Any = None) -> Any:
        """Return where readers find the story now; nowhere unless it is live."""
        parts = super().get_url_parts(request)
        newest = publishing.newest_story(self)
        if parts is None or newest is None or newest.state is not StoryState.LIVE:
            return parts
        return (parts[0], publishing.base_url(), newest.address)

    def is_significant(self) -> bool:
        """Say whether readers and feeds shall see the story as updated by what it now says."""
        asked = {str(row.uuid) for row in self.corrections.all() if row.significant}
        if self.significant_update or not asked:
            return self.significant_update
        # A revision does not know when its notes came out: published again, they are not new.
        newest = publishing.newest_story(self)
        return newest is None or not asked <= {note.id for note in newest.content.corrections}

    def _take_significance(self) -> None:
        """Let one tick move the date once: not again when its revision is published again."""
        if self.significant_update and self.live_revision is not None:
            self.live_revision.content["significant_update"] = False
            self.live_revision.save(update_fields=["content"])
        self.significant_update = False

    def date_corrections(self) -> None:
        """Give each note and update the time it came out with; a new one, that of the act."""
        newest = publishing.newest_story(self)
        known = {c.id: c.at for c in newest.content.corrections} if newest else {}
        for row in self.corrections.all():
            row.at = known.get(str(row.uuid)) or row.at or acting.current().now
        times = body.times_of(newest.content.body) if newest else {}
        body.date_updates(self.body, known=times, now=acting.current().now)

    def _be_a_draft(self) -> None:
        # A story is born a draft, a copy too, whatever it was copied from: readers get to
        # see it by an act only.
        self.live = False
        self.live_revision = None
        self.first_published_at = None
        self.last_published_at = None
        self.has_unpublished_changes = True


def time_errors(
    *, go_live_at: datetime | None, expire_at: datetime | None, embargo: datetime | None
) -> dict[str, str]:
    """Return what is wrong with a story's times, by field."""
    horizon = acting.current().now + HORIZON
    errors = {
        field: f"{at:%d %B %Y} is more than ten years away; check the year"
        for field, at in (
            ("go_live_at", go_live_at),
            ("expire_at", expire_at),
            ("embargo_until", embargo),
        )
        if at is not None and at > horizon
    }
    starts = [at for at in (go_live_at, embargo) if at is not None]
    if expire_at is not None and starts and expire_at <= max(starts):
        errors["expire_at"] = "the story would expire before it goes live; choose a later time"
    return errors
