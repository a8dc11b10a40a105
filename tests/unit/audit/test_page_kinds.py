"""A page of each kind is found in what the newsroom has published."""

from audit.page_kinds import KINDS, is_in, most_used, newest_month, story_where


def a_row(address: str, **facts) -> dict[str, object]:
    """Give the row of a live story."""
    row = {"state": "live", "language": "en", "lead": "", "pictures": 0, "authors": []}
    return row | {"address": address, "published_at": address} | facts


def rows_of(*stories, **others):
    """Give the rows of a newsroom with these stories."""
    return {"stories": list(stories), "sections": [], "authors": [], "topics": []} | others


def test_the_story_that_shows_most_is_looked_at():
    """Among the stories of a kind, one with a lead is chosen, then the newest."""
    rows = rows_of(a_row("/2026/11/01/a/", lead="p"), a_row("/2026/11/02/b/"))

    assert "/2026/11/01/a/" == story_where(is_in("en"))(rows)


def test_regional_languages_are_their_language():
    """A story in zh-Hans is a Chinese one."""
    rows = rows_of(a_row("/2026/11/01/a/", language="zh-Hans"))

    assert "/2026/11/01/a/" == story_where(is_in("zh"))(rows)


def test_a_retracted_story_stands_for_no_live_one():
    """It is found as a tombstone alone."""
    rows = rows_of(a_row("/2026/11/01/a/", state="retracted"))

    assert story_where(lambda _: True)(rows) is None
    assert "/2026/11/01/a/" == story_where(lambda _: True, state="retracted")(rows)


def test_an_author_nobody_reads_is_not_looked_at():
    """The author with most live stories is; there is none where none is named."""
    authors = [{"id": str(n), "name": name, "address": f"/{n}/"} for n, name in enumerate("ab")]
    find = most_used("authors", used_by=lambda story: story["authors"])

    assert "/1/" == find(rows_of(a_row("/x/", authors=["b"]), authors=authors))
    assert find(rows_of(a_row("/x/"), authors=authors)) is None


def test_the_newest_month_is_the_newest_story_s():
    """A paper without a story has no month."""
    assert "/archive/2026/11/" == newest_month(rows_of(a_row("/2026/11/02/b/")))
    assert newest_month(rows_of()) is None


def test_kinds_have_names_of_their_own():
    """Pages are kept in files named for their kinds."""
    assert len({kind.name for kind in KINDS}) == len(KINDS)
