"""Makes where the read API begins: what there is, the sections, and its own description."""

from broadsheet.projections import addresses, api_description, api_entries, partner_addresses
from broadsheet.projections.api_entries import url
from broadsheet.projections.facts import Facts
from broadsheet.projections.frame import text_setting
from broadsheet.projections.json_files import written
from broadsheet.projections.lists import CORRECTIONS, HOME
from broadsheet.projections.objects import Moved, Object, ObjectKey, Page


def index(obj: Object, facts: Facts) -> Page | Moved:
    """Return the beginning; its folder leads there."""
    if obj.key != partner_addresses.INDEX:
        return Moved(partner_addresses.INDEX)
    said = {
        "name": text_setting(facts, "name"),
        "tagline": text_setting(facts, "tagline"),
        "language": text_setting(facts, "language"),
        "url": url(addresses.FRONT, facts),
        "description": url(partner_addresses.DESCRIPTION, facts),
        "stories": url(partner_addresses.newest(HOME), facts),
        "sections": url(partner_addresses.SECTIONS, facts),
        "corrections": url(partner_addresses.newest(CORRECTIONS), facts),
        "oembed": url(ObjectKey(partner_addresses.OEMBED), facts),
    }
    return Page(written(said))


def sections(facts: Facts) -> Page:
    """Return the sections in the order of the menu."""
    said = {
        "self": url(partner_addresses.SECTIONS, facts),
        "sections": [
            api_entries.section(entry.id, entry.name, entry.address, facts)
            for entry in facts.menu()
        ],
    }
    return Page(written(said))


def description(facts: Facts) -> Page:
    """Return what there is to ask for and what is answered, as OpenAPI says it."""
    paper, base_url = text_setting(facts, "name"), text_setting(facts, "base_url")
    return Page(written(api_description.openapi(paper=paper, base_url=base_url)))
