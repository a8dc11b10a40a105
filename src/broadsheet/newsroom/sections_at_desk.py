"""The list of sections, and the question in which of them a new story shall stand."""

from typing import Any

from django import forms
from django.urls import reverse
from wagtail.admin.views.pages.choose_parent import ChooseParentView
from wagtail.admin.views.pages.listing import IndexView

from broadsheet.newsroom.models.paper import PaperPage
from broadsheet.newsroom.models.section import SectionPage
from broadsheet.newsroom.roles.names import Right
from broadsheet.newsroom.roles.rights import may


class SectionIndex(IndexView):
    """All sections; a new one is offered only to those who may make one."""

    def get_add_url(self) -> Any:
        """Return where a section is made, for who may: Wagtail asks who may write stories."""
        paper = PaperPage.objects.first()
        if paper is None or not may(self.request.user, Right.MANAGE_SECTIONS):
            return None
        return reverse("wagtailadmin_pages:add", args=["newsroom", "sectionpage", paper.pk])


class SectionForm(forms.Form):
    """Asks for one of the sections somebody may write in."""

    def __init__(self, *args: Any, sections: Any, **kwargs: Any) -> None:
        """Offer these sections."""
        super().__init__(*args, **kwargs)
        self.fields["section"] = forms.ModelChoiceField(
            queryset=sections,
            empty_label=None,
            widget=forms.Select(attrs={"autofocus": True}),
            help_text="The story stands there first. It can be moved, and listed in others too.",
        )

    def clean(self) -> Any:
        """Name the section as Wagtail's view asks for it."""
        cleaned = super().clean()
        if "section" in self.cleaned_data:
            self.cleaned_data["parent_page"] = self.cleaned_data["section"]
        return cleaned


class ChooseSection(ChooseParentView):
    """Asks in which section a story begins; who writes for one only is not asked."""

    page_title = "New story"
    submit_button_label = "Write it"

    def get_form(self) -> SectionForm:
        """Return the form with this person's sections, in the menu's order."""
        keys = self.get_valid_parent_pages(self.request.user).values("pk")
        sections = SectionPage.objects.filter(pk__in=keys).order_by("position", "title")
        return SectionForm(self.request.POST or None, sections=sections)

    def get_page_subtitle(self) -> str:
        """Return nothing: the title says it."""
        return ""
