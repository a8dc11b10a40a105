"""What pages tell machines of what they show, in schema.org's words, as JSON-LD."""
