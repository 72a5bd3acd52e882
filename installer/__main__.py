"""``python -m installer COMMAND``: freeze the client; package it for an institution."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Sequence
from pathlib import Path

from installer import places
from installer.errors import InstallerError


def main(argv: Sequence[str] | None = None) -> int:
    arguments = _parser().parse_args(argv)
    try:
        code: int = arguments.run(arguments)
    except InstallerError as error:
        sys.stderr.write(f"installer: {error}\n")
        return 1
    return code


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m installer", description=(__doc__ or "").split("``: ")[1])
    commands = parser.add_subparsers(required=True, metavar="COMMAND")
    freeze = commands.add_parser("freeze", help="build the program's folder from a commit")
    freeze.add_argument("--commit", default="HEAD", help="commit or tag (default HEAD; the work tree is not looked at)")
    freeze.add_argument("--to", type=Path, default=places.FROZEN, metavar="DIR", help="default var/installers/senim")
    freeze.add_argument("--json", action="store_true", help="facts as one JSON object on the last line")
    freeze.set_defaults(run=_freeze)
    for name, words in (("sign", "sign an institution's settings"), ("package", "make its packages")):
        command = commands.add_parser(name, help=words)
        command.add_argument("--institution", type=Path, required=True, metavar="FILE", help="institution.toml")
        command.add_argument("--key", type=Path, metavar="FILE", help="keys/configuration.key.age of the server")
        command.add_argument("--passphrase-file", type=Path, metavar="FILE", help="else it is asked for")
        command.add_argument("--trial", action="store_true", help="allow http to this machine itself")
        command.add_argument("--to", type=Path, required=name == "sign", metavar="DIR")
    command.add_argument("--signed", type=Path, metavar="DIR", help="made by sign, instead of --key")
    command.add_argument("--frozen", type=Path, default=places.FROZEN, metavar="DIR", help="the generic build")
    command.add_argument("--formats", default="", help="deb; exe,msi; pkg (default: all of the build's system)")
    command.add_argument("--json", action="store_true", help="the result as one JSON object")
    sums = commands.add_parser("sums", help="SHA256SUMS of a folder of packages, signed with --key")
    sums.add_argument("folder", type=Path)
    sums.add_argument("--key", type=Path, metavar="FILE")
    sums.add_argument("--passphrase-file", type=Path, metavar="FILE")
    sums.set_defaults(run=_sums)
    verify = commands.add_parser("verify", help="check such a folder against the institution's verifying key")
    verify.add_argument("folder", type=Path)
    verify.add_argument("--key", required=True, metavar="ed25519:…")
    verify.set_defaults(run=_verify)
    commands.choices["sign"].set_defaults(run=_sign)
    commands.choices["package"].set_defaults(run=_package)
    return parser


def _sign(arguments: argparse.Namespace) -> int:
    from installer import package

    if arguments.key is None:
        raise InstallerError("give --key, the sealed configuration key")
    key = package.KeyAtHand(arguments.key, arguments.passphrase_file)
    made = package.sign(arguments.institution, key, arguments.to, package.today(), trial=arguments.trial)
    sys.stdout.write(f"signed in {arguments.to}; fingerprint {made.fingerprint}\n")
    return 0


def _package(arguments: argparse.Namespace) -> int:
    from installer import package

    key = package.KeyAtHand(arguments.key, arguments.passphrase_file) if arguments.key else None
    made = package.package(
        arguments.institution, arguments.frozen.resolve(), (arguments.to or places.WORK / "packages").resolve(),
        package.today(), signed=arguments.signed, key=key, trial=arguments.trial,
        formats=tuple(name for name in arguments.formats.split(",") if name),
    )  # fmt: skip
    for name, file in made["packages"].items():
        sys.stdout.write(f"{made['bytes'][name] / 1e6:9.1f} MB  {file}\n")
    sys.stdout.write(f"fingerprint of the institution's key: {made['fingerprint']} (shown by About Senim)\n")
    if arguments.json:
        sys.stdout.write(json.dumps(made) + "\n")
    return 0


def _sums(arguments: argparse.Namespace) -> int:
    from installer.branding.sign import open_key
    from installer.package import KeyAtHand
    from installer.provenance import sums

    key = None
    if arguments.key is not None:
        key = open_key(arguments.key, KeyAtHand(arguments.key, arguments.passphrase_file).passphrase())
    for name in sums.write(arguments.folder, key):
        sys.stdout.write(f"{name}\n")
    sys.stdout.write(f"signed, fingerprint {key.verifying.fingerprint}\n" if key else "not signed (no --key)\n")
    return 0


def _verify(arguments: argparse.Namespace) -> int:
    from evidence.errors import EvidenceError
    from evidence.signing import VerifyingKey
    from installer.provenance import sums

    try:
        key = VerifyingKey.from_text(arguments.key)
    except EvidenceError as error:
        raise InstallerError(f"--key: {error}") from error
    for name in sums.verify(arguments.folder, key):
        sys.stdout.write(f"ok  {name}\n")
    return 0


def _freeze(arguments: argparse.Namespace) -> int:
    from installer.freeze.build import freeze
    from installer.freeze.sizes import size_table

    facts = freeze(arguments.to.resolve(), arguments.commit)
    for group, size in size_table(arguments.to):
        sys.stdout.write(f"{size / 1e6:9.1f} MB  {group}\n")
    sys.stdout.write(f"{facts['bytes'] / 1e6:9.1f} MB  all {facts['files']} files, in {facts['seconds']} s\n")
    sys.stdout.write(f"sha256 of the folder: {facts['sha256']}\n")
    if arguments.json:
        sys.stdout.write(json.dumps(facts) + "\n")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
