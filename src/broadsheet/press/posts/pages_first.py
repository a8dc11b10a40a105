"""
Keeps a post back until the page it links to is out.

Networks fetch a link's page the moment it is posted, and keep what they saw. A post
that has not gone out yet waits for its story's page; one that may be out is never kept
from being found, changed or withdrawn.
"""

from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery

from broadsheet.press.models import Attempt, Cursor, LedgerRow, ListMember, LogEntry
from broadsheet.press.models.ledger import ABSENT_TEXT, NOT_KNOWN_TO_BE_OUT, WEBSITE, Lane
from broadsheet.press.posts.journal import that_may_be_out
from broadsheet.projections.lists import HOME


def before_their_pages() -> Q:
    """Return which posts to be made lead to a page that is not out, or not corrected yet."""
    may_be_out = that_may_be_out(Attempt.objects.filter(row=OuterRef("pk")))
    is_unsent = Q(live=ABSENT_TEXT) | (Q(live="") & ~Exists(may_be_out))
    return is_unsent & ~Q(desired=ABSENT_TEXT) & without_their_pages()


def without_their_pages() -> Q:
    """Return which posts, out or not, lead to a page that is not out, or not corrected yet."""
    return ~Exists(_page_that_is_out()) | Q(_is_behind())


def _page_that_is_out() -> QuerySet[ListMember]:
    page = LedgerRow.objects.filter(surface=WEBSITE, account="", key=OuterRef("address")).exclude(
        live__in=NOT_KNOWN_TO_BE_OUT
    )
    # A page that waits only to be rendered by a new theme says what it should.
    page = page.exclude(dirty_seq__isnull=False, lane__lte=Lane.PUBLISH)
    return ListMember.objects.filter(Exists(page), list_name=HOME, story=OuterRef("story"))


def _is_behind() -> Exists:
    """Say that the site has not come to a story's newest version: it may take the page down."""
    cursor = Cursor.objects.filter(name="site").values("seq")[:1]
    return Exists(
        LogEntry.objects.filter(kind="story", record_id=OuterRef("story"), seq__gt=Subquery(cursor))
    )
