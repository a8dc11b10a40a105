"""How long a failure waits."""

from hypothesis import given
from hypothesis import strategies as st

from broadsheet.reconciler.backing_off import DELAYS_S, FAILURES_BEFORE_A_PERSON, delay_s

KEYS = st.text(min_size=1, max_size=30)


@given(key=KEYS, failures=st.integers(min_value=1, max_value=100))
def test_wait_is_near_the_table(key, failures):
    """A wait is at most a fifth off the table; after its end, the last entry repeats."""
    tabled = DELAYS_S[min(failures, len(DELAYS_S)) - 1]

    assert 0.8 * tabled <= delay_s(failures, key=key) <= 1.2 * tabled


@given(key=KEYS)
def test_wait_is_the_same_each_time(key):
    """The same failure of the same row always waits equally long."""
    assert delay_s(3, key=key) == delay_s(3, key=key)


def test_rows_that_fail_together_return_apart():
    """Rows that failed at one moment do not all come back at one moment."""
    waits = {delay_s(4, key=f"post/{number}/first") for number in range(50)}

    assert len(waits) == 50


def test_person_is_asked_after_about_a_day():
    """Trying goes on for about a day before a person is asked."""
    tried_s = sum(delay_s(failures, key="post") for failures in range(1, FAILURES_BEFORE_A_PERSON))

    assert 20 * 3600 < tried_s < 28 * 3600
