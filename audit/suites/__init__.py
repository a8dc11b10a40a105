"""The suites: each asks one kind of program, and has a figure and findings of its own."""
