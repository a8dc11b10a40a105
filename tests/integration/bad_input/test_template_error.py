"""A page that cannot be rendered stops no other page."""

from dataclasses import replace

import jinja2
import pytest
from click.testing import CliRunner

from broadsheet.config.main import cli
from broadsheet.config.printing import Printing
from broadsheet.press.worker import Worker
from tests.factories.press import THEME, Clock, a_press_paper, a_wiring, publish_story

pytestmark = pytest.mark.django_db
BROKEN = "{% if 'Tram' in page.headline %}{{ page.no_such_thing }}{% endif %}{{ page.headline }}"


def broken_theme():
    """Return the theme with a template that fails for one headline."""
    template = jinja2.Environment(autoescape=True, undefined=jinja2.StrictUndefined).from_string(
        BROKEN
    )
    return replace(THEME, templates={**THEME.templates, "story.html": template}, hash="broken")


@pytest.fixture
def clock() -> Clock:
    """Return a clock that stands at noon."""
    return Clock()


def test_page_that_fails_is_parked_and_the_others_go_out(tmp_path, clock):
    """The broken page waits with the template's complaint; every other page is there."""
    a_press_paper(clock)
    publish_story(clock, 100, headline="Tram line opens")
    publish_story(clock, 101, headline="Harbor reopens")
    wired = a_wiring(tmp_path)._replace(printing=Printing(broken_theme()))

    done = Worker(wired, owner="test", clock=clock).run_until_quiet()

    said = CliRunner().invoke(cli, ["status"], catch_exceptions=False).output
    stories = tmp_path / "site" / "2026" / "11" / "22"
    assert 1 == done.parked
    assert not (stories / "story-100" / "index.html").exists()
    assert b"Harbor reopens" == (stories / "story-101" / "index.html").read_bytes()
    assert b"Tram line opens" in (tmp_path / "site" / "index.html").read_bytes()
    assert "/2026/11/22/story-100/: story.html: UndefinedError:" in said
    assert "has no attribute 'no_such_thing' (needs a person)" in said


def test_it_goes_out_with_the_mended_template(tmp_path, clock):
    """With a theme that works the parked page is rendered without anybody's asking."""
    a_press_paper(clock)
    publish_story(clock, 100, headline="Tram line opens")
    wired = a_wiring(tmp_path)
    broken = wired._replace(printing=Printing(broken_theme()))
    first = Worker(broken, owner="test", clock=clock)
    first.run_until_quiet()
    first.lock.release()

    Worker(wired, owner="mended", clock=clock).run_until_quiet()

    page = tmp_path / "site" / "2026/11/22/story-100/index.html"
    assert b"Tram line opens" in page.read_bytes()
