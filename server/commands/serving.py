"""init, serve, upgrade."""

from __future__ import annotations

import argparse
from pathlib import Path

from evidence import age
from server import migrate, settings
from server.admin import institution, key_holders
from server.admin.errors import CommandFailed
from server.admin.institution import Passphrases
from server.commands.common import Commands, Context, command, secret
from server.database import Database
from server.references import outdated
from server.serve import ServeOptions, run_ingest, run_review, serve
from server.settings import LANGUAGES, DataFolder, Settings


def add(commands: Commands) -> None:
    init = command(commands, "init", "make a new institution: keys, settings, database", _init)
    init.add_argument("--name", required=True, help="the institution's name, as students see it")
    init.add_argument("--address", help="where clients reach ingest (default: this machine)")
    init.add_argument("--review-address", help="where staff reach the review site (default: this machine)")
    init.add_argument("--ingest-port", type=int, default=Settings.ingest_port)
    init.add_argument("--review-port", type=int, default=Settings.review_port)
    for language in LANGUAGES:
        init.add_argument(f"--help-{language}", default="", metavar="TEXT", help="whom students call, in this language")
    init.add_argument("--pinned-ca", metavar="PEM", help="file of the CA that clients must see")
    init.add_argument("--escrow", metavar="RECIPIENT", help="age recipient that opens recordings if all else is lost")
    _passphrase(init, "configuration")
    _passphrase(init, "review")

    running = command(commands, "serve", "run ingest and review until stopped", _serve)
    _options(running)
    _passphrase(running, "review")
    running.add_argument("--review-key", metavar="NAME", help='the review key to serve with (default: "review")')
    running.add_argument("--ingest-only", action="store_true", help="without the review site and its key")

    for name, run in (("serve-ingest", _serve_ingest), ("serve-review", _serve_review)):
        _options(command(commands, name, "one of the two processes; started by serve", run, hidden=True))
    command(commands, "upgrade", "bring the database to this version", _upgrade)


def _options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--behind-proxy", action="store_true", help="a proxy on this machine speaks TLS for us")
    parser.add_argument("--tls-certificate", type=Path, metavar="PEM")
    parser.add_argument("--tls-key", type=Path, metavar="PEM")


def _passphrase(parser: argparse.ArgumentParser, which: str) -> None:
    parser.add_argument(f"--{which}-passphrase-file", type=Path, metavar="FILE")


def _init(context: Context, chosen: argparse.Namespace) -> None:
    wanted = Settings(
        folder=DataFolder(context.root.absolute()),
        name=chosen.name,
        address=chosen.address or f"http://127.0.0.1:{chosen.ingest_port}",
        review_address=chosen.review_address or f"http://127.0.0.1:{chosen.review_port}",
        ingest_port=chosen.ingest_port,
        review_port=chosen.review_port,
        help={language: getattr(chosen, f"help_{language}") for language in LANGUAGES},
        pinned_ca=chosen.pinned_ca,
    )
    passphrases = Passphrases(
        configuration=secret(
            chosen.configuration_passphrase_file,
            context.configuration_passphrase,
            "New passphrase of the configuration key",
            confirm=True,
        ),
        review=secret(
            chosen.review_passphrase_file, context.review_passphrase, "New passphrase of the review key", confirm=True
        ),
    )
    for sentence in institution.init(wanted, passphrases, chosen.escrow, context.clock):
        print(sentence)


def _serve(context: Context, chosen: argparse.Namespace) -> int:
    found = _load(context)
    options = _served(chosen)
    identity: age.Identity | None = None
    if not chosen.ingest_only:
        name = key_holders.serving_name(found.folder, chosen.review_key)
        passphrase = secret(chosen.review_passphrase_file, context.review_passphrase, f"Passphrase of the key {name!r}")
        identity = key_holders.open_review(found.folder, name, passphrase)
    return serve(found, identity, options)


def _load(context: Context) -> Settings:
    try:
        found = settings.load(context.root)
    except settings.SettingsError as error:
        raise CommandFailed(str(error)) from error
    if not migrate.is_current(found.database_url):
        raise CommandFailed("the database is of another version: run the command `upgrade`")
    return found


def _served(chosen: argparse.Namespace) -> ServeOptions:
    if (chosen.tls_certificate is None) != (chosen.tls_key is None):
        raise CommandFailed("--tls-certificate and --tls-key belong together")
    return ServeOptions(chosen.behind_proxy, chosen.tls_certificate, chosen.tls_key)


def _serve_ingest(context: Context, chosen: argparse.Namespace) -> None:
    run_ingest(context.root, _served(chosen))


def _serve_review(context: Context, chosen: argparse.Namespace) -> None:
    run_review(context.root, _served(chosen))


def _upgrade(context: Context, _chosen: argparse.Namespace) -> None:
    try:
        found = settings.load(context.root)
    except settings.SettingsError as error:
        raise CommandFailed(str(error)) from error
    migrate.upgrade(found.database_url)
    print("The database is current.")
    database = Database(found.database_url)
    try:
        count = database.read(lambda connection: outdated(connection, found))
    finally:
        database.close()
    if count:
        print(f"Face templates of another model or version: {count}. Make them anew with `recompute-templates`; until "
              "then a person decides about these students.")  # fmt: skip
