"""The sweep for lost edges finds nothing in a newsroom whose every act was told to the press."""

import pytest

from broadsheet.newsroom import edges
from tests.factories import rows

pytestmark = [pytest.mark.both_databases, pytest.mark.django_db]


def test_slash_after_the_papers_address_is_no_difference() -> None:
    """An address typed with a slash at its end is the same address, and stays mended."""
    rows.a_paper(base_url="https://paper.example/")

    assert [] == list(edges.other_edges())
