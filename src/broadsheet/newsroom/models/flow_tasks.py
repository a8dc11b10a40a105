"""
The two steps a story takes to the reader: review, then publication.

Wagtail's workflows carry them: its forms, locks, comments and history. Who may take a step
is asked of the roles, by section; Wagtail's own tasks know groups only.
"""

from typing import Any, ClassVar

from django import forms
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from wagtail.models import Page, Task, TaskState

from broadsheet.newsroom.fields import TypedField, may_be_written
from broadsheet.newsroom.roles import approval
from broadsheet.newsroom.roles.flow_lock import FlowLock
from broadsheet.newsroom.roles.names import Right
from broadsheet.newsroom.roles.rights import may_on
from broadsheet.newsroom.roles.story_locks import locked_by_another

APPROVE, RETURN = "approve", "reject"  # as Wagtail calls them
WAS_TAKEN = "somebody took this step before you; look where the story stands now"
SAY_WHAT = "say what is to change; whoever wrote the story sees it above the form"


class ReturnForm(forms.Form):
    """Asks what is to change."""

    comment = TypedField(
        label="What is to change",
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"required": SAY_WHAT},
    )


class ApproveForm(forms.Form):
    """Asks for a word to whoever is next, if there is one."""

    comment = TypedField(label="Comment", required=False, widget=forms.Textarea(attrs={"rows": 2}))


class _StoryTask(Task):
    """A step that those with a right take."""

    right: ClassVar[Right]
    lock_class = FlowLock
    says_yes: ClassVar[str]

    class Meta:
        """Not a row of its own."""

        abstract = True

    def locked_for_user(self, obj: Any, user: Any) -> bool:
        """Say whether somebody must leave the story alone while it waits here."""
        return not may_on(user, self.right, obj)

    def get_actions(self, obj: Any, user: Any) -> list[tuple[str, str, bool]]:
        """Return what somebody may do here: its name, its words, whether it asks for more."""
        if not may_on(user, self.right, obj):
            return []
        return [(APPROVE, self.says_yes, False), (RETURN, "Return with a comment…", True)]

    def get_form_for_action(self, action: str) -> type[forms.Form]:
        """Return the form that asks for a comment."""
        return ReturnForm if action == RETURN else ApproveForm

    @transaction.atomic
    def on_action(self, task_state: Any, user: Any, action_name: str, **said: Any) -> Any:
        """
        Take the step; of what a browser sent besides, only the comment counts.

        Wagtail's view has asked about the story in the address. Which story the step belongs
        to is another number there, so it is asked about again.

        Raises:
            PermissionDenied: it is a story they may not take this step for.
            ValidationError: somebody took it before, it is returned without a word, or with what
                may not be written, or somebody has locked the story.

        """
        _read_alone(task_state)
        story = task_state.workflow_state.content_object
        if task_state.task_id != self.pk or not may_on(user, self.right, story):
            raise PermissionDenied
        if task_state.status != TaskState.STATUS_IN_PROGRESS:
            raise ValidationError(WAS_TAKEN)
        if problem := locked_by_another(story, user):
            raise ValidationError(problem)
        comment = said.get("comment", "")
        comment = comment if isinstance(comment, str) else ""
        if action_name == RETURN and not comment.strip():
            raise ValidationError(SAY_WHAT)
        may_be_written(comment)
        return super().on_action(task_state, user, action_name, comment=comment)

    def get_task_states_user_can_moderate(self, user: Any, **unused: Any) -> Any:
        """Return what waits here for somebody, for Wagtail's own lists."""
        del unused
        waiting = TaskState.objects.filter(task=self, status=TaskState.STATUS_IN_PROGRESS)
        theirs = [
            state.pk
            for state in waiting.select_related("revision")
            if may_on(user, self.right, state.revision.content_object)
        ]
        return TaskState.objects.filter(pk__in=theirs)


def _read_alone(task_state: Any) -> None:
    """
    Read where a story stands once nobody else can act on it, until the transaction is over.

    What a view read before may be old: of two who act at the same time, one returned the
    story, and the other would publish it all the same.
    """
    key = task_state.workflow_state.object_id
    Page.objects.select_for_update().filter(pk=key).first()  # as the story's form does
    task_state.refresh_from_db()


class ReviewTask(_StoryTask):
    """Editors of the section read it."""

    right = Right.REVIEW
    says_yes = "Approve for publication"

    class Meta:
        """Called what editors call it."""

        verbose_name = "review"


class PublicationTask(_StoryTask):
    """Publishers of the section publish it."""

    right = Right.PUBLISH
    says_yes = "Approve"  # at the last step our catalog adds "to go live"

    @transaction.atomic
    def on_action(self, task_state: Any, user: Any, action_name: str, **said: Any) -> Any:
        """
        Publish or schedule what was approved, or return it.

        Raises:
            PermissionDenied: they may not publish it.
            ValidationError: it may not be published as it is, or was changed meanwhile.

        """
        _read_alone(task_state)
        if action_name == APPROVE:
            approval.must_be_as_approved(task_state)
        done = super().on_action(task_state, user, action_name, **said)
        if action_name == APPROVE:
            approval.keep_its_schedule(task_state)
        return done

    class Meta:
        """Called what editors call it."""

        verbose_name = "publication"
