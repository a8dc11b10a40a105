"""`broadsheet demo` alone, in an empty folder, makes a newspaper somebody can sign in to."""

from pathlib import Path

from tests.servers.newspaper import broadsheet


def test_demo_makes_the_home_it_fills(tmp_path: Path):
    """The first command of a new user gives a paper with stories and says how to go on."""
    home = tmp_path / "home"
    home.mkdir()

    done = broadsheet(home, "demo")

    assert (0, "") == (done.returncode, done.stderr)
    assert f"{home} is a newspaper's home." in done.stdout
    assert f"sign in as editor; the first password lies in {home / 'desk-password'}" in done.stdout
    assert "`broadsheet run` serves it" in done.stdout
    assert "The demo newspaper is out." in done.stdout
    assert (home / "desk-password").is_file()
    assert (home / "site" / "index.html").is_file()
