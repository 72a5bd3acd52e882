"""The protocol's own document turned against the server that gives it: requests drawn from its schemas, and around
them. Never a 5xx, never an answer that the document does not have."""

from __future__ import annotations

import os
import warnings
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from exam_hall import HandClock, Server
from hypothesis import HealthCheck, Phase, given, settings
from sitting import Sitting

with warnings.catch_warnings():
    warnings.simplefilter("ignore")
    import schemathesis
    from schemathesis.checks import not_a_server_error
    from schemathesis.specs.openapi.checks import (
        content_type_conformance,
        response_schema_conformance,
        status_code_conformance,
    )

from server.ingest.routes import CALLS, PREFIX

EXAMPLES = int(os.environ.get("SENIM_FUZZ", "8"))
CHECKS = [not_a_server_error, status_code_conformance, content_type_conformance, response_schema_conformance]
OPERATIONS = [f"{call.method} {PREFIX}{call.path}" for call in CALLS]
HOSTILE = {"sign_out"}  # would end the token of all that follow: called with another one


@pytest.fixture(scope="module")
def running(own_institution: Path) -> Iterator[Server]:
    server = Server(own_institution, HandClock())
    yield server
    server.stop()


@pytest.fixture(scope="module")
def document(running: Server) -> Any:
    return schemathesis.openapi.from_dict(running.client.get(f"{PREFIX}/openapi.json").json())


def test_the_document_names_every_call(document: Any) -> None:
    named = {f"{found.ok().method.upper()} {found.ok().path}" for found in document.get_all_operations()}
    assert named == set(OPERATIONS)


@pytest.mark.parametrize("operation", OPERATIONS)
def test_no_breach(operation: str, document: Any, running: Server, sitting: Sitting) -> None:
    method, _, path = operation.partition(" ")
    real = {"session": sitting.session, "seat": sitting.seat(), "stream": "camera", "index": "0", "question": "q1",
            "notice": "n1"}  # fmt: skip
    tried: list[int] = []

    @settings(
        max_examples=EXAMPLES, derandomize=True, database=None, deadline=None, phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )  # fmt: skip
    @given(case=document[path][method].as_strategy())
    def ask(case: Any) -> None:
        if len(tried) % 3:  # two of three reach the session; the rest keep the names that were drawn
            for name in case.path_parameters or {}:
                case.path_parameters[name] = real[name]
        token = "" if operation.endswith(("/sign-in", "/sign-out")) else sitting.token
        answer = case.call(base_url=str(running.client.base_url), headers={"Authorization": f"Bearer {token}"})
        case.validate_response(answer, checks=CHECKS)
        tried.append(answer.status_code)

    ask()
    assert len(tried) >= min(EXAMPLES, 1)


def test_bodies_that_are_nothing_at_all(running: Server, sitting: Sitting, hostile: Callable[[], list[bytes]]) -> None:
    for call in CALLS:
        if call.method == "GET" or call.name in HOSTILE:
            continue
        path = call.path.format(session=sitting.session, seat="x", stream="camera", index=0, question="q", notice="n")
        for body in hostile():
            answer = sitting.call(call.method, path, content=body)
            assert answer.status_code < 500, (call.name, body[:40], answer.text)
            assert answer.status_code in call.answers or answer.headers["content-type"] == "application/problem+json"


@pytest.fixture
def hostile() -> Callable[[], list[bytes]]:
    return lambda: [
        b"", b"null", b"[]", b"{", b'{"lines": [null]}', b'{"lines": "x"}', b"\xff\xfe", b"[" * 100_000,
        b'{"revision": 1e999, "at": -1}', b'{"revision": 99999999999999999999999, "at": 1, "value": {}}',
        b'{"login": "\\ud800", "password": "\\u0000"}', b'{"code": "\\ud800"}', b'{"head": {"n": true}}',
        b'{"session": "\\ud800", "resume": "x", "machine": "\\u0000"}', b'{"lines": ["\\ud800\\t\\ud800"]}',
    ]  # fmt: skip
