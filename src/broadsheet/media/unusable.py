"""Says in which ways a file can fail to become a picture of the paper."""


class PictureUnusable(ValueError):
    """
    The file cannot become renditions; the message says why and what to do.

    PictureUnusable
    ├── PictureTooLarge         more pixels than we decode
    ├── PictureUnreadable       cut short, damaged, or no picture
    │   └── PictureNotTaken     a kind of file that is not taken: SVG, PDF, TIFF ...
    └── PictureTooLaborious     whole, perhaps, but decoding it took too much time or memory
    """


class PictureTooLarge(PictureUnusable):
    """The picture has more pixels than we decode."""


class PictureUnreadable(PictureUnusable):
    """The file is cut short, damaged, or no picture."""


class PictureNotTaken(PictureUnreadable):
    """The file is of a kind that is not taken."""


class PictureTooLaborious(PictureUnusable):
    """Decoding the file took more time or memory than one picture may take."""
