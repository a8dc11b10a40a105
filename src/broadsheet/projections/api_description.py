"""
Says what the read API offers, as an OpenAPI 3.1 document.

What the answers hold is written down here alone, and every answer is tested against it.
"""

from typing import Any

Schema = dict[str, Any]

# Another first number when something is left out or means another thing.
_VERSION = "1.0"
_NINJS = "https://iptc.org/std/ninjs/ninjs-schema_3.1.json"


def openapi(*, paper: str, base_url: str) -> Schema:
    """Return the description of one paper's API."""
    return {
        "openapi": "3.1.0",
        "info": {
            "title": f"{paper}: read API",
            "version": _VERSION,
            "description": (
                "Everything is a file. Begin at /api/index.json, follow the addresses in the"
                " answers, and send If-None-Match with the ETag you have: what has not changed"
                " is answered 304. Words may be added; none is left out within a version."
            ),
        },
        "servers": [{"url": base_url}],
        "paths": _paths(),
        "components": {"schemas": _schemas(), "parameters": _parameters()},
    }


def _paths() -> Schema:
    lists = {
        "/api/index.json": ("begin", "Where to begin", "Index"),
        "/api/sections.json": ("listSections", "The sections, as the menu has them", "Sections"),
        "/api/stories.json": ("listNewest", "The newest stories of the paper", "NewestStories"),
        "/api/corrections.json": (
            "listCorrections",
            "The newest corrections and retractions of stories you may have taken",
            "Corrections",
        ),
    }
    by_id = {
        "section": "The newest stories of a section",
        "author": "Who an author is, and their newest stories; 404 while none is live",
        "topic": "The newest stories on a topic; 404 while none is live",
    }
    months = {
        "/api/stories/{year}/{month}": ("Stories", ()),
        "/api/sections/{id}/{year}/{month}": ("Stories", ("id",)),
        "/api/corrections/{year}/{month}": ("Corrections", ()),
    }
    return {
        **{path: _get(name, what, schema) for path, (name, what, schema) in lists.items()},
        **{
            f"/api/{kind}s/{{id}}.json": _get(
                f"list{kind.title()}", what, f"{kind.title()}Stories", "id"
            )
            for kind, what in by_id.items()
        },
        "/api/stories/{id}.json": _get(
            "takeStory",
            "A story for partners to take (ninjs 3.1); 404 if its rights do not allow it,"
            " or no longer. One that was taken down has pubStatus withheld or canceled, and only"
            " a retracted one stands in a list: ask again, with the ETag, for all that you show",
            "Item",
            "id",
        ),
        **{
            f"{path}.json": _get(_named("Month", path), "A month", schema, *ids, "year", "month")
            for path, (schema, ids) in months.items()
        },
        **{
            f"{path}/{{day}}.json": _get(
                _named("Day", path),
                "A day of a month that has many stories",
                schema,
                *(*ids, "year", "month", "day"),
            )
            for path, (schema, ids) in months.items()
            if schema == "Stories"
        },
        "/api/oembed": _oembed(),
    }


def _named(kind: str, path: str) -> str:
    return f"list{kind}Of{path.split('/')[2].title()}"


def _get(name: str, what: str, schema: str, *parameters: str) -> Schema:
    return {
        "get": {
            "operationId": name,
            "summary": what,
            "parameters": [
                {"$ref": f"#/components/parameters/{parameter}"} for parameter in parameters
            ],
            "responses": {
                "200": _answer("What was asked for", schema),
                "304": {"description": "You have it already"},
                "404": {"description": "There is none"},
            },
        }
    }


def _oembed() -> Schema:
    asked = _get("quoteStory", "What to show of a link to a story (oEmbed 1.0)", "Quotation")
    operation = asked["get"]
    operation["parameters"] = [
        {"name": "url", "in": "query", "required": True, "schema": _TEXT},
        {"name": "format", "in": "query", "schema": {"enum": ["json"]}},
        {"name": "maxwidth", "in": "query", "schema": _COUNT},
        {"name": "maxheight", "in": "query", "schema": _COUNT},
    ]
    operation["responses"] |= {
        "400": {"description": "No address is given"},
        "501": {"description": "Another format than JSON is asked for"},
    }
    return asked


def _answer(what: str, schema: str) -> Schema:
    of = {"schema": {"$ref": f"#/components/schemas/{schema}"}}
    return {"description": what, "content": {"application/json": of}}


def _parameters() -> Schema:
    digits = {"year": r"^\d{4}$", "month": r"^\d{2}$", "day": r"^\d{2}$"}
    found = {name: {"type": "string", "pattern": pattern} for name, pattern in digits.items()}
    return {
        name: {"name": name, "in": "path", "required": True, "schema": schema}
        for name, schema in {"id": _ID, **found}.items()
    }


_TEXT = {"type": "string"}
_ID = {"type": "string", "format": "uuid"}
_URL = {"type": "string", "format": "uri"}
_TIME = {"type": "string", "format": "date-time"}
_COUNT = {"type": "integer", "minimum": 1}


def _or_none(schema: Schema) -> Schema:
    return {"anyOf": [schema, {"type": "null"}]}


def _ref(name: str) -> Schema:
    return {"$ref": f"#/components/schemas/{name}"}


def _many(name: str) -> Schema:
    return {"type": "array", "items": _ref(name)}


def _object(**properties: Schema) -> Schema:
    return {"type": "object", "required": list(properties), "properties": properties}


_NAMED = {"id": _ID, "name": _TEXT, "url": _URL}
_PAGE = {"self": _URL, "next": _or_none({**_URL, "description": "Older ones; null: no more"})}
_NEWEST_ONLY: Schema = {
    "type": "array",
    "items": {"$ref": "#/components/schemas/Story"},
    "description": "The newest; older ones stand in the months of the paper and its sections",
}
_LINE = {
    "id": _ID,
    "url": _URL,
    "item": _or_none({**_URL, "description": "The whole of it as ninjs, if you may take it"}),
    "language": _TEXT,
    "headline": _TEXT,
    "published": _TIME,
    "updated": {**_TIME, "description": "When it last had something new to say"},
}


def _schemas() -> Schema:
    return {**_parts(), **_lists(), "Quotation": _quotation()}


def _parts() -> Schema:
    picture: Schema = {"url": _URL, "width": _COUNT, "height": _COUNT}
    return {
        "Section": _object(**_NAMED, stories=_URL),
        "Author": _object(**_NAMED, role=_TEXT, stories=_URL),
        "Topic": _object(**_NAMED, stories=_URL),
        "Picture": _object(**picture, alternative_text=_TEXT, caption=_TEXT, credit=_TEXT),
        "Line": _object(**_LINE),
        "Story": _object(
            **_LINE,
            kicker=_TEXT,
            standfirst=_TEXT,
            dateline=_TEXT,
            coverage=_or_none({"enum": ["running", "ended"]}),
            section=_or_none(_ref("Section")),
            authors=_many("Author"),
            topics=_many("Topic"),
            picture=_or_none(_ref("Picture")),
        ),
        "Correction": _object(
            kind={"enum": ["correction", "clarification", "editors-note", "update", "retraction"]},
            at=_TIME,
            text=_TEXT,
            story=_ref("Line"),
        ),
        "Item": {"type": "object", "externalDocs": {"url": _NINJS}},
    }


def _lists() -> Schema:
    leads = ("url", "description", "stories", "sections", "corrections", "oembed")
    section = _object(**_NAMED, stories=_URL, description=_TEXT)
    profiles = {"type": "array", "items": _URL}
    author = _object(**_NAMED, role=_TEXT, bio=_TEXT, links=profiles)
    topic = _object(**_NAMED, description=_TEXT)
    stories: Schema = {**_PAGE, "stories": _many("Story")}
    return {
        "Index": _object(name=_TEXT, tagline=_TEXT, language=_TEXT, **dict.fromkeys(leads, _URL)),
        "Sections": _object(self=_URL, sections=_many("Section")),
        "Stories": _object(**_PAGE, stories=_many("Line")),
        "NewestStories": _object(**stories),
        "SectionStories": _object(**stories, section=section),
        "AuthorStories": _object(self=_URL, author=author, stories=_NEWEST_ONLY),
        "TopicStories": _object(self=_URL, topic=topic, stories=_NEWEST_ONLY),
        "Corrections": _object(**_PAGE, corrections=_many("Correction")),
    }


def _quotation() -> Schema:
    return _object(
        version={"const": "1.0"},
        type={"const": "rich"},
        title=_TEXT,
        html=_TEXT,
        width=_COUNT,
        height=_COUNT,
        provider_name=_TEXT,
        provider_url=_URL,
        cache_age=_COUNT,
    )
