"""
Says in newsroom words what Wagtail would say in those of a content management system.

A newsroom has stories and pictures; Wagtail speaks of pages and images, and of workflows that are
"rejected". Its sentences are looked up here as a translation would be, by the sentence itself. One
that Wagtail words anew is shown as Wagtail words it: a test notices.
"""

import gettext
from collections.abc import Mapping
from io import BytesIO

from babel.messages import Catalog
from babel.messages.mofile import write_mo
from django.utils.translation import trans_real

WORDS: Mapping[str, str] = {
    # What is said of a form
    "New: %(model_name)s": "New %(model_name)s",
    "The page could not be created due to validation errors.": (
        "Not saved: something in the form is missing or wrong."
    ),
    "The page could not be saved due to validation errors.": (
        "Not saved: something in the form is missing or wrong."
    ),
    "The page could not be saved as it is locked.": "Not saved: the story is locked.",
    "There are validation errors, click save to highlight them.": (
        "Something is missing or wrong. “Save draft” shows where."
    ),
    "Page '%(page_title)s' created.": "“%(page_title)s” is saved.",
    "Page '%(page_title)s' has been updated.": "“%(page_title)s” is saved.",
    "Page '%(page_title)s' has been replaced with version from %(previous_revision_datetime)s.": (
        "“%(page_title)s” is as it was at %(previous_revision_datetime)s."
    ),
    "Workflow on page '%(page_title)s' has been cancelled.": (
        "“%(page_title)s” is taken back from review."
    ),
    # What is said of locks and times
    "Page locked": "Story locked",
    "Anyone can edit this %(model_name)s": "Open to everybody who may edit it",
    "Anyone can edit this %(model_name)s – lock it to prevent others from editing": (
        "Open to everybody who may edit it. Lock it to keep it to yourself."
    ),
    "{model_name} '{title}' is locked and has been scheduled to go live at {datetime}": (
        "“{title}” is scheduled and goes live at {datetime}. Until then it is locked."
    ),
    "Cancel scheduled publish": "Take it off the schedule",
    "Locked by schedule": "Scheduled",
    "Currently locked and will go live on the scheduled date": (
        "Locked until it goes live at its time"
    ),
    "Set publishing schedule": "When it goes live, and when it ends",
    "No publishing schedule set": "No time is set",
    "Set schedule": "Set a time",
    "Edit schedule": "Change the time",
    "Save schedule": "Save the times",
    "Choose when this page should go live and/or expire": (
        "Left empty, it goes live when it is published, and never ends."
    ),
    'This publishing schedule will only take effect after you select the "Schedule to publish" '
    "option": "Saving the times schedules nothing: “Schedule to publish” or an approval does.",
    # What is said of the way of a story
    "Submit to %(workflow_name)s": "Submit for %(workflow_name)s",
    "In Moderation": "In review",
    "'%(workflow)s' started. Next step '%(task)s'": "Submitted for %(task)s",
    "Approved at '%(task)s'. Next step '%(next_task)s'": (
        "Approved in %(task)s, submitted for %(next_task)s"
    ),
    "Approved at '%(task)s'. '%(workflow)s' complete": "Approved for %(task)s",
    "Rejected at '%(task)s'. Changes requested": "Returned from %(task)s",
    "Resubmitted '%(task)s'. Workflow resumed": "Submitted again for %(task)s",
    "page log entry": "act",
    "page log entries": "acts",
    # What is said of pictures
    "Choose an image": "Choose a picture",
    "Choose another image": "Choose another picture",
    "Latest images": "Newest pictures",
    "You haven't uploaded any images.": "There is no picture yet.",
    "You haven't uploaded any images. Why not "
    '<a href="%(wagtailimages_add_image_url)s">upload one now</a>?': (
        "No picture is yours to edit yet. "
        '<a href="%(wagtailimages_add_image_url)s">Upload pictures</a>'
    ),
}


def speak() -> None:
    """Have Django find our words before Wagtail's, for everybody who reads English."""
    told = Catalog(locale="en")
    for theirs, ours in WORDS.items():
        told.add(theirs, ours)
    file = BytesIO()
    write_mo(file, told)
    file.seek(0)
    trans_real.translation("en").merge(gettext.GNUTranslations(file))
