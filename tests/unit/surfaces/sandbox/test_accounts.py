"""An account as an editor enters it."""

import pytest

from broadsheet.reconciler.ports import Exactness
from broadsheet.surfaces.sandbox.accounts import AccountIncomplete, account_of
from broadsheet.surfaces.sandbox.rules import MASTODON

SETTINGS = {"base_url": "http://127.0.0.1:8010", "rules": "mastodon", "exactness": "B"}


def test_settings_make_an_account():
    """What was entered is what is used; a key lives an hour unless told."""
    account = account_of("paper", settings=SETTINGS, token="sesame-open")

    assert (account.rules, account.exactness) == (MASTODON, Exactness.DEDUPE_KEY)
    assert account.key_life_s == 3600


@pytest.mark.parametrize(
    "wrong",
    [{"base_url": "ftp://x"}, {"rules": "friendster"}, {"exactness": "F"}, {"key_life_s": "long"}],
    ids=lambda wrong: next(iter(wrong)),
)
def test_settings_that_are_wrong_say_which(wrong):
    """The message names the account and the field."""
    with pytest.raises(AccountIncomplete, match=f"paper.*{next(iter(wrong))}"):
        account_of("paper", settings=SETTINGS | wrong, token="sesame-open")
