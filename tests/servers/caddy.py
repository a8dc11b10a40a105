"""Starts Caddy with a configuration of the test's own: somebody else's server over our files."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.servers.processes import a_free_port, listens, program, running

# No certificates, no port for its administration; all it keeps lies in the test's folder.
AROUND = """{{
    admin off
    auto_https off
    storage file_system {folder}/storage
    default_bind 127.0.0.1
}}
{configuration}
"""


@contextmanager
def caddy(configuration: str, *, folder: Path) -> Iterator[str]:
    """
    Give the base URL of a Caddy with this configuration, whose site is ":8080"; stop it after.

    Raises:
        ServerMissing: Caddy is not installed.
        ServerDidNotStart: see its log in the message, also where the configuration is wrong.

    """
    binary = program("caddy", package="caddy")
    folder.mkdir(parents=True, exist_ok=True)
    port = a_free_port()
    file = folder / "Caddyfile"
    said = configuration.replace(":8080 {", f"http://:{port} {{")
    file.write_text(AROUND.format(folder=folder, configuration=said), encoding="utf-8")
    command = ["env", f"HOME={folder}", binary, "run", "--config", file, "--adapter", "caddyfile"]
    with running(command, log=folder / "output.log", answers=lambda: listens(port)):
        yield f"http://127.0.0.1:{port}"
