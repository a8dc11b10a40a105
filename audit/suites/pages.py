"""Every kind of page is there, and answers as it should: what the other suites look at."""

from collections.abc import Iterator

from audit.outcomes import Finding, Outcome, counted
from audit.page_kinds import KINDS
from audit.site import Site


def run(site: Site) -> Outcome:
    """Return the kinds without a page, and the pages with another status than their kind's."""
    return counted("kinds of page missing or failing", _found(site))


def _found(site: Site) -> Iterator[Finding]:
    wanted = {kind.name: kind.status for kind in KINDS}
    for kind in site.missing:
        yield Finding(kind, "the newspaper has no page of this kind")
    for page in site.pages:
        if page.status != wanted[page.kind]:
            yield Finding(page.kind, f"{page.url} answers {page.status}, not {wanted[page.kind]}")
