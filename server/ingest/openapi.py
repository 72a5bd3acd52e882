"""The machine-readable form of the protocol, made from the declared calls."""

from __future__ import annotations

import re
from typing import Any

from server.ingest.outcomes import TITLES, Refusal, status_of
from server.ingest.routes import CALLS, COMMON_REFUSALS, PREFIX, Declared


def document() -> dict[str, Any]:
    paths: dict[str, dict[str, Any]] = {}
    for call in CALLS:
        paths.setdefault(PREFIX + call.path, {})[call.method.lower()] = _operation(call)
    return {
        "openapi": "3.1.0",
        "info": {"title": "Senim ingest", "version": "1", "description": "See docs/PROTOCOL.md."},
        "paths": paths,
        "components": {
            "securitySchemes": {"token": {"type": "http", "scheme": "bearer"}},
            "schemas": {"Problem": _problem_schema()},
        },
    }


def _operation(call: Declared) -> dict[str, Any]:
    operation: dict[str, Any] = {
        "operationId": call.name,
        "summary": call.summary,
        "parameters": [
            {"name": name, "in": "path", "required": True, "schema": {"type": "string"}}
            for name in re.findall(r"{(\w+)}", call.path)
        ],
        "responses": _responses(call),
    }
    if call.token:
        operation["security"] = [{"token": []}]
    if call.body is not None:
        operation["requestBody"] = {"required": True, "content": {"application/json": {"schema": call.body}}}
    elif call.raw_body:
        operation["requestBody"] = {"required": True, "content": {"application/octet-stream": {}}}
    return operation


def _responses(call: Declared) -> dict[str, Any]:
    responses: dict[str, Any] = {}
    for status, schema in call.answers.items():
        responses[str(status)] = {"description": "Done"}
        if schema is not None:
            responses[str(status)]["content"] = {"application/json": {"schema": schema}}
    by_status: dict[int, list[Refusal]] = {}
    for refusal in (*call.refusals, *COMMON_REFUSALS):
        by_status.setdefault(status_of(refusal), []).append(refusal)
    for status, refusals in sorted(by_status.items()):
        responses[str(status)] = {
            "description": "; ".join(f"`{refusal}`: {TITLES[refusal]}" for refusal in refusals),
            "content": {"application/problem+json": {"schema": {"$ref": "#/components/schemas/Problem"}}},
            "x-codes": [str(refusal) for refusal in refusals],
        }
    return responses


def _problem_schema() -> dict[str, Any]:
    return {
        "type": "object",
        "required": ["type", "title", "status", "code"],
        "properties": {
            "type": {"type": "string"},
            "title": {"type": "string"},
            "status": {"type": "integer"},
            "code": {"type": "string", "enum": [str(refusal) for refusal in Refusal]},
        },
    }
