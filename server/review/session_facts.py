"""Everything a person needs to judge one session, gathered into one object for the template."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection

from server import breaks
from server.at_rest import AtRestError
from server.decisions import Case
from server.review import answers, contact, exports, timeline
from server.review.access import Person
from server.review.contents import Contents, Identity
from server.review.coverage_lines import CoverageLine, coverage_lines
from server.review.found import Found, found_of
from server.review.lists import is_simulated, state_of, verification_word
from server.review.memory import State
from server.review.recording import Recording
from server.review.roles import May
from server.review.second_opinion import Opinion
from server.review.session_rows import Rows, rows_of
from server.review.site import Site
from server.review.verification import Verified
from server.review.watched import Watched, load

Row = Mapping[str, Any]


@dataclass(frozen=True)
class Recorded:
    """What the sealed recording holds. ``timeline``: None for who may not watch, and once it was erased."""

    simulated: list[str]
    timeline: timeline.Timeline | None
    sheet: list[contact.Picture]  # pictures of the moments worth seeing
    coverage: list[CoverageLine]
    segments_held: int
    segments_listed: int
    segments_opened: int
    segment_problems: list[Row]
    identity: Identity | None
    found: Mapping[str, Found]  # by the finding's id: what the watching saw
    opinion: Opinion | None  # None: not worked out yet
    rests: list[tuple[int, int]]  # session ms of the breaks that the ledger tells of


@dataclass(frozen=True)
class Written:
    """What people wrote and did around it. ``verdicts`` and the decisions on ``flags`` are those the reader may see,
    newest first; ``asked``: whether the reader is asked for a verdict."""

    flags: list[Row]
    case: Case
    verdicts: list[Row]
    asked: bool
    answers: list[answers.Answered] | None
    places: dict[str, int]  # question id -> the number the student saw, texts to read included
    notices: list[Row]
    statements: list[Row]
    exports: list[Row]
    may_take: bool
    watched: list[Row]
    refused: int
    pause: Row | None
    breaks: list[Row]


@dataclass(frozen=True)
class SessionPage(Written, Recorded):
    """For the template ``session.html``, the protocol and the page's own script."""

    row: Row
    state: str
    is_simulated: bool
    has_reference: bool
    verification: str
    verified: Verified | None
    break_rule: breaks.BreakRule
    walls: Mapping[int, str]  # wall clock of the session moments the page names


def gather(site: Site, session: str, person: Person) -> SessionPage:
    """Raises ``Denied`` (404). For who may not watch nothing sealed is opened."""
    rows = site.database.read(lambda connection: rows_of(connection, session, person.login))
    row, watched = rows.session, load(site, session)
    word = verification_word(site, session, state_of(row))
    site.verifications.renew(session)
    recorded = _recorded(site, rows, watched, may_watch=person.may(May.WATCH))
    written = _written(site, rows, watched.recording, person)
    return SessionPage(
        **vars(recorded),
        **vars(written),
        row=row,
        state=state_of(row),
        is_simulated=is_simulated(site, row),
        has_reference=site.settings.folder.picture(row["student"]).exists(),
        verification=word,
        verified=site.verifications.get(session) if word in ("verified", "problems") else None,
        break_rule=breaks.rule_from(row["break_rule"], site.settings.break_rule),
        walls={moment: watched.recording.wall(moment) for moment in set(_moments(recorded, written))},
    )


def _recorded(site: Site, rows: Rows, watched: Watched, *, may_watch: bool) -> Recorded:
    recording, known = watched.recording, watched.state()
    pieces = watched.rows(known)
    contents = watched.contents if may_watch and not watched.erased else None
    return Recorded(
        simulated=recording.simulated,
        timeline=_lanes(site, rows, watched, contents, known, pieces) if contents is not None else None,
        sheet=contact.sheet(contents, rows.flags, recording.exam) if contents is not None else [],
        coverage=coverage_lines(recording, rows.session),
        segments_held=sum(entry["held_at"] is not None for entry in pieces),
        segments_listed=len(pieces),
        segments_opened=sum(bool(entry["opened_ok"]) for entry in pieces),
        segment_problems=[entry for entry in pieces if entry["opened_ok"] is False],
        identity=contents.identity if contents is not None else None,
        found=found_of(contents) if contents is not None else {},
        opinion=_opinion(site, rows.session["id"]) if contents is not None else None,
        rests=recording.breaks,
    )


def _lanes(
    site: Site, rows: Rows, watched: Watched, contents: Contents, known: State, pieces: Sequence[Row]
) -> timeline.Timeline:
    """The bars are kept for as long as nothing about the recording changes."""
    recording, over = watched.recording, state_of(rows.session) in ("handed_in", "closed")
    bars = site.memory.get(
        rows.session["id"], "bars", (*known, over), lambda: timeline.bars(recording, pieces, over=over)
    )
    return timeline.build(recording, contents, bars, rows.flags)


def _written(site: Site, rows: Rows, recording: Recording, person: Person) -> Written:
    answered, places = _answers(site, rows.session, recording)
    return Written(
        flags=rows.flags,
        case=rows.case,
        verdicts=list(reversed(rows.case.visible(person.login))),
        asked=person.may(May.JUDGE) and rows.case.may_be_asked(person.login, person.role),
        answers=answered,
        places=places,
        notices=rows.notices,
        statements=rows.statements,
        exports=rows.exports,
        may_take=exports.may_take(rows.exports, person.login, site.now()),
        watched=rows.watched,
        refused=rows.refused,
        pause=rows.pause,
        breaks=rows.breaks,
    )


def _moments(recorded: Recorded, written: Written) -> Iterator[int]:
    """Session ms of all that the page names with a time of day."""
    yield from (entry["from_ms"] for entry in written.flags)
    yield from (picture.at_ms for picture in recorded.sheet)
    for line in recorded.coverage:
        for gap in line.claimed.gaps:
            yield from (gap.from_ms, gap.to_ms)
    yield from (entry.at_ms for question in written.answers or [] for entry in question.revisions)
    if recorded.timeline:
        yield from (at for _, at in recorded.timeline.thumbs)
        yield from (mark.at_ms for lane in recorded.timeline.lanes for mark in lane.marks)
    if recorded.identity:
        yield recorded.identity.at_ms
    if recorded.opinion:
        yield from (moment.at_ms for moment in recorded.opinion.moments if moment.at_ms is not None)


def _opinion(site: Site, session: str) -> Opinion | None:
    """What is known; asked for again here, since it is kept in memory only."""
    site.opinions.want(session)
    return site.opinions.get(session)


def _answers(
    site: Site, row: Mapping[str, Any], recording: Recording
) -> tuple[list[answers.Answered] | None, dict[str, int]]:
    """Answers and the questions' numbers; None and none when the institution's at-rest key does not open the paper."""

    def read(connection: Connection) -> tuple[list[answers.Answered], dict[str, int]]:
        answered = answers.of_session(connection, site.at_rest, row, recording)
        return answered, answers.places(connection, site.at_rest, row)

    try:
        return site.database.read(read)
    except AtRestError:
        return None, {}
