"""Alarms when a story is not out on time: at the desk, in the audit log, and by mail."""
