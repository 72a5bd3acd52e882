"""What the pages work with; made once at start and handed to every handler through the application's state."""

from __future__ import annotations

import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from starlette.requests import Request

from evidence.age import Identity
from evidence.signing import VerifyingKey
from server.at_rest import AtRest
from server.clock import Clock, SystemClock, iso
from server.database import Database
from server.ingest.tries import FailedTries
from server.review.contents import ContentsCache
from server.review.memory import Memory
from server.review.newest import Newest
from server.review.opener import Opener
from server.review.opinions import Opinions
from server.review.reading import SegmentReader
from server.review.recording import Recordings
from server.review.seen_texts import SeenTexts
from server.review.texts import Texts, all_languages
from server.review.vault import Vault
from server.review.verification import Verifications
from server.review.views import Views
from server.settings import Settings
from server.store import Store

REPOSITORY = Path(__file__).resolve().parents[2]
PACKAGES = Path("var/web/node_modules")


@dataclass(frozen=True)
class Site:
    settings: Settings
    database: Database
    store: Store
    clock: Clock
    at_rest: AtRest
    vault: Vault
    recordings: Recordings
    contents: ContentsCache
    memory: Memory
    seen_texts: SeenTexts
    newest: Newest
    verifications: Verifications
    opinions: Opinions
    opener: Opener
    tries: FailedTries
    views: Views
    packages: Path  # the front-end packages fetched at set-up
    texts: Mapping[str, Texts] = field(default_factory=all_languages)
    started: str = field(default_factory=lambda: f"{int(time.time()):x}")  # marks static files of this start

    def now(self) -> str:
        return iso(self.clock.now())

    @property
    def secure_cookies(self) -> bool:
        return self.settings.review_address.startswith("https:")


def make_site(
    settings: Settings, review_identity: Identity, clock: Clock | None = None, reader: SegmentReader | None = None
) -> Site:
    """Opens database, store and keys of a data folder. Raises ``OSError`` or ``BadKey`` if a key is missing."""
    clock = clock or SystemClock()
    folder = settings.folder
    database = Database(settings.database_url)
    store = Store(folder.sessions)
    vault = Vault(folder, store, review_identity)
    recordings = Recordings(store)
    contents = ContentsCache(vault)
    verifying = VerifyingKey.from_text(folder.verifying_key.read_text().strip())
    verifications = Verifications(database, store, verifying, clock)
    at_rest = AtRest.load(folder.at_rest_key)
    seen_texts, newest = SeenTexts(database, vault, recordings), Newest()
    opinions = Opinions(
        settings, database, vault=vault, recordings=recordings, contents=contents, at_rest=at_rest, clock=clock
    )
    return Site(
        settings=settings,
        database=database,
        store=store,
        clock=clock,
        at_rest=at_rest,
        vault=vault,
        recordings=recordings,
        contents=contents,
        memory=Memory(),
        seen_texts=seen_texts,
        newest=newest,
        verifications=verifications,
        opinions=opinions,
        opener=Opener(
            database,
            vault=vault,
            reader=reader or SegmentReader(),
            recordings=recordings,
            contents=contents,
            seen_texts=seen_texts,
            newest=newest,
            verifications=verifications,
            opinions=opinions,
            clock=clock,
        ),
        tries=FailedTries(settings.sign_in_tries, settings.sign_in_minutes),
        views=Views(),
        packages=REPOSITORY / PACKAGES,
    )


def site_of(request: Request) -> Site:
    site = request.app.state.site
    assert isinstance(site, Site)
    return site
