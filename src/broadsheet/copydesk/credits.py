"""
Reads the grammar of picture credits: who made a picture, written behind its caption.

A credit stands at the end, in brackets, behind a copyright sign, or behind a label
("Photo:", "Foto:"). It is recognized by its label or by the agency it names. Both
lists are vocabulary, not cases: a new agency or language is one more word.
"""

from typing import NamedTuple

import regex

_CREDIT_LIMIT = 160  # code points; longer stretches are prose that mentions an agency
_CREDITS_LIMIT = 4  # agencies double them; more is no caption
_LABELED_LIMIT = 90  # code points behind a label without brackets

# What a picture is called before its maker's name.
LABELS = (
    "photo", "photos", "photograph", "photographs", "photographer", "picture", "pictures", "pic",
    "image", "images", "credit", "photo credit", "picture credit", "image credit", "file photo",
    "illustration", "graphic", "handout", "courtesy", "source",
    "foto", "fotos", "bild", "bilder", "grafik", "archivfoto", "archivbild", "quelle",
    "crédit", "crédits", "crédit photo", "crédits photo", "photo d’archives", "photo d'archives",
    "fotografía", "imagen", "crédito", "créditos", "foto de archivo", "cortesía",
    "fotografia", "imagem", "foto de arquivo", "immagine", "beeld", "fotoğraf", "görsel",
    "фото", "снимок", "zdjęcie", "fot.",
    "صورة", "الصورة", "صور", "تصوير", "عدسة", "عکس",
    "फोटो", "फ़ोटो", "तस्वीर", "चित्र", "छायाचित्र", "ছবি", "புகைப்படம்", "படம்", "ඡායාරූපය",
    "写真", "撮影", "图", "图片", "摄影", "照片", "攝影", "사진",
)  # fmt: skip

# Words between a label and a name.
_BY = ("by", "von", "par", "por", "de", "di", "door", "от", "by courtesy of", "courtesy of")

# Agencies by the words their credits carry; capitals matter, so that "tt" or "pa" is prose.
AGENCIES = (
    "AP", "Associated Press", "AFP", "Agence France-Presse", "Reuters", "REUTERS", "Getty",
    "Getty Images", "EPA", "EPA-EFE", "EFE", "DPA", "dpa", "ANSA", "APA", "TASS", "PTI", "ANI",
    "IANS", "SANA", "WAFA", "SPA", "IRNA", "MENA", "PA", "PA Wire", "PA Media", "Press Association",
    "Anadolu", "AA", "Xinhua", "Kyodo", "Yonhap", "Jiji", "UPI", "Bernama", "Antara", "ANP", "NTB",
    "TT", "Ritzau", "Lusa", "LUSA", "CTK", "PAP", "Keystone", "KEYSTONE", "Belga", "BELGA", "MTI",
    "Shutterstock", "iStock", "Alamy", "NurPhoto", "ZUMA", "Sipa", "SIPA", "Imago", "imago",
    "picture alliance", "picture-alliance", "Magnum", "Rex", "MAXPPP", "Europa Press", "Notimex",
    "Wikimedia", "Unsplash", "NASA", "ESA", "AFP Photo",
    "أ ف ب", "رويترز", "الأناضول", "أسوشيتد برس", "एपी", "एएफपी", "रॉयटर्स", "पीटीआई",
    "ஏபி", "ஏஎஃப்பி", "ராய்ட்டர்ஸ்", "新华社", "共同", "時事",
)  # fmt: skip

_BRACKETS = {")": "(", "]": "[", "）": "（", "】": "【"}
_LABEL = r"\b(?:\L<labels>)"
_LABELED = regex.compile(
    rf"{_LABEL}\s*[:：/]\s*\S|{_LABEL}\s+(?:\L<by>)\s+(?=[\p{{Lu}}\p{{Lo}}])",
    regex.IGNORECASE,
    labels=LABELS,
    by=_BY,
)
# Without a full stop in front, a label begins a credit only if nothing but names follows.
_LABEL_AND_NAMES = regex.compile(
    rf"{_LABEL}\s*[:：]\s*(?:(?:\p{{Lu}}|\p{{Lo}})[\p{{L}}\p{{M}}.’'-]*[\s/,]*|\L<agencies>[\s/,]*)+",
    labels=tuple(form for label in LABELS for form in (label, label.capitalize(), label.upper())),
    agencies=AGENCIES,
)
_BY_NAME = regex.compile(r"\bby\s+\p{Lu}|\bvia\s+\p{Lu}")
_AGENCY = regex.compile(r"(?<![\p{L}\p{N}])(?:\L<agencies>)(?![\p{L}\p{N}])", agencies=AGENCIES)
_SIGN = regex.compile(r"(?:©|\([cC]\))\s*\S")
_WORD = regex.compile(r"[\p{L}\p{N}][\p{L}\p{M}\p{N}]*")
_PROSE_LIMIT_WORDS = 16  # a credit names people and agencies; it tells no story

# Slugs agencies put in front of a caption for editors.
SLUGS = (
    "TOPSHOT", "FILE", "FILES", "FILE PHOTO", "FILE PICTURE", "ARCHIVE", "HANDOUT", "UPDATED",
    "CORRECTION", "CORRECTS", "GRAPHIC CONTENT", "ATTENTION EDITORS", "EDITORS NOTE", "EXCLUSIVE",
    "UNDATED", "COMBO", "RESTRICTED TO EDITORIAL USE", "ALTERNATIVE CROP", "BESTPIX", "POOL",
    "ARCHIV", "ARCHIVFOTO", "ARCHIVBILD", "SYMBOLBILD", "ARCHIVES", "DOSSIER", "ARCHIVO",
    "ARQUIVO", "ARCHIVIO", "أرشيف", "ملف", "फाइल", "फ़ाइल", "கோப்பு", "АРХИВ", "资料图",
)  # fmt: skip
_SLUG = regex.compile(
    r"\A\s*(?:\((?:\L<slugs>)\)\s*|(?:\L<slugs>)(?:\s*[-–—:：]+\s+|\s+PHOTO\s*[-–—:]\s*))+",
    slugs=SLUGS,
)


class Caption(NamedTuple):
    """A caption apart from its credits."""

    words: str
    credits: tuple[str, ...]  # in the order they stood, without brackets, otherwise verbatim


def parted(caption: str) -> Caption:
    """Return a caption without the credits at its end, and those credits."""
    credits_found: list[str] = []
    words = caption.rstrip()
    while len(credits_found) < _CREDITS_LIMIT:
        start, credit = _last_credit(words)
        if credit is None:
            break
        credits_found.append(credit)
        words = words[:start].rstrip()
    return Caption(words, tuple(reversed(credits_found)))


def best_credit(credits_found: tuple[str, ...]) -> str:
    """Return one credit line: of credits that repeat each other, the one that says most."""
    kept: list[str] = []
    for credit in sorted(credits_found, key=lambda credit: -len(named_in(credit))):
        if not any(named_in(credit) <= named_in(other) for other in kept):
            kept.append(credit)
    return ", ".join(credit for credit in credits_found if credit in kept)


def named_in(credit: str) -> frozenset[str]:
    """Return the names a credit holds, for comparing: no label, no case, no punctuation."""
    ignored = {*LABELS, *_BY, "via", "file", "pool"}
    return frozenset(_WORD.findall(credit.casefold())) - ignored


def slug_of(caption: str) -> str:
    """Return the agency's slug in front of a caption with its dash, "" if there is none."""
    match = _SLUG.match(caption)
    return match.group() if match else ""


def _last_credit(text: str) -> tuple[int, str | None]:
    """Return where the last credit of a text starts, and the credit; None if there is none."""
    end = text[-1:]
    if end in _BRACKETS:
        start = text.rfind(_BRACKETS[end], max(0, len(text) - _CREDIT_LIMIT))
        inner = text[start + 1 : -1].strip()
        return (start, inner) if start >= 0 and _is_credit(inner) else (0, None)
    return _unbracketed(text)


def _is_credit(inner: str) -> bool:
    """Say whether the words in brackets name a maker, not a thought in passing."""
    words = len(_WORD.findall(inner))
    if not 0 < words <= _PROSE_LIMIT_WORDS:
        return False
    labeled = _LABELED.match(inner) or _SIGN.match(inner) or _BY_NAME.match(inner)
    return bool(labeled or _AGENCY.search(inner))


def _unbracketed(text: str) -> tuple[int, str | None]:
    """Find a credit without brackets: behind a copyright sign, or a label after a full stop."""
    tail_start = max(0, len(text) - _LABELED_LIMIT)
    tail = text[tail_start:]
    sign = max(tail.rfind("©"), tail.rfind("(c)"), tail.rfind("(C)"))
    if sign >= 0 and _is_short(tail[sign:]):
        return tail_start + sign, tail[sign:]
    for match in reversed(list(_LABELED.finditer(tail))):
        maker = tail[match.start() :]
        is_first = tail_start + match.start() == 0
        begins = not is_first and tail[: match.start()].rstrip().endswith(_SENTENCE_ENDS)
        if (begins or _LABEL_AND_NAMES.fullmatch(maker)) and _is_short(maker):
            return tail_start + match.start(), maker
    return 0, None


def _is_short(maker: str) -> bool:
    return len(_WORD.findall(maker)) <= _PROSE_LIMIT_WORDS


_SENTENCE_ENDS = (".", "!", "?", "…", "।", "؟", "۔", "。", "|", "–", "—", "-", "”", "»", "\n")
