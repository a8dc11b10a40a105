"""Other people's readers really read: a story whose page names somebody else is found out."""

from audit.suites import readers
from tests.integration.audit.planted import A_PAGE, Answer, a_planted_site

PARAGRAPHS = [
    f"Boat {number} left the old customs quay on time, with passengers, goats and a cake."
    for number in range(12)
]
A_STORY = {
    "state": "live",
    "address": "/2026/11/28/ferry/",
    "language": "en",
    "headline": "Ferry returns to the outer islands",
    "authors": ["Amara Okoye"],
    "published_at": "2026-11-28T08:00:00+00:00",
    "updated_at": "2026-11-28T08:00:00+00:00",
    "changed_at": "2026-11-28T08:00:00+00:00",
    "lead": "",
    "body": PARAGRAPHS,
    "beside": [],
}


def read(byline, tmp_path) -> dict[str, float]:
    """Return the figures of a page that names an author, by their names."""
    head = f'<meta name="author" content="{byline}"><title>{A_STORY["headline"]}</title>'
    body = "".join(f"<p>{each}</p>" for each in PARAGRAPHS)
    page = A_PAGE.replace("<title>Ferry | The Harbor Light</title>", head)
    page = page.replace(
        "<h1>Ferry</h1>{}", f"<article><h1>{A_STORY['headline']}</h1>{body}</article>"
    )
    where = A_STORY["address"]
    with a_planted_site(
        {where: Answer(page)}, kept=tmp_path, kinds={"story": where}, stories=[A_STORY]
    ) as site:
        return {each.what: each.value for each in readers.run(site).figures}


def test_readers_find_a_wrong_byline(tmp_path):
    """The same page is right with its author, and wrong with another's name."""
    right, wrong = (read(name, tmp_path) for name in ("Amara Okoye", "Tobi Lawal"))

    for reader in ("trafilatura", "newspaper4k", "Readability"):
        assert (1.0, 0.0) == (right[f"{reader}: authors"], wrong[f"{reader}: authors"])
    assert right["mean F1"] > wrong["mean F1"]


def test_every_reader_reads_the_text(tmp_path):
    """Headline and text are had by all five."""
    figures = read("Amara Okoye", tmp_path)

    for reader in ("trafilatura", "newspaper4k", "readability-lxml", "goose3", "Readability"):
        assert figures[f"{reader}: headline"] == 1.0
        assert figures[f"{reader}: body"] > 0.9
