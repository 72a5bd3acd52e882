"""What the rules of ingest work with; made once at start, handed to each rule."""

from __future__ import annotations

from dataclasses import dataclass, field

from evidence.lost_time import GiveBack
from evidence.signing import SigningKey
from server.at_rest import AtRest
from server.clock import Clock, SystemClock, iso
from server.database import Database
from server.ingest.ledgers import Ledgers
from server.ingest.load import Load
from server.ingest.presence import Presence
from server.ingest.threads import Hands
from server.ingest.tries import FailedTries, Pace
from server.papers import Paper
from server.papers import load as load_paper
from server.settings import Settings
from server.store import Store

REPORTS, REPORT_MINUTES = 20, 10


@dataclass(frozen=True)
class Services:
    settings: Settings
    database: Database
    store: Store
    clock: Clock
    at_rest: AtRest
    server_key: SigningKey  # signs receipts and grants; opens nothing
    server_key_line: str
    ledgers: Ledgers
    tries: FailedTries
    reports: Pace  # of readiness, by computer or student
    presence: Presence
    load: Load
    hands: Hands = field(default_factory=Hands)
    known_papers: dict[str, Paper] = field(default_factory=dict)  # an imported exam never changes

    def paper(self, exam: str) -> Paper:
        if exam not in self.known_papers:
            self.known_papers[exam] = self.database.read(lambda connection: load_paper(connection, self.at_rest, exam))
        return self.known_papers[exam]

    @property
    def give_back(self) -> GiveBack:
        """The institution's rule about lost time."""
        settings = self.settings
        most_ms = max(0, settings.give_back_most_minutes) * 60_000
        return GiveBack(settings.give_back_stopped, settings.give_back_network, most_ms)

    def given_back_minutes(self, session: str) -> float:
        """Of what the session's ledger shows as lost. Not from inside a job of the database: it may read the ledger."""
        given = self.give_back.of(self.ledgers.lost(session))
        return (given.network_ms + given.stopped_ms) / 60_000

    def now(self) -> str:
        return iso(self.clock.now())

    def close(self) -> None:
        self.presence.flush()
        self.database.close()


def make_services(settings: Settings, clock: Clock | None = None) -> Services:
    """Opens database, store and keys of a data folder. Raises ``OSError`` or ``BadKey`` if a key is missing."""
    folder = settings.folder
    clock = clock or SystemClock()
    server_key = SigningKey.from_text(folder.server_key.read_text().strip())
    server_key_line = folder.server_key_line.read_text().strip()
    at_rest = AtRest.load(folder.at_rest_key)
    database = Database(settings.database_url)
    store = Store(folder.sessions)
    return Services(
        settings=settings,
        database=database,
        store=store,
        clock=clock,
        at_rest=at_rest,
        server_key=server_key,
        server_key_line=server_key_line,
        ledgers=Ledgers(database, store, server_key),
        tries=FailedTries(settings.sign_in_tries, settings.sign_in_minutes),
        reports=Pace(REPORTS, REPORT_MINUTES),
        presence=Presence(database),
        load=Load(database, folder.root),
    )
