"""Asks providers of videos, posts and charts what an address of theirs is called, by oEmbed."""
