"""Writes the query of a request as a header or a request line may carry it: in ASCII."""

from urllib.parse import quote

# All of RFC 3986 but "#", and "%", so that what is encoded already stays as it is.
_KEPT = "%/?:@!$&'()*+,;=-._~[]"


def target_with(path: str, query: str) -> str:
    """Return an encoded path with its query; what its sender left unencoded is encoded."""
    return f"{path}?{quote(query, safe=_KEPT)}" if query else path
