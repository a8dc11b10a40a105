"""The sandbox network itself: a process of its own, reached over HTTP like any network."""
