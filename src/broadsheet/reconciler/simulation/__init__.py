"""
Runs the engine against networks that drop, delay, double and refuse, and workers that die.

Time, chance and the networks are simulated; the engine, the ledger's laws and the protocols
are those the press runs. The same seed always gives the same run.
"""
