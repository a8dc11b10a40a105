"""Real processes, killed with signal 9 at every step they take; then the promises are read."""
