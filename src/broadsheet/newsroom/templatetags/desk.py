"""Gives every page of the desk the paper's name."""

from typing import Any

from django import template

from broadsheet.newsroom.desk.keys import Key, keys_for
from broadsheet.newsroom.desk.seeing import paper

register = template.Library()

_NO_NAME = "The desk"  # before the paper has settings


@register.simple_tag
def paper_name() -> str:
    """Return what the paper is called."""
    found = paper()
    return found.name if found and found.name else _NO_NAME


@register.filter
def initial(name: str) -> str:
    """Return what a narrow menu shows of a name: its first letter, articles aside."""
    words: Any = [word for word in name.split() if word.casefold() not in {"the", "a", "an"}]
    return (words or [name])[0][:1]


@register.simple_tag(takes_context=True)
def desk_keys(context: Any) -> list[Key]:
    """Return the keys of who looks; none while nobody is signed in."""
    user = getattr(getattr(context, "request", None), "user", None)
    return keys_for(user) if user and user.is_authenticated else []
