"""What every command works with: the opened data folder."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sqlalchemy import Connection

from server import audit, migrate, settings
from server.admin.errors import CommandFailed
from server.at_rest import AtRest
from server.clock import Clock, iso
from server.database import Database
from server.settings import Settings
from server.store import Store


@dataclass(frozen=True)
class Console:
    """``who`` stands in the audit chain for everything done here."""

    settings: Settings
    database: Database
    store: Store
    at_rest: AtRest
    clock: Clock
    who: str

    def now(self) -> str:
        return iso(self.clock.now())

    def audit(
        self, connection: Connection, action: str, subject: str, details: Mapping[str, Any] | None = None,
        at: str = "",
    ) -> None:  # fmt: skip
        """``at``: the moment that stands in the deed's own row, where the two are compared; else now."""
        audit.append(connection, at=at or self.now(), who=self.who, action=action, subject=subject, details=details)


@contextmanager
def opened(root: Path, clock: Clock, who: str) -> Iterator[Console]:
    """Raises ``CommandFailed`` if the folder cannot be used."""
    try:
        found = settings.load(root)
        at_rest = AtRest.load(found.folder.at_rest_key)
    except (settings.SettingsError, OSError) as error:
        raise CommandFailed(str(error)) from error
    if not migrate.is_current(found.database_url):
        raise CommandFailed("the database is of another version: stop the server and run the command `upgrade`")
    database = Database(found.database_url)
    try:
        yield Console(found, database, Store(found.folder.sessions), at_rest, clock, who)
    finally:
        database.close()
