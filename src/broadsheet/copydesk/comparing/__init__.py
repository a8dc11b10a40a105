"""What changed between two versions of a story, for people: in bounds, and exactly."""
