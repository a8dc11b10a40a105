"""Every act at the desk, by the press and from the command line: who, when, from where, what."""
