"""When so much would change that a publisher is asked."""

import pytest

from broadsheet.reconciler.planning import (
    FEW_PAGES,
    changes_too_many_posts,
    withdraws_too_many_pages,
)


@pytest.mark.parametrize(("changed", "waits"), [(0, False), (20, False), (21, True)])
def test_more_than_twenty_changed_posts_wait(changed, waits):
    """A publisher is asked when more than 20 posts would be withdrawn or rewritten."""
    assert waits is changes_too_many_posts(changed)


@pytest.mark.parametrize(
    ("withdrawn", "live", "waits"),
    [(50, 1_000, False), (51, 1_000, True), (5_000, 100_000, False), (5_001, 100_000, True)],
)
def test_more_than_a_twentieth_of_the_pages_waits(withdrawn, live, waits):
    """A publisher is asked when more than 5 % of the pages would go."""
    assert waits is withdraws_too_many_pages(withdrawn, live=live)


@pytest.mark.parametrize(("withdrawn", "waits"), [(FEW_PAGES, False), (FEW_PAGES + 1, True)])
@pytest.mark.parametrize("live", [21, 100, 400])
def test_few_pages_never_wait(withdrawn, live, waits):
    """However large a share of a small paper they are, nobody is asked for 20 pages or fewer."""
    assert waits is withdraws_too_many_pages(withdrawn, live=live)
