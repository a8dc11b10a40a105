"""Hands the press its projections, with a theme."""

from broadsheet.projections.catalog import objects_of_theme
from broadsheet.projections.facts import Facts
from broadsheet.projections.objects import Object, Rendered
from broadsheet.projections.rendering import render
from broadsheet.projections.search_page import Answered, Asked, search_closed, search_page
from broadsheet.projections.theme.loading import Theme, generation


class Printing:
    """The projections with a theme."""

    def __init__(self, theme: Theme) -> None:
        """Keep the theme; what it calls for and what it was made by are known at once."""
        self._theme = theme
        self.generation = generation(theme)
        self.objects = objects_of_theme(theme)

    def render(self, obj: Object, facts: Facts) -> Rendered:
        """Render one object."""
        return render(obj, facts, self._theme)

    def answer_search(self, asked: Asked, answered: Answered, facts: Facts) -> bytes:
        """Return the page that answers what a reader searched for."""
        return search_page(facts, self._theme, asked, answered).data

    def refuse_search(self, asked: Asked, facts: Facts) -> bytes:
        """Return the page for a reader whose question cannot be answered now."""
        return search_closed(facts, self._theme, asked).data
