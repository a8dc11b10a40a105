"""
Runs a command with a PostgreSQL of its own that keeps what it commits.

As the tests' PostgreSQL (BROADSHEET_DATABASE names it), but with fsync, as a newspaper's:
python -m bench.with_postgres COMMAND ...
"""

import sys

from tests.servers import postgres

postgres.FAST = ("shared_buffers=128MB",)  # type: ignore[assignment]  # a tuple of other length

if __name__ == "__main__":
    sys.exit(postgres.main(sys.argv[1:]))
