"""
How a picture was made, in IPTC's words for programs and in ours for people.

Source: IPTC NewsCodes, digitalsourcetype (cv.iptc.org/newscodes/digitalsourcetype). The
terms a newsroom meets; another in a file's metadata is left out.
"""

VOCABULARY = "http://cv.iptc.org/newscodes/digitalsourcetype/"

_TERMS = (
    ("digitalCapture", "Taken with a camera"),
    ("computationalCapture", "Taken with a camera that combines several exposures"),
    ("negativeFilm", "Scanned from a negative"),
    ("positiveFilm", "Scanned from a slide"),
    ("print", "Scanned from a print"),
    ("humanEdits", "Changed by a person"),
    ("composite", "Put together from several"),
    ("compositeCapture", "Put together from several photographs"),
    ("compositeSynthetic", "Put together, in part made by a program"),
    ("compositeWithTrainedAlgorithmicMedia", "Changed in part by generative AI"),
    ("trainedAlgorithmicMedia", "Made by generative AI"),
    ("algorithmicMedia", "Made by a program, without AI"),
    ("algorithmicallyEnhanced", "Improved by a program"),
    ("dataDrivenMedia", "Drawn from data"),
    ("digitalCreation", "Drawn by a person with a program"),
    ("screenCapture", "A screen, captured"),
    ("virtualRecording", "Recorded in a virtual place"),
)

DIGITAL_SOURCES = tuple((f"{VOCABULARY}{term}", words) for term, words in _TERMS)
_KNOWN = {address.rpartition("/")[2].casefold(): address for address, _ in DIGITAL_SOURCES}


def digital_source(said: str) -> str:
    """Return the address for what a file says of how it was made; "" if it is none we know."""
    return _KNOWN.get(said.rstrip("/").rpartition("/")[2].casefold(), "")
