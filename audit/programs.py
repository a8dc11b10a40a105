"""
Runs other people's programs: those of Node, those in a virtual environment of their own, Java.

They are installed by scripts/install-auditors, run as processes beside ours, and are asked
over files and standard input and output: none is ever imported by the newspaper.
"""

import json
import os
import subprocess
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from tests.servers.processes import ServerMissing, program

REPOSITORY = Path(__file__).parents[1]
NPM = REPOSITORY / "build" / "npm" / "node_modules"
READERS = REPOSITORY / "build" / "audit-readers"  # the virtual environment
OUTSIDE = REPOSITORY / "audit" / "outside"  # our few lines that run inside theirs
WITHIN_S = 900


class ProgramFailed(RuntimeError):  # names what happened, as all our errors do
    """A program ended without an answer we understand."""


def installed(path: Path) -> Path:
    """
    Return a path of what is installed.

    Raises:
        ServerMissing: it is not there.

    """
    if not path.exists():
        message = f"{path.relative_to(REPOSITORY)} is not there; run scripts/install-auditors"
        raise ServerMissing(message)
    return path


def ask_node(script: str, question: object) -> Any:
    """Return what a script of ours for Node answers to a question, both in JSON."""
    installed(NPM)
    node = program("node", package="nodejs")
    return _asked([node, str(OUTSIDE / script)], question)


def ask_reader(script: str, question: object) -> Any:
    """Return what a script of ours answers from the readers' virtual environment."""
    return _asked(
        [installed(READERS / "bin" / "python"), "-W", "ignore", str(OUTSIDE / script)], question
    )


def _asked(command: Sequence[str | Path], question: object) -> Any:
    said = run(command, told=json.dumps(question))
    try:
        return json.loads(said.stdout)
    except ValueError as error:
        message = f"{Path(command[-1]).name} ended ({said.returncode}): {said.stderr[-1500:]}"
        raise ProgramFailed(message) from error


def run(
    command: Sequence[str | Path], *, told: str = "", **environment: str
) -> subprocess.CompletedProcess[str]:
    """Run a program to its end, whatever its status; no proxy stands before loopback."""
    return subprocess.run(
        list(map(str, command)),
        input=told,
        env=dict(os.environ)
        | {"NODE_PATH": str(NPM), "NO_PROXY": "127.0.0.1,localhost"}
        | environment,
        capture_output=True,
        text=True,
        check=False,
        timeout=WITHIN_S,
    )
