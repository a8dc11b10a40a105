"""Each suite of the audit finds the fault that was planted for it, and none in a sound page."""

from concurrent.futures import ThreadPoolExecutor

from audit.suites import axe, links, pages, vnu, weight
from tests.integration.audit.planted import A_PAGE, Answer, a_planted_site


def faults(outcome) -> list[str]:
    """Return what an outcome holds against the site."""
    return [each.says for each in outcome.findings if each.is_fault]


def seen_by(suite, body, tmp_path, **others):
    """Return what a suite says of a page with this body."""
    answers = {"/": Answer(A_PAGE.format(body)), **others}
    with a_planted_site(answers, kept=tmp_path) as site, ThreadPoolExecutor(1) as aside:
        # In a thread of its own: the journeys' browser may be open in this one, and
        # Playwright keeps one in a thread.
        return aside.submit(suite.run, site).result()


def test_vnu_finds_a_tag_that_is_not_closed(tmp_path):
    """An element left open is an error; a sound page has none."""
    sound = seen_by(vnu, "<p>Ferries sail again.</p>", tmp_path)
    planted = seen_by(vnu, "<section><p>Ferries sail again.</p>", tmp_path)

    assert sound.has_passed, sound
    assert not planted.has_passed
    assert any("Unclosed element" in says or "end tag" in says for says in faults(planted))


def test_vnu_finds_a_declaration_that_is_none(tmp_path):
    """The style sheet is read too."""
    style = Answer("h1 { margin: sideways }", "text/css")

    planted = seen_by(vnu, "", tmp_path, **{"/site.css": style})

    assert any("sideways" in says for says in faults(planted))


def test_axe_finds_a_picture_without_words(tmp_path):
    """A picture without an alternative text is found on each screen."""
    planted = seen_by(axe, '<img src="data:," width="9" height="9">', tmp_path)

    assert not planted.has_passed
    assert len(axe.SCREENS) == len([each for each in faults(planted) if "image-alt" in each])


def test_linkinator_finds_a_link_to_nowhere(tmp_path):
    """A link on the second page is followed; one to another site is not."""
    second = Answer(A_PAGE.format('<a href="/gone/">Gone</a>'))
    links_to = '<a href="/second/">Second</a> <a href="http://elsewhere.invalid/">Elsewhere</a>'

    planted = seen_by(links, links_to, tmp_path, **{"/second/": second})

    assert ["/gone/ answers 404"] == [each[each.index("/gone") :] for each in faults(planted)]


def test_a_tombstone_is_no_broken_link_unless_its_story_lives(tmp_path):
    """The 410 of a retracted story is told of; that of a live story is a fault."""
    answers = {
        "/": Answer(A_PAGE.format('<a href="/retracted/">One</a> <a href="/live/">Two</a>')),
        "/retracted/": Answer(A_PAGE.format(""), status=410),
        "/live/": Answer(A_PAGE.format(""), status=410),
    }
    stories = [{"address": f"/{state}/", "state": state} for state in ("retracted", "live")]

    with a_planted_site(answers, stories=stories, kept=tmp_path) as site:
        outcome = links.run(site)

    assert ["/live/ answers 410"] == [each[each.index("/live") :] for each in faults(outcome)]


def test_the_weight_of_a_page_and_what_it_moves_are_met(tmp_path):
    """A story over the bar, a picture that pushes text down, and a request to others are found."""
    push = "document.querySelector('h1').style.height = '300px'"
    painted = f"requestAnimationFrame(() => setTimeout(() => {{ {push} }}, 100))"
    script = f"<script>onload = () => {painted}</script>"
    others = '<img alt="" src="http://elsewhere.invalid/pixel.png">'
    body = f"<p>Ferries.</p><!--{'Ferries. ' * 12_000}-->{script}{others}"

    planted = seen_by(weight, body, tmp_path)

    missed = {each.what for each in planted.figures if not each.is_met}
    assert {"HTML, CSS, JS of a story", "layout shift", "requests to others"} == missed


def test_a_page_with_another_status_is_found(tmp_path):
    """A tombstone that answers 200 is a fault."""
    answers = {"/": Answer(A_PAGE.format(""))}

    with a_planted_site(answers, kept=tmp_path, kinds={"tombstone": "/"}) as site:
        outcome = pages.run(site)

    assert [f"{site.url}/ answers 200, not 410"] == faults(outcome)
