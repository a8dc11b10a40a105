"""
Names the identities of everything a reader can see.

Ids are given once and never reused; addresses, slugs and names may change.
"""

from typing import NewType

StoryId = NewType("StoryId", str)  # UUIDv7, hyphenated, lower case; made with the draft
SectionId = NewType("SectionId", str)  # UUIDv7
AuthorId = NewType("AuthorId", str)  # UUIDv7
TopicId = NewType("TopicId", str)  # UUIDv7
PictureId = NewType("PictureId", str)  # UUIDv7
Address = NewType("Address", str)  # absolute path on the paper's site: "/2026/11/22/slug/"
Sha256 = NewType("Sha256", str)  # 64 hexadecimal digits, lower case
Seq = NewType("Seq", int)  # a log entry's number: 1, 2, 3 ... without gaps
