"""Broken twins: a server told something else than our own says is found by the comparison."""

from broadsheet.projections.objects import Moved
from broadsheet.web import maps
from tests.integration.deploy.asking import Served, differences
from tests.integration.deploy.tree import LIVE, WHAT_IS_SAID, keys_of
from tests.servers.caddy import caddy
from tests.servers.deployed import DEPLOY, configured
from tests.servers.nginx import nginx

REFERRERS = "strict-origin-when-cross-origin"


def _around(paper):
    return configured("nginx/http.conf", home=paper)


def test_a_server_without_maps_is_caught(ours, paper, tmp_path):
    """An nginx that never read where addresses moved fails for each that did, and no other."""
    (tmp_path / "empty").touch()
    around = _around(paper).replace(f"{paper}/maps/moved.nginx", f"{tmp_path}/empty")
    server = configured("nginx/site.conf", home=paper)

    with nginx(server, folder=tmp_path / "nginx", http=around) as url:
        found = differences(ours, Served(url), WHAT_IS_SAID)

    assert keys_of(Moved) == found


def test_a_caddy_without_maps_is_caught(ours, paper, tmp_path):
    """A Caddy that never read where addresses moved fails for each that did, and no other."""
    (tmp_path / "empty").write_text(maps.for_caddy(()).text)
    told = configured("caddy/Caddyfile", home=paper)
    told = told.replace(f"{paper}/maps/moved.caddy", f"{tmp_path}/empty")

    with caddy(told, folder=tmp_path / "caddy") as url:
        found = differences(ours, Served(url), WHAT_IS_SAID)

    assert keys_of(Moved) == found


def test_a_header_that_drifts_is_caught_in_nginx(ours, paper, tmp_path):
    """One word of one header of nginx's, and every answer differs."""
    security = configured("nginx/security.conf", home=paper)
    (tmp_path / "security.conf").write_text(security.replace(REFERRERS, "no-referrer"))
    server = configured("nginx/site.conf", home=paper).replace(
        "include " + str(DEPLOY / "nginx" / "security.conf"), f"include {tmp_path}/security.conf"
    )

    with nginx(server, folder=tmp_path / "nginx", http=_around(paper)) as url:
        found = differences(ours, Served(url), WHAT_IS_SAID)

    assert list(WHAT_IS_SAID) == found


def test_a_header_that_drifts_is_caught_in_caddy(ours, paper, tmp_path):
    """One word of one header of Caddy's, and every answer differs."""
    told = configured("caddy/Caddyfile", home=paper).replace(REFERRERS, "no-referrer")

    with caddy(told, folder=tmp_path / "caddy") as url:
        found = differences(ours, Served(url), [LIVE])

    assert [LIVE] == found
