"""`broadsheet rebuild`: render everything again, or prove that it would change nothing."""

import json
import os
import subprocess
import sys

import click

from broadsheet.config.cli.acting import bring_out
from broadsheet.press import log, sweeps
from broadsheet.press.standing import standing

# As unlike this process as can be: a proof should not hang on where it is made.
_ELSEWHERE = {"PYTHONHASHSEED": "4242", "TZ": "Pacific/Kiritimati", "LC_ALL": "C", "LANG": "C"}


@click.command()
@click.option("--check", is_flag=True, help="Change nothing; compare the files with the log.")
def rebuild(*, check: bool) -> None:
    """
    Render every object and write it again, in the background lane.

    With --check, render from the log alone, in memory, in a fresh process with another
    hash seed, time zone, locale and a clock three days ahead, and compare with the files.
    What disagrees is looked at again for some seconds, since a press may be at work.
    """
    if not check:
        seq = log.length()
        count = sweeps.doubt_the_site()  # files that were lost or changed are written, too
        click.echo(f"{count} objects will be rendered again.")
        bring_out("The order to rebuild", since=seq - 1)
        return
    child = subprocess.run(
        [sys.executable, "-m", "broadsheet.config.elsewhere"],
        env=os.environ | _ELSEWHERE,
        stdout=subprocess.PIPE,
        check=False,
    )
    if child.returncode != 0:
        raise click.ClickException("the check did not finish; see the error above")
    _report(json.loads(child.stdout))


def _report(found: dict[str, list[str] | int]) -> None:
    for what in ("differing", "missing", "orphaned"):
        keys = found[what]
        for key in keys if isinstance(keys, list) else ():
            click.echo(f"{what}: {key}")
    counts = {k: len(v) if isinstance(v, list) else v for k, v in found.items()}
    click.echo(
        "{entries} log entries; {compared} compared, {differing} differing, "
        "{missing} missing, {orphaned} orphaned".format(**counts)
    )
    if counts["differing"] or counts["missing"] or counts["orphaned"]:
        if not standing().is_quiet:
            click.echo(
                "The press has work waiting, which may be why: `broadsheet status` names it."
            )
        sys.exit(1)
