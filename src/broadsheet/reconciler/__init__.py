"""
Compares what should be live with a ledger of what is, and says what to do about it.

Knows nothing about news: an object is a key, a wanted fingerprint and a live one.
"""
