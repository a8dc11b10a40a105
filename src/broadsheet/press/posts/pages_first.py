"""
Keeps a post back until the page it links to is out.

Networks fetch a link's page the moment it is posted, and keep what they saw. A post
that has not gone out yet waits for its story's page; one that may be out is never kept
from being found, changed or withdrawn.
"""

from django.db.models import Exists, OuterRef, Q

from broadsheet.press.models import Attempt, LedgerRow, ListMember
from broadsheet.press.models.ledger import WEBSITE, Lane
from broadsheet.press.posts.ledger import ABSENT_TEXT
from broadsheet.projections.lists import HOME


def before_their_pages() -> Q:
    """Return which posts would lead readers to a page that is not out, or not corrected yet."""
    page = LedgerRow.objects.filter(surface=WEBSITE, account="", key=OuterRef("address")).exclude(
        live__in=["", ABSENT_TEXT]
    )
    # A page that waits only to be rendered by a new theme says what it should.
    page = page.exclude(dirty_seq__isnull=False, lane__lte=Lane.PUBLISH)
    is_out = ListMember.objects.filter(Exists(page), list_name=HOME, story=OuterRef("story"))
    was_tried = Attempt.objects.filter(row=OuterRef("pk"))
    unsent = Q(live="") & ~Q(desired=ABSENT_TEXT) & ~Exists(was_tried)
    return unsent & ~Exists(is_out)
