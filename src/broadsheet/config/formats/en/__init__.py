"""English: day before month, and 24 hours, as our own pages have them."""
