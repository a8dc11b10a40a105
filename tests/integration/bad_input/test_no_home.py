"""Without a newspaper in the folder every command says so, and help is there all the same."""

import pytest
from click.testing import CliRunner

from broadsheet.config.main import COMMANDS, cli

ARGUMENTS = {
    "account": [("account", "list"), ("account", "release", "main")],
    "confirm": [("confirm", "1")],
    "intake": [("intake", "copy", __file__, "--section", "world")],
    "post": [("post", "list"), ("post", "retry-all")],
    "rebuild": [("rebuild",), ("rebuild", "--check")],
    "status": [("status",), ("status", "--quiet-or-fail")],
    "story": [("story", "list"), ("story", "publish", "x")],
    "user": [("user", "list"), ("user", "deactivate", "ada")],
    "work": [("work",), ("work", "--until-quiet")],
}
WITHOUT_A_HOME = {"demo", "deploy", "init", "run", "simulate"}  # deploy takes any folder


@pytest.fixture(autouse=True)
def nowhere(monkeypatch, tmp_path):
    """Name an empty folder as the home."""
    monkeypatch.setenv("BROADSHEET_HOME", str(tmp_path))
    return tmp_path


def test_every_command_is_tried():
    """No command is left out here: a new one needs a line above."""
    assert set(COMMANDS) == set(ARGUMENTS) | WITHOUT_A_HOME


@pytest.mark.parametrize("arguments", [each for some in ARGUMENTS.values() for each in some])
def test_command_says_that_there_is_no_newspaper(nowhere, arguments):
    """A command in a folder without a newspaper names the folder and the two ways on."""
    result = CliRunner().invoke(cli, arguments, catch_exceptions=False)

    assert 1 == result.exit_code
    assert f"there is no newspaper in {nowhere}" in result.output
    assert ("broadsheet init" in result.output, "BROADSHEET_HOME" in result.output) == (True, True)
    assert [] == list(nowhere.iterdir())


@pytest.mark.parametrize("command", [[], *([name] for name in sorted(COMMANDS))])
@pytest.mark.parametrize("option", ["--help", "-h"])
def test_help_needs_no_newspaper(nowhere, command, option):
    """Somebody who has just installed it can read what there is."""
    result = CliRunner().invoke(cli, [*command, option], catch_exceptions=False)

    assert (0, True) == (result.exit_code, "Usage: " in result.output)
    assert [] == list(nowhere.iterdir())


def test_help_of_a_part_needs_no_newspaper(nowhere):
    """Neither does the help of one act."""
    result = CliRunner().invoke(cli, ["story", "correct", "--help"], catch_exceptions=False)

    assert (0, True) == (result.exit_code, "--note" in result.output)


@pytest.mark.parametrize("command", ["demo", "init", "run"])
def test_folder_of_something_else_is_left_alone(nowhere, command):
    """A folder that holds something else is not made a newspaper's home."""
    (nowhere / "thesis.txt").write_text("mine")

    result = CliRunner().invoke(cli, [command], catch_exceptions=False)

    assert 1 == result.exit_code
    assert f"{nowhere} is not a Broadsheet home and is not empty" in result.output
    assert [nowhere / "thesis.txt"] == list(nowhere.iterdir())
