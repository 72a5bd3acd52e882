"""The page of one session: everything a person needs to judge it, gathered into one object for the template."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, or_, select
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from evidence.coverage import Gap, StreamCoverage
from server import audit, breaks
from server.at_rest import AtRestError
from server.decisions import Case, case
from server.review import answers, assets, break_words, contact, exports, timeline
from server.review.access import Denied, Person, needs
from server.review.actions import subject_of
from server.review.closing import closed
from server.review.contents import Identity
from server.review.found import Found, found_of
from server.review.judging import seen_flags
from server.review.lists import is_simulated, session_query, state_of, verification_word
from server.review.media import NO_STORE
from server.review.pages import render
from server.review.phrases import PHRASES, REASONS
from server.review.recording import Recording, stream_order
from server.review.roles import May
from server.review.second_opinion import Opinion
from server.review.site import Site, site_of
from server.review.verification import Verified
from server.review.watched import load
from server.schema import audit as audit_table
from server.schema import flag_decisions, flags, notice_reads, notices, refused_lines, sessions, statements

WATCH_ACTIONS = (
    "watched", "watched-live", "read-answers", "exported", "flag-decided", "verdict", "message", "erase",
    "student-answered", "appealed", "copy-asked", "protocol", "paused", "continued", "called-to-camera", "ended",
    "export-asked", "export-allowed", "export-refused", "break-allowed", "break-refused",
)  # fmt: skip
DECISIONS = ("flag-decided", "verdict")  # in the list of who did what; not before both reviewers decided
SHOWN_AUDIT = 50


@dataclass(frozen=True)
class CoverageLine:
    """One stream's row in the coverage table; ``opened`` None while nothing was opened."""

    stream: str
    claimed: StreamCoverage
    opened: float | None

    @property
    def short(self) -> float:
        """Seconds missing in pieces too short to be listed as gaps (a packet of sound has 60 ms): ``none`` must not
        stand beside less than 100 %."""
        listed = sum(gap.to_ms - gap.from_ms for gap in self.claimed.gaps) / 1000
        return max(0.0, round(self.claimed.seconds - self.claimed.covered - listed, 3))


def gap_key(gap: Gap, rests: Sequence[tuple[int, int]]) -> str:
    """The sentence of a gap: one that began in a break says so."""
    return "proof.gap_break" if any(start <= gap.from_ms < end for start, end in rests) else "proof.gap"


@dataclass(frozen=True)
class SessionPage:
    """``timeline``: None for who may not watch, and once the recording was erased. ``verdicts`` and the decisions on
    ``flags`` are those the reader may see, newest first; ``asked``: whether the reader is asked for a verdict."""

    row: Mapping[str, Any]
    state: str
    simulated: list[str]
    is_simulated: bool
    timeline: timeline.Timeline | None
    sheet: list[contact.Picture]  # pictures of the moments worth seeing
    coverage: list[CoverageLine]
    segments_held: int
    segments_listed: int
    segments_opened: int
    segment_problems: list[Mapping[str, Any]]
    identity: Identity | None
    found: Mapping[str, Found]  # by the finding's id: what the watching saw
    opinion: Opinion | None  # None: not worked out yet
    has_reference: bool
    verification: str
    verified: Verified | None
    flags: list[Mapping[str, Any]]
    case: Case
    verdicts: list[Mapping[str, Any]]
    asked: bool
    answers: list[answers.Answered] | None
    places: dict[str, int]  # question id -> the number the student saw, texts to read included
    notices: list[Mapping[str, Any]]
    statements: list[Mapping[str, Any]]  # what the student wrote
    exports: list[Mapping[str, Any]]  # who asked to take the recording out, and who allowed it
    may_take: bool
    watched: list[Mapping[str, Any]]
    refused: int
    pause: Mapping[str, Any] | None  # the break that is asked for, allowed or running
    break_rule: breaks.BreakRule
    breaks: list[Mapping[str, Any]]  # all of them, for ``break_words``
    rests: list[tuple[int, int]]  # session ms of those that the ledger tells of
    walls: Mapping[int, str]  # wall clock of the session moments the page names


@needs(May.ANSWERS)
async def show(request: Request) -> Response:
    site, session, person = site_of(request), request.path_params["session"], request.state.person
    may_watch = person.may(May.WATCH)
    page = await run_in_threadpool(gather, site, session, person)
    plays = page.timeline is not None
    view = site.views.open(person.id, session) if plays else ""
    if not plays:  # else the first picture of the view is noted
        await site.database.write_async(
            lambda connection: audit.append(
                connection, at=site.now(), who=person.login, action="read-answers", subject=subject_of(session)
            )
        )
    return render(
        request, "session.html", page=page, view=view, gap_key=gap_key, break_lines=break_words.sentences,
        done=request.query_params.get("done", ""),
        phrases=PHRASES, reasons=REASONS, all_texts=site.texts,
        data=_script_data(page, view) if plays else None, may_watch=may_watch, modules=assets.MODULES if plays else (),
        closed=await run_in_threadpool(closed, site.database, site.store, session),
    )  # fmt: skip


@needs(May.WATCH)
async def live(request: Request) -> Response:
    """What changes while the page is open; the page offers to reload when flags or the state changed."""
    site, session = site_of(request), request.path_params["session"]

    def work(connection: Connection) -> dict[str, Any]:
        row = connection.execute(select(sessions).where(sessions.c.id == session)).mappings().first()
        if row is None:
            raise Denied(404, "denied.not_found")
        known = connection.execute(select(flags.c.id).where(flags.c.session == session)).scalars().all()
        state = state_of(dict(row))
        held = breaks.current(connection, session)
        return {
            "state": state, "flags": len(known), "verification": verification_word(site, session, state),
            "break": held["state"] if held is not None else "",
        }  # fmt: skip

    return JSONResponse(await site.database.read_async(work), headers=NO_STORE)


def gather(site: Site, session: str, person: Person) -> SessionPage:
    """Raises ``Denied`` (404). For who may not watch nothing sealed is opened."""
    may_watch = person.may(May.WATCH)
    row, rows = site.database.read(lambda connection: _rows(connection, session, person.login))
    judged: Case = rows["case"]
    watched = load(site, session)
    recording, known = watched.recording, watched.state()
    pieces = watched.rows(known)
    contents = watched.contents if may_watch and not watched.erased else None
    state = state_of(row)
    word = verification_word(site, session, state)
    site.verifications.renew(session)
    coverage = coverage_lines(recording, row)
    lanes = None
    if contents is not None:
        over = state in ("handed_in", "closed")
        bars = site.memory.get(session, "bars", (*known, over), lambda: timeline.bars(recording, pieces, over=over))
        lanes = timeline.build(recording, contents, bars, rows["flags"])
    sheet = contact.sheet(contents, rows["flags"], recording.exam) if contents is not None else []
    moments = [entry["from_ms"] for entry in rows["flags"]] + [picture.at_ms for picture in sheet]
    moments += [at for _, at in lanes.thumbs] if lanes else []
    moments += [gap.from_ms for line in coverage for gap in line.claimed.gaps]
    moments += [gap.to_ms for line in coverage for gap in line.claimed.gaps]
    answered, places = _answers(site, row, recording)
    moments += [entry.at_ms for question in answered or [] for entry in question.revisions]
    moments += [mark.at_ms for lane in lanes.lanes for mark in lane.marks] if lanes else []
    moments += [contents.identity.at_ms] if contents is not None and contents.identity else []
    opinion = _opinion(site, session) if contents is not None else None
    moments += [moment.at_ms for moment in opinion.moments if moment.at_ms is not None] if opinion else []
    return SessionPage(
        row=row,
        state=state,
        simulated=recording.simulated,
        is_simulated=is_simulated(site, row),
        timeline=lanes,
        sheet=sheet,
        coverage=coverage,
        segments_held=sum(entry["held_at"] is not None for entry in pieces),
        segments_listed=len(pieces),
        segments_opened=sum(bool(entry["opened_ok"]) for entry in pieces),
        segment_problems=[entry for entry in pieces if entry["opened_ok"] is False],
        identity=contents.identity if contents is not None else None,
        found=found_of(contents) if contents is not None else {},
        opinion=opinion,
        has_reference=site.settings.folder.picture(row["student"]).exists(),
        verification=word,
        verified=site.verifications.get(session) if word in ("verified", "problems") else None,
        flags=rows["flags"],
        case=judged,
        verdicts=list(reversed(judged.visible(person.login))),
        asked=person.may(May.JUDGE) and judged.may_be_asked(person.login, person.role),
        answers=answered,
        places=places,
        notices=rows["notices"],
        statements=rows["statements"],
        exports=rows["exports"],
        may_take=exports.may_take(rows["exports"], person.login, site.now()),
        watched=rows["watched"],
        refused=rows["refused"],
        pause=rows["break"],
        break_rule=breaks.rule_from(row["break_rule"], site.settings.break_rule),
        breaks=rows["breaks"],
        rests=recording.breaks,
        walls={moment: recording.wall(moment) for moment in set(moments)},
    )


def _opinion(site: Site, session: str) -> Opinion | None:
    """What is known; asked for again here, since it is kept in memory only."""
    site.opinions.want(session)
    return site.opinions.get(session)


def coverage_lines(recording: Recording, row: Mapping[str, Any]) -> list[CoverageLine]:
    """One line per recorded stream, screens first."""
    opened = row["coverage_opened"] or {}
    return [
        CoverageLine(name, cover, opened[name]["ratio"] if name in opened else None)
        for name, cover in sorted(recording.claimed.items(), key=lambda item: stream_order(item[0]))
    ]


def _answers(
    site: Site, row: Mapping[str, Any], recording: Any
) -> tuple[list[answers.Answered] | None, dict[str, int]]:
    """Answers and the questions' numbers; None and none when the institution's at-rest key does not open the paper."""

    def read(connection: Connection) -> tuple[list[answers.Answered], dict[str, int]]:
        answered = answers.of_session(connection, site.at_rest, row, recording)
        return answered, answers.places(connection, site.at_rest, row)

    try:
        return site.database.read(read)
    except AtRestError:
        return None, {}


def _rows(connection: Connection, session: str, login: str) -> tuple[Mapping[str, Any], dict[str, Any]]:
    row = connection.execute(session_query().where(sessions.c.id == session)).mappings().first()
    if row is None:
        raise Denied(404, "denied.not_found")

    def listed(query: Any) -> Sequence[Mapping[str, Any]]:
        return [dict(entry) for entry in connection.execute(query).mappings()]

    read = notice_reads.c.read_at
    sent = (
        select(notices, read)
        .outerjoin(notice_reads, (notice_reads.c.notice == notices.c.id) & (notice_reads.c.session == session))
        .where(notices.c.exam == row["exam"], or_(notices.c.session.is_(None), notices.c.session == session))
        .order_by(notices.c.sent_at)
    )
    seen = (
        select(audit_table)
        .where(audit_table.c.object == subject_of(session), audit_table.c.action.in_(WATCH_ACTIONS))
        .order_by(audit_table.c.n.desc())
        .limit(SHOWN_AUDIT)
    )
    judged = case(connection, session)
    if judged.is_blind:
        mine = (audit_table.c.who == login) | audit_table.c.action.not_in(DECISIONS)
        seen = seen.where(mine)
    found = listed(select(flags).where(flags.c.session == session).order_by(flags.c.from_ms, flags.c.id))
    decided = listed(select(flag_decisions).where(flag_decisions.c.session == session))
    refused = select(refused_lines.c.id).where(refused_lines.c.session == session)
    return dict(row), {
        "flags": seen_flags(found, decided, judged, login),
        "case": judged,
        "notices": listed(sent),
        "statements": listed(select(statements).where(statements.c.session == session).order_by(statements.c.at)),
        "exports": exports.requests_of(connection, session),
        "watched": listed(seen),
        "refused": len(connection.execute(refused).all()),
        "break": breaks.current(connection, session),
        "breaks": break_words.rows_of(connection, session),
    }


def _script_data(page: SessionPage, view: str) -> dict[str, Any]:
    return {
        "session": page.row["id"],
        "view": view,
        "live": page.state in ("running", "preparing", "sending"),
        "state": page.state,
        "break": page.pause["state"] if page.pause is not None else "",
        "flags": [
            {"id": entry["id"], "from": entry["from_ms"] / 1000, "to": entry["to_ms"] / 1000, "state": entry["state"]}
            for entry in page.flags
        ],
        "verification": page.verification,
        "questions": page.places,
    }
