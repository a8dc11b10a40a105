"""Asks what to show of the audit log."""

from typing import Any
from uuid import UUID

from django import forms
from django.core.exceptions import ValidationError
from wagtail.admin.widgets import AdminDateInput

from broadsheet.newsroom.audit.asking import Asked
from broadsheet.newsroom.audit.words import choices
from broadsheet.newsroom.commands import NotInTheNewsroom, find_story
from broadsheet.newsroom.fields import TypedField


class AuditForm(forms.Form):
    """Who, what, which story, when; all may be left empty."""

    by = TypedField(label="Who", required=False, max_length=150)
    act = forms.ChoiceField(label="Act", required=False)
    story = TypedField(
        label="Story",
        required=False,
        max_length=300,
        help_text="Its address, the address’s last part, or its id.",
    )
    since = forms.DateField(label="From", required=False, widget=AdminDateInput)
    until = forms.DateField(label="To", required=False, widget=AdminDateInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Offer every act there is."""
        super().__init__(*args, **kwargs)
        self.fields["act"].choices = [("", "All"), *choices()]  # type: ignore[attr-defined]  # a choice field

    def clean_story(self) -> UUID | None:
        """
        Return the story that is meant.

        Raises:
            ValidationError: none is, or more than one.

        """
        words = self.cleaned_data["story"].strip()
        if not words:
            return None
        try:
            return UUID(words)  # An erased or deleted one is in the log still.
        except ValueError:
            pass
        try:
            uuid: UUID = find_story(words).uuid
        except NotInTheNewsroom as problem:
            raise ValidationError(str(problem)) from problem
        return uuid

    def asked(self) -> Asked:
        """Return what is asked for. What is wrong asks for nothing."""
        said = self.cleaned_data
        return Asked(
            by=said.get("by", ""),
            act=said.get("act", ""),
            story=said.get("story"),
            since=said.get("since"),
            until=said.get("until"),
        )
