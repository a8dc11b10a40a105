"""Registers the newsroom's own acts, and the page that shows all of them."""

from typing import Any

from django.urls import path, reverse
from wagtail import hooks

from broadsheet.newsroom.audit.views import AuditLogExport, AuditLogView
from broadsheet.newsroom.audit.words import OURS
from broadsheet.newsroom.models.audited_logs import note_what_wagtail_logs
from broadsheet.newsroom.roles.menu import ItemByRight
from broadsheet.newsroom.roles.names import Right


@hooks.register("register_log_actions", order=1000)  # after Wagtail has said which are its own
def acts(registry: Any) -> None:
    """Tell Wagtail of our acts, and have all acts noted."""
    for act, (label, message) in OURS.items():
        registry.register_action(act, label, message)
    note_what_wagtail_logs()


@hooks.register("register_admin_urls")
def addresses() -> Any:
    """Answer the audit log's addresses."""
    return [
        path("audit-log/", AuditLogView.as_view(), name="audit_log"),
        path("audit-log/export/", AuditLogExport.as_view(), name="audit_log_export"),
    ]


@hooks.register("register_admin_menu_item")
def audit_item() -> ItemByRight:
    """Lead to the audit log."""
    return ItemByRight(
        Right.READ_AUDIT_LOG,
        "Audit log",
        reverse("audit_log"),
        name="audit-log",
        icon_name="history",
        order=600,
    )
