"""With desk, press, database and site server stopped, the newspaper is still there."""

import shutil
from contextlib import ExitStack
from pathlib import Path

import pytest

from broadsheet.surfaces.website.store import Store
from tests.integration.deploy.asking import Served, differences, said_alike
from tests.integration.web.conftest import serving
from tests.servers.deployed import by_caddy, by_nginx, write_maps
from tests.servers.newspaper import until

FERRY = "/ferry-returns-to-the-outer-islands"

pytestmark = pytest.mark.xdist_group("journeys")


@pytest.fixture(scope="module")
def folder(demo, tmp_path_factory) -> Path:
    """Give the public folder of the demo newspaper, and nothing else of it."""
    home = tmp_path_factory.mktemp("folder")
    shutil.copytree(demo.kept / "site", home / "site")
    write_maps(home)
    return home


@pytest.mark.parametrize("by", [by_nginx, by_caddy], ids=["nginx", "caddy"])
def test_every_key_is_still_answered(folder, tmp_path, by):
    """Every page, picture, feed and tombstone is answered as by the newspaper's own server."""
    keys = _keys_of(folder)
    (tmp_path / "ours").mkdir()
    with ExitStack() as running:
        alone = running.enter_context(serving(tmp_path / "ours", desk=f"unix:{tmp_path}/nothing"))
        alone.tree.rmdir()
        alone.tree.symlink_to(folder / "site")
        ours = Served(alone.url)
        other = Served(running.enter_context(by(folder, folder=tmp_path / "server")))

        found = differences(ours, other, keys)
        statuses = {other.ask(key).status_code for key in keys[:: len(keys) // 50]}

    assert {"maps", "site"} == {each.name for each in folder.iterdir()}
    assert len(keys) > 300
    assert [] == found
    assert 200 in statuses


@pytest.mark.parametrize("by", [by_nginx, by_caddy], ids=["nginx", "caddy"])
def test_a_reader_searches_through_another_server(folder, newspaper, tmp_path, by):
    """While the newspaper runs, what its search found comes through, as it says it itself."""
    behind = newspaper.url.removeprefix("http://")
    asked = "/search/?q=ferry%20islands"
    until(
        lambda: FERRY in newspaper.get(asked).text,
        what="the search of a paper that came all at once",
        within_s=180,
    )
    expected = Served(newspaper.url).ask_as_written(asked)

    with by(folder, folder=tmp_path / "server", desk=behind) as url:
        answer = Served(url).ask_as_written(asked)

    assert 200 == answer.status_code
    assert FERRY in answer.text
    assert said_alike(expected) == said_alike(answer)
    assert expected.content == answer.content


def _keys_of(home):
    """Return every key of a home's tree."""
    store = Store(home / "site", renditions=home / "renditions")
    return sorted(key for each in store.folders() for key in each.keys)
