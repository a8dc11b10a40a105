"""
A process with the whole newspaper loaded, which forks the ones that are killed.

Run by the tests with BROADSHEET_HOME (and BROADSHEET_DATABASE) naming a newspaper of its
own: `python -m tests.crash.zygote DESCRIPTOR`. Reads one request a line, and answers with one
line at the descriptor, since whatever is printed goes elsewhere.
"""

import contextlib
import gc
import importlib
import json
import logging
import os
import sys
import traceback
from typing import Any

from django.utils import timezone

from tests.crash.clock import CLOCK


def main() -> None:
    """Load everything once, and carry out requests until there are no more."""
    timezone.now = CLOCK  # before any model takes it as a default
    importlib.import_module("django").setup()
    # Opening its file would be a step, or none, by how busy the machine is.
    logging.getLogger("broadsheet.press.slow_writes").disabled = True
    requests = importlib.import_module("tests.crash.asked").Requests()
    gc.freeze()  # what is loaded is not moved, so that forks share it
    with os.fdopen(int(sys.argv[1]), "w", encoding="utf-8") as answers:
        for line in sys.stdin:
            answers.write(json.dumps(_answer(requests, json.loads(line))) + "\n")
            answers.flush()


def _answer(requests: Any, asked: dict[str, Any]) -> dict[str, Any]:
    try:
        return {"answer": getattr(requests, asked.pop("do"))(**asked)}
    except Exception:  # noqa: BLE001  # the test gets to hear of it, whatever it is
        return {"error": traceback.format_exc()}


if __name__ == "__main__":
    with contextlib.suppress(KeyboardInterrupt):
        main()
