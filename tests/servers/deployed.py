"""Serves a newspaper's folder by nginx and Caddy as the files in deploy/ tell them to."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from broadsheet.web import telling
from tests.servers.caddy import caddy
from tests.servers.nginx import nginx

DEPLOY = Path(__file__).parents[2] / "deploy"
BROTLI = "ngx_http_brotli_static_module"
_BROADSHEET = "127.0.0.1:8000"  # as deploy/ names it
_NOWHERE = "127.0.0.1:9"  # discard: nothing listens there


def write_maps(home: Path) -> None:
    """Write the maps of a home's tree where deploy/ looks for them."""
    telling.look(home / "site", home / "maps", hook="")


def configured(name: str, *, home: Path, desk: str = _NOWHERE) -> str:
    """Return a file of deploy/ for a home, and a desk at another address."""
    text = (DEPLOY / name).read_text("utf-8")
    text = text.replace("/srv/paper/deploy", str(DEPLOY)).replace("/srv/paper", str(home))
    return text.replace(_BROADSHEET, desk)


@contextmanager
def by_nginx(
    home: Path, *, folder: Path, desk: str = _NOWHERE, modules: Sequence[str] = ()
) -> Iterator[str]:
    """Give the base URL of an nginx over a home; with the module, it sends brotli, too."""
    server = configured("nginx/site.conf", home=home, desk=desk)
    if BROTLI in modules:
        server += configured("nginx/brotli.conf", home=home)
    around = configured("nginx/http.conf", home=home)
    with nginx(server, folder=folder, http=around, modules=modules) as url:
        yield url


@contextmanager
def by_caddy(home: Path, *, folder: Path, desk: str = _NOWHERE) -> Iterator[str]:
    """Give the base URL of a Caddy over a home."""
    with caddy(configured("caddy/Caddyfile", home=home, desk=desk), folder=folder) as url:
        yield url
