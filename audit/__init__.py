"""What other people's programs say of the newspaper, as commands that print a figure."""
