"""Draws text for properties: anything a newsroom may write, hostile words among it."""

from hypothesis import strategies as st

NONCHARACTERS = "".join(
    chr(code)
    for code in (
        *range(0xFDD0, 0xFDF0),
        *(plane << 16 | low for plane in range(17) for low in (0xFFFE, 0xFFFF)),
    )
)
# Turn the direction of writing around, hide, or stand for what was lost (story.text). Isolates
# may be written in pairs, tags in flags, a space of no width beside Thai; so, among HOSTILE.
DECEIVING = "".join(
    chr(code)
    for code in (
        *range(0x202A, 0x202F),
        *range(0x2066, 0x2070),
        *(0x200B, 0xFEFF, 0xFFF9, 0xFFFA, 0xFFFB, 0xFFFD),
        *range(0xE0000, 0xE0080),
    )
)
HOSTILE = (
    "<script>alert(1)</script>",
    "</title></h1><img src=x onerror=alert(1)>",
    "]]> <![CDATA[ <!-- -->",
    "&amp; &lt; &#60; &notin &nbsp;",
    "\"quoted\" 'single' `back`",
    "{{ 7 * 7 }} {% raw %} ${x} %(y)s {headline}",
    "\u200fright to left\u200e \u2067isolate \u2066in\u2069 isolate\u2069 \u061c",
    "👩‍👩‍👧‍👦 🏳️‍🌈 👍🏽 🏴󠁧󠁢󠁥󠁮󠁧󠁿",
    "e\u0301 é \u00a0 \u2028 \u2029 \u00ad \u2060 ภาษา\u200bไทย می\u200cخواهم",
    "\n leading\tand trailing \n",
)

# The text domain (story.text): scalar values; of the controls only tab and newline; no
# noncharacters; nothing that deceives.
CHARACTERS = st.characters(
    exclude_categories=("Cs", "Cc"),
    include_characters="\t\n",
    exclude_characters=NONCHARACTERS + DECEIVING,
)
WRITTEN = st.one_of(
    st.text(CHARACTERS, min_size=1, max_size=60),
    st.lists(st.one_of(st.sampled_from(HOSTILE), st.text(CHARACTERS, max_size=8)), min_size=1).map(
        "".join
    ),
).filter(bool)
