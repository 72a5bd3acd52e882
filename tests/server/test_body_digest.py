"""A JSON body that says what it is: what a line changed is refused before any rule sees it."""

from __future__ import annotations

import json

from exam_hall import PASSWORD, Server
from sitting import API, code_of, content_digest

WANTED = {"login": "aigerim", "password": PASSWORD}


def test_a_changed_body_is_sent_back(server: Server) -> None:
    body = json.dumps(WANTED).encode()
    headers = content_digest(body)
    assert code_of(server.client.post(f"{API}/sign-in", content=body + b" ", headers=headers)) == "body_damaged"
    assert server.client.post(f"{API}/sign-in", content=body, headers=headers).status_code == 200


def test_a_digest_that_is_none_is_a_bad_request(server: Server) -> None:
    answer = server.client.post(f"{API}/sign-in", json=WANTED, headers={"Content-Digest": "sha-256=:zz:"})
    assert code_of(answer) == "bad_request"


def test_a_body_without_one_is_taken(server: Server) -> None:
    assert server.client.post(f"{API}/sign-in", json=WANTED).status_code == 200
