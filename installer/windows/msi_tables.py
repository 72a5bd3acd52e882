"""What wixl 0.101 does not write into a package's tables; msibuild (msitools) puts it there afterwards.

wixl writes no rows of ``Error`` and ``Signature``, no upgrade over the same version and no property as secure, and
drops every text that the code page of its locale lacks: a university's Kazakh name would be gone.
"""

from __future__ import annotations

import subprocess
from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory

from installer import places
from installer.errors import InstallerError

SEARCH, PROGRAM = "InstalledProgram", "INSTALLEDPROGRAM"  # how the package looks for the program, and what it finds
FOLDER, SETTINGS = "KEPTINSTALLDIR", "KEPTCONFIGFOLDER"  # what an earlier installation was told
SAME = "WIX_SAME_DETECTED"  # the product of this very version, found; named as wixl names the older and the newer
# A program that the package ran ended with another code than 0 (Windows Installer's own number): one that refuses.
# [2] is the action, [3] the file, [4] what it was asked; double braces are for the log alone.
ENDED_BADLY = 1722
REFUSED = (
    "Ештеңе өзгертілген жоқ: Senim осы компьютерде ашық тұр немесе жеткізілмеген жазбалар бар. Барлық пайдаланушыда "
    "Senim терезесін жабыңыз; жазбаларды жеткізу үшін Senim бағдарламасын ашып, жүйеге кіріңіз. — Ничего не изменено: "
    "Senim работает на этом компьютере или есть недоставленные записи. Закройте Senim у всех пользователей; чтобы "
    "доставить записи, откройте Senim и войдите. — Nothing was changed: Senim is running on this computer, or "
    "recordings were not delivered. Close Senim for all users; to deliver recordings, start Senim and sign in. "
    "{{[2]: [3] [4]}}"
)
NEWER = (
    "Senim бағдарламасының жаңарақ нұсқасы орнатылған. — Уже установлена более новая версия Senim. — A newer version "
    "of Senim is installed already."
)
# Attributes of the table Upgrade: take the features over (1), from and with the lowest (256) and highest (512) version.
_TAKEN_OVER = 1 + 256 + 512

Rows = list[list[str]]


def complete(file: Path, manufacturer: str, version: str, upgrade: str) -> None:
    """Change the package ``file`` in place. ``version`` of four numbers; ``upgrade``: the code that all versions share.
    A package of the same version (new settings, say) takes the other's place too, instead of standing beside it.
    Raises ``InstallerError`` and leaves no file."""
    try:
        with TemporaryDirectory() as folder:
            tables = [Path(folder) / "_ForceCodepage.idt"]
            tables[0].write_bytes(b"\r\n\r\n65001\t_ForceCodepage\r\n")  # UTF-8; before any text
            for name, change in changes(manufacturer, version, upgrade).items():
                head, rows = _read(file, name)
                tables.append(Path(folder) / f"{name}.idt")
                text = "".join("\t".join(row) + "\r\n" for row in head + change(rows))
                tables[-1].write_bytes(text.encode())
            _run("msibuild", str(file), "-i", *map(str, tables))
    except InstallerError:
        file.unlink(missing_ok=True)
        raise


def changes(manufacturer: str, version: str, upgrade: str) -> dict[str, Callable[[Rows], Rows]]:
    """By table: its rows before and after."""

    def properties(rows: Rows) -> Rows:
        of = dict(rows)
        # What the half with the dialogs found must reach the half with the rights.
        secure = ";".join((of["SecureCustomProperties"], SAME, PROGRAM, FOLDER, SETTINGS))
        return [[*row] for row in {**of, "Manufacturer": manufacturer, "SecureCustomProperties": secure}.items()]

    return {
        "Property": properties,
        "Error": lambda rows: [*rows, [str(ENDED_BADLY), REFUSED]],
        "Signature": lambda rows: [*rows, [SEARCH, "senim.exe", *[""] * 7]],
        "Upgrade": lambda rows: [*rows, [f"{{{upgrade}}}", version, version, "", str(_TAKEN_OVER), "", SAME]],
        "LaunchCondition": lambda rows: [[condition, NEWER] for condition, _ in rows],
    }


def _read(file: Path, table: str) -> tuple[Rows, Rows]:
    """As msiinfo prints it: three rows about the columns, then the table's own."""
    told = _run("msiinfo", "export", str(file), table)
    rows = [line.split("\t") for line in told.split("\r\n") if line]
    return rows[:3], rows[3:]


def _run(*command: str) -> str:
    done = subprocess.run(command, env=places.reproducible_environment(0), capture_output=True, check=False)
    if done.returncode != 0:
        raise InstallerError(f"{command[0]}: {done.stderr.decode(errors='replace').strip()[-800:]}")
    return done.stdout.decode()
