"""The recipes without their compilers: what stands in them, and that no text of an institution breaks out of one."""

from __future__ import annotations

import dataclasses
import os
import plistlib
import re
import subprocess
import xml.etree.ElementTree as ET
from pathlib import Path

import pytest

from client import managed_settings, settings
from client.settings import InstitutionConfig
from evidence.signing import SigningKey
from installer import places, tools
from installer.branding.institution import Branding
from installer.errors import InstallerError
from installer.freeze import recipe as freeze
from installer.freeze.build import papers, product, tree_facts
from installer.freeze.sizes import size_table
from installer.linux import deb
from installer.linux.depends import DEPENDS
from installer.macos import pkg
from installer.package import package
from installer.windows import msi, msi_tables, nsis
from installer.windows.escape import nsis_text, version_of_four, xml_text
from installer.windows.signing import sign_file

HOSTILE = "Uni \"$0\" '${NSISDIR}' <b>&amp; $(LANG) `x` 100%"


@pytest.fixture
def branding(signed: Path, key: SigningKey) -> Branding:
    config = dataclasses.replace(InstitutionConfig.load(signed), name=dict.fromkeys(("kk", "ru", "en"), HOSTILE))
    files = {path.name: path.read_bytes() for path in signed.parent.iterdir()}
    return Branding("sample-university", "Sample IT <it@example.edu>", config, files, None)


@pytest.fixture
def build(tmp_path: Path) -> Path:
    """A folder as the freeze leaves it, small."""
    (tmp_path / "build" / "_internal" / "PySide6").mkdir(parents=True)
    (tmp_path / "build" / "senim").write_bytes(b"#!/bin/sh\n")
    (tmp_path / "build" / "_internal" / "PySide6" / "libQt6Core.so.6").write_bytes(b"library")
    (tmp_path / "build" / "_internal" / "libQt6Core.so.6").symlink_to("PySide6/libQt6Core.so.6")
    return tmp_path / "build"


def test_deb_whole(build: Path, branding: Branding, tmp_path: Path) -> None:
    """Built for real from a small folder, twice: the same bytes; read back by dpkg."""
    first = deb.build(build, branding, "0.1.0", 1_700_000_000, tmp_path / "one")
    second = deb.build(build, branding, "0.1.0", 1_700_000_000, tmp_path / "two")
    assert first.read_bytes() == second.read_bytes()

    def said(*words: str) -> str:
        return subprocess.run(["dpkg-deb", *words, str(first)], check=True, capture_output=True, text=True).stdout

    control = said("--field")
    assert f" For the exams of {HOSTILE}.\n" in control
    assert f"Fingerprint of the institution's key: {branding.fingerprint}" in control
    listed = said("--contents")
    for name in (
        "./etc/senim/institution.sig",
        "./usr/bin/senim -> ../lib/senim/senim",
        "./usr/share/man/man1/senim.1.gz",
        "./usr/share/applications/senim.desktop",
        "./usr/share/metainfo/org.senim.client.metainfo.xml",
    ):
        assert name in listed
    assert "root/root" in listed
    unpacked = tmp_path / "control"
    subprocess.run(["dpkg-deb", "--control", str(first), str(unpacked)], check=True)
    assert (unpacked / "conffiles").read_text().split() == [
        f"/etc/senim/{name}" for name in ("institution.json", "institution.sig", "logo.png")
    ]


def test_a_package_that_fails_leaves_nothing(build: Path, branding: Branding, tmp_path: Path) -> None:
    bad = dataclasses.replace(branding, maintainer="IT <it@example.edu>\nDepends evil")
    with pytest.raises(InstallerError, match="dpkg-deb"):
        deb.build(build, bad, "0.1.0", 1_700_000_000, tmp_path / "out")
    assert list((tmp_path / "out").iterdir()) == []


def test_deb_needs_a_linux_build(branding: Branding, tmp_path: Path) -> None:
    with pytest.raises(InstallerError, match="no frozen program for Linux"):
        deb.build(tmp_path, branding, "0.1.0", 0, tmp_path)


@pytest.mark.parametrize("script", ["preinst", "postinst", "prerm", "postrm"])
def test_maintainer_scripts_are_shell(script: str) -> None:
    done = subprocess.run(["sh", "-n", str(deb.FILES / script)], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr


def test_dependencies_have_both_names() -> None:
    assert "libglib2.0-0t64 | libglib2.0-0" in DEPENDS
    assert "libasound2t64 | libasound2" in DEPENDS
    assert len(set(DEPENDS)) == len(DEPENDS)


def test_texts_in_windows_recipes(branding: Branding, tmp_path: Path) -> None:
    assert nsis_text('a"$b`') == 'a$\\"$$b$\\`'
    script = nsis.recipe(branding, "0.1.0", tmp_path, tmp_path / "out.exe")
    assert "@" not in script
    assert 'Name "Senim – Uni $\\"$$0$\\"' in script
    assert version_of_four("1.2.3rc1") == "1.2.0.0"


def test_msi_recipe_is_whole_xml(branding: Branding, tmp_path: Path) -> None:
    folder = tmp_path / "payload"
    (folder / "_internal" / "Qt & co").mkdir(parents=True)
    for name in ("senim.exe", "institution.json", "institution.sig", "logo.png", "_internal/Qt & co/a 'b'.dll"):
        (folder / name).write_bytes(b"")
    tree = ET.fromstring(msi.wxs(branding, "0.1.0", folder))
    space = "{http://schemas.microsoft.com/wix/2006/wi}"
    product = tree.find(f"{space}Product")
    assert product is not None
    names = {file.get("Name") for file in tree.iter(f"{space}File")}
    assert names == {"senim.exe", "institution.json", "institution.sig", "logo.png", "a 'b'.dll"}
    guids = [component.get("Guid") for component in tree.iter(f"{space}Component")]
    assert len(set(guids)) == len(guids)
    references = {one.get("Id") for one in tree.iter(f"{space}ComponentRef")}
    assert references == {component.get("Id") for component in tree.iter(f"{space}Component")}
    runs_at = {one.get("Action"): int(one.get("Sequence", "0")) for one in tree.iter(f"{space}Custom")}
    # Places by name are wixl's choice, other at every build. At 1400 a silent installation may close programs.
    assert 1000 < runs_at.pop("RefuseWhileRunning") < 1400
    told = [runs_at.pop(name) for name in ("StayThere", "KeepConfigFolder", "UsualConfigFolder")]
    assert told == [51, 52, 53], "after AppSearch, at 50"
    older = tree.find(f".//{space}RemoveExistingProducts")
    assert older is not None and int(older.get("Sequence", "0")) > 6600
    assert set(runs_at) == {"RefuseWhileUnsent", "KeepUnsent"}
    assert all(1400 < at < 1500 for at in runs_at.values())
    assert xml_text("a\"'<&$") == "a&quot;&apos;&lt;&amp;$$"


def test_what_is_put_into_an_msi_afterwards() -> None:
    """The institution's name stays one cell of its table, whatever stands in it; nothing of a table is lost."""
    changes = msi_tables.changes(HOSTILE, "0.1.0.0", msi.UPGRADE)
    before = [["A", "1"], ["Manufacturer", "Senim"], ["SecureCustomProperties", "OLDER"]]
    assert changes["Property"](before) == [
        ["A", "1"], ["Manufacturer", HOSTILE],
        ["SecureCustomProperties", "OLDER;WIX_SAME_DETECTED;INSTALLEDPROGRAM;KEPTINSTALLDIR;KEPTCONFIGFOLDER"],
    ]  # fmt: skip
    assert changes["Upgrade"]([["older"]])[0] == ["older"]
    assert [row[0] for row in changes["Error"]([])] == ["1722"]
    for text in (msi_tables.REFUSED, msi_tables.NEWER):
        assert text.count(" — ") == 2, "Kazakh, Russian, English"


def test_signing_that_fails_stops_the_package(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SENIM_SIGN", "/bin/false")
    with pytest.raises(InstallerError, match=r"signing a\.msi"):
        sign_file(tmp_path / "a.msi")
    monkeypatch.setenv("SENIM_SIGN", "a'b")
    with pytest.raises(InstallerError, match="without quotes"):
        nsis.hook()
    monkeypatch.delenv("SENIM_SIGN")
    assert not sign_file(tmp_path / "a.msi")


def test_a_build_of_another_system_is_named(signed: Path, tmp_path: Path) -> None:
    (tmp_path / "build").mkdir()
    (tmp_path / "build" / "senim.exe").write_bytes(b"")
    with pytest.raises(InstallerError, match="pkgbuild is missing"):
        pkg.build(tmp_path / "app", None, "0.1.0", 0, tmp_path)
    with pytest.raises(InstallerError, match=r"build\.json is missing"):
        package(signed, tmp_path / "build", tmp_path, "2026-11-23")


def test_mac_layout(branding: Branding, tmp_path: Path) -> None:
    (tmp_path / "Senim.app" / "Contents" / "MacOS").mkdir(parents=True)
    pkg.lay_out(tmp_path / "root", tmp_path / "Senim.app", branding, 0)
    words = tmp_path / "root/Applications/Senim.app/Contents/Resources/kk.lproj/InfoPlist.strings"
    assert "камера" in words.read_text(encoding="utf-8")
    settings = tmp_path / "root/Library/Application Support/Senim"
    assert (settings / "institution.sig").exists()
    assert os.access(settings / pkg.UNINSTALL, os.X_OK)


def test_mac_says_where_everything_stays() -> None:
    """As ``pkgbuild --analyze`` writes it, with an application inside the application."""
    found = [{"RootRelativeBundlePath": "Applications/Senim.app", "BundleIsRelocatable": True,
              "BundleIsVersionChecked": True, "ChildBundles": [{"BundleIsRelocatable": True}]}]  # fmt: skip
    (senim,) = plistlib.loads(pkg.staying(plistlib.dumps(found)))
    assert senim["BundleIsRelocatable"] is False
    assert senim["BundleIsVersionChecked"] is True and senim["RootRelativeBundlePath"] == "Applications/Senim.app"


@pytest.mark.parametrize("name", ["entitlements.plist", "senim.mobileconfig"])
def test_mac_lists_are_read(name: str) -> None:
    body = plistlib.loads((pkg.FILES / name).read_bytes())
    assert body.get("com.apple.security.device.camera") or body["PayloadContent"][0]["ConfigFolder"]


def test_mac_asks_in_three_languages() -> None:
    asked = {key for key in freeze.INFO_PLIST if key.endswith("UsageDescription")}
    assert {"NSCameraUsageDescription", "NSMicrophoneUsageDescription", "NSDocumentsFolderUsageDescription"} <= asked
    for language in ("ru", "kk"):
        text = (pkg.FILES / f"{language}.strings").read_text(encoding="utf-8")
        assert all(f'"{key}" = "' in text for key in asked)


def test_policy_comes_first(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    profile = tmp_path / "profile.plist"
    profile.write_bytes(plistlib.dumps({"ConfigFolder": str(tmp_path)}))
    assert managed_settings._profile(profile) == str(tmp_path)
    for content in (b"", b"no list", plistlib.dumps({"ConfigFolder": 1}), plistlib.dumps([])):
        profile.write_bytes(content)
        assert managed_settings._profile(profile) == ""
    monkeypatch.setattr(settings, "managed_folder", lambda: tmp_path)
    assert settings.config_places({}, Path("/beside"))[0] == tmp_path / "institution.json"


KEPT = [
    "PySide6/Qt/translations/qtbase_kk.qm",
    "PySide6/Qt/translations/qtwebengine_locales/ru.pak",
    "libcrypto.so.3",
    "PySide6/Qt/plugins/platforms/libqxcb.so",
    "PySide6/Qt/plugins/platforms/libqwayland.so",
    "cv2/cv2.abi3.so",
    "PySide6/Qt/lib/libQt6Quick.so.6",
    "av.libs/libxcb-shape-7716c890.so.0.0.0",
    "libpng16-ef62451c.so.16",
]
LEFT_OUT = [
    "PySide6/Qt/translations/qtbase_de.qm",
    "PySide6/Qt/translations/qtwebengine_locales/de.pak",
    "libX11.so.6",
    "PySide6/Qt/qml/QtQuick/plugin.so",
    "PySide6/Qt/resources/qtwebengine_devtools_resources.pak",
    "libgtk-3.so.0",
    "libpangocairo-1.0.so.0",
    "libgraphite2.so.3",
    "libasound.so.2",
    "libstdc++.so.6",
    "libglib-2.0.so.0",
    "libxcb-shape.so.0",
    "libxkbcommon-x11.so.0",
    "PySide6\\Qt\\translations\\qtbase_de.qm",
]


@pytest.mark.parametrize("name", KEPT)
def test_goes_into_the_folder(name: str) -> None:
    assert freeze.wanted(name)


@pytest.mark.parametrize("name", LEFT_OUT)
def test_stays_out_of_the_folder(name: str) -> None:
    assert not freeze.wanted(name)


def test_own_files_and_icons_are_found(tmp_path: Path) -> None:
    for name in ("keyboard", "sun", "moon", "unused-icon"):
        (tmp_path / f"{name}.svg").write_text("<svg/>", encoding="ascii")
    names = {Path(file).name for file, _ in freeze.icons(places.ROOT, tmp_path)}
    assert names == {"keyboard.svg", "sun.svg", "moon.svg"}
    own = {Path(file).name for file, _ in freeze.own_files(places.ROOT)}
    assert {"senim_kk.qm", "question.js", "mean_shape.json"} <= own


def test_one_digest_for_a_folder(build: Path) -> None:
    before = tree_facts(build)
    assert (before["files"], before["bytes"]) == (2, 17)
    (build / "senim").chmod(0o755)
    assert tree_facts(build)["sha256"] != before["sha256"]
    assert size_table(build)[0] == ("the rest", 10)


def test_the_application_is_the_product_on_macos(tmp_path: Path) -> None:
    (tmp_path / "senim").mkdir()
    assert papers(product(tmp_path)) == tmp_path / "senim"
    (tmp_path / "Senim.app" / "Contents" / "Resources").mkdir(parents=True)
    assert product(tmp_path) == tmp_path / "Senim.app"
    assert papers(product(tmp_path)) == tmp_path / "Senim.app" / "Contents" / "Resources"


def test_tools_are_installed_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """With empty locks: the way there is real, nothing is fetched."""
    lock = tmp_path / "empty.lock"
    lock.write_text("", encoding="ascii")
    installed: list[str] = []

    def install(_lock: Path, folder: Path) -> None:
        installed.append(folder.name)
        folder.mkdir(parents=True)

    monkeypatch.setattr(tools, "LOCKS", {"PyInstaller": lock, "the rest": lock})
    monkeypatch.setattr(tools, "TOOLS", tmp_path / "tools")
    monkeypatch.setattr(tools, "_install", install)
    assert tools.run("this").startswith("The Zen")
    assert tools.provide("anything") == tools.provide("this") == tmp_path / "tools" / "the-rest"
    assert tools.provide("PyInstaller").name == "pyinstaller"
    assert installed == ["the-rest.new", "pyinstaller.new"]
    lock.write_text("# changed", encoding="ascii")
    tools.provide("this")
    assert len(installed) == 3
    with pytest.raises(InstallerError, match="no_such_module"):
        tools.run("no_such_module")


@pytest.mark.parametrize("name", sorted(tools.LOCKS))
def test_every_tool_has_hashes(name: str) -> None:
    lock = tools.LOCKS[name].read_text(encoding="utf-8")
    packages = [line for line in lock.splitlines() if "==" in line]
    assert packages
    assert lock.count("--hash=sha256:") >= len(packages)


WORKFLOW = places.ROOT / ".github" / "workflows" / "packages.yml"


def test_workflow_names_what_exists() -> None:
    text = WORKFLOW.read_text(encoding="utf-8")
    for word in ("python -m installer freeze", "setup/requirements.lock", "setup/requirements-build.lock",
                 "windows-2022"):  # fmt: skip
        assert word in text
    for name in re.findall(r"(?:setup/)?[\w./-]+\.(?:lock|json|sh)\b", text):
        assert (places.ROOT / name).exists() or name in ("senim.json",), name


def test_the_workflows_commands_are_shell() -> None:
    """Each ``run:`` is one line; what the runner's shell would make of it."""
    commands = re.findall(r"^\s+- run: (.+)$", WORKFLOW.read_text(encoding="utf-8"), re.MULTILINE)
    assert len(commands) > 15
    for command in commands:
        done = subprocess.run(["bash", "-n", "-c", command], capture_output=True, text=True, check=False)
        assert done.returncode == 0, f"{command}: {done.stderr}"
