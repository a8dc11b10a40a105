"""The newsroom's tables, where Django looks for them; import from the modules."""

from broadsheet.newsroom.models.audit_entry import AuditEntry
from broadsheet.newsroom.models.audited_logs import (
    AuditedModelLogEntry,
    AuditedPageLogEntry,
)
from broadsheet.newsroom.models.author import Author
from broadsheet.newsroom.models.chore import Chore
from broadsheet.newsroom.models.copied_page import CopiedPage
from broadsheet.newsroom.models.flow_tasks import PublicationTask, ReviewTask
from broadsheet.newsroom.models.front import Front, FrontChange, FrontDraft
from broadsheet.newsroom.models.listed_story import ListedAuthor, ListedStory
from broadsheet.newsroom.models.live_mark import LiveMark
from broadsheet.newsroom.models.paper import PaperPage, PaperSettings
from broadsheet.newsroom.models.picture import DeskRendition, Picture
from broadsheet.newsroom.models.policy import Policy
from broadsheet.newsroom.models.preview_link import PreviewLink
from broadsheet.newsroom.models.role_group import RoleGroup
from broadsheet.newsroom.models.section import SectionPage
from broadsheet.newsroom.models.sizes_wanted import SizesWanted
from broadsheet.newsroom.models.story import Story
from broadsheet.newsroom.models.story_lines import Byline, Correction, RelatedStory, StoryTopic
from broadsheet.newsroom.models.topic import Topic
from broadsheet.newsroom.models.wording import Wording

__all__ = [
    "AuditEntry",
    "AuditedModelLogEntry",
    "AuditedPageLogEntry",
    "Author",
    "Byline",
    "Chore",
    "CopiedPage",
    "Correction",
    "DeskRendition",
    "Front",
    "FrontChange",
    "FrontDraft",
    "ListedAuthor",
    "ListedStory",
    "LiveMark",
    "PaperPage",
    "PaperSettings",
    "Picture",
    "Policy",
    "PreviewLink",
    "PublicationTask",
    "RelatedStory",
    "ReviewTask",
    "RoleGroup",
    "SectionPage",
    "SizesWanted",
    "Story",
    "StoryTopic",
    "Topic",
    "Wording",
]
