"""
Renders any site object: one module for each kind of output, found by the object's recipe.

Every module reads through Facts alone, makes a finished plain value, and hands only
that to its template.
"""

from typing import assert_never

from broadsheet.projections import api_index, api_lists
from broadsheet.projections.archive import archive_day, archive_index, archive_month
from broadsheet.projections.atom import atom
from broadsheet.projections.author_page import author_page
from broadsheet.projections.corrections_page import corrections, corrections_month
from broadsheet.projections.facts import Facts
from broadsheet.projections.feeds import feed
from broadsheet.projections.front import home, section_front
from broadsheet.projections.json_feed import json_feed
from broadsheet.projections.ninjs import ninjs
from broadsheet.projections.not_found import instead_of_page
from broadsheet.projections.objects import Absent, Object, Page, Recipe, Rendered
from broadsheet.projections.oembed import oembed
from broadsheet.projections.policy_page import policy_page
from broadsheet.projections.renditions import rendition
from broadsheet.projections.robots import robots
from broadsheet.projections.rss import rss
from broadsheet.projections.sitemaps import (
    news_sitemap,
    sitemap_index,
    sitemap_pages,
    sitemap_period,
)
from broadsheet.projections.story_page import story_page
from broadsheet.projections.theme.loading import Theme
from broadsheet.projections.topic_page import topic_page
from broadsheet.projections.trending import trending_page, trending_slot


def render(obj: Object, facts: Facts, theme: Theme) -> Rendered:  # noqa: PLR0911, PLR0912, C901  # a line for each recipe
    """Return what readers of this object get; afterwards facts holds what was read."""
    match obj.recipe:
        case Recipe.STORY | Recipe.MOVED_STORY:
            return story_page(obj, facts, theme)
        case Recipe.HOME:
            return home(facts, theme)
        case Recipe.SECTION | Recipe.MOVED_SECTION:
            return section_front(obj, facts, theme)
        case Recipe.AUTHOR | Recipe.MOVED_AUTHOR:
            return author_page(obj, facts, theme)
        case Recipe.TOPIC | Recipe.MOVED_TOPIC:
            return topic_page(obj, facts, theme)
        case Recipe.ARCHIVE_INDEX:
            return archive_index(obj, facts, theme)
        case Recipe.ARCHIVE_MONTH:
            return archive_month(obj, facts, theme)
        case Recipe.ARCHIVE_DAY:
            return archive_day(obj, facts, theme)
        case Recipe.CORRECTIONS:
            return corrections(facts, theme)
        case Recipe.CORRECTIONS_MONTH:
            return corrections_month(obj, facts, theme)
        case Recipe.TRENDING:
            return trending_page(facts, theme)
        case Recipe.TRENDING_SLOT:
            return trending_slot(facts, theme)
        case Recipe.POLICY:
            return policy_page(obj, facts, theme)
        case Recipe.RSS:
            return feed(obj, facts, theme, suffix="rss", written=rss)
        case Recipe.ATOM:
            return feed(obj, facts, theme, suffix="atom", written=atom)
        case Recipe.JSON_FEED:
            return feed(obj, facts, theme, suffix="json", written=json_feed)
        case Recipe.SITEMAP_INDEX:
            return sitemap_index(facts)
        case Recipe.SITEMAP_PERIOD:
            return sitemap_period(obj, facts)
        case Recipe.SITEMAP_PAGES:
            return sitemap_pages(facts)
        case Recipe.NEWS_SITEMAP:
            return news_sitemap(facts)
        case Recipe.ROBOTS:
            return robots(facts)
        case Recipe.NINJS:
            return ninjs(obj, facts)
        case Recipe.OEMBED:
            return oembed(obj, facts)
        case Recipe.API_INDEX:
            return api_index.index(obj, facts)
        case Recipe.API_SECTIONS:
            return api_index.sections(facts)
        case Recipe.API_DESCRIPTION:
            return api_index.description(facts)
        case Recipe.API_NEWEST:
            return api_lists.newest(obj, facts)
        case Recipe.API_PERIOD:
            return api_lists.period(obj, facts)
        case Recipe.NOT_FOUND | Recipe.SEARCH_CLOSED:
            return instead_of_page(obj, facts, theme)
        case Recipe.ASSET:
            data = theme.assets.get(obj.key)
            return Absent() if data is None else Page(data)
        case Recipe.RENDITION:
            return rendition(obj, facts)
        case _:
            assert_never(obj.recipe)
