"""
Holds the words the page itself speaks, for each language the theme knows.

A page takes the language of its story, else the paper's, else English. A new language
is one more Words here; the type checker says which words it still lacks.
"""

from collections.abc import Mapping
from typing import NamedTuple

from broadsheet.story.records import CorrectionKind


class Words(NamedTuple):
    """The theme's words in one language."""

    language: str
    direction: str
    skip: str
    sections: str
    home: str
    by: str
    published: str
    updated: str
    photo: str
    about_the_author: str
    about_the_authors: str
    connect: str
    feeds: str
    topic: str
    topics: str
    related: str
    in_other_languages: str
    table: str
    archive: str
    whole_archive: str
    earlier: str
    later: str
    latest: str
    all_months: str
    more_stories: str
    nothing_yet: str
    gone: str
    gone_text: str
    retracted: str
    retracted_text: str
    removed: str
    removed_text: str
    retracted_on: str
    reason: str
    not_found: str
    not_found_text: str
    to_front: str
    retracted_title: str  # {headline} is the story's
    corrections: str
    all_corrections: str
    no_corrections: str
    read_the_story: str
    policies: str
    changed: str
    kinds: Mapping[CorrectionKind, str]


ENGLISH = Words(
    language="en",
    direction="ltr",
    skip="Skip to the story",
    sections="Sections",
    home="Front page",
    by="By",
    published="Published",
    updated="Updated",
    photo="Photo:",
    about_the_author="About the author",
    about_the_authors="About the authors",
    connect="Connect with us",
    feeds="Feeds",
    topic="Topic",
    topics="Topics",
    related="Related stories",
    in_other_languages="In other languages",
    table="Table",
    archive="Archive",
    whole_archive="Older stories are in the archive",
    earlier="Earlier",
    later="Later",
    latest="Latest",
    all_months="All months",
    more_stories="More stories",
    nothing_yet="Nothing has been published here yet. New stories will appear on this page.",
    gone="No longer available",
    gone_text="This story is no longer available.",
    retracted="Retracted",
    retracted_text="We have withdrawn this story.",
    removed="Removed",
    removed_text="This story has been removed.",
    retracted_on="Withdrawn",
    reason="Why",
    not_found="There is no such page",
    not_found_text="The address may be mistyped, or the page may not be here any more.",
    to_front="Go to the front page",
    retracted_title="Retracted: {headline}",
    corrections="Notes on this story",
    all_corrections="Corrections",
    no_corrections="Nothing here has needed a correction yet. Each one will be listed here.",
    read_the_story="Read the story",
    policies="About us",
    changed="Last changed",
    kinds={
        CorrectionKind.CORRECTION: "Correction",
        CorrectionKind.CLARIFICATION: "Clarification",
        CorrectionKind.EDITORS_NOTE: "Editor’s note",
        CorrectionKind.UPDATE: "Update",
    },
)

ARABIC = Words(
    language="ar",
    direction="rtl",
    skip="انتقل إلى الخبر",
    sections="الأقسام",
    home="الصفحة الأولى",
    by="بقلم",
    published="نُشر في",
    updated="حُدّث في",
    photo="الصورة:",
    about_the_author="عن الكاتب",
    about_the_authors="عن الكتّاب",
    connect="تواصل معنا",
    feeds="خلاصات الأخبار",
    topic="موضوع",
    topics="المواضيع",
    related="أخبار ذات صلة",
    in_other_languages="بلغات أخرى",
    table="جدول",
    archive="الأرشيف",
    whole_archive="الأخبار الأقدم في الأرشيف",
    earlier="الأقدم",
    later="الأحدث",
    latest="آخر الأخبار",
    all_months="كل الشهور",
    more_stories="أخبار أخرى",
    nothing_yet="لم يُنشر شيء هنا بعد. ستظهر الأخبار الجديدة في هذه الصفحة.",
    gone="لم يعد متاحًا",
    gone_text="لم يعد هذا الخبر متاحًا.",
    retracted="خبر مسحوب",
    retracted_text="لقد سحبنا هذا الخبر.",
    removed="خبر محذوف",
    removed_text="حُذف هذا الخبر.",
    retracted_on="سُحب في",
    reason="السبب",
    not_found="لا توجد صفحة كهذه",
    not_found_text="ربما كُتب العنوان خطأ، أو لم تعد الصفحة هنا.",
    to_front="إلى الصفحة الأولى",
    retracted_title="خبر مسحوب: {headline}",
    corrections="ملاحظات على هذا الخبر",
    all_corrections="التصويبات",
    no_corrections="لم يحتج شيء مما نشرناه إلى تصويب بعد. سيُدرج كل تصويب هنا.",
    read_the_story="اقرأ الخبر",
    policies="من نحن",
    changed="آخر تعديل",
    kinds={
        CorrectionKind.CORRECTION: "تصحيح",
        CorrectionKind.CLARIFICATION: "توضيح",
        CorrectionKind.EDITORS_NOTE: "ملاحظة من التحرير",
        CorrectionKind.UPDATE: "تحديث",
    },
)

CATALOG: Mapping[str, Words] = {words.language: words for words in (ENGLISH, ARABIC)}


def words_for(*languages: str) -> Words:
    """Return the words in the first of these languages the theme knows, else in English."""
    for language in languages:
        words = CATALOG.get(language.split("-")[0].lower())
        if words is not None:
            return words
    return ENGLISH
