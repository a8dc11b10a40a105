"""What is said of a paper's own theme that cannot be used."""


class ThemeBroken(ValueError):  # names what is wrong, as all our errors do
    """A paper's own theme cannot be used; the message says which file and why."""


class TemplateFailed(ThemeBroken):
    """A template failed with one page; the message says which, on which line, and why."""
