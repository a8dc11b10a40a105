"""
Runs a module of this folder within one newspaper: python -m bench.within HOME MODULE ...

Django belongs to one home for as long as a process lives, so that a bench on two papers
is two of these. The home is made if there is none.
"""

import logging
import os
import runpy
import sys

import django

from broadsheet.config import home


def main() -> None:
    """Make the home what this process works in, then run the module as a program."""
    os.environ["BROADSHEET_HOME"] = sys.argv[1]
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "broadsheet.config.settings")
    here = home.current()
    here.root.parent.mkdir(parents=True, exist_ok=True)
    here.make()
    django.setup()
    # A disk that other processes use too is slow at each commit; the figures say so already.
    logging.getLogger("broadsheet.press.slow_writes").setLevel(logging.ERROR)
    del sys.argv[1]
    module = sys.argv.pop(1)
    runpy.run_module(module, run_name="__main__", alter_sys=False)


if __name__ == "__main__":
    main()
