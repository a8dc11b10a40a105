"""Draws text for properties: anything a newsroom may write, hostile words among it."""

from hypothesis import strategies as st

NONCHARACTERS = "".join(
    chr(code)
    for code in (
        *range(0xFDD0, 0xFDF0),
        *(plane << 16 | low for plane in range(17) for low in (0xFFFE, 0xFFFF)),
    )
)
HOSTILE = (
    "<script>alert(1)</script>",
    "</title></h1><img src=x onerror=alert(1)>",
    "]]> <![CDATA[ <!-- -->",
    "&amp; &lt; &#60; &notin &nbsp;",
    "\"quoted\" 'single' `back`",
    "{{ 7 * 7 }} {% raw %} ${x} %(y)s {headline}",
    "\u202eright to left\u202c \u2067isolate",
    "👩‍👩‍👧‍👦 🏳️‍🌈 👍🏽",
    "e\u0301 é \u00a0 \u2028 \u2029 \ufeff \u200b",
    "\n leading\tand trailing \n",
)

# The text domain (story.text): scalar values; of the controls only tab and newline; no
# noncharacters.
CHARACTERS = st.characters(
    exclude_categories=("Cs", "Cc"), include_characters="\t\n", exclude_characters=NONCHARACTERS
)
WRITTEN = st.one_of(
    st.text(CHARACTERS, min_size=1, max_size=60),
    st.lists(st.one_of(st.sampled_from(HOSTILE), st.text(CHARACTERS, max_size=8)), min_size=1).map(
        "".join
    ),
).filter(bool)
