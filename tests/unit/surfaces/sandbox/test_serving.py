"""The administrator's token of a sandbox network."""

from concurrent.futures import ThreadPoolExecutor

from broadsheet.surfaces.sandbox.server.serving import ADMIN_TOKEN, admin_token


def test_a_token_is_made_once_and_for_its_owner_only(tmp_path):
    """Whoever asks first makes it, nobody else may read it, and it stays."""
    home = tmp_path / "sandbox"

    token = admin_token(home)

    assert token == admin_token(home)
    assert len(token) > 30
    assert (home / ADMIN_TOKEN).stat().st_mode & 0o777 == 0o600
    assert [ADMIN_TOKEN] == [file.name for file in home.iterdir()]


def test_all_who_are_first_at_once_get_the_same_token(tmp_path):
    """A race for the token has one winner, and nobody reads half of it."""
    with ThreadPoolExecutor(16) as pool:
        tokens = set(pool.map(lambda _: admin_token(tmp_path), range(64)))

    assert len(tokens) == 1
    assert tokens != {""}
