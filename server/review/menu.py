"""The administrator's pages, in the order of their menu: name of the page's sentences, address, icon."""

from __future__ import annotations

ADMIN_PAGES = (
    ("students", "/administration/students", "graduation-cap"),
    ("schedule", "/administration/schedule", "calendar-days"),
    ("roles", "/administration/roles", "users"),
    ("readiness", "/readiness", "monitor-check"),
    ("retention", "/administration/retention", "archive"),
    ("keys", "/administration/keys", "key-round"),
    ("storage", "/administration/storage", "hard-drive"),
    ("audit", "/audit", "list"),
)
