"""The press: one log, one ledger, and the worker that makes the world match."""
