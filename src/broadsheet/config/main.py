"""
The command `broadsheet`: finds the module of a command, and turns errors into messages.

Commands are loaded when they are called, so that those that need no Django start fast.
"""

import importlib
import os
from typing import NamedTuple

import click
import django

from broadsheet.config import home
from broadsheet.config.edge import refusals_of_the_machine


class _Place(NamedTuple):
    module: str
    attribute: str
    needs_django: bool  # and a home
    makes_home: bool = False  # where the folder is empty


_CLI = "broadsheet.config.cli"
COMMANDS = {
    "account": _Place(f"{_CLI}.account", "account", True),
    "confirm": _Place(f"{_CLI}.press", "confirm", True),
    "demo": _Place(f"{_CLI}.demo", "demo", True, makes_home=True),
    "deploy": _Place(f"{_CLI}.deploy", "deploy", False),
    "init": _Place(f"{_CLI}.init", "init", False),
    "intake": _Place(f"{_CLI}.intake", "intake", True),
    "post": _Place(f"{_CLI}.post", "post", True),
    "rebuild": _Place(f"{_CLI}.rebuild", "rebuild", True),
    "run": _Place(f"{_CLI}.run", "run", False),
    "simulate": _Place(f"{_CLI}.simulate", "simulate", False),
    "status": _Place(f"{_CLI}.status", "status", True),
    "story": _Place(f"{_CLI}.story", "story", True),
    "user": _Place(f"{_CLI}.user", "user", True),
    "work": _Place(f"{_CLI}.press", "work", True),
}


_ASKS_FOR_HELP = "broadsheet.asks_for_help"


class Commands(click.Group):
    """The commands, imported one at a time."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Note whether only help is asked for: that needs no home."""
        ctx.meta[_ASKS_FOR_HELP] = not args or not {"-h", "--help"}.isdisjoint(args)
        return super().parse_args(ctx, args)

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Return their names."""
        del ctx
        return sorted(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Import a command; None when there is no such command."""
        place = COMMANDS.get(cmd_name)
        if place is None:
            return None
        if place.needs_django:
            _set_up_django(ctx, makes_home=place.makes_home)
        command = getattr(importlib.import_module(place.module), place.attribute)
        if not isinstance(command, click.Command):
            message = f"{place.module}.{place.attribute} is no command"
            raise TypeError(message)
        return command


def _set_up_django(ctx: click.Context, *, makes_home: bool) -> None:
    if not ctx.resilient_parsing and not ctx.meta.get(_ASKS_FOR_HELP):
        if makes_home and not home.current().exists():
            importlib.import_module(f"{_CLI}.init").make_home()
        try:
            home.current().must_exist()
        except home.NotAHome as error:
            raise click.ClickException(str(error)) from error
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "broadsheet.config.settings")
    django.setup()


@click.group(cls=Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="broadsheet")
def cli() -> None:
    """Publish a newspaper in which every copy of a story stays true."""


def main() -> None:
    """Run the command line."""
    with refusals_of_the_machine():
        cli(prog_name="broadsheet")


if __name__ == "__main__":
    main()
