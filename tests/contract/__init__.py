"""One suite of laws, held against every surface, real or simulated."""
