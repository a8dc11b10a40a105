"""Serves pages with planted faults, as a site the suites of the audit can look at."""

import threading
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any, NamedTuple

import httpx

from audit.site import Site, served

HERE = "http://here.invalid"  # stands for the site's own address in what it answers
A_PAGE = """<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>Ferry | The Harbor Light</title>
<link rel="icon" href="data:,"><link rel="stylesheet" href="/site.css"></head>
<body><main><h1>Ferry</h1>{}</main></body></html>
"""


class Answer(NamedTuple):
    """What stands at one address."""

    text: str
    media_type: str = "text/html; charset=utf-8"
    status: int = HTTPStatus.OK
    headers: tuple[tuple[str, str], ...] = ()


_STYLE = Answer("h1 { margin: 0 }", "text/css")


@contextmanager
def a_planted_site(
    answers: Mapping[str, Answer],
    *,
    kept: Path,
    kinds: Mapping[str, str] | None = None,
    stories: Sequence[Mapping[str, Any]] = (),
) -> Iterator[Site]:
    """Serve these answers until the block ends; kinds says which kind of page is where."""
    everything = {"/site.css": _STYLE, **answers}

    class Handler(BaseHTTPRequestHandler):
        here = ""

        def do_GET(self) -> None:
            answer = everything.get(self.path) or Answer("", status=HTTPStatus.NOT_FOUND)
            body = answer.text.replace(HERE, self.here).encode()
            self.send_response(answer.status)
            for header in answer.headers:
                self.send_header(*header)
            self.send_header("content-type", answer.media_type)
            self.send_header("content-length", str(len(body)))
            self.end_headers()
            if self.command == "GET":
                self.wfile.write(body)

        do_HEAD = do_GET  # noqa: N815  # as the library names it

        def log_message(self, *_: object) -> None:
            """Say nothing."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        url = f"http://127.0.0.1:{server.server_port}"
        Handler.here = url
        with httpx.Client(base_url=url) as reader:
            pages = tuple(
                served(reader, kind, path, folder=kept / "pages")
                for kind, path in (kinds or {"story": "/"}).items()
            )
        rows = {"stories": list(stories), "sections": [], "authors": [], "topics": []}
        yield Site(url=url, rows=rows, pages=pages, kept=kept)
        server.shutdown()
