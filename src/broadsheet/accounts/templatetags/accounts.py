"""What templates of signing in ask for."""

import re

from django import template

from broadsheet.accounts.ports import staff

register = template.Library()


@register.simple_tag
def paper_name() -> str:
    """Return the paper's name."""
    return staff().paper_name()


_BROWSERS = (
    ("Edge", r"Edg\w*/(\d+)"),
    ("Opera", r"OPR/(\d+)"),
    ("Samsung Internet", r"SamsungBrowser/(\d+)"),
    ("Firefox", r"(?:Firefox|FxiOS)/(\d+)"),
    ("Chrome", r"(?:Headless)?(?:Chrome|CriOS)/(\d+)"),
    ("Safari", r"Version/(\d+)\S* .*Safari/"),
)
_MACHINES = (
    ("iPhone", r"iPhone"),
    ("iPad", r"iPad"),
    ("Android", r"Android"),
    ("Windows", r"Windows"),
    ("Mac", r"Mac OS X"),
    ("Linux", r"Linux"),
)


@register.filter
def browser_name(agent: str) -> str:
    """Return what people call a browser; its own words, cut, if we do not know it."""
    found = (f"{name} {m[1]}" for name, words in _BROWSERS if (m := re.search(words, agent)))
    name = next(found, "")
    if not name:
        return agent[:40] or "–"
    machine = next((each for each, words in _MACHINES if re.search(words, agent)), "")
    return f"{name} on {machine}" if machine else name
