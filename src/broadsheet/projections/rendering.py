"""
Renders any site object: one module for each kind of output, found by the object's recipe.

Every module reads through Facts alone, makes a finished plain value, and hands only
that to its template.
"""

from collections.abc import Callable, Mapping
from functools import partial

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

Renderer = Callable[[Object, Facts, Theme], Rendered]


def render(obj: Object, facts: Facts, theme: Theme) -> Rendered:
    """Return what readers of this object get; afterwards facts holds what was read."""
    return RENDERERS[obj.recipe](obj, facts, theme)


def _asset(obj: Object, _facts: Facts, theme: Theme) -> Rendered:
    data = theme.assets.get(obj.key)
    return Absent() if data is None else Page(data)


def _of_paper(made: Callable[[Facts, Theme], Rendered]) -> Renderer:
    """Return the renderer of something there is one of."""
    return lambda _obj, facts, theme: made(facts, theme)


def _for_programs(made: Callable[[Object, Facts], Rendered]) -> Renderer:
    """Return the renderer of something that has no look."""
    return lambda obj, facts, _theme: made(obj, facts)


def _of_paper_for_programs(made: Callable[[Facts], Rendered]) -> Renderer:
    """Return the renderer of something there is one of, and that has no look."""
    return lambda _obj, facts, _theme: made(facts)


# One for each recipe there is: a test holds the two together.
RENDERERS: Mapping[Recipe, Renderer] = {
    Recipe.STORY: story_page,
    Recipe.MOVED_STORY: story_page,
    Recipe.HOME: _of_paper(home),
    Recipe.SECTION: section_front,
    Recipe.MOVED_SECTION: section_front,
    Recipe.AUTHOR: author_page,
    Recipe.MOVED_AUTHOR: author_page,
    Recipe.TOPIC: topic_page,
    Recipe.MOVED_TOPIC: topic_page,
    Recipe.ARCHIVE_INDEX: archive_index,
    Recipe.ARCHIVE_MONTH: archive_month,
    Recipe.ARCHIVE_DAY: archive_day,
    Recipe.CORRECTIONS: _of_paper(corrections),
    Recipe.CORRECTIONS_MONTH: corrections_month,
    Recipe.TRENDING: _of_paper(trending_page),
    Recipe.TRENDING_SLOT: _of_paper(trending_slot),
    Recipe.POLICY: policy_page,
    Recipe.RSS: partial(feed, suffix="rss", written=rss),
    Recipe.ATOM: partial(feed, suffix="atom", written=atom),
    Recipe.JSON_FEED: partial(feed, suffix="json", written=json_feed),
    Recipe.SITEMAP_INDEX: _of_paper_for_programs(sitemap_index),
    Recipe.SITEMAP_PERIOD: _for_programs(sitemap_period),
    Recipe.SITEMAP_PAGES: _of_paper_for_programs(sitemap_pages),
    Recipe.NEWS_SITEMAP: _of_paper_for_programs(news_sitemap),
    Recipe.ROBOTS: _of_paper_for_programs(robots),
    Recipe.NINJS: _for_programs(ninjs),
    Recipe.OEMBED: _for_programs(oembed),
    Recipe.API_INDEX: _for_programs(api_index.index),
    Recipe.API_SECTIONS: _of_paper_for_programs(api_index.sections),
    Recipe.API_DESCRIPTION: _of_paper_for_programs(api_index.description),
    Recipe.API_NEWEST: _for_programs(api_lists.newest),
    Recipe.API_PERIOD: _for_programs(api_lists.period),
    Recipe.NOT_FOUND: instead_of_page,
    Recipe.SEARCH_CLOSED: instead_of_page,
    Recipe.ASSET: _asset,
    Recipe.RENDITION: _for_programs(rendition),
}
