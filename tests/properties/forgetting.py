"""Presses that forget to record a kind of reading: the fault the proof must find."""

from collections.abc import Callable

from broadsheet.press.ports import Press
from broadsheet.projections.facets import MENU, Fact
from broadsheet.projections.facts import Facts, Window
from broadsheet.projections.objects import Object, Rendered

Forgets = Callable[[Fact | Window], bool]


class Forgetful:
    """A press like another, whose traces lack every reading that it forgets."""

    def __init__(self, press: Press, forgets: Forgets) -> None:
        """Render with this press; forget what is said here."""
        self._press, self._forgets = press, forgets
        self.generation = f"{press.generation}, forgetful"  # what was recorded before counts not
        self.objects = press.objects

    def render(self, obj: Object, facts: Facts) -> Rendered:
        """Render one object and strike out readings afterwards."""
        rendered = self._press.render(obj, facts)
        for fact in [fact for fact in facts.facts if self._forgets(fact)]:
            del facts.facts[fact]
        facts.windows -= {window for window in facts.windows if self._forgets(window)}
        return rendered


def facet(kind: str, last: str) -> Forgets:
    """Return what forgets one facet of every record of a kind: ("story", "card")."""
    return lambda read: isinstance(read, str) and _parts(read) == (kind, last)


def of_lists(kind: str) -> Forgets:
    """Return what forgets one kind of fact about lists: "months"."""
    return lambda read: isinstance(read, str) and read.startswith(f"{kind}/")


def windows(read: Fact | Window) -> bool:
    """Forget every stretch of a list."""
    return isinstance(read, Window)


def menu(read: Fact | Window) -> bool:
    """Forget that pages show the menu."""
    return read == MENU


def _parts(fact: str) -> tuple[str, str]:
    return fact.split("/", 1)[0], fact.rsplit("/", 1)[-1]


# One reading is not here, since the press does not rely on it: the time zone, after whose change
# everything is rendered.
FORGETTING: dict[str, Forgets] = {
    "address of stories": facet("story", "address"),
    "cards of stories": facet("story", "card"),
    "bodies of stories": facet("story", "body"),
    "translations of stories": facet("story", "translations"),
    "cards of topics": facet("topic", "card"),
    "whole topics": facet("topic", "whole"),
    "cards of authors": facet("author", "card"),
    "whole authors": facet("author", "whole"),
    "cards of sections": facet("section", "card"),
    "whole sections": facet("section", "whole"),
    "whole pictures": facet("picture", "whole"),
    "the paper's name": facet("settings", "name"),
    "the paper's address": facet("settings", "base_url"),
    "the paper's tagline": facet("settings", "tagline"),
    "the paper's language": facet("settings", "language"),
    "the paper's profiles": facet("settings", "profiles"),
    "the news window": facet("news-window", "opens_at"),
    "arrangements of fronts": facet("front", "whole"),
    "the menu": menu,
    "windows of lists": windows,
    "months of lists": of_lists("months"),
    "days of cut months": of_lists("days"),
    "neighbors of months": of_lists("neighbors"),
    "months before others": of_lists("earlier"),
    "newest updates of periods": of_lists("lastmods"),
}
# The acts that show what is shown seldom: a twin is to be found in seconds. That chance finds it
# without them was seen, in one to three minutes each.
SHOWN_BY: dict[str, tuple[str, ...]] = {
    "translations of stories": ("say_language", "translate_story"),
    "cards of topics": ("follow_topic",),
    "whole topics": ("edit_topic",),
    "cards of authors": ("edit_author",),
    "whole authors": ("edit_author",),
    "whole sections": ("edit_section",),
    "whole pictures": ("edit_picture",),
    "the news window": ("let_time_pass",),
    "arrangements of fronts": ("arrange_a_front",),
    "days of cut months": ("import_stories",),
}
