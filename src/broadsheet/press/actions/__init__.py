"""The editorial acts, one verb a module. Each runs inside the caller's transaction."""
