"""Session folders and bundles, honest and hostile."""

from __future__ import annotations

import stat
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from evidence import bundle
from evidence.bundle import BundleError, SessionFolder, pack, unpack
from evidence.names import BadName
from evidence.vectors.maker import Maker
from evidence.verify import verify

Copy = Callable[[], SessionFolder]


def content(folder: Path) -> dict[str, bytes]:
    return {p.relative_to(folder).as_posix(): p.read_bytes() for p in sorted(folder.rglob("*")) if p.is_file()}


def test_a_bundle_unpacks_to_the_same_folder(pristine: Maker, tmp_path: Path) -> None:
    first = pack(pristine.folder, tmp_path / "one.zip")
    second = pack(pristine.folder.path, tmp_path / "two.zip")
    assert first.read_bytes() == second.read_bytes()
    folder = unpack(first, tmp_path / "out")
    assert content(folder.path) == content(pristine.folder.path)
    assert verify(first, pristine.configuration.verifying).ok
    with zipfile.ZipFile(first) as archive:
        assert {info.compress_type for info in archive.infolist()} == {zipfile.ZIP_STORED}
    assert sorted(p.name for p in tmp_path.iterdir()) == ["one.zip", "out", "two.zip"]


def test_other_files_stay_at_home(copy: Copy, tmp_path: Path) -> None:
    folder = copy()
    (folder.path / "private.key").write_text("secret")
    (folder.path / "segments" / "camera" / "000000.age.part").write_text("half")
    pack(folder, tmp_path / "b.zip")
    with zipfile.ZipFile(tmp_path / "b.zip") as archive:
        assert "private.key" not in archive.namelist() and len(archive.namelist()) == 9


def test_names(tmp_path: Path) -> None:
    folder = SessionFolder(tmp_path)
    assert folder.segment_path("screen-1", 7) == tmp_path / "segments" / "screen-1" / "000007.age"
    assert folder.segment_path("camera", 1_000_000).name == "1000000.age"
    assert bundle.parse_segment_name("segments/camera/000012.age") == ("camera", 12)
    for bad in [
        "segments/camera/12.age",
        "segments/camera/0000012.age",
        "segments/../000012.age",
        "segments/con/000012.age",
        "x",
    ]:
        assert bundle.parse_segment_name(bad) is None
    with pytest.raises(BadName):
        folder.segment_path("../..", 0)
    for index in (-1, 10**10, True, "1"):
        with pytest.raises(BundleError):
            folder.segment_path("camera", index)


@pytest.mark.parametrize(
    "name",
    [
        "../evil",
        "/etc/evil",
        "segments/../../evil.age",
        "a\\..\\evil",
        "C:/evil",
        "segments/camera/x.age",
        "extra.txt",
        "segments/camera/000009.age/x",
    ],
)
def test_a_bundle_that_reaches_out_writes_nothing(name: str, pristine: Maker, tmp_path: Path) -> None:
    path, inner = pack(pristine.folder, tmp_path / "b.zip"), tmp_path / "inner"
    inner.mkdir()
    with zipfile.ZipFile(path, "a") as archive:
        archive.writestr(name, b"evil")
    with pytest.raises(BundleError):
        unpack(path, inner / "out")
    assert sorted(p.name for p in tmp_path.rglob("*")) == ["b.zip", "inner"]


@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_links_and_doubled_names(pristine: Maker, tmp_path: Path) -> None:
    doubled, link = tmp_path / "doubled.zip", tmp_path / "link.zip"
    pack(pristine.folder, doubled)
    pack(pristine.folder, link)
    with zipfile.ZipFile(doubled, "a") as archive:
        archive.writestr("ledger.txt", b"another")
    with zipfile.ZipFile(link, "a") as archive:
        info = zipfile.ZipInfo("segments/camera/000009.age")
        info.external_attr = (stat.S_IFLNK | 0o777) << 16
        archive.writestr(info, "/etc/passwd")
    for path in (doubled, link):
        with pytest.raises(BundleError):
            unpack(path, tmp_path / "out")
        assert "file-odd" in {problem.code for problem in verify(path).problems}


def test_limits(pristine: Maker, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    bomb = tmp_path / "bomb.zip"
    with zipfile.ZipFile(bomb, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("ledger.txt", b"x\n")
        archive.writestr("segments/camera/000000.age", bytes(50_000_000))
    with pytest.raises(BundleError, match="longer"):
        unpack(bomb, tmp_path / "out")
    path = pack(pristine.folder, tmp_path / "b.zip")
    monkeypatch.setattr(bundle, "MAX_BUNDLE_BYTES", 10_000)
    with pytest.raises(BundleError, match="too large"):
        unpack(path, tmp_path / "out")
    monkeypatch.setattr(bundle, "MAX_FILES", 5)
    for action in (lambda: unpack(path, tmp_path / "out"), lambda: pack(pristine.folder, tmp_path / "c.zip")):
        with pytest.raises(BundleError, match="too many"):
            action()
    assert verify(path).exit_code == 2
    assert sorted(p.name for p in tmp_path.iterdir()) == ["b.zip", "bomb.zip"]


def test_what_is_no_bundle(tmp_path: Path, pristine: Maker) -> None:
    noise = tmp_path / "noise.zip"
    noise.write_bytes(b"PK\x03\x04" + bytes(range(256)) * 20)
    empty = tmp_path / "empty.zip"
    zipfile.ZipFile(empty, "w").close()
    for path in (noise, empty, tmp_path / "absent.zip"):
        with pytest.raises(BundleError):
            unpack(path, tmp_path / "out")
    with pytest.raises(BundleError):
        pack(tmp_path, tmp_path / "x.zip")
    with pytest.raises(BundleError):
        pack(tmp_path / "absent", tmp_path / "x.zip")
    (tmp_path / "taken").mkdir()
    with pytest.raises(BundleError, match="exists"):
        unpack(pack(pristine.folder, tmp_path / "b.zip"), tmp_path / "taken")


def test_a_damaged_zip_is_reported_not_raised(pristine: Maker, tmp_path: Path) -> None:
    path = pack(pristine.folder, tmp_path / "b.zip")
    whole = path.read_bytes()
    for place in range(0, len(whole), 501):
        damaged = bytearray(whole)
        damaged[place] ^= 0x10
        path.write_bytes(damaged)
        report = verify(path, pristine.configuration.verifying)
        # A flip in a date or the like of the zip's own records changes no part of the session.
        assert report.exit_code in (1, 2) or path_content(path) == content(pristine.folder.path)


def path_content(path: Path) -> dict[str, bytes]:
    with zipfile.ZipFile(path) as archive:
        return {name: archive.read(name) for name in sorted(archive.namelist())}
