"""Starts nginx with one server block of the test's own: somebody else's server over our files."""

import os
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from tests.servers.processes import a_free_port, listens, program, running

MODULES = Path("/usr/lib/nginx/modules")
# Everything nginx writes lies in the test's folder; root's workers stay root, since a test's
# folders are closed to anyone else.
AROUND = """
{modules}
daemon off;
worker_processes 1;
{user}
pid {folder}/nginx.pid;
error_log {folder}/error.log warn;
events {{ worker_connections 256; }}
http {{
    access_log {folder}/access.log;
    include /etc/nginx/mime.types;
    default_type application/octet-stream;
    client_body_temp_path {folder}/body;
    proxy_temp_path {folder}/proxy;
    fastcgi_temp_path {folder}/fastcgi;
    uwsgi_temp_path {folder}/uwsgi;
    scgi_temp_path {folder}/scgi;
{http}
    server {{
        listen 127.0.0.1:{port};
{server}
    }}
}}
"""


@contextmanager
def nginx(
    server: str, *, folder: Path, http: str = "", modules: Sequence[str] = ()
) -> Iterator[str]:
    """
    Give the base URL of an nginx whose server block holds these directives; stop it after.

    The directives are everything but `listen`; those of `http` stand around the block. The
    folder takes its files and logs. Modules are Debian's, by the names of their files.

    Raises:
        ServerMissing: nginx is not installed.
        ServerDidNotStart: see its log in the message, also where the directives are wrong.

    """
    binary = program("nginx", package="nginx")
    folder.mkdir(parents=True, exist_ok=True)
    port = a_free_port()
    user = "user root;" if os.geteuid() == 0 else ""
    configuration = folder / "nginx.conf"
    configuration.write_text(
        AROUND.format(
            user=user,
            folder=folder,
            port=port,
            server=server,
            http=http,
            modules="".join(f"load_module {MODULES}/{name}.so;\n" for name in modules),
        ),
        encoding="utf-8",
    )
    command = [binary, "-c", configuration, "-e", folder / "error.log", "-p", folder]
    with running(command, log=folder / "output.log", answers=lambda: listens(port)):
        yield f"http://127.0.0.1:{port}"
