"""The servers as pytest fixtures: started when a test first asks, stopped with the test process."""

import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest
from django.conf import settings

from tests.servers import migrated
from tests.servers.nginx import nginx
from tests.servers.postgres import cluster, drop_database, new_database


@pytest.fixture(scope="session")
def django_db_modify_db_settings(
    django_db_modify_db_settings_parallel_suffix: None,
) -> Iterator[None]:
    """Have Django's test database copied from one with tables, where it would make them anew."""
    del django_db_modify_db_settings_parallel_suffix
    database = settings.DATABASES["default"]
    if database["ENGINE"].endswith("sqlite3"):
        with migrated.in_memory("file:memorydb_default?mode=memory&cache=shared"):
            yield
    else:
        template = migrated.postgres_template(os.environ["BROADSHEET_DATABASE"])
        database.setdefault("TEST", {})["TEMPLATE"] = template
        yield


@pytest.fixture
def a_home(tmp_path: Path) -> Path:
    """Give a newspaper's home with tables, for processes started with BROADSHEET_HOME."""
    return shutil.copytree(migrated.home(), tmp_path / "home")


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
