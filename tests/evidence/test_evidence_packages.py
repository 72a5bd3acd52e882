"""Lists of packages and release notices: what is signed is read back, and each thing that does not fit is refused."""

from __future__ import annotations

from typing import Any

import pytest

from evidence import packages
from evidence.packages import ForeignRelease, Package, PackagesError, Release, UnsignedRelease
from evidence.signing import SigningKey, sign_line

KEY, OTHER = SigningKey(bytes(range(32))), SigningKey(bytes(32))
DIGEST = "ab" * 32
DEB = Package("linux", "senim-sample_0.2.0_amd64.deb", DIGEST)
GOOD = Release("0.2.0", "2027-01-31", (), "https://exam.example.edu/senim/", (DEB,))


def payload(**changes: Any) -> dict[str, Any]:
    body = {
        "type": "release", "institution": KEY.verifying.text, "version": "0.2.0", "made": "2027-01-31", "replaces": [],
        "where": "", "packages": [{"system": "linux", "file": DEB.file, "sha256": DIGEST}],
    }  # fmt: skip
    return body | changes


def test_a_notice_is_read_back() -> None:
    assert packages.read_release(packages.sign_release(GOOD, KEY), KEY.verifying) == GOOD
    assert GOOD.for_system("windows") == []


def test_a_notice_of_another_institution_or_key_is_refused() -> None:
    with pytest.raises(ForeignRelease):
        packages.read_release(packages.sign_release(GOOD, OTHER), KEY.verifying)
    forged = sign_line("release", payload(), OTHER)  # names us, signed by somebody else
    with pytest.raises(UnsignedRelease):
        packages.read_release(forged, KEY.verifying)
    as_something_else = sign_line("packages", payload(), KEY)  # signed by us for another purpose
    with pytest.raises(UnsignedRelease):
        packages.read_release(as_something_else, KEY.verifying)
    changed = packages.sign_release(GOOD, KEY).replace("0.2.0", "0.9.0")
    with pytest.raises(UnsignedRelease):
        packages.read_release(changed, KEY.verifying)


@pytest.mark.parametrize(
    "changes",
    [
        {"type": "packages"}, {"version": "0.2"[:1]}, {"version": "0.2.0-beta"}, {"version": 2}, {"made": "tomorrow"},
        {"replaces": "0.3.0"}, {"replaces": [3]}, {"where": "http://exam.example.edu"}, {"where": "//evil.example"},
        {"where": "/a/../b"}, {"where": "javascript:alert(1)"}, {"where": "https://a\u202eb"}, {"where": "/x y"},
        {"where": "https://me:secret@exam.example.edu"}, {"packages": []}, {"packages": ["x"]},
        {"packages": [{"system": "amiga", "file": "x.deb", "sha256": DIGEST}]},
        {"packages": [{"system": "linux", "file": "../x.deb", "sha256": DIGEST}]},
        {"packages": [{"system": "linux", "file": "x.deb", "sha256": "ab"}]},
    ],
    ids=str,
)  # fmt: skip
def test_a_notice_that_is_none_is_refused_although_signed(changes: dict[str, Any]) -> None:
    with pytest.raises(PackagesError) as refused:
        packages.read_release(sign_line("release", payload(**changes), KEY), KEY.verifying)
    assert refused.value.code == "release_malformed"


def test_versions_are_compared_as_numbers() -> None:
    assert packages.is_older("0.9.0", "0.10.0")
    assert not packages.is_older("0.2.0", "0.2")
    assert not packages.is_older("nonsense", "0.2.0"), "what is no version is not called old"


def test_the_list_of_a_folder_holds_only_under_its_key() -> None:
    text = packages.sums_text({DEB.file: DIGEST, "NOTICES.txt": DIGEST})
    signature = packages.sign_sums(text, KEY)
    digests = packages.read_sums(text, signature + "\n", KEY.verifying)
    assert packages.packages_of(digests, "0.2.0") == [DEB]
    for wrong in (text + f"{DIGEST}  more.deb\n", text.replace("ab", "cd", 1)):
        with pytest.raises(PackagesError, match="changed after"):
            packages.read_sums(wrong, signature, KEY.verifying)
    with pytest.raises(PackagesError, match="not made by this key"):
        packages.read_sums(text, packages.sign_sums(text, OTHER), KEY.verifying)
    with pytest.raises(PackagesError, match="not a line"):
        packages.read_sums("x\n", packages.sign_sums("x\n", KEY), KEY.verifying)


@pytest.mark.parametrize("name", ["senim-a_0.2.1_amd64.deb", "senim-a-10.2.0.msi", "senim-a-0.2.0.1.pkg", "senim.exe"])
def test_a_package_of_another_version_is_not_published(name: str) -> None:
    with pytest.raises(PackagesError):
        packages.packages_of({name: DIGEST}, "0.2.0")


@pytest.mark.parametrize("name", [DEB.file, "senim-a-0.2.0.msi", "senim-a-0.2.0-setup.exe", "senim-a-0.2.0.pkg"])
def test_the_names_that_packaging_gives_are_known(name: str) -> None:
    assert [one.file for one in packages.packages_of({name: DIGEST}, "0.2.0")] == [name]
