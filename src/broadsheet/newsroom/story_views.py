"""
Wagtail's views of a story, made atomic, and honest about what has happened.

Each request that changes a story is one transaction: what Wagtail saves and what the
press commits are both there or both not. An older form never overwrites a newer save.
"""

from typing import Any

from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.db import transaction
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.html import format_html
from django.utils.timezone import localtime
from wagtail.admin import messages
from wagtail.admin.views.pages.copy import CopyView
from wagtail.admin.views.pages.create import CreateView
from wagtail.admin.views.pages.edit import EditView
from wagtail.admin.views.pages.move import MoveConfirmView
from wagtail.admin.views.pages.revisions import RevisionsRevertView, RevisionsUnscheduleView
from wagtail.admin.views.pages.unpublish import UnpublishView
from wagtail.models import Page

from broadsheet.newsroom import publishing, to_version
from broadsheet.newsroom.desk_messages import what_happened
from broadsheet.newsroom.models.story import Story
from broadsheet.newsroom.people_names import name_of
from broadsheet.newsroom.pictures import waiting
from broadsheet.newsroom.pictures.showing import PicturesHinder
from broadsheet.newsroom.ready import must_be_ready
from broadsheet.newsroom.roles.flow_words import say_submitted, what_became_of, with_comment_only
from broadsheet.newsroom.writing import blast_radius
from broadsheet.press import log


def _pictures_that_may_go_out(form: dict[str, str], *, story_pk: int | None) -> list[int]:
    """Return the keys of the pictures of what a POST may publish; none if it publishes nothing."""
    if form.get("action-publish"):
        return waiting.pictures_named(form)
    if form.get("workflow-action-name") != "approve":
        return []
    story = Story.objects.filter(pk=story_pk).first()
    state = story.current_workflow_state if story else None
    if state is not None and not state.is_at_final_task:
        return []  # an editor's approval hands the story to a publisher, and publishes nothing
    # Who approves may have a form without fields: then it is what was saved that goes out.
    saved = story.get_latest_revision_as_object() if story else None
    kept = [picture.pk for picture in to_version.pictures_of(saved)] if saved else []
    return [*waiting.pictures_named(form), *kept]


class OneTransaction:
    """Makes a POST one transaction, begun before anything is read for it."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Answer; what a POST writes is committed together."""
        if request.method != "POST":
            return super().dispatch(request, *args, **kwargs)  # type: ignore[misc]  # of the view mixed in
        if not request.accepts("text/html"):  # how Wagtail tells a form that saves itself
            request.POST = _without_acts(request.POST)  # type: ignore[assignment]  # as Django has it, mutable
        may_go_out = _pictures_that_may_go_out(request.POST.dict(), story_pk=kwargs.get("page_id"))
        if may_go_out:
            waiting.await_first_sizes(may_go_out)
        with transaction.atomic():
            if "page_id" in kwargs:
                # Two saves of one story wait for each other here, also on PostgreSQL.
                Page.objects.select_for_update().filter(pk=kwargs["page_id"]).first()
            return super().dispatch(request, *args, **kwargs)  # type: ignore[misc]  # of the view mixed in


class PublishesInWords:
    """Publishes in a transaction of its own, and says what was committed. Mixed into a view."""

    def publish_action(self: Any) -> HttpResponse:
        """Publish; what the press declines is shown in the form, and nothing is saved."""
        self.length_before = log.length()
        latest_before = getattr(self, "latest_revision", None)
        try:
            with transaction.atomic():
                # Django leaves a form's lists of rows until it is saved.
                self.page.aliases.set(self.form.cleaned_data["aliases"])
                must_be_ready(self.page)
                return super().publish_action()  # type: ignore[misc]  # of the view mixed in
        except ValidationError as refused:
            if latest_before is not None:
                self.page.latest_revision = latest_before
            else:
                self.page.pk = self.page.id = None
            show_refusal(self.form, refused)
            return self.form_invalid(self.form)

    def submit_action(self: Any) -> HttpResponse:
        """Submit, and say who is asked."""
        response: HttpResponse = super().submit_action()  # type: ignore[misc]  # of the view mixed in
        say_submitted(self.request, Story.objects.get(pk=self.page.pk))
        return response

    def perform_workflow_action(self: Any) -> HttpResponse:
        """Approve or return; what is declined is shown in the form, and nothing is saved."""
        before, latest_before = log.length(), self.latest_revision
        self.request.POST = with_comment_only(self.request.POST)
        try:
            with transaction.atomic():
                response: HttpResponse = super().perform_workflow_action()  # type: ignore[misc]  # of the view mixed in
        except ValidationError as refused:
            self.page.latest_revision = latest_before
            show_refusal(self.form, refused)
            return self.form_invalid(self.form)
        story = Story.objects.get(pk=self.page.pk)
        messages.success(self.request, what_became_of(story, length_before=before))
        return response

    def redirect_away(self: Any) -> HttpResponse:
        """Lead to the desk's first page: it says what is asked of one now."""
        return redirect(self.next_url or "wagtailadmin_home")

    def add_save_confirmation_message(self: Any) -> None:
        """Say that it is saved, but not before an approval, which says more."""
        if self.action_name != "perform_workflow_action":
            super().add_save_confirmation_message()  # type: ignore[misc]  # of the view mixed in

    def run_hook(self: Any, hook_name: str, *args: Any, **kwargs: Any) -> Any:
        """Run Wagtail's hook; after publishing, speak in Wagtail's place."""
        response = super().run_hook(hook_name, *args, **kwargs)  # type: ignore[misc]  # of the view mixed in
        if response is not None or hook_name != "after_publish_page":
            return response
        story = Story.objects.get(pk=self.page.pk)
        publishing.keep_schedule(story)  # Wagtail saves no row when it schedules an update.
        messages.success(self.request, what_happened(story, length_before=self.length_before))
        return redirect("wagtailadmin_pages:edit", story.pk)


class StoryCreateView(OneTransaction, PublishesInWords, CreateView):
    """The form of a new story."""


class StoryEditView(OneTransaction, PublishesInWords, EditView):
    """The form of a story."""

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Save, unless somebody saved after this form was opened."""
        if self.is_out_of_date and not self.expects_json_response:
            return self._somebody_was_faster()
        if not self._may_take_back():
            self.request.POST = _without_taking_back(self.request.POST)
        return super().post(request, *args, **kwargs)

    def _may_take_back(self) -> bool:
        """Say whether it is one's own to take back: who reviews it returns it, and says why."""
        state = self.workflow_state
        return state is None or self.request.user.pk in {state.requested_by_id, self.page.owner_id}

    def _somebody_was_faster(self) -> HttpResponse:
        newer = self.latest_revision
        self.form = self.form_class(
            self.request.POST,
            self.request.FILES,
            instance=self.page,
            subscription=self.subscription,
            parent_page=self.parent,
            for_user=self.request.user,
        )
        self.form.is_valid()  # The form is shown again with everything that was typed.
        self.has_unsaved_changes = True
        # The form names the newer version now: saved by itself, it would win without a press.
        self.autosave_enabled = False
        messages.error(
            self.request,
            format_html(
                "Not saved: {} saved this story at {}, after you opened it. Your text is still "
                "in this form, theirs is in the <a href='{}'>history</a>. Take over what you need; "
                "if you save again, yours becomes the newest version, and theirs stays there.",
                name_of(newer.user),
                f"{localtime(newer.created_at):%H:%M:%S}",
                reverse("wagtailadmin_pages:history", args=[self.page.pk]),
            ),
        )
        response: HttpResponse = self.render_to_response(self.get_context_data())
        response.status_code = 409
        return response


class StoryRevertView(StoryEditView, RevisionsRevertView):
    """The form of a story with the words of an older version."""


class StoryUnscheduleView(OneTransaction, RevisionsUnscheduleView):
    """Takes a story off the schedule, the press's too."""

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Unschedule."""
        response: HttpResponse = super().post(request, *args, **kwargs)
        publishing.keep_schedule(Story.objects.get(pk=self.pk))
        return response


class StoryUnpublishView(OneTransaction, UnpublishView):
    """Takes a story down to be fixed; says first what that does, and what it does not."""

    page_title = "Unpublish to fix"
    template_name = "newsroom/unpublish.html"
    success_message = "“%(page_title)s” is committed as unpublished; the press is taking it down."

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Return what the template shows: also where the story stands, and what becomes of it."""
        story = Story.objects.get(pk=self.object.pk)
        newest = publishing.newest_story(story)
        scheduled = story.revisions.filter(approved_go_live_at__isnull=False)
        return {
            **super().get_context_data(**kwargs),
            **blast_radius.of_unpublishing(newest),
            "has_scheduled_update": scheduled.exists(),
            "usage_url": "",  # Wagtail would count references; what is reached is said below
        }

    def unpublish(self) -> HttpResponse | None:
        """Take it down by the story's own way: Wagtail's view would take its sections along."""
        answer = self.run_hook("before_unpublish_page", self.request, self.object)
        if answer is None:
            self.object.unpublish(user=self.request.user)
            answer = self.run_hook("after_unpublish_page", self.request, self.object)
        return answer

    def get_next_url(self) -> str:
        """Return to the story: it is to be fixed."""
        return reverse("wagtailadmin_pages:edit", args=[self.object.pk])


class StoryMoveView(OneTransaction, MoveConfirmView):
    """Moves a story to another section, for readers too."""

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Move, and commit the version that says so."""
        response: HttpResponse = super().post(request, *args, **kwargs)
        publishing.commit_move(Story.objects.get(pk=self.page_to_move.pk))
        return response


class StoryCopyView(OneTransaction, CopyView):
    """Copies a story as a draft of its own."""

    template_name = "newsroom/copy.html"


def _without_acts(sent: QueryDict) -> QueryDict:
    """Return what a browser sent without what was pressed: nobody is shown what became of it."""
    kept = sent.copy()
    for name in sent:
        if name.startswith(("action-", "workflow-action-")):
            kept.pop(name)
    return kept


def _without_taking_back(sent: QueryDict) -> QueryDict:
    """Return what a browser sent without what ends a review; Wagtail lets reviewers do that."""
    kept = sent.copy()
    for button in ("action-cancel-workflow", "action-restart-workflow"):
        kept.pop(button, None)
    return kept


def show_refusal(form: Any, refused: ValidationError) -> None:
    """Put what was refused at its place in a form; what has none there, above it."""
    if isinstance(refused, PicturesHinder):
        refused.show_in(form)
        return
    by_field = getattr(refused, "error_dict", {NON_FIELD_ERRORS: [refused]})
    for field, errors in by_field.items():
        place = field if field in form.fields else None
        for error in errors:
            for message in error.messages:
                form.add_error(place, message)
