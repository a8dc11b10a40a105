"""What a writer sees while typing and pasting, in a real browser: counts that agree, clean text."""

import json
import re

import pytest

from broadsheet.newsroom.writing.counts import RULES, used
from broadsheet.newsroom.writing.pasting import cleaned
from broadsheet.story.textrule import graphemes
from broadsheet.story.wordcount import counted
from tests.journeys.test_desk_journey import BODY, begin_story, tab  # noqa: F401  # a fixture
from tests.servers.browser import Tab
from tests.servers.newspaper import Newspaper

pytestmark = pytest.mark.xdist_group("journeys")

TEXTS = [
    "",
    "Council approves the new tram line",
    "It’s a well-known fact: the 9:30 ferry didn't sail",
    "x" * 301,
    "café cafe\u0301 naïve",
    "المجلس يوافق على خط الترام 9 الجديد",
    "புதிய டிராம் பாதைக்கு நகர சபை ஒப்புதல்",
    "නව ට්‍රෑම් මාර්ගයට නගර සභාව අනුමැතිය දෙයි",
    "市议会批准新的电车线路，全长九公里",
    "東京のトラムが走り出す",
    "रेलवे क्षेत्र की नई नीति",
    "กรุงเทพมหานคร",
    "안녕하세요 새 전차",
    "A family 👩‍👩‍👧‍👦 wins 🏳️‍🌈 👍🏽 🇳🇬🇬🇭 1️⃣ © ™️ 🏴󠁧󠁢󠁳󠁣󠁴󠁿",
    "Dashes – and — “quotes” … ‚low‛ ‰",
    "Read paper.example/tram and https://a.example/?q=1 now",
    "Thanks to @ada@social.example and @ben.bsky.social",
    "Version 2.0 costs 3.50, e.g. more. Yes.No",
    "tabs\tand  spaces",
]
WORD = (
    "<html><head><style>p{color:red}</style></head><body><!--StartFragment-->"
    "<p class=MsoNormal>The <b>council</b> met.</p><table><tr><td>a</td><td>b</td></tr></table>"
    "<img src=x onerror='window.broken=1'><script>window.broken=1</script></body></html>"
)


def asked(tab: Tab, function: str, texts: list[str]) -> list[dict[str, int]]:  # noqa: F811
    """Return what the page's counter says of some texts."""
    call = f"Promise.all({json.dumps(texts)}.map((text) => newsroomCounts.{function}(text)))"
    found: list[dict[str, int]] = tab.run(call)
    return found


def by_the_desk(text: str) -> dict[str, int]:
    """Return what the desk says of a text."""
    own = graphemes(text)
    return {"card": own, "search": own} | {name: used(text, rule) for name, rule in RULES.items()}


def test_browser_and_desk_count_alike(tab: Tab, newspaper: Newspaper) -> None:  # noqa: F811
    """Words, minutes and every surface's length are the same in the browser and at the desk."""
    begin_story(tab, newspaper)

    words = asked(tab, "counted", TEXTS)
    lengths = asked(tab, "measured", TEXTS)

    assert [counted(text)._asdict() for text in TEXTS] == words
    assert [by_the_desk(text) for text in TEXTS] == lengths


def test_counting_code_units_is_caught(tab: Tab, newspaper: Newspaper) -> None:  # noqa: F811
    """A counter that took JavaScript's own lengths would disagree with the desk."""
    begin_story(tab, newspaper)

    units = tab.run(f"{json.dumps(TEXTS)}.map((text) => text.length)")

    assert [by_the_desk(text)["card"] for text in TEXTS] != units


def test_strip_follows_the_keys(tab: Tab, newspaper: Newspaper) -> None:  # noqa: F811
    """What is typed is counted, what is too long is said, and a screen reader hears it once."""
    begin_story(tab, newspaper)
    tab.write("#id_title", ("Tram " * 60).strip())
    tab.write(BODY, "One two three.")

    tab.wait_for("document.querySelector('[data-words]').textContent === '3'")
    row = "document.querySelector('[data-surface=x]')"
    tab.wait_for(f"{row}.textContent.includes('will be shortened')")
    tab.wait_for("document.querySelector('[data-told]').textContent.includes('X: ')")


def test_headline_stays_one_line_and_whole(tab: Tab, newspaper: Newspaper) -> None:  # noqa: F811
    """A headline is seen whole, however long; a pasted line end becomes a space."""
    begin_story(tab, newspaper)
    tab.run("document.querySelector('#id_title').focus()")
    tab.run("document.execCommand('insertText', false, 'A headline\\nof two lines '.repeat(6))")

    found = "document.querySelector('#id_title')"
    assert "\n" not in tab.run(f"{found}.value")
    assert tab.run(f"{found}.clientHeight + 2 >= {found}.scrollHeight")


def test_paste_is_cleaned_and_what_was_taken_out_is_said(
    tab: Tab,  # noqa: F811
    newspaper: Newspaper,
) -> None:
    """A paste from Word keeps words and emphasis; the lost table and picture are named."""
    begin_story(tab, newspaper)
    tab.click(BODY)

    tab.run(f"""(() => {{
      const data = new DataTransfer();
      data.setData("text/html", {json.dumps(WORD)});
      data.setData("text/plain", "The council met.");
      const target = document.querySelector("{BODY}");
      target.dispatchEvent(new ClipboardEvent(
        "paste", {{clipboardData: data, bubbles: true, cancelable: true}}));
    }})()""")

    tab.wait_for("document.querySelector('.newsroom-pasted')?.textContent.includes('a table')")
    shown = tab.run(f"document.querySelector('{BODY}').innerText")
    assert "The council met. a b" == re.sub(r"\s+", " ", shown).strip()
    assert tab.run(
        f"getComputedStyle([...document.querySelectorAll('{BODY} span')].find("
        "(each) => each.textContent === 'council')).fontWeight"
    ) in {"700", "bold"}
    assert tab.run("window.broken") is None
    assert "<b>council</b>" in cleaned(WORD).html
