"""
Takes an erased story out of what editors arrange, because the law asks.

A slot may hold words of its own about its story. Drafts and changes lose slot and words, also
those that are over; of the published arrangements the press takes care.
"""

from broadsheet.newsroom.fronts import drafts
from broadsheet.newsroom.models.front import FrontChange, FrontDraft
from broadsheet.press.actions.erase import without
from broadsheet.story.ids import StoryId


def forget(story: StoryId) -> None:
    """Let the newest stand in a story's slots in every draft and change; in a transaction."""
    for model in (FrontDraft, FrontChange):
        for row in model.objects.select_for_update(of=("self",)).select_related("front"):
            board = drafts.board_from(row.front.key, row.slots)
            left = without(board, story)
            if left != board:
                row.slots = drafts.as_json(left)
                row.save(update_fields=["slots"])
