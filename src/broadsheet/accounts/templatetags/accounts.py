"""What templates of signing in ask for."""

from django import template

from broadsheet.accounts.ports import staff

register = template.Library()


@register.simple_tag
def paper_name() -> str:
    """Return the paper's name."""
    return staff().paper_name()
