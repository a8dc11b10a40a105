"""Lighthouse's reports are held to bars: of scores the lowest of any page, of speed the median."""

from audit.suites.lighthouse import judged


def a_report(*, performance=1.0, seo=1.0, **audits):
    """Give a report in which every category is perfect but what is told."""
    scores = {"accessibility": 1.0, "best-practices": 1.0, "seo": seo, "performance": performance}
    refs = [{"id": audit, "weight": 1} for audit in audits]
    categories = {name: {"score": score, "auditRefs": []} for name, score in scores.items()}
    categories["seo"]["auditRefs"] = refs
    return {
        "categories": categories,
        "audits": {name: {"score": score, "title": name} for name, score in audits.items()},
    }


def test_a_perfect_paper_has_passed():
    """Every category is full, and home, section and story are fast."""
    reports = {kind: [a_report()] * 3 for kind in ("home", "section", "story")}

    assert judged(reports).has_passed


def test_one_page_below_the_bar_is_enough():
    """The lowest score of any kind counts, and the audit that took it is named."""
    outcome = judged({"home": [a_report()], "topic": [a_report(seo=0.92, canonical=0)]})

    missed = [(each.what, each.value) for each in outcome.figures if not each.is_met]
    assert [("seo", 92)] == missed
    assert ["topic"] == [each.where for each in outcome.findings]


def test_performance_is_the_median():
    """One slow run of three is the machine's; two are the page's."""
    runs = [a_report(performance=score) for score in (1.0, 0.97, 0.99)]
    slow = [a_report(performance=score) for score in (1.0, 0.97, 0.97)]

    assert [99, 97] == [judged({"story": each}).figures[-1].value for each in (runs, slow)]


def test_a_category_without_a_score_is_none():
    """What Lighthouse could not say is no full score."""
    assert not judged({"home": [a_report(seo=None)]}).has_passed
