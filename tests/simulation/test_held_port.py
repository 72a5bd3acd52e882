"""Two test runs beside each other must never meet on one port: one's client would sign in at the other's server."""

from __future__ import annotations

import socket

import pytest

from demonstration import institution
from simulation.held_port import held_port


def test_a_server_can_listen_there_and_again_after_it_stopped() -> None:
    port = held_port()
    for word in (b"first", b"again"):
        with (
            socket.create_server(("127.0.0.1", port)) as server,
            socket.create_connection(("127.0.0.1", port), 5) as caller,
        ):
            caller.sendall(word)
            with server.accept()[0] as answered:
                assert answered.recv(16) == word


def test_nobody_else_is_given_it() -> None:
    port = held_port()
    with pytest.raises(OSError, match="in use"):
        held_port(port)
    with socket.socket() as other, pytest.raises(OSError, match="in use"):
        other.bind(("127.0.0.1", port))
    given = [socket.create_server(("127.0.0.1", 0)) for _ in range(500)]
    try:
        assert port not in {one.getsockname()[1] for one in given} | {held_port() for _ in range(50)}
    finally:
        for one in given:
            one.close()


def test_two_demos_that_start_at_once_do_not_meet(monkeypatch: pytest.MonkeyPatch) -> None:
    usual = held_port()
    monkeypatch.setattr(institution, "PORTS", (usual, 0))
    assert usual not in institution.ports_for_a_new_one(), "another demo holds it, whether or not its server runs yet"
    made = institution.ports_for_a_new_one()
    assert len(made) == 2 and not set(made) & set(institution.ports_for_a_new_one())
