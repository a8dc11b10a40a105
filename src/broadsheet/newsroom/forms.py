"""What the desk's forms add to the rows' own checks: complaints in their place."""

from typing import Any
from uuid import UUID

from django.utils import timezone
from uuid6 import uuid7
from wagtail.admin.forms.models import WagtailAdminModelForm
from wagtail.admin.forms.pages import CopyForm, WagtailAdminPageForm
from wagtail.admin.widgets import AdminAutoHeightTextInput

from broadsheet.newsroom.fields import TypedField, may_be_written
from broadsheet.newsroom.models.live_mark import LiveMark
from broadsheet.newsroom.paper_time import by_the_papers_clock, in_paper_time
from broadsheet.newsroom.roles.form_rights import check_embargo, keep_times_for_publishers

HEADLINE_TOO_LONG = (
    "A headline has at most %(limit_value)d characters, this has %(show_value)d; "
    "shorten it, and put the rest into the standfirst"
)


class StoryForm(WagtailAdminPageForm):
    """The form a story is written in."""

    title = TypedField(
        max_length=255,
        error_messages={"max_length": HEADLINE_TOO_LONG},
        widget=AdminAutoHeightTextInput(
            attrs={"rows": 1, "class": "newsroom-headline", "placeholder": "Headline"}
        ),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Ask anew, at each publication, whether the update is significant."""
        super().__init__(*args, **kwargs)
        if self.instance.pk is None:
            self.instance.live = False  # Wagtail's default is live; a story is born a draft.
        if "significant_update" in self.fields:
            self.initial["significant_update"] = False
        for name in {"embargo_until", "go_live_at", "expire_at"} & set(self.fields):
            said = self.fields[name].help_text
            self.fields[name].help_text = f"{said} {by_the_papers_clock()}".lstrip()
        keep_times_for_publishers(self)
        if "address_words" in self.fields and self._was_live():
            self.fields["address_words"].disabled = True
            self.fields[
                "address_words"
            ].help_text = "The story has its address; use “Change address…” to give it another."

    def clean_title(self) -> str:
        """Return the headline on one line: a paste may bring several."""
        return " ".join(self.cleaned_data["title"].split("\n"))

    def clean(self) -> Any:
        """Check what only a form can: what changed, and when it was typed."""
        cleaned = super().clean()
        if not cleaned.get("title", "").strip() and "title" not in self.errors:
            self.add_error("title", "A story needs a headline, if only a working one")
        self._check_new_times(cleaned)
        check_embargo(self, cleaned)
        self._check_corrections()
        return cleaned

    def _check_new_times(self, cleaned: dict[str, Any]) -> None:
        now = timezone.now()
        for field in ("go_live_at", "embargo_until"):
            at = cleaned.get(field)
            if field in self.changed_data and at is not None and at < now:
                self.add_error(
                    field, f"{in_paper_time(at)} is past; choose a time to come, or none"
                )
        if "embargo_until" in self.changed_data and self.instance.live:
            self.add_error(
                "embargo_until",
                "readers can see this story already, so no embargo can hide it; unpublish it first",
            )

    def _check_corrections(self) -> None:
        formset = self.formsets.get("corrections")
        if formset is None or not formset.is_valid():
            return
        removed = [row for row in formset.deleted_forms if row.instance.at is not None]
        if removed:
            message = (
                "A published correction stays: readers were told. "
                "Reword it, or add a note that says what is right now"
            )
            self.add_error(None, message)

    def _was_live(self) -> bool:
        return LiveMark.objects.filter(story_id=self.instance.pk or 0).exists()


class SectionForm(WagtailAdminPageForm):
    """The form a section is named in."""

    title = TypedField(max_length=255)


class CorrectionForm(WagtailAdminModelForm):
    """One note to readers. Its id goes through the form, so that rewording keeps it."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Leave the id of a new note empty: every added row comes from one template."""
        super().__init__(*args, **kwargs)
        self.fields["uuid"].required = False
        if self.instance.pk is None and self.instance.text == "":
            self.initial["uuid"] = None

    def clean_uuid(self) -> UUID:
        """Return the note's id; a new note gets one."""
        return self.cleaned_data.get("uuid") or uuid7()


class StoryCopyForm(CopyForm):
    """Copies a story: always as a draft of its own, so it asks for a headline and section."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Drop what a story has none of: slug, alias, live copies."""
        super().__init__(*args, **kwargs)
        self.fields["new_title"] = TypedField(
            label="Headline",
            initial=self.page.title,
            max_length=255,
            error_messages={"max_length": HEADLINE_TOO_LONG},
            validators=[may_be_written],
        )
        self.fields["new_parent_page"].label = "Section"
        self.fields["new_parent_page"].help_text = "The copy is a draft in this section."
        for field in ("new_slug", "alias", "publish_copies"):
            self.fields.pop(field, None)

    def clean(self) -> Any:
        """Give Wagtail the slug it asks for; the row replaces it with its id."""
        cleaned = super().clean()
        cleaned["new_slug"] = str(uuid7())
        return cleaned
