"""A theme of the paper's own that cannot be used stops the start in words, before anything else."""

import os
import re
import subprocess
import sys

import pytest

from tests.servers.newspaper import broadsheet, two_free_ports

pytestmark = pytest.mark.xdist_group("theme refuses")


@pytest.fixture
def home_with_a_slip(a_home):
    """Give a newspaper whose own style sheet names a font that is not there."""
    (a_home / "theme").mkdir()
    (a_home / "theme" / "paper.css").write_text("a { color: red; }\nb { src: url(assets/f.woff2) }")
    return a_home


@pytest.mark.parametrize("arguments", [("work", "--until-quiet"), ("rebuild", "--check")])
def test_commands_name_the_file(home_with_a_slip, arguments):
    """Whatever needs the theme says which file of which folder, which line, and why."""
    done = broadsheet(home_with_a_slip, *arguments)

    said = done.stdout + done.stderr
    assert 1 == done.returncode, said
    assert "Traceback" not in said
    assert f"Error: the theme in {home_with_a_slip / 'theme'} cannot be used" in said
    assert "paper.css, line 2: it names assets/f.woff2, which is not there" in said


def test_run_does_not_begin(home_with_a_slip):
    """`run` ends with the reason instead of starting a press that cannot work."""
    done = broadsheet(home_with_a_slip, "run", "--port", str(two_free_ports()))

    said = done.stdout + done.stderr
    assert 1 == done.returncode, said
    assert "Traceback" not in said
    assert "paper.css, line 2" in said
    assert "could not be readied; the reason is above" in said


def test_the_desk_goes_on_without_previews(home_with_a_slip):
    """Who starts the desk by itself has one in which work is not lost; its log says what is not."""
    done = subprocess.run(
        [sys.executable, "-c", "from broadsheet.config import wsgi; print(wsgi.application)"],
        env=os.environ | {"BROADSHEET_HOME": str(home_with_a_slip)},
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )

    assert 0 == done.returncode, done.stderr
    assert "WSGIHandler" in done.stdout
    assert "no preview and no search can be shown" in done.stderr
    assert "paper.css, line 2" in done.stderr


def test_an_act_that_was_committed_is_not_said_to_have_changed_nothing(a_home):
    """A theme that broke while it was edited keeps no act back, and the command says so."""
    broadsheet(a_home, "demo")
    listed = broadsheet(a_home, "story", "list").stdout
    story = re.search(r"[0-9a-f]{8}-[0-9a-f-]{27}", listed)[0]
    (a_home / "theme").mkdir()
    (a_home / "theme" / "paper.css").write_text("b { src: url(assets/f.woff2) }")

    done = broadsheet(a_home, "story", "unpublish", story)

    said = done.stdout + done.stderr
    assert 4 == done.returncode, said
    assert "is committed, and that is kept; it is not seen to be out" in said
    assert "paper.css, line 1: it names assets/f.woff2" in said
