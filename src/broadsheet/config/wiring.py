"""
Supplies every port: the one file that names concrete surfaces, newsroom and theme.

settings.BROADSHEET_WIRING names `wiring` here; a test or another paper names its own.
"""

import gc
from datetime import UTC, datetime
from functools import cache

from broadsheet.config import home
from broadsheet.config.networks import KnownNetworks
from broadsheet.config.printing import Printing
from broadsheet.newsroom.adapter import WagtailNewsroom
from broadsheet.press.ports import Wiring
from broadsheet.projections.theme.broken import ThemeBroken
from broadsheet.projections.theme.loading import Theme, load_theme
from broadsheet.surfaces.website.store import Store


@cache
def wiring() -> Wiring:
    """
    Return what this process works with.

    Raises:
        Unusable: the paper's own theme cannot be used.

    """
    here = home.current()
    wired = Wiring(
        newsroom=WagtailNewsroom(),
        printing=Printing(_theme(here)),
        store=Store(here.site, renditions=here.renditions),
        networks=KnownNetworks(clock=lambda: datetime.now(UTC)),
        run_folder=here.run,
        instance_file=here.instance,
    )
    # What is loaded by now stays: two hundred thousand objects that the collector need not look
    # through again and again. Pages are rendered a sixth faster.
    gc.freeze()
    return wired


def _theme(here: home.Home) -> Theme:
    try:
        return load_theme(here.theme)
    except ThemeBroken as error:
        message = f"the theme in {here.theme} cannot be used: {error}"
        raise home.Unusable(message) from error
