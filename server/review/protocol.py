"""The protocol of one session, handed out once the outcome is final.

The paper is made when it is asked for and not stored; each making is noted in the audit chain.
"""

from __future__ import annotations

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response

from server import audit
from server.review import protocol_pdf
from server.review.access import language_of, needs
from server.review.actions import subject_of
from server.review.media import NO_STORE
from server.review.protocol_facts import facts_of
from server.review.roles import May
from server.review.site import site_of
from server.settings import LANGUAGES


@needs(May.WATCH)
async def download(request: Request) -> Response:
    """The PDF in the language asked for, else in the reader's."""
    site, session, person = site_of(request), request.path_params["session"], request.state.person
    wanted = request.query_params.get("language", "")
    text = site.texts[wanted if wanted in LANGUAGES else language_of(request)]
    facts = await run_in_threadpool(facts_of, site, session, person)
    content = await run_in_threadpool(protocol_pdf.make, facts, text, site.packages)
    await site.database.write_async(
        lambda connection: audit.append(
            connection, at=site.now(), who=person.login, action="protocol", subject=subject_of(session),
            details={"language": text.language},
        )
    )  # fmt: skip
    headers = {**NO_STORE, "content-disposition": f'attachment; filename="senim-{session}-{text.language}.pdf"'}
    return Response(content, media_type="application/pdf", headers=headers)
