"""
Says which kinds of page the newspaper has, and finds one page of each.

A new kind is one line in KINDS: its name, how its address is found in what the newsroom has
published (audit.rows), and the status it answers with. A kind whose page is not there is a
fault of the suite `pages`, never passed over.
"""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

Rows = Mapping[str, Any]  # what audit.rows prints
Row = Mapping[str, Any]
Find = Callable[[Rows], str | None]

RIGHT_TO_LEFT = ("ar", "fa", "he", "ur")
UNINDEXED = ("search",)  # kinds of page that ask search engines to leave them out
_OK, _NOT_FOUND, _GONE = 200, 404, 410


class PageKind(NamedTuple):
    """One kind of page, and where one of its pages is."""

    name: str
    find: Find
    status: int = _OK


def at(address: str) -> Find:
    """Return how to find a page whose address every paper has."""
    return lambda rows: address if rows else None


def story_where(holds: Callable[[Row], bool], *, state: str = "live") -> Find:
    """Return how to find the newest story of which something holds."""

    def find(rows: Rows) -> str | None:
        found = [each for each in rows["stories"] if each["state"] == state and holds(each)]
        newest = sorted(found, key=lambda each: (_richness(each), each["published_at"]))
        return str(newest[-1]["address"]) if newest else None

    return find


def is_in(*languages: str) -> Callable[[Row], bool]:
    """Return what holds of a story in one of some languages."""
    return lambda story: str(story["language"]).partition("-")[0] in languages


def most_used(kind: str, *, used_by: Callable[[Row], Sequence[str]]) -> Find:
    """Return how to find the section, author or topic that most live stories name."""

    def find(rows: Rows) -> str | None:
        live = [each for each in rows["stories"] if each["state"] == "live"]
        uses = [
            (sum(bool({row["id"], row["name"]} & set(used_by(each))) for each in live), row)
            for row in rows[kind]
        ]
        used: tuple[int, Row] = max(uses, key=lambda use: use[0], default=(0, {}))
        return str(used[1]["address"]) if used[0] else None

    return find


def newest_month(rows: Rows) -> str | None:
    """Return the address of the newest month of the paper's archive, by the newest story's own."""
    address = story_where(lambda _: True)(rows)
    _, year, month, *_ = (address or "///").split("/")
    return f"/archive/{year}/{month}/" if year.isdigit() else None


def newest_month_of_corrections(rows: Rows) -> str | None:
    """Return the address of the newest month in which the paper corrected a live story."""
    zone = ZoneInfo(rows.get("zone", "UTC"))
    times = [
        datetime.fromisoformat(at).astimezone(zone)
        for each in rows["stories"]
        if each["state"] == "live"
        for at in each["corrected_at"]
    ]
    return f"/corrections/{max(times):%Y/%m}/" if times else None


def first_policy(rows: Rows) -> str | None:
    """Return the address of a page on which the paper says what it holds to."""
    return min(rows["policies"], default=None)


def _richness(story: Row) -> int:
    """Return how much of what a page can show a story has: a lead, pictures, several authors."""
    return bool(story["lead"]) + bool(story["pictures"]) + (len(story["authors"]) > 1)


_SECTION = most_used("sections", used_by=lambda story: [story["section"]])
_AUTHOR = most_used("authors", used_by=lambda story: story["authors"])
_TOPIC = most_used("topics", used_by=lambda story: story["topics"])

KINDS: Sequence[PageKind] = (
    PageKind("home", at("/")),
    PageKind("section", _SECTION),
    PageKind("story", story_where(lambda story: story["lead"] and is_in("en")(story))),
    PageKind("story-with-pictures", story_where(lambda story: story["pictures"] > 0)),
    PageKind("story-rtl", story_where(is_in(*RIGHT_TO_LEFT))),
    PageKind("story-indic", story_where(is_in("ta", "si"))),
    PageKind("story-chinese", story_where(is_in("zh"))),
    PageKind("story-live", story_where(lambda story: story["updates"] > 0)),
    PageKind("story-corrected", story_where(lambda story: bool(story["corrections"]))),
    PageKind("story-gallery", story_where(lambda story: story["galleries"] > 0)),
    PageKind("tombstone", story_where(lambda _: True, state="retracted"), _GONE),
    PageKind("not-found", at("/there-is-no-such-page/"), _NOT_FOUND),
    PageKind("author", _AUTHOR),
    PageKind("topic", _TOPIC),
    PageKind("archive", at("/archive/")),
    PageKind("archive-month", newest_month),
    PageKind("corrections", at("/corrections/")),
    PageKind("corrections-month", newest_month_of_corrections),
    PageKind("policy", first_policy),
    PageKind("trending", at("/trending/")),
    PageKind("search", at("/search/?q=ferry")),
)
