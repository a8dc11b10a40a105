"""
The desk's own acts on a story: retract, change its address. Each asks first, in words.

Unpublishing to fix and retracting are two acts with two warnings: the one comes back,
the other never does.
"""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.views.generic import FormView
from wagtail.admin import messages
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.admin.widgets import AdminAutoHeightTextInput

from broadsheet.newsroom import acts, publishing
from broadsheet.newsroom.desk_messages import what_happened
from broadsheet.newsroom.fields import TypedField
from broadsheet.newsroom.models.story import Story
from broadsheet.newsroom.roles.names import Right
from broadsheet.newsroom.roles.rights import may_on
from broadsheet.newsroom.roles.story_locks import locked_by_another
from broadsheet.newsroom.story_views import show_refusal
from broadsheet.newsroom.writing import blast_radius
from broadsheet.press import log
from broadsheet.story.records import StoryState


class RetractForm(forms.Form):
    """Asks why."""

    reason = TypedField(
        label="Reason, for readers",
        widget=AdminAutoHeightTextInput(attrs={"rows": 3}),
        help_text="It stands at the story's address from now on, with today's date.",
    )


class AddressForm(forms.Form):
    """Asks for the words of the new address."""

    words = TypedField(label="Words of the address", max_length=200)


class ActView(WagtailAdminTemplateMixin, FormView):  # type: ignore[type-arg]  # Wagtail's mixin knows no parameters
    """One act on a story that was live: a warning, a form, and the act."""

    template_name = "newsroom/act.html"
    warning = ""
    warning_level = "warning"
    yes = ""
    no = "No, leave it as it is"
    is_serious = False

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        """Find the story."""
        super().setup(request, *args, **kwargs)
        self.story: Story = get_object_or_404(Story, pk=kwargs["page_id"])
        self.newest = publishing.newest_story(self.story)

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """
        Answer those who may publish the story.

        Raises:
            PermissionDenied: the editor may not.

        """
        if not may_on(request.user, Right.PUBLISH, self.story):
            raise PermissionDenied
        problem = self.why_not()
        if problem:
            messages.error(request, problem)
            return redirect(self.back_url())
        response: HttpResponse = super().dispatch(request, *args, **kwargs)  # type: ignore[assignment]  # it is one
        return response

    def why_not(self) -> str:
        """Return why the act is not possible now, "" if it is."""
        if self.newest is None:
            return f"“{self.story.title}” was never live; a draft can simply be deleted."
        if self.newest.state in {StoryState.RETRACTED, StoryState.ERASED}:
            return f"“{self.story.title}” is {self.newest.state.value} already."
        return locked_by_another(self.story, self.request.user)

    def act(self, form: Any) -> None:
        """Carry it out; ValidationError is shown in the form."""
        raise NotImplementedError

    def consequences(self) -> Sequence[str]:
        """Return what else the act does, a sentence each."""
        return ()

    def form_valid(self, form: Any) -> HttpResponse:
        """Act in one transaction, and say what was committed."""
        before = log.length()
        try:
            with transaction.atomic():
                self.act(form)
        except ValidationError as refused:
            show_refusal(form, refused)
            return self.form_invalid(form)
        messages.success(self.request, what_happened(self.story, length_before=before))
        return redirect(self.back_url())

    def back_url(self) -> str:
        """Return where the editor came from: the story's form."""
        return reverse("wagtailadmin_pages:edit", args=[self.story.pk])

    def get_page_subtitle(self) -> str:
        """Return the headline, below the act's name."""
        return self.story.title

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Return what the template shows."""
        return super().get_context_data(**kwargs) | {
            "story": self.story,
            "newest": self.newest,
            "warning": self.warning,
            "warning_level": self.warning_level,
            "consequences": self.consequences(),
            "yes": self.yes,
            "no": self.no,
            "is_serious": self.is_serious,
            "back_url": self.back_url(),
        }


class RetractView(ActView):
    """Withdraws a story for good."""

    form_class = RetractForm
    page_title = "Retract"
    header_icon = "cross"
    warning = (
        "Retracting is for good. The story cannot be published again; "
        "to take it down and bring it back, use “Unpublish to fix” instead."
    )
    warning_level = "critical"
    yes = "Yes, retract it"
    is_serious = True

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Return what the template shows: also where the story stands, and what becomes of it."""
        return super().get_context_data(**kwargs) | blast_radius.of_retracting(self.newest)

    def act(self, form: Any) -> None:
        """Retract."""
        acts.retract(self.story, reason=form.cleaned_data["reason"])


class ChangeAddressView(ActView):
    """Gives a story another address."""

    form_class = AddressForm
    page_title = "Change address"
    header_icon = "link"
    warning = "Every address the story had will lead to the new one, in one step, for ever."
    warning_level = "info"
    yes = "Change the address"

    def get_initial(self) -> dict[str, Any]:
        """Start from the address it has."""
        address = self.newest.address if self.newest else ""
        return {"words": address.strip("/").rpartition("/")[2]}

    def act(self, form: Any) -> None:
        """Change it."""
        acts.change_address(self.story, words=form.cleaned_data["words"])
