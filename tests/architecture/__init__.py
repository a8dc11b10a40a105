"""What holds for the whole tree: layers, style, documentation, dependencies."""
