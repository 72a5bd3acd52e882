"""What a student's computer needs to deliver or go on without a sign-in: a recipient for answers, a resume token.

Both derive from the institution's at-rest key, under which answers lie on the server anyway; neither opens a segment of
a recording. A new password makes the session's resume token void, like every other token of that student.
"""

from __future__ import annotations

import hmac

from evidence.age_keys import HybridIdentity
from evidence.signing import SigningKey, encode_base64url, sign_line
from server.at_rest import AtRest

KIND = "delivery"


def identity(at_rest: AtRest) -> HybridIdentity:
    """Opens the answers of delivery files."""
    return HybridIdentity(at_rest.derive("delivery/identity"))


def recipient_line(at_rest: AtRest, session: str, server_key: SigningKey) -> str:
    """A line of the server: to whom ``session``'s answers are sealed when they travel in a file."""
    payload = {"session": session, "recipient": identity(at_rest).recipient.text}
    return sign_line(KIND, payload, server_key)


def resume_token(at_rest: AtRest, session: str, password_hash: str | None) -> str:
    """Proves, without the student, that the session was opened on this computer."""
    return encode_base64url(at_rest.derive(f"resume/{session}/{password_hash or ''}"))


def resume_fits(at_rest: AtRest, session: str, password_hash: str | None, given: str) -> bool:
    return hmac.compare_digest(resume_token(at_rest, session, password_hash).encode(), given.encode())
