"""Says which headers go with what: how long it may be kept, and what a browser may do with it."""

from broadsheet.projections.players import PLAYER_HOSTS
from broadsheet.surfaces.website.layout import MEDIA

Header = tuple[str, str]
Headers = list[Header]  # as Granian takes them

DESK = "/desk/"
STATIC = "/desk/static/"
SEARCH = "/search/"
ASSETS = "/assets/"
# What other programs read. A page of any other site may read it with a script, too: it says
# the same to everybody, and no cookie goes along.
FOR_PROGRAMS = ("/api/", "/feeds/")
_OPEN: tuple[Header, ...] = (("access-control-allow-origin", "*"),)

NOTHING_KEPT = ("cache-control", "no-store")
ASKED_EACH_TIME = ("cache-control", "max-age=0, must-revalidate")
_ONE_DAY = ("cache-control", "max-age=86400")
_ONE_HOUR = ("cache-control", "max-age=3600")
_FOR_EVER = ("cache-control", "max-age=31536000, immutable")

_PLAYERS = [f"https://{host}" for host in PLAYER_HOSTS]
# A page may show its own pictures, styles and fonts, run our script, and let that load parts of
# the paper and the players a reader asks for.
_CONTENT_SECURITY_POLICY = (
    "default-src 'none'; img-src 'self'; style-src 'self'; font-src 'self'; "
    f"script-src 'self'; connect-src 'self'; frame-src {' '.join(_PLAYERS)}; "
    "base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
)
SECURITY: tuple[Header, ...] = (
    ("content-security-policy", _CONTENT_SECURITY_POLICY),
    ("x-content-type-options", "nosniff"),
    ("referrer-policy", "strict-origin-when-cross-origin"),
    ("permissions-policy", "camera=(), geolocation=(), microphone=(), browsing-topics=()"),
    ("cross-origin-opener-policy", "same-origin"),
    # Cards and feeds are shown on other sites, with our pictures in them.
    ("cross-origin-resource-policy", "cross-origin"),
)


def opened_to_all(path: str) -> tuple[Header, ...]:
    """Return what lets scripts of other sites read what lies at a path; nothing for pages."""
    return _OPEN if path.startswith(FOR_PROGRAMS) else ()


def keeping_of(path: str) -> Header:
    """Return how long what lies at a path may be kept without asking again."""
    if path.startswith(ASSETS):  # addresses hold the hash of what they name
        return _FOR_EVER
    if path.startswith(MEDIA):
        return _ONE_DAY
    if path.startswith(STATIC):  # the desk asks for each release's files by another query
        return _ONE_HOUR
    return ASKED_EACH_TIME
