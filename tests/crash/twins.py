"""
The broken twins: the program with one promise taken out, planted in the child that is killed.

Each must be found out by the same killing and checking that finds nothing in the program.
"""

from collections.abc import Callable, Mapping

Act = Callable[[], object]
TWINS: Mapping[str, Callable[[Act], object]] = {}
