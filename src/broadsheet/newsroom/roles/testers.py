"""
Answers Wagtail when it asks what somebody may do with a page, by the newsroom's own roles.

Every view of Wagtail's asks this way, the bulk actions and those of plain pages too. Above
the permissions Wagtail keeps by group, it knows what those cannot say: who writes a story
may not delete it once it is scheduled, and who may add stories may not add sections.
"""

from wagtail.models import Page, PagePermissionTester, TaskState

from broadsheet.newsroom.roles.names import Right
from broadsheet.newsroom.roles.rights import may_on


class _ByRole(PagePermissionTester):
    """Asks roles where Wagtail asks its own permissions."""

    def _may(self, right: Right) -> bool:
        return may_on(self.user, right, self.page)

    def _is_kept_by_another(self) -> bool:
        """Return whether somebody else locked it by hand. Asks no table: lists ask for each row."""
        return bool(self.page.locked and self.page.locked_by_id != self.user.pk)


class StoryPermissions(_ByRole):
    """What somebody may do with one story."""

    def can_edit(self) -> bool:
        """Say whether one may write in it: one's own, or anybody's as an editor."""
        is_own = self.page.owner_id == self.user.pk
        return self._may(Right.EDIT) or (is_own and self._may(Right.WRITE))

    def can_delete(self, ignore_bulk: bool = False) -> bool:  # noqa: FBT001, FBT002  # Wagtail's
        """Say whether one may delete it. What others have decided about is theirs to delete."""
        del ignore_bulk
        if self._is_kept_by_another():
            return False
        return self._may(Right.PUBLISH) or (self.can_edit() and not self._is_decided())

    def can_publish(self) -> bool:
        """Say whether one may publish and schedule it."""
        return self._may(Right.PUBLISH) and not self._is_kept_by_another()

    def can_unpublish(self) -> bool:
        """Say whether one may take it down: also while an update of it is scheduled."""
        may = bool(self.page.live) and self._may(Right.PUBLISH)
        return may and not self._is_kept_by_another()

    def can_publish_subpage(self) -> bool:
        """Say no: a story has no pages below it."""
        return False

    def can_submit_for_moderation(self) -> bool:
        """Say whether one may submit it for review: not what is withdrawn for good."""
        return (
            not self.page.withdrawn
            and self.can_edit()
            and bool(super().can_submit_for_moderation())
        )

    def can_lock(self) -> bool:
        """Say whether one may keep others from changing it."""
        return self._may(Right.EDIT)

    def can_unlock(self) -> bool:
        """Say whether one may end a lock: one's own, or one that somebody left."""
        is_over_it = self._may(Right.PUBLISH) or self._may(Right.MANAGE_SECTIONS)
        return bool(self.user_has_lock()) or is_over_it

    def can_reorder_children(self) -> bool:
        """Say no: a story has no pages below it."""
        return False

    def can_move(self) -> bool:
        """Say whether one may move it to another section."""
        return self.can_delete()

    def can_move_to(self, destination: Page) -> bool:
        """Say whether one may move it there; where it will go live by itself, only as publisher."""
        if not super().can_move_to(destination):
            return False
        return not self._is_scheduled() or may_on(self.user, Right.PUBLISH, destination)

    def can_view_revisions(self) -> bool:
        """Say whether one may see its earlier versions."""
        return self.can_edit()

    def _is_scheduled(self) -> bool:
        return bool(self.page.revisions.filter(approved_go_live_at__isnull=False).exists())

    def _is_decided(self) -> bool:
        """Return whether it is live, scheduled, submitted or approved."""
        page = self.page
        return bool(
            page.live
            or page.first_published_at
            or self._is_scheduled()
            or TaskState.objects.for_instance(page)
            .filter(status=TaskState.STATUS_IN_PROGRESS)
            .exists()
        )


class SectionPermissions(_ByRole):
    """What somebody may do with one section."""

    def can_add_subpage(self) -> bool:
        """Say whether one may write a story in it."""
        return self._may(Right.WRITE)

    def can_publish_subpage(self) -> bool:
        """Say whether one may publish a story in it at once."""
        return self._may(Right.PUBLISH)

    def can_edit(self) -> bool:
        """Say whether one may change it."""
        return self._may(Right.MANAGE_SECTIONS)

    def can_delete(self, ignore_bulk: bool = False) -> bool:  # noqa: FBT001, FBT002  # Wagtail's
        """Say whether one may delete it; what readers have seen stays all the same."""
        del ignore_bulk
        return self.can_edit()

    def can_publish(self) -> bool:
        """Say whether one may make it public."""
        return self.can_edit()

    def can_unpublish(self) -> bool:
        """Say whether one may try to hide it."""
        return bool(self.page.live) and self.can_edit()

    def can_submit_for_moderation(self) -> bool:
        """Say no: nobody reviews a section."""
        return False

    def can_lock(self) -> bool:
        """Say whether one may keep others from changing it."""
        return self.can_edit()

    def can_unlock(self) -> bool:
        """Say whether one may end a lock on it."""
        return self.can_edit()

    def can_reorder_children(self) -> bool:
        """Say no: stories have no order in a section but that of time."""
        return False

    def can_move(self) -> bool:
        """Say whether one may move it."""
        return self.can_edit()

    def can_view_revisions(self) -> bool:
        """Say whether one may see its earlier versions."""
        return self.can_edit()


class PaperPermissions(SectionPermissions):
    """What somebody may do with the top of the tree: nothing but add sections."""

    def can_add_subpage(self) -> bool:
        """Say whether one may add a section."""
        return self._may(Right.MANAGE_SECTIONS)

    def can_publish_subpage(self) -> bool:
        """Say whether one may make a new section public at once."""
        return self._may(Right.MANAGE_SECTIONS)

    def can_edit(self) -> bool:
        """Say whether one may change it: it says nothing; the paper's settings do."""
        return bool(self.user.is_active and self.user.is_superuser)
