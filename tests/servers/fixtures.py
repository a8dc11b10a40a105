"""The servers as pytest fixtures: started when a test first asks, stopped with the test process."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

from tests.servers.nginx import nginx
from tests.servers.postgres import cluster, drop_database, new_database


@pytest.fixture(scope="session")
def postgres_cluster() -> Iterator[str]:
    """Give the address of a PostgreSQL: one for each test process."""
    with cluster() as address:
        yield address


@pytest.fixture
def postgres_url(postgres_cluster: str) -> Iterator[str]:
    """Give an empty PostgreSQL database, for processes started with BROADSHEET_DATABASE."""
    address = new_database(postgres_cluster)
    yield address
    drop_database(address)


@pytest.fixture
def serve_with_nginx(tmp_path: Path) -> Iterator[Callable[[str], str]]:
    """Give a function that starts nginx with a server block and returns its base URL."""
    with ExitStack() as servers:

        def serve(server: str) -> str:
            folder = tmp_path / f"nginx-{len(list(tmp_path.glob('nginx-*')))}"
            return servers.enter_context(nginx(server, folder=folder))

        yield serve
