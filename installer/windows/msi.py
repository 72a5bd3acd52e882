"""The per-machine package for Windows, for GPO and Intune; built by wixl (msitools) on Linux."""

from __future__ import annotations

import hashlib
import shutil
import subprocess
import uuid
from pathlib import Path

from installer import places
from installer.branding.institution import Branding
from installer.errors import InstallerError
from installer.windows.escape import version_of_four, xml_text
from installer.windows.msi_tables import FOLDER, PROGRAM, SEARCH, SETTINGS, complete
from installer.windows.payload import payload
from installer.windows.signing import sign_file

UPGRADE = "6F2C1C1E-6A1F-4A0C-9F0E-3F6C7B1D2A11"  # the same for ever: newer packages take the place of older ones
_SPACE = uuid.UUID(UPGRADE)
# Taken away for good, not to make room for a newer version.
_REMOVED = f'{PROGRAM} AND REMOVE="ALL" AND NOT UPGRADINGPRODUCTCODE'
# Whatever is done to an installed program: replacing, repairing, removing. A newer package asks once, by itself; the
# older one that it takes away afterwards (UPGRADINGPRODUCTCODE) does not ask again, with the newer in its place.
_TOUCHED = f"{PROGRAM} AND NOT UPGRADINGPRODUCTCODE"
# As numbers: "Before" alone lets wixl put them first of all. Whether the program runs is asked before InstallValidate
# (1400), where a silent installation may close it; what is not delivered, before InstallInitialize (1500).
# The older version goes when the newer one is whole, after InstallFinalize (6600).
_RUNNING_AT, _REFUSE_AT, _KEEP_AT, _OLDER_GOES_AT = 1390, 1401, 1402, 6601
# What an installed program left in the registry, and how the package behaves.
_PROPERTIES = f"""\
  <Property Id="{FOLDER}">
   <RegistrySearch Id="Folder" Root="HKLM" Key="Software\\Senim" Name="Folder" Type="raw" Win64="yes"/>
  </Property>
  <Property Id="{SETTINGS}">
   <RegistrySearch Id="ConfigFolder" Root="HKLM" Key="Software\\Policies\\Senim" Name="ConfigFolder" Type="raw"
     Win64="yes"/>
  </Property>
  <Property Id="ARPNOMODIFY" Value="1"/>
  <Property Id="MSIRESTARTMANAGERCONTROL" Value="Disable"/>
  <Property Id="REINSTALLMODE" Value="amus"/>
  <Property Id="{PROGRAM}">
   <RegistrySearch Id="{SEARCH}" Root="HKLM" Key="Software\\Senim" Name="Program" Type="file" Win64="yes"/>
  </Property>"""
_ACTIONS = f"""\
  <CustomAction Id="StayThere" Property="INSTALLDIR" Value="[{FOLDER}]"/>
  <CustomAction Id="KeepConfigFolder" Property="CONFIGFOLDER" Value="[{SETTINGS}]"/>
  <CustomAction Id="UsualConfigFolder" Property="CONFIGFOLDER" Value="[CommonAppDataFolder]Senim"/>
  <CustomAction Id="RefuseWhileRunning" Property="{PROGRAM}" ExeCommand="--running"
    Execute="immediate" Return="check"/>
  <CustomAction Id="RefuseWhileUnsent" Property="{PROGRAM}" ExeCommand="--unsent --everyone"
    Execute="immediate" Return="check"/>
  <CustomAction Id="KeepUnsent" Property="{PROGRAM}" ExeCommand="--unsent --everyone --keep"
    Execute="immediate" Return="ignore"/>
  <InstallExecuteSequence>
   <Custom Action="StayThere" Sequence="51">{FOLDER}</Custom>
   <Custom Action="KeepConfigFolder" Sequence="52">{SETTINGS} AND NOT CONFIGFOLDER</Custom>
   <Custom Action="UsualConfigFolder" Sequence="53">NOT CONFIGFOLDER</Custom>
   <Custom Action="RefuseWhileRunning" Sequence="{_RUNNING_AT}">{_TOUCHED}</Custom>
   <Custom Action="RefuseWhileUnsent" Sequence="{_REFUSE_AT}">{_REMOVED} AND NOT FORCE</Custom>
   <Custom Action="KeepUnsent" Sequence="{_KEEP_AT}">{_REMOVED} AND FORCE</Custom>
   <RemoveExistingProducts Sequence="{_OLDER_GOES_AT}"/>
  </InstallExecuteSequence>"""


def build(frozen: Path, branding: Branding, version: str, seconds: int, target: Path) -> Path:
    """The package's file. Raises ``InstallerError``."""
    for tool in ("wixl", "msibuild", "msiinfo"):
        if shutil.which(tool) is None:
            raise InstallerError(f"{tool} is missing (Debian's packages wixl and msitools)")
    output = target / f"senim-{branding.id}-{version}.msi"
    # wixl takes relative names only, and letters of its own locale: it works inside the folder.
    with payload(frozen, branding, seconds, target, output.stem + "-msi") as folder:
        recipe = target / f".{output.stem}.wxs"
        recipe.write_text(wxs(branding, version, folder), encoding="utf-8")
        done = subprocess.run(
            ["wixl", "-a", "x64", "-o", output.name, recipe.name], cwd=target,
            env=places.reproducible_environment(seconds), capture_output=True, text=True, check=False,
        )  # fmt: skip
        recipe.unlink()
    if done.returncode != 0:
        output.unlink(missing_ok=True)
        raise InstallerError(f"wixl: {(done.stderr or done.stdout).strip()[-800:]}")
    complete(output, branding.config.name_in("en"), version_of_four(version), UPGRADE)
    sign_file(output)
    return output


def wxs(branding: Branding, version: str, folder: Path) -> str:
    """The whole recipe. The institution's files go to ProgramData, where policy and roll-out tools look for them;
    the policy key names that folder, and CONFIGFOLDER=… on the command line names another, which later versions keep.

    An installed program is repaired, replaced and removed where it is (INSTALLDIR=… counts the first time alone).
    Refused while the program runs, for anybody of the computer; FORCE changes nothing in that. Removing is refused
    while anybody's recordings were not delivered; with FORCE=1 a delivery file of each is kept. It is the installed
    program that answers, found by the name it left in the registry: on a first installation, or when the file is gone,
    there is nobody to ask and nothing to interrupt.

    ``REINSTALLMODE``: a library that a newer version of Senim has in an older one of its own is replaced as well.
    The institution's name is put in afterwards (``msi_tables``)."""
    names = set(branding.files)
    every = [path.relative_to(folder).as_posix() for path in _files(folder)]
    references = "".join(f'<ComponentRef Id="C{_id(one)}"/>' for one in every if one not in names)
    references += "".join(f'<ComponentRef Id="S{_id(name)}"/>' for name in sorted(names))
    references += "".join(f'<ComponentRef Id="{name}"/>' for name in ("Policy", "Program", "Menu"))
    return f"""<?xml version="1.0" encoding="utf-8"?>
<Wix xmlns="http://schemas.microsoft.com/wix/2006/wi">
 <Product Id="*" Name="Senim" Version="{version_of_four(version)}" Manufacturer="Senim" Language="1033"
   UpgradeCode="{UPGRADE}">
  <Package InstallerVersion="500" Compressed="yes" InstallScope="perMachine"/>
  <MajorUpgrade DowngradeErrorMessage="newer"/>
  <Media Id="1" Cabinet="senim.cab" EmbedCab="yes"/>
{_PROPERTIES}
{_directories(folder, names)}
{_ACTIONS}
  <Feature Id="All" Level="1">{references}</Feature>
 </Product>
</Wix>
"""


def _directories(folder: Path, names: set[str]) -> str:
    """Where all goes: the program, the institution's files (``names``), the menu, and what the registry keeps."""
    tree = _folder(folder, names, 4, folder.name)
    settings = "\n".join(
        f'        <Component Id="S{_id(name)}" Guid="{_guid("settings/" + name)}" Win64="yes">'
        f'<File Id="F{_id("settings/" + name)}" Name="{xml_text(name)}" Source="{xml_text(f"{folder.name}/{name}")}" '
        'KeyPath="yes"/></Component>'
        for name in sorted(names)
    )
    return f"""\
  <Directory Id="TARGETDIR" Name="SourceDir">
   <Directory Id="ProgramFiles64Folder"><Directory Id="INSTALLDIR" Name="Senim">
{tree}
    <Component Id="Policy" Guid="{_guid("policy")}" Win64="yes">
     <RegistryKey Root="HKLM" Key="Software\\Policies\\Senim">
      <RegistryValue Name="ConfigFolder" Type="string" Value="[CONFIGFOLDER]" KeyPath="yes"/>
     </RegistryKey>
    </Component>
    <Component Id="Program" Guid="{_guid("program")}" Win64="yes">
     <RegistryValue Root="HKLM" Key="Software\\Senim" Name="Program" Type="string" Value="[INSTALLDIR]senim.exe"
       KeyPath="yes"/>
     <RegistryValue Root="HKLM" Key="Software\\Senim" Name="Folder" Type="string" Value="[INSTALLDIR]"/>
    </Component>
   </Directory></Directory>
   <Directory Id="CommonAppDataFolder"><Directory Id="SETTINGS" Name="Senim">
{settings}
   </Directory></Directory>
   <Directory Id="ProgramMenuFolder">
    <Component Id="Menu" Guid="{_guid("menu")}" Win64="yes">
     <Shortcut Id="Link" Name="Senim" Target="[INSTALLDIR]senim.exe"/>
     <RegistryValue Root="HKLM" Key="Software\\Senim" Name="Menu" Type="integer" Value="1" KeyPath="yes"/>
    </Component>
   </Directory>
  </Directory>"""


def _folder(folder: Path, left_out: set[str], depth: int, source: str, below: str = "") -> str:
    """Directories and files of ``folder`` as nested elements, one component a file (so that repairing works)."""
    lines, space = [], " " * depth
    for path in sorted(folder.iterdir()):
        name = f"{below}{path.name}"
        if path.is_dir():
            inner = _folder(path, set(), depth + 1, source, name + "/")
            lines.append(
                f'{space}<Directory Id="D{_id(name)}" Name="{xml_text(path.name)}">\n{inner}\n{space}</Directory>'
            )
        elif path.name not in left_out:
            lines.append(
                f'{space}<Component Id="C{_id(name)}" Guid="{_guid(name)}" Win64="yes"><File Id="F{_id(name)}" '
                f'Name="{xml_text(path.name)}" Source="{xml_text(f"{source}/{name}")}" KeyPath="yes"/></Component>'
            )
    return "\n".join(lines)


def _files(folder: Path) -> list[Path]:
    return sorted(path for path in folder.rglob("*") if path.is_file())


def _id(name: str) -> str:
    return hashlib.sha256(name.encode()).hexdigest()[:24]


def _guid(name: str) -> str:
    return str(uuid.uuid5(_SPACE, name)).upper()
