"""What is said of a paper's own theme that cannot be used."""


class ThemeBroken(ValueError):  # names what is wrong, as all our errors do
    """A paper's own theme cannot be used; the message says which file and why."""


class TemplateFailed(ThemeBroken):
    """A template failed with one page; the message says which, on which line, and why."""

    def __init__(self, message: str, *, is_ours: bool) -> None:
        """Say whether no template of the paper's own is in it: the fault is the release's."""
        super().__init__(message)
        self.is_ours = is_ours
