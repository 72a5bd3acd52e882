"""Runs ingest and review as two processes and keeps them running.

Only the review child learns the review identity: the parent opens it with the passphrase and writes it into that
child's standard input. Each child ends when its standard input closes, so none outlives a killed parent.
"""

from __future__ import annotations

import importlib.util
import ipaddress
import logging
import os
import signal
import socket
import subprocess
import sys
import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from types import FrameType

import uvicorn
from starlette.applications import Starlette

from evidence import age
from server import settings
from server.admin.errors import CommandFailed
from server.clock import SystemClock, monotonic
from server.reminder import Reminder
from server.settings import Settings

log = logging.getLogger("senim.serve")

STOP_SECONDS = 10.0  # for requests under way; then the child is killed
FIRST_PAUSE_SECONDS = 0.5  # before a died child is started again; doubled each time ...
LONGEST_PAUSE_SECONDS = 30.0  # ... up to here, and forgotten after a minute of health
HEALTHY_SECONDS = 60.0
KEEP_ALIVE_SECONDS = 60  # clients call every few seconds, and a handshake costs more than a call
START_SECONDS = 180.0  # a machine busy with something else needs its time
REVIEW_MODULE = "server.review.app"


@dataclass(frozen=True)
class ServeOptions:
    behind_proxy: bool
    certificate: Path | None
    key: Path | None


@dataclass
class Child:
    name: str
    command: list[str]
    secret: str
    host: str
    port: int
    process: subprocess.Popen[bytes] | None = None
    started: float = 0.0
    pause: float = FIRST_PAUSE_SECONDS
    due: float = 0.0
    seen_up: bool = field(default=False)

    def start(self) -> None:
        self.process = subprocess.Popen(self.command, stdin=subprocess.PIPE)
        self.started = monotonic()
        if self.process.stdin is None:
            raise AssertionError("stdin is a pipe")
        self.process.stdin.write(self.secret.encode() + b"\n")
        self.process.stdin.flush()


def check_address(name: str, host: str, options: ServeOptions) -> None:
    """Raises ``CommandFailed`` for plain HTTP that others could listen to."""
    if options.behind_proxy or options.certificate is not None:
        return
    try:
        loopback = ipaddress.ip_address(host).is_loopback
    except ValueError:
        loopback = host == "localhost"
    if not loopback:
        raise CommandFailed(
            f"{name} would speak plain HTTP on {host}: give --tls-certificate and --tls-key, or --behind-proxy if a "
            "proxy on this machine speaks TLS"
        )


def serve(found: Settings, identity: age.Identity | None, options: ServeOptions) -> int:
    """Blocks until SIGTERM or SIGINT. Returns the exit code. ``identity`` None: ingest only."""
    children = [_child(found, options, "ingest", host=found.ingest_host, port=found.ingest_port, secret="")]
    if identity is not None and importlib.util.find_spec(REVIEW_MODULE) is not None:
        children.append(
            _child(found, options, "review", host=found.review_host, port=found.review_port, secret=identity.text)
        )
    for child in children:
        check_address(child.name, child.host, options)
        _check_free(child)
    stopping = threading.Event()

    def stop(_signal: int, _frame: FrameType | None) -> None:
        stopping.set()

    signal.signal(signal.SIGTERM, stop)
    signal.signal(signal.SIGINT, stop)
    try:
        for child in children:
            child.start()
        failed = _watch(children, stopping, Reminder(found.folder.root, SystemClock()))
    finally:
        _stop(children)
    return 1 if failed else 0


def _watch(children: list[Child], stopping: threading.Event, reminder: Reminder) -> bool:
    """Restarts what dies. True if a child never came up."""
    while not stopping.wait(0.1):
        now = monotonic()
        if all(child.seen_up for child in children):
            reminder.tick(now)
        for child in children:
            if child.process is not None and child.process.poll() is not None:
                if not child.seen_up:
                    log.error("%s did not start (exit code %s)", child.name, child.process.returncode)
                    return True
                if now - child.started > HEALTHY_SECONDS:
                    child.pause = FIRST_PAUSE_SECONDS
                log.error("%s died (exit code %s); starting it again", child.name, child.process.returncode)
                child.process, child.due = None, now + child.pause
                child.pause = min(2 * child.pause, LONGEST_PAUSE_SECONDS)
            elif child.process is None and now >= child.due:
                child.start()
            elif not child.seen_up and _answers(child):
                child.seen_up = True
                print(f"{child.name} is ready on {child.host}:{child.port}", flush=True)
            elif not child.seen_up and now - child.started > START_SECONDS:
                log.error("%s did not answer within %.0f s", child.name, START_SECONDS)
                return True
    return False


def _stop(children: list[Child]) -> None:
    running = [child.process for child in children if child.process is not None]
    for process in running:
        process.terminate()
    deadline = monotonic() + STOP_SECONDS
    for process in running:
        try:
            process.wait(max(0.1, deadline - monotonic()))
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
        if process.stdin is not None:
            process.stdin.close()


def _child(found: Settings, options: ServeOptions, name: str, *, host: str, port: int, secret: str) -> Child:
    command = [sys.executable, "-m", "server", "--data", str(found.folder.root), f"serve-{name}"]
    if options.behind_proxy:
        command.append("--behind-proxy")
    if options.certificate is not None and options.key is not None:
        command += ["--tls-certificate", str(options.certificate), "--tls-key", str(options.key)]
    return Child(name, command, secret, host, port)


def _check_free(child: Child) -> None:
    family = socket.AF_INET6 if ":" in child.host else socket.AF_INET
    with socket.socket(family) as probe:
        if os.name == "posix":
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((child.host, child.port))
        except OSError as error:
            raise CommandFailed(f"{child.name} cannot listen on {child.host}:{child.port}: {error.strerror}") from error


def _answers(child: Child) -> bool:
    host = {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(child.host, child.host)  # noqa: S104 - compared, not bound
    try:
        with socket.create_connection((host, child.port), timeout=0.2):
            return True
    except OSError:
        return False


# ---- inside a child


def run_ingest(root: Path, options: ServeOptions) -> None:
    from server.ingest.app import make_app
    from server.ingest.services import make_services

    found = settings.load(root)
    sys.stdin.readline()
    _run(lambda: make_app(make_services(found)), found.ingest_host, found.ingest_port, options)


def run_review(root: Path, options: ServeOptions) -> None:
    found = settings.load(root)
    identity = age.parse_identity(sys.stdin.readline().strip())
    module = importlib.import_module(REVIEW_MODULE)
    _run(lambda: module.make_app(found, identity), found.review_host, found.review_port, options)


def _run(make: Callable[[], Starlette], host: str, port: int, options: ServeOptions) -> None:
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(name)s %(levelname)s %(message)s")
    config = uvicorn.Config(
        make(),
        host=host,
        port=port,
        log_level="warning",
        access_log=False,  # addresses and names of students do not belong into a log file
        server_header=False,
        proxy_headers=options.behind_proxy,
        timeout_keep_alive=KEEP_ALIVE_SECONDS,
        timeout_graceful_shutdown=5,
        ssl_certfile=options.certificate,
        ssl_keyfile=options.key,
    )
    server = uvicorn.Server(config)
    threading.Thread(target=_end_with_parent, args=(server,), daemon=True).start()
    server.run()


def _end_with_parent(server: uvicorn.Server) -> None:
    while sys.stdin.read(1):
        pass
    server.should_exit = True
