"""What holds for every page, however odd."""

import time
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from broadsheet.intake.copying_in import read_page
from broadsheet.intake.drafts import DraftPicture, Reading

UTC = ZoneInfo("UTC")
LINES = st.sampled_from(
    [
        "Follow us", "World", "The tram line opens after nine years of building",
        "Published", "on", "12 March 2026", "By Ada Reporter", "author avatar", "Ada Reporter",
        "City reporter", "The first tram left at six in the morning.", "What happens next",
        "A tram crosses the old bridge. (AP Photo/Ada Lovelace)",
        "The old bridge, crossed by a tram (Picture: AP)", "(Photo: dpa)", "TOPSHOT - A tram",
        "Trending", "Powered by: Somebody", "© 2026 The Daily", "????", "市议会批准新线。",
        "قطار جديد", "\u200b", "x" * 300, ")))", "«", "",
    ]
)  # fmt: skip
PAGES = st.one_of(st.lists(LINES, max_size=30).map("\n".join), st.text())


def everything_in(reading: Reading) -> str:
    """Return all text a reading keeps or says it left out."""
    draft, report = reading.draft, reading.report
    blocks = (*((draft.lead,) if draft.lead else ()), *draft.body)
    return "\n".join(
        [
            draft.headline, draft.section_label, draft.standfirst, *report.left_out,
            *(guess.taken for guess in report.guesses),
            *(line for byline in draft.bylines for line in (byline.name, byline.role)),
            *(text for block in blocks
              for text in (block.received if isinstance(block, DraftPicture) else [block.text])),
        ]
    )  # fmt: skip


@settings(deadline=None)
@given(PAGES.filter(lambda page: page.strip()))
def test_no_line_is_lost_silently(page: str):
    """Each line is in the draft or in the report; dates and bylines at least in their fields."""
    everything = everything_in(read_page(page, language="en", zone=UTC))

    fields = {"12 March 2026", "By Ada Reporter"}
    lines = {line.strip() for line in page.replace("\r", "\n").split("\n")} - fields
    assert not [line for line in lines if line not in everything]


@settings(deadline=None)
@given(PAGES.filter(lambda page: page.strip()))
def test_nothing_is_invented(page: str):
    """Every word of a draft stands on the page, code point for code point."""
    draft = read_page(page, language="en", zone=UTC).draft

    for text in (draft.headline, draft.section_label, draft.standfirst):
        assert text in page
    for block in draft.body:
        kept = block.received if isinstance(block, DraftPicture) else (block.text,)
        assert all(line in page for line in kept)


@pytest.mark.parametrize(
    "unit",
    [
        pytest.param("The council met on Tuesday. ", id="one line of prose"),
        pytest.param("The council met on Tuesday.\n\n", id="paragraphs"),
        pytest.param("A tram. (AP Photo/Ada)\n\nTram (Picture: AP)\n\n", id="captions"),
        pytest.param("(((((", id="brackets"),
        pytest.param("Photo: ", id="labels"),
        pytest.param("???? ", id="lost text"),
        pytest.param("Trending\n", id="furniture"),
        pytest.param("author avatar\n", id="author labels"),
        pytest.param("a?b", id="question marks"),
        pytest.param("Ã©Ã", id="mojibake"),
        pytest.param("市议会批准", id="no spaces"),
        pytest.param("\u200b", id="invisible"),
        pytest.param("12 March 2026\n", id="dates"),
    ],
)
def test_hostile_page_takes_time_in_proportion(unit: str):
    """Eight times the page takes about eight times the time, not its square."""
    times_s = [seconds_for(unit, size_bytes=size) for size in (25_000, 200_000)]

    assert times_s[1] < max(times_s[0] * 24, 1)


def test_huge_page_is_read():
    """Two megabytes of paragraphs and captions are read, none lost."""
    unit = "The council met.\n\n" + "A tram. (AP Photo/Ada)\n\nTram (Picture: AP)\n\n" + "x" * 900

    draft = read_page(unit * 2200, language="en", zone=UTC).draft

    pictures = [block for block in draft.body if isinstance(block, DraftPicture)]
    assert 2_000_000 < len(unit) * 2200
    assert draft.lead is not None
    assert 2200 == len([draft.lead, *pictures])


def seconds_for(unit: str, *, size_bytes: int) -> float:
    """Return the least processor time a page takes, once month names are loaded."""
    read_page("Tram\n12 March 2026", language="en", zone=UTC)
    page = unit * (size_bytes // len(unit.encode()))
    return min(timed_s(page) for _ in range(3))  # a machine that is busy elsewhere says more


def timed_s(page: str) -> float:
    """Return the processor time one reading of a page takes."""
    begun_at = time.process_time()
    read_page(page, language="en", zone=UTC)
    return time.process_time() - begun_at


@pytest.mark.parametrize(
    "lost", ["???? ?????? ?? ???? ??? ????.", "\ufffd\ufffd\ufffd \ufffd\ufffd"]
)
def test_paragraph_of_lost_letters_stays_and_blocks(lost: str):
    """A paragraph that arrived as question marks is the story's: kept, and not published."""
    page = f"Weaver finds a loom\n\nIt is older than the house.\n\n{lost}\n\nIt works well.\n"

    reading = read_page(page, language="en", zone=ZoneInfo("UTC"))

    assert lost in [block.text for block in reading.draft.body]
    assert reading.report.blocks_publication


@pytest.mark.parametrize("rule", ["***", "- - -", "* * *", "———"])
def test_rule_between_parts_is_left_out(rule: str):
    """A line drawn between parts of a page is none of the story's words."""
    page = f"Weaver finds a loom\n\nIt is older than the house.\n\n{rule}\n\nIt works well.\n"

    assert rule in read_page(page, language="en", zone=ZoneInfo("UTC")).report.left_out
