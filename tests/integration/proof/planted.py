"""Presses with a fault each, for the check to find; BROADSHEET_WIRING names their wirings."""

import locale
from datetime import datetime

from broadsheet.config.wiring import wiring as shipped
from broadsheet.press.models import LedgerRow
from broadsheet.press.ports import Press, Wiring
from broadsheet.projections.facts import Facts
from broadsheet.projections.objects import Object, Page, Rendered
from tests.properties.forgetting import Forgetful, facet

CLOCK, HASHES, LOCALE = "/robots.txt", "/404.html", "/feeds/site.atom"


def unsteady() -> Wiring:
    """Return a wiring whose press reads what the log does not say."""
    wired = shipped()
    return wired._replace(printing=_Unsteady(wired.printing))


def forgetful() -> Wiring:
    """Return a wiring whose press does not record that it read stories' cards."""
    wired = shipped()
    return wired._replace(printing=Forgetful(wired.printing, facet("story", "card")))


def peeping() -> Wiring:
    """Return a wiring whose press looks into the ledger."""
    wired = shipped()
    return wired._replace(printing=_Peeping(wired.printing))


class _Unsteady:
    def __init__(self, press: Press) -> None:
        self._press = press
        self.generation = f"{press.generation}, unsteady"
        self.objects = press.objects

    def render(self, obj: Object, facts: Facts) -> Rendered:
        rendered = self._press.render(obj, facts)
        said = _UNSTEADY.get(obj.key)
        if said is None or not isinstance(rendered, Page):
            return rendered
        return Page(rendered.data + said().encode())


_UNSTEADY = {
    CLOCK: lambda: f"{datetime.now():%Y-%m-%d}",  # noqa: DTZ005  # the fault this plants
    HASHES: lambda: " ".join({f"word {number}" for number in range(20)}),
    LOCALE: lambda: locale.setlocale(locale.LC_CTYPE, ""),
}


class _Peeping:
    def __init__(self, press: Press) -> None:
        self._press = press
        self.generation = press.generation
        self.objects = press.objects

    def render(self, obj: Object, facts: Facts) -> Rendered:
        LedgerRow.objects.count()
        return self._press.render(obj, facts)
