"""Who may decide about a session, what counts, and who may see it before. Pure rules over the rows of ``verdicts``.

One person's *no violation* or *technical failure* ends the matter. A *violation* or *needs a second look* waits for a
second person, who decides without seeing the first; two who do not agree go to the commission, which sees everything.
A violation stands only when two different people said so, the commission's members among them. Nobody is heard twice,
except the commission when it is asked again (an appeal). No rule here decides anything about a student by itself.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from sqlalchemy import Connection, Select, select

from server.schema import statements, verdicts

VIOLATION, SECOND_LOOK = "violation", "second_look"
COMMISSION_ROLE = "commission"
# The words of Open edX for the same things (edx-proctoring, ReviewStatus), for tables that are read by machines.
OPEN_EDX = {
    "no_violation": "passed", VIOLATION: VIOLATION, "technical_failure": "not_reviewed", SECOND_LOOK: "suspicious",
}  # fmt: skip

Row = Mapping[str, Any]


class Stage(StrEnum):
    """What a session waits for."""

    FIRST = "first"
    SECOND = "second"
    COMMISSION = "commission"
    FINAL = "final"


class Refusal(StrEnum):
    """Why a person may not decide; the page has a sentence for each."""

    OWN = "denied.decided_already"
    LATE = "denied.decided_by_others"
    COMMISSION = "denied.commission_only"
    REVIEWER = "denied.was_reviewer"
    CLEAR = "denied.clear_outcome"


@dataclass(frozen=True)
class Case:
    """``rows`` in the order of time. ``outcome``: only once it is final, else "". ``since``: when it became final."""

    rows: tuple[Row, ...]
    stage: Stage
    outcome: str = ""
    since: str = ""
    appealed_at: str = ""

    @property
    def reviewers(self) -> frozenset[str]:
        """Who decided before the commission did."""
        return frozenset(row["by"] for row in self.rows if row["stage"] != COMMISSION_ROLE)

    def place_for(self, login: str, role: str, outcome: str, known: int) -> Stage | Refusal:
        """As what a verdict counts that ``login`` gives now. ``known``: how many verdicts the page showed when it was
        opened; two who decided at once are both heard, each without having seen the other."""
        if self.stage in (Stage.FIRST, Stage.SECOND):
            return Refusal.OWN if login in self.reviewers else self.stage
        if login not in self.reviewers and self._is_simultaneous(known):
            return Stage.SECOND
        if role != COMMISSION_ROLE:
            return Refusal.OWN if login in self.reviewers else Refusal.LATE if known == 0 else Refusal.COMMISSION
        if login in self.reviewers:
            return Refusal.REVIEWER
        if self.stage is Stage.COMMISSION and login in self._heard_since_appeal():
            return Refusal.OWN
        return Refusal.CLEAR if outcome == SECOND_LOOK else Stage.COMMISSION

    def may_be_asked(self, login: str, role: str) -> bool:
        """Whether the page has a form for this person."""
        known = len(self.visible(login))
        return isinstance(self.place_for(login, role, "", known), Stage) and (
            self.stage is not Stage.FINAL or role == COMMISSION_ROLE
        )

    def visible(self, login: str) -> tuple[Row, ...]:
        """The verdicts this person may see: before the second decided, each sees only the own one."""
        if self.is_blind:
            return tuple(row for row in self.rows if row["by"] == login)
        return self.rows

    @property
    def is_blind(self) -> bool:
        """Nobody sees yet what somebody else decided, about moments or about the whole."""
        return self.stage in (Stage.FIRST, Stage.SECOND)

    def word_for(self, login: str) -> str:
        """One word for lists: a final outcome, or how far it is as far as this person may know."""
        if self.stage is Stage.FINAL:
            return self.outcome
        if self.stage is Stage.COMMISSION:
            return "commission"
        return "waiting" if login in self.reviewers else ""

    def _is_simultaneous(self, known: int) -> bool:
        return known == 0 and len(self.reviewers) == 1 and len(self.rows) == 1 and not self.appealed_at

    def _heard_since_appeal(self) -> Collection[str]:
        return {row["by"] for row in self.rows if row["stage"] == COMMISSION_ROLE and row["at"] > self.appealed_at}


def case_of(rows: Iterable[Row], appealed_at: str = "") -> Case:
    """``rows`` of one session; ``appealed_at``: time of the newest appeal, "" if there is none."""
    ordered = tuple(sorted(rows, key=lambda row: row["at"]))
    stage, outcome = _reviewed(ordered)
    ruled = [row for row in ordered if row["stage"] == COMMISSION_ROLE]
    if ruled:
        stage, outcome = _ruled(ordered, ruled[-1])
    since = ordered[-1]["at"] if stage is Stage.FINAL else ""
    if stage is Stage.FINAL and appealed_at and not any(row["at"] > appealed_at for row in ruled):
        return Case(ordered, Stage.COMMISSION, appealed_at=appealed_at)
    return Case(ordered, stage, outcome, since, appealed_at)


def _reviewed(rows: tuple[Row, ...]) -> tuple[Stage, str]:
    newest = {row["by"]: row["outcome"] for row in rows if row["stage"] != COMMISSION_ROLE}
    said = set(newest.values())
    if not newest:
        return Stage.FIRST, ""
    if len(newest) == 1:
        (outcome,) = said
        return (Stage.SECOND, "") if outcome in (VIOLATION, SECOND_LOOK) else (Stage.FINAL, outcome)
    if len(said) > 1:
        said.discard(SECOND_LOOK)  # whoever asked for another look has got it
        if said == {VIOLATION}:
            return Stage.COMMISSION, ""
    (outcome, *others) = said
    return (Stage.COMMISSION, "") if others or outcome == SECOND_LOOK else (Stage.FINAL, outcome)


def _ruled(rows: tuple[Row, ...], newest: Row) -> tuple[Stage, str]:
    accusers = {row["by"] for row in rows if row["outcome"] == VIOLATION}
    if newest["outcome"] == SECOND_LOOK or (newest["outcome"] == VIOLATION and len(accusers) < 2):
        return Stage.COMMISSION, ""
    return Stage.FINAL, newest["outcome"]


def case(connection: Connection, session: str) -> Case:
    """The case of one session."""
    return cases(connection, [session]).get(session, Case((), Stage.FIRST))


def cases(connection: Connection, sessions: Collection[str] | Select[Any] | None = None) -> dict[str, Case]:
    """Cases by session, of those that have a verdict. ``sessions``: ids, or a query of ids; None: all."""
    given = select(verdicts).order_by(verdicts.c.at)
    appeals = select(statements.c.session, statements.c.at).where(statements.c.kind == "appeal")
    if sessions is not None:
        given = given.where(verdicts.c.session.in_(sessions))
        appeals = appeals.where(statements.c.session.in_(sessions))
    appealed: dict[str, str] = {}
    for row in connection.execute(appeals):
        appealed[row.session] = max(row.at, appealed.get(row.session, ""))
    found: dict[str, list[Row]] = {}
    for verdict in connection.execute(given).mappings():
        found.setdefault(verdict["session"], []).append(dict(verdict))
    return {session: case_of(rows, appealed.get(session, "")) for session, rows in found.items()}
