"""Items of the desk's menu that are there for those with a right."""

from typing import Any

from django.http import HttpRequest
from wagtail.admin.menu import MenuItem

from broadsheet.newsroom.roles.names import Right
from broadsheet.newsroom.roles.rights import may


class ItemByRight(MenuItem):
    """Leads where those with a right may go."""

    def __init__(self, right: Right, *args: Any, **kwargs: Any) -> None:
        """Keep the right."""
        super().__init__(*args, **kwargs)
        self._right = right

    def is_shown(self, request: HttpRequest) -> bool:
        """Say whether the user has it."""
        return may(request.user, self._right)
