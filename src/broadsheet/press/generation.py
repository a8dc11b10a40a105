"""Notices that the release, the theme or a locked version changed, and has all rendered again."""

import logging

from django.db import transaction

from broadsheet.press.dirtying import call_for, mark_all_dirty
from broadsheet.press.models import Cursor
from broadsheet.press.ports import Press

_LOG = logging.getLogger(__name__)


def renew(printing: Press) -> int:
    """
    Mark every object when it was rendered by another generation; return how many.

    The new style sheet goes out first and the old one last, so that no page is ever bare.
    """
    with transaction.atomic():
        cursor, _ = Cursor.objects.select_for_update().get_or_create(name="site")
        if cursor.generation == printing.generation:
            return 0
        count = mark_all_dirty(cursor.seq)
        call_for(printing.objects, seq=cursor.seq)
        Cursor.objects.filter(name="site").update(generation=printing.generation)
    if count:
        _LOG.info("release or theme changed: %d objects are rendered again", count)
    return count
