"""The two pages nobody signs in for: checking a receipt, handing in a delivery file. With what hostile people send."""

from __future__ import annotations

import html
import re
import socket
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import limits
import pytest
import uvicorn
from delivery_file import answered, parts_of, write
from exam_hall import PASSPHRASES, Server
from sitting import Sitting

from evidence.receipt import Head, make_closing_receipt, make_head_receipt
from evidence.signing import SigningKey, VerifyingKey, payload_of
from server.admin import institution_keys
from server.review import public
from server.review.app import make_app
from server.review.receipt_check import plain_code
from server.settings import load

HTML = {"accept": "text/html", "accept-language": "en"}
NAMES = ("aigerim", "Әйгерім", "Қасымқызы", "1001", "physics")


@pytest.fixture
def site(server: Server) -> Iterator[httpx.Client]:
    settings = load(server.root)
    identity = institution_keys.open_review_identity(settings.folder, PASSPHRASES.review)
    listening = socket.create_server(("127.0.0.1", 0))
    config = uvicorn.Config(make_app(settings, identity, server.clock), log_level="warning", lifespan="off")
    running = uvicorn.Server(config)
    thread = threading.Thread(target=running.run, kwargs={"sockets": [listening]})
    thread.start()
    address = f"http://127.0.0.1:{listening.getsockname()[1]}"
    with httpx.Client(base_url=address, headers=HTML, timeout=120) as client:
        yield client
    running.should_exit = True
    thread.join(20)


@pytest.fixture
def offline(server: Server, sitting: Sitting) -> tuple[Sitting, dict[str, bytes]]:
    verifying = VerifyingKey.from_text(server.services.settings.folder.verifying_key.read_text().strip())
    sitting.ready_for_paper(verifying)
    questions = [q for q in sitting.paper()["questions"] if not q["choices"] and q["kind"] != "description"]
    answers = [answered(sitting, questions[0]["id"], "42")]
    sitting.end()
    return sitting, parts_of(sitting, answers)


def post(site: httpx.Client, path: str, content: bytes | None, **fields: str) -> Any:
    token = re.search(r'name="form_token" value="(\w+)"', site.get(path).text)[1]
    files = {"file": ("a.senim", content)} if content is not None else {"file": ("", b"")}
    return site.post(path, data={"form_token": token, **fields}, files=files)


def outcome(answer: Any) -> str:
    found = re.search(r'data-outcome="(\w+)"', answer.text)
    assert found, answer.text[:800]
    return found[1]


def handed_in(site: httpx.Client, offline: Any, tmp_path: Path) -> tuple[str, str]:
    """(code, signed line) as the page shows them."""
    answer = post(site, "/deliver", write(tmp_path / "a.senim", offline[1]).read_bytes())
    assert answer.status_code == 200, answer.text
    code = re.search(r'id="receipt-code"><b>([\w-]+)<', answer.text)
    line = re.search(r'id="receipt-text"[^>]*>(.*?)</textarea>', answer.text, re.S)
    assert code and line
    return code[1], html.unescape(line[1])


def test_a_file_ends_in_a_receipt_that_anyone_can_check(
    site: httpx.Client, offline: Any, tmp_path: Path, root: Path
) -> None:
    code, line = handed_in(site, offline, tmp_path)
    again = post(site, "/deliver", (tmp_path / "a.senim").read_bytes())
    assert "already handed in" in again.text and code in again.text
    by_code = site.get(f"/receipt?code={code}")
    assert outcome(by_code) == "good" and "What it proves" in by_code.text
    assert outcome(post(site, "/receipt", None, code=code.lower().replace("-", " ").replace("0", "o"))) == "good"
    by_file = post(site, "/receipt", f"Receipt\n\nCode: {code}\n{line}\n".encode())
    assert outcome(by_file) == "good"
    for page in (by_code.text, by_file.text):
        assert not [name for name in NAMES if name in page], "a name on a public page"
    assert not list((root / "incoming").iterdir())


def test_receipts_that_do_not_hold(site: httpx.Client, offline: Any, tmp_path: Path, server: Server) -> None:
    _, line = handed_in(site, offline, tmp_path)
    assert outcome(post(site, "/receipt", line.replace('"n":', '"n":1').encode())) == "changed"
    head = make_head_receipt(offline[0].session, _head(payload_of(line)), payload_of(line)["at"], SigningKey.generate())
    assert outcome(post(site, "/receipt", head.encode())) == "changed"
    assert outcome(site.get("/receipt?code=0000-0000-0000")) == "unknown_code"
    assert outcome(post(site, "/receipt", bytes(range(256)) * 100)) == "no_receipt"
    payload = payload_of(line)
    other = make_closing_receipt(
        payload["session"], payload["begin"], payload["key"], _head(payload), {"camera": 1.0}, None, payload["opened"],
        payload["at"], server.services.server_key,
    )  # fmt: skip
    assert outcome(post(site, "/receipt", other.encode())) == "differs"
    elsewhere = make_closing_receipt(
        "ffff", payload["begin"], payload["key"], _head(payload), {}, None, payload["opened"], payload["at"],
        server.services.server_key,
    )  # fmt: skip
    assert outcome(post(site, "/receipt", elsewhere.encode())) == "not_held"
    ledger = server.services.store.path(payload["session"]) / "ledger.txt"
    ledger.write_text("\n".join(ledger.read_text().splitlines()[:-1]) + "\n")
    assert outcome(post(site, "/receipt", line.encode())) == "differs"


def _head(payload: Any) -> Head:
    return Head(payload["head"]["n"], payload["head"]["digest"])


@pytest.mark.parametrize(
    ("content", "trouble"),
    [(b"", "no_file"), (b"no zip at all" * 50, "damaged"), (b"PK\x05\x06" + bytes(18), "damaged")],
    ids=["empty", "nonsense", "empty-zip"],
)
def test_files_that_are_none_are_named(site: httpx.Client, content: bytes, trouble: str) -> None:
    answer = post(site, "/deliver", content or None)
    assert f'data-trouble="{trouble}"' in answer.text
    assert answer.status_code in (400, 422)


def test_a_file_without_its_end_is_told(site: httpx.Client, offline: Any, tmp_path: Path) -> None:
    parts = offline[1]
    parts["ledger.txt"] = b"".join(parts["ledger.txt"].splitlines(keepends=True)[:-1])
    answer = post(site, "/deliver", write(tmp_path / "a.senim", parts).read_bytes())
    assert 'id="taken-in"' in answer.text and "not handed in on that computer yet" in answer.text


def test_too_large_too_often_and_without_the_form_s_token(site: httpx.Client, monkeypatch: Any) -> None:
    monkeypatch.setattr(public, "MAX_UPLOAD_BYTES", 1000)
    answer = post(site, "/deliver", b"x" * 40_000)
    assert answer.status_code == 413 and 'data-trouble="too_large"' in answer.text
    assert site.post("/deliver", files={"file": ("a", b"x")}).status_code == 403
    assert site.post("/receipt", data={"code": "x"}).status_code == 400
    assert post(site, "/receipt", b"x" * 400_000).status_code == 413
    monkeypatch.setattr(public, "CHECKS", limits.RateLimitItemPerMinute(3, 5))
    tries = [site.get("/receipt?code=0000-0000-0000").status_code for _ in range(5)]
    assert tries == [200, 200, 200, 429, 429]


def test_codes_as_people_type_them() -> None:
    assert plain_code(" 7k3m q9xd-22tb ") == "7K3M-Q9XD-22TB"
    assert plain_code("OIL1-OOOO-1111") == "0111-0000-1111"
    assert plain_code("7K3M-Q9XD-22T") == plain_code("") == plain_code("UUUU-UUUU-UUUU") == ""
