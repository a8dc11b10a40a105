"""Broadsheet: news publishing in which every copy of a story stays true."""
