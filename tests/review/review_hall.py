"""A small institution without the client: real keys, store, database; sessions are recorded into it."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path

import review_media
from recorded_session import START, Recorded
from sqlalchemy import insert

from evidence import age
from evidence.keys import make_server_key
from evidence.signing import SigningKey
from server import accounts, schema
from server.at_rest import AtRest, paper_purpose
from server.clock import iso
from server.database import Database
from server.migrate import upgrade
from server.papers import Choice, FileRule, Paper, Question
from server.settings import DataFolder, Settings
from server.store import Store

PASSWORD = "емтихан-2026"
QUESTION = "<p>Анықтауышы <b>нөлге</b> тең матрица туралы не айтуға болады?</p>"


class FixedClock:
    def __init__(self) -> None:
        self.moment = START + timedelta(minutes=2)

    def now(self) -> datetime:
        return self.moment


@dataclass
class Hall:
    """``make`` builds the data folder; ``record`` puts one session into it."""

    folder: DataFolder
    settings: Settings
    database: Database
    store: Store
    at_rest: AtRest
    review: age.Identity
    configuration: SigningKey
    server: SigningKey
    clock: FixedClock = field(default_factory=FixedClock)

    @classmethod
    def make(cls, root: Path) -> Hall:
        folder = DataFolder(root)
        for path in (folder.keys, folder.seats, folder.sessions, folder.pictures):
            path.mkdir(parents=True)
        configuration, server = SigningKey.generate(), SigningKey.generate()
        review = age.generate_identity("x25519")
        folder.verifying_key.write_text(configuration.verifying.text + "\n")
        folder.server_key_line.write_text(make_server_key(server.verifying, "t", configuration, iso(START)) + "\n")
        AtRest.generate(folder.at_rest_key)
        settings = Settings(folder=folder, name="Абай университеті")
        upgrade(settings.database_url)
        hall = cls(
            folder,
            settings,
            Database(settings.database_url),
            Store(folder.sessions),
            AtRest.load(folder.at_rest_key),
            review,
            configuration,
            server,
        )
        hall._people()
        hall._exam()
        return hall

    def user(self, login: str, name: str, role: str) -> None:
        row = {
            "id": login,
            "login": login,
            "name": name,
            "role": role,
            "language": "kk",
            "created_at": iso(START),
            "password_hash": accounts.hash_password(PASSWORD),
        }
        self.database.write(lambda connection: connection.execute(insert(schema.users).values(**row)))

    def _people(self) -> None:
        self.user("proctor", "Әсел Нұрланқызы", "invigilator")
        self.user("proctor2", "Дәурен Қожа", "invigilator")
        self.user("proctor3", "Айгүл Төре", "invigilator")
        self.user("commission2", "Мұхтар Әлі", "commission")
        self.user("keeper", "Нұргүл Ісі", "administrator")
        self.user("teacher2", "Фариза Ұзақ", "teacher")
        self.user("teacher", "Ғалым Өтеген", "teacher")
        self.user("commission", "Ұлжан Қайрат", "commission")
        self.student("s1", "Іңкәр Һәкімжанова")

    def student(self, number: str, name: str) -> None:
        self.user(number, name, "student")
        row = {"id": number, "number": f"2026-{number}"}
        self.database.write(lambda connection: connection.execute(insert(schema.students).values(**row)))
        picture = age.encrypt(review_media.jpeg(-6), [self.review.recipient])
        self.folder.picture(number).write_bytes(picture)

    def _exam(self) -> None:
        choices = [Choice("c1", "<p>кері матрица бар</p>"), Choice("c2", "<p>кері матрица жоқ</p>", 100.0)]
        paper = Paper(
            "Сызықтық алгебра",
            [
                Question(
                    "q1",
                    "multichoice",
                    "1",
                    QUESTION,
                    1.0,
                    choices=choices,
                ),
                Question("q2", "shortanswer", "2", "<p>Кеңістіктің өлшемі нешеге тең?</p>", 1.0, accepted=["3"]),
                Question("q3", "essay", "3", "<p>Базис ұғымын түсіндіріңіз.</p>", 3.0, files=FileRule(3)),
            ],
            {},
        )
        row = {
            "id": "algebra",
            "title": "Сызықтық алгебра",
            "question_count": 3,
            "import_report": [],
            "sealed_paper": self.at_rest.seal(paper_purpose("algebra"), paper.to_json()),
            "created_at": iso(START),
        }
        self.database.write(lambda connection: connection.execute(insert(schema.exams).values(**row)))

    def record(self, session: str = "sess1", student: str = "s1", **changes) -> Recorded:
        return Recorded(self, session, student, **changes).build()

    def close(self) -> None:
        self.database.close()
