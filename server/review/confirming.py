"""A student's own first sitting becomes the reference picture once a person confirms who is in it.

The picture and the descriptor come from the recording, found by the face reader with the same gates as any reference.
Nothing is replaced here: a student who has a reference picture gets another by the list of students only.
"""

from __future__ import annotations

import hashlib

from sqlalchemy import Connection, select
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response

from faces.template import VERSION
from server import audit
from server.admin.institution_keys import recipients
from server.references import limits_of, refresh_cohorts, seal_picture, store_template
from server.review.access import Denied, needs
from server.review.actions import MAX_REASON, back, session_row, typed
from server.review.roles import May
from server.review.site import Site, site_of
from server.schema import references, sessions


@needs(May.DECIDE)
async def confirm_reference(request: Request) -> Response:
    """``reason``: how the person knows who this is. Raises ``Denied`` (400, 409)."""
    session = request.path_params["session"]
    form = await request.form()
    reason = typed(form.get("reason"), MAX_REASON)
    if not reason:
        raise Denied(400, "denied.reason")
    await run_in_threadpool(_confirm, site_of(request), session, request.state.person.login, reason)
    return back(session, "identity")


def _confirm(site: Site, session: str, who: str, reason: str) -> None:
    row = site.database.read(lambda connection: session_row(connection, session))
    student = row["student"]
    opinion = site.opinions.get(session)
    has_reference = site.settings.folder.picture(student).exists()
    if row["erased_at"] is not None or has_reference or opinion is None or not opinion.confirmable:
        raise Denied(409, "denied.reference")
    check_in = opinion.check_in
    assert check_in is not None and check_in.descriptor is not None
    template = {
        "version": VERSION, "model": limits_of(site.settings).model,
        "descriptor": [float(v) for v in check_in.descriptor], "apart": check_in.apart,
    }  # fmt: skip
    sha256 = hashlib.sha256(check_in.picture).hexdigest()

    def work(connection: Connection) -> None:
        if connection.execute(select(references.c.student).where(references.c.student == student)).first():
            raise Denied(409, "denied.reference")
        if connection.execute(select(sessions.c.erased_at).where(sessions.c.id == session)).scalar() is not None:
            raise Denied(409, "denied.reference")
        store_template(connection, site.at_rest, student, template, sha256, site.now())
        refresh_cohorts(connection, site.at_rest)
        seal_picture(site.settings.folder, recipients(site.settings.folder), student, check_in.picture)
        audit.append(
            connection, at=site.now(), who=who, action="reference-confirm", subject=student,
            details={"session": session, "reason": reason, "picture_sha256": sha256},
        )  # fmt: skip

    site.database.write(work)
    site.opinions.forget(session)
    site.opinions.want(session)
