"""What a story, and everything it refers to, is: frozen values, no I/O, no clock."""
