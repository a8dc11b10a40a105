"""Properties of the whole press, found by machines that act at random."""
