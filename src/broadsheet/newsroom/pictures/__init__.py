"""Pictures at the desk: taken in, made into sizes, credited, embargoed, placed."""
