"""
Supplies every port: the one file that names concrete surfaces, newsroom and theme.

settings.BROADSHEET_WIRING names `wiring` here; a test or another paper names its own.
"""

from datetime import UTC, datetime
from functools import cache

from broadsheet.config import home
from broadsheet.config.networks import KnownNetworks
from broadsheet.newsroom.adapter import WagtailNewsroom
from broadsheet.press.ports import Wiring
from broadsheet.projections.catalog import objects_of_theme
from broadsheet.projections.facts import Facts
from broadsheet.projections.objects import Object, Rendered
from broadsheet.projections.rendering import render
from broadsheet.projections.theme.loading import Theme, generation, load_theme
from broadsheet.surfaces.website.store import Store


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


@cache
def wiring() -> Wiring:
    """Return what this process works with."""
    here = home.current()
    return Wiring(
        newsroom=WagtailNewsroom(),
        printing=Printing(load_theme()),
        store=Store(here.site, renditions=here.renditions),
        networks=KnownNetworks(clock=lambda: datetime.now(UTC)),
        run_folder=here.run,
        instance_file=here.instance,
    )
