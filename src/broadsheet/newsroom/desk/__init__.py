"""What the newsroom sees at a glance: dashboard, lists, calendar, and what a story is live as."""
