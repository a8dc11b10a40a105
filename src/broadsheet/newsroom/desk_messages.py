"""
Words the desk's messages after an act: what is committed, never what is not yet out.

Putting it out is the press's work, seconds later; the desk has no way to know it done.
"""

from broadsheet.newsroom import publishing
from broadsheet.newsroom.models.story import Story
from broadsheet.newsroom.paper_time import in_paper_time
from broadsheet.newsroom.taken_addresses import number_in_words
from broadsheet.press.models import LogEntry, Schedule
from broadsheet.story.records import Act

_DONE = {
    Act.PUBLISH: "is committed",
    Act.UPDATE: "is committed with its changes",
    Act.SIGNIFICANT_UPDATE: "is committed as updated now",
    Act.CORRECT: "is committed with its correction",
    Act.CHANGE_ADDRESS: "is committed with its new address",
    Act.IMPORT: "is committed",
}


def what_happened(story: Story, *, length_before: int) -> str:
    """Return what the act just done has committed, in a sentence or two."""
    due = Schedule.objects.filter(story=str(story.uuid), act="go-live").first()
    if due is not None:
        what = "its update" if story.live else "it"
        at = in_paper_time(due.due_at)
        return f"“{story.title}” is scheduled: {what} goes live on {at}."
    entry = (
        LogEntry.objects.filter(kind="story", record_id=str(story.uuid), seq__gt=length_before)
        .order_by("-seq")
        .first()
    )
    newest = publishing.newest_story(story)
    if entry is None or newest is None:
        return f"“{story.title}” is saved. Nothing changed for readers."
    act = Act(entry.act)
    place = f"{publishing.base_url()}{newest.address}"
    if act is Act.RETRACT:
        done = "is committed as retracted"
        return f"“{story.title}” {done}. The press is putting your reason at {place}"
    done = _DONE.get(act, "is committed")
    number = number_in_words(story, length_before=length_before)
    return f"“{story.title}” {done}. The press is putting it out at {place} {number}".rstrip()
