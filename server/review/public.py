"""Two pages for people without an account: checking a receipt, and handing in a delivery file."""

from __future__ import annotations

import hmac
import json
import os
import secrets
import shutil
import sys
from collections.abc import AsyncGenerator
from pathlib import Path
from typing import Any

import anyio
import limits
from limits.storage import MemoryStorage
from limits.strategies import MovingWindowRateLimiter
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import FormData, UploadFile
from starlette.formparsers import MultiPartException, MultiPartParser
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from server.review.access import Denied, form_token
from server.review.pages import render
from server.review.receipt_check import MAX_FILE_BYTES, Checked, ReceiptCheck
from server.review.site import Site, site_of

# An hour of a recording has about 60 MB; what is more than a day's belongs to the command line.
MAX_UPLOAD_BYTES = 2 * 1024**3
FORM_BYTES = 16 * 1024
AT_ONCE = 2
TAKING_IN_SECONDS = 900.0
SPARE_BYTES = 1024**3  # the disk must not run full of uploads
INCOMING = "incoming"
# A whole computer room may sit behind one address.
CHECKS = limits.RateLimitItemPerMinute(120, 5)
DELIVERIES = limits.RateLimitItemPerMinute(60, 10)


class Doorkeeper:
    """Counts requests by address, and lets few files in at once. In memory: a restart forgets."""

    def __init__(self) -> None:
        self._limiter = MovingWindowRateLimiter(MemoryStorage())
        self.taking_in = anyio.Semaphore(AT_ONCE)

    def check(self, limit: limits.RateLimitItem, request: Request) -> None:
        """Raises ``Denied`` for an address that asks too often."""
        address = request.client.host if request.client else "unknown"
        if not self._limiter.hit(limit, str(limit), address):
            raise Denied(429, "public.too_often")


def _doorkeeper(request: Request) -> Doorkeeper:
    state = request.app.state
    if not hasattr(state, "doorkeeper"):
        state.doorkeeper = Doorkeeper()
    found: Doorkeeper = state.doorkeeper
    return found


# ---- receipts


async def show_receipt(request: Request) -> Response:
    """The form; with ``?code=`` (as in a receipt's QR code) the answer at once."""
    code = request.query_params.get("code", "")[:40]
    if not code:
        return _receipt_page(request, None)
    _doorkeeper(request).check(CHECKS, request)
    return _receipt_page(request, await run_in_threadpool(_checks(request).by_code, code))


async def check_receipt(request: Request) -> Response:
    _doorkeeper(request).check(CHECKS, request)
    form = await _form(request, MAX_FILE_BYTES)
    file = form.get("file")
    if isinstance(file, UploadFile) and file.size:
        found = await run_in_threadpool(_checks(request).by_file, await file.read())
    else:
        found = await run_in_threadpool(_checks(request).by_code, str(form.get("code", ""))[:40])
    return _receipt_page(request, found)


def _checks(request: Request) -> ReceiptCheck:
    site = site_of(request)
    return ReceiptCheck(site.settings.folder, site.database, site.store)


def _receipt_page(request: Request, found: Checked | None) -> Response:
    return render(request, "receipt.html", found=found)


# ---- delivery files


async def show_delivery(request: Request) -> Response:
    return render(request, "deliver.html", taken=None, trouble="")


async def take_delivery(request: Request) -> Response:
    """The file goes to a process of its own, which holds the server's key and has limits; this one holds neither."""
    doorkeeper, site = _doorkeeper(request), site_of(request)
    doorkeeper.check(DELIVERIES, request)
    length = int(request.headers["content-length"]) if request.headers.get("content-length", "").isdigit() else 0
    if not length or length > MAX_UPLOAD_BYTES + FORM_BYTES:
        return _delivery_page(request, {"trouble": "too_large"}, 413)
    if shutil.disk_usage(site.settings.folder.root).free < 2 * length + SPARE_BYTES:
        return _delivery_page(request, {"trouble": "no_room"}, 507)
    try:
        doorkeeper.taking_in.acquire_nowait()
    except anyio.WouldBlock:
        return _delivery_page(request, {"trouble": "busy"}, 503)
    try:
        form = await _form(request, MAX_UPLOAD_BYTES)
        file = form.get("file")
        if not isinstance(file, UploadFile) or not file.size:
            return _delivery_page(request, {"trouble": "no_file"}, 400)
        found = await _take_in(site, file)
    finally:
        doorkeeper.taking_in.release()
    return _delivery_page(request, found, 200 if "trouble" not in found else 422)


async def _take_in(site: Site, file: UploadFile) -> dict[str, Any]:
    place = site.settings.folder.root / INCOMING
    path = place / f"{secrets.token_hex(8)}.senim"
    try:
        await run_in_threadpool(_keep, file, path)
        command = [sys.executable, "-m", "server", "--data", str(site.settings.folder.root)]
        command += ["accept-bundle", str(path), "--json", "--by-site"]
        with anyio.fail_after(TAKING_IN_SECONDS):
            done = await anyio.run_process(command, check=False, stderr=None, env=_without_secrets())
        found = json.loads(done.stdout)
    except (TimeoutError, ValueError, OSError):
        return {"trouble": "failed"}
    finally:
        path.unlink(missing_ok=True)
    return dict(found) if isinstance(found, dict) else {"trouble": "failed"}


def _without_secrets() -> dict[str, str]:
    """The environment without passphrases: the process that reads hostile files has no use for them."""
    return {name: value for name, value in os.environ.items() if "PASSPHRASE" not in name}


def _keep(file: UploadFile, path: Path) -> None:
    path.parent.mkdir(mode=0o700, exist_ok=True)
    with path.open("xb") as kept:
        shutil.copyfileobj(file.file, kept, 1024 * 1024)


def _delivery_page(request: Request, found: dict[str, Any], status: int = 200) -> Response:
    trouble = str(found.get("trouble", ""))
    taken = None if trouble else found
    return render(request, "deliver.html", status, taken=taken, trouble=trouble)


# ---- forms with a file


async def _form(request: Request, most: int) -> FormData:
    """One file of at most ``most`` bytes and a few short fields, the form's token checked. Raises ``Denied``."""

    async def counted() -> AsyncGenerator[bytes, None]:
        size = 0
        async for piece in request.stream():
            size += len(piece)
            if size > most + FORM_BYTES:
                raise Denied(413, "public.too_large")
            yield piece

    if not request.headers.get("content-type", "").startswith("multipart/form-data"):
        raise Denied(400, "denied.form")
    parser = MultiPartParser(request.headers, counted(), max_files=1, max_fields=4, max_part_size=FORM_BYTES)
    try:
        form = await parser.parse()
    except (MultiPartException, KeyError, UnicodeDecodeError) as error:
        raise Denied(400, "denied.form") from error
    sent, expected = str(form.get("form_token", "")), form_token(request)
    if not expected or not hmac.compare_digest(sent.encode(), expected.encode()):
        raise Denied(403, "denied.form")
    return form


ROUTES = [
    Route("/receipt", show_receipt),
    Route("/receipt", check_receipt, methods=["POST"]),
    Route("/deliver", show_delivery),
    Route("/deliver", take_delivery, methods=["POST"]),
]
