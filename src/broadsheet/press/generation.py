"""Notices that the release, the theme or a locked version changed, and has all rendered again."""

from django.db import transaction

from broadsheet.press.dirtying import call_for, mark_all_dirty
from broadsheet.press.models import Cursor
from broadsheet.press.ports import Press


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
    return count
