"""Sentences about files that are attached to answers: why one was not, and what to do then."""

from __future__ import annotations

from PySide6.QtCore import QLocale, QObject

from client.ui.sentence import Sentence

KB, MB = 1024, 1024 * 1024  # as limits of file sizes are meant


class FileTexts(QObject):
    """In the present language."""

    def table(self) -> dict[str, Sentence]:
        """By the codes of ``FileRefused``, those of the window itself, and the server's."""
        kept = self.tr("What is attached already stays attached, and the exam goes on.")
        return {**self._of_the_file(kept), **self._of_the_place(kept)}

    def _of_the_file(self, kept: str) -> dict[str, Sentence]:
        return {
            "file_empty": Sentence(
                self.tr("This file is empty and was not attached."), kept,
                self.tr("Save your work in its program once more, then attach the file again."),
            ),
            "file_too_large": Sentence(
                self.tr("This file is too large and was not attached; {most_mb} MB are allowed."), kept,
                self.tr("Save it smaller, for example with smaller pictures, and attach that."),
            ),
            "file_kind": Sentence(
                self.tr("This kind of file is not taken here. These are: {kinds}."), kept,
                self.tr("Save your work in one of these kinds and attach that file."),
            ),
            "file_gone": Sentence(
                self.tr("This file is not there any more and was not attached."), kept,
                self.tr("Look where it lies now; if it was on a stick, plug the stick in. Then attach it again."),
            ),
            "file_unreadable": Sentence(
                self.tr("This file cannot be read and was not attached."), kept,
                self.tr("Close it in the program that has it open, or save a copy of it, and attach that."),
            ),
            "file_not_a_file": Sentence(
                self.tr("This is no file but a folder or something else, and was not attached."), kept,
                self.tr("Choose the file itself. Several files can be packed into one archive if archives are taken."),
            ),
        }  # fmt: skip

    def _of_the_place(self, kept: str) -> dict[str, Sentence]:
        return {
            "file_too_many": Sentence(
                self.tr("No more files can be attached to this question."), kept,
                self.tr("Remove one that is not needed, or replace it."),
            ),
            "file_no_room": Sentence(
                self.tr("There is not enough room on this computer: {needed_mb} MB are needed, {free_mb} MB are free."),
                kept,
                self.tr("Delete files you do not need, then attach this one again."),
            ),
            "files_full": Sentence(
                self.tr("All that was attached in this exam would be more than {most_mb} MB."),
                self.tr("Files that were removed or replaced count too, because they stay in the recording."),
                self.tr("Attach a smaller file, or call the help line."),
            ),
            "file_not_kept": Sentence(
                self.tr("This file could not be kept on this computer and was not attached."), kept,
                self.tr("Try once more. If it stays so, call the help line now."), "red",
            ),
            "file_too_late": Sentence(
                self.tr("The exam ended before this file was copied, so it was not attached."),
                self.tr("Everything that was attached before is handed in."),
                self.tr("Tell the invigilator if this file belongs to your work."),
            ),
            "files_too_large": Sentence(
                self.tr("The institution's server takes no more attached files of this exam."),
                self.tr("The files are kept sealed on this computer; the exam goes on."),
                self.tr("Tell the invigilator: the institution can raise its limit, and the files are sent then."),
                "red",
            ),
        }  # fmt: skip

    def size(self, size: int) -> str:
        if size >= MB:
            return self.tr("{size} MB").format(size=_digits(size / MB))
        if size >= KB:
            return self.tr("{size} KB").format(size=_digits(size / KB))
        return self.tr("%n byte(s)", "", size)

    def rule(self, rule: dict[str, object]) -> str:
        """What may be attached, in whole sentences."""
        most, required = int(str(rule["most"])), int(str(rule.get("required") or 0))
        kinds = rule.get("types")
        size = self.size(int(str(rule["bytes"])))
        parts = [self.tr("Up to %n file(s), each up to {size}.", "", most).format(size=size)]
        if isinstance(kinds, list) and kinds:
            parts.append(self.tr("Kinds: {kinds}.").format(kinds=", ".join(map(str, kinds))))
        if required:
            parts.append(self.tr("At least %n is expected.", "", required))
        return " ".join(parts)

    def state(self, delivered: bool, elsewhere: bool) -> str:
        if elsewhere:
            return self.tr("attached on another computer")
        return self.tr("delivered") if delivered else self.tr("saved on this computer")


def _digits(value: float) -> str:
    """One digit where there is anything behind the point, and the number is small."""
    rounded = round(value, 1)
    return QLocale().toString(rounded, "f", 0 if rounded >= 100 or rounded == int(rounded) else 1)
