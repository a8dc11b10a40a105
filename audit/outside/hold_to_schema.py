"""Holds values to a JSON Schema that refers to others; the question and the answer are JSON."""

import json
import sys

from jsonschema import Draft4Validator
from referencing import Registry
from referencing.jsonschema import DRAFT4

SHOWN = 5  # errors of a value

question = json.load(sys.stdin)
schemas = question["schemas"]
resources = [(name, DRAFT4.create_resource(schema)) for name, schema in schemas.items()]
validator = Draft4Validator(
    next(iter(schemas.values())), registry=Registry().with_resources(resources)
)
said = {
    key: [f"{error.json_path}: {error.message[:200]}" for error in validator.iter_errors(value)][
        :SHOWN
    ]
    for key, value in question["values"].items()
}
json.dump(said, sys.stdout)
