"""What writers and editors do to a story's words: its places, its counts, its pastes."""
