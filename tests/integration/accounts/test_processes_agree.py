"""What the desk's processes must agree on, and what a browser is told over https."""

import os
import subprocess
import sys
from pathlib import Path

from broadsheet.accounts.shared_cache import SharedCache

_ADDS = """
import sys
from broadsheet.accounts.shared_cache import SharedCache
cache = SharedCache(sys.argv[1], {})
print(sum(cache.add(f"key{number}", 1) for number in range(200)))
"""
_COUNTS = """
import sys
from broadsheet.accounts.shared_cache import SharedCache
cache = SharedCache(sys.argv[1], {})
for _ in range(100):
    cache.incr("guesses")
"""
_SETTINGS = """
from broadsheet.config import settings as s
print(s.SESSION_COOKIE_SECURE, s.CSRF_COOKIE_SECURE, s.CSRF_TRUSTED_ORIGINS)
"""


def test_a_key_is_added_once_by_many_processes(tmp_path: Path):
    """Of four processes that add the same keys at the same time, one adds each."""
    adders = [
        subprocess.Popen(
            [sys.executable, "-c", _ADDS, str(tmp_path)], stdout=subprocess.PIPE, text=True
        )
        for _ in range(4)
    ]

    assert 200 == sum(int(adder.communicate()[0]) for adder in adders)


def test_what_many_processes_count_is_all_counted(tmp_path: Path):
    """Of four processes that count at the same time, none loses what another counted."""
    cache = SharedCache(str(tmp_path), {})
    cache.set("guesses", 0)
    counters = [subprocess.Popen([sys.executable, "-c", _COUNTS, str(tmp_path)]) for _ in range(4)]

    assert [0] * 4 == [counter.wait() for counter in counters]
    assert 400 == cache.get("guesses")


def test_the_cache_is_its_owners(tmp_path: Path):
    """Nobody else on the machine reads or plants what lies in it."""
    SharedCache(str(tmp_path / "cache"), {}).add("key", "value")

    assert 0o700 == (tmp_path / "cache").stat().st_mode & 0o777


def told(**environment: str) -> str:
    """Return what the desk's settings are in an environment."""
    result = subprocess.run(
        [sys.executable, "-c", _SETTINGS],
        env=os.environ | environment,
        capture_output=True,
        text=True,
        check=True,
    )
    return result.stdout.strip()


def test_cookies_go_over_tls_only_where_the_paper_has_it():
    """With an https address cookies are marked so, and forms from it are trusted."""
    secure = told(BROADSHEET_URL="https://paper.example", BROADSHEET_HOSTS="paper.example")

    assert "True True ['https://paper.example']" == secure
    assert told(BROADSHEET_URL="http://127.0.0.1:8000").startswith("False False")
