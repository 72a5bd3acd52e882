"""A sentence for every code: what happened, what it means for the exam, what to do now.

A code that is not listed gets an honest general sentence that names it. Nothing here blames the person.
"""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QObject

from client.ui.check_texts import MEASURED, CheckTexts
from client.ui.device_texts import DeviceTexts
from client.ui.file_texts import FileTexts
from client.ui.languages import Words, fill
from client.ui.sentence import Sentence

# A code can mean something else for the person when it answers a certain message.
DURING = {("disk_full", "SetAnswer"): "answer_not_kept", ("signed_out", "OpenPaper"): "sign_in_again"}
RANK = {"info": 0, "amber": 1, "red": 2}


def topic(code: str) -> str:
    """``camera_lost`` and ``camera_back`` are about the same."""
    return code.split("_", maxsplit=1)[0]


class ProblemTexts(QObject):
    """Looks a code up in the present language."""

    def sentence(self, code: str, values: Mapping[str, str] | None = None) -> Sentence:
        table = self.table()
        found = (
            table.get(code)
            or self._from_check(code)
            or Sentence(
                self.tr("Something went wrong that this program has no words for."),
                self.tr("What you have done so far is kept on this computer."),
                self.tr("Try again. If it stays, tell the help line the code below."),
            )
        )
        given = {name: Words().number(value) if name in MEASURED else value for name, value in (values or {}).items()}
        return Sentence(fill(found.what, given), fill(found.means, given), fill(found.remedy, given), found.tone)

    def knows(self, code: str) -> bool:
        return code in self.table() or CheckTexts().knows(code)

    def _from_check(self, code: str) -> Sentence | None:
        """A device's word that came outside the check: the check's sentence and remedy hold there too."""
        check = CheckTexts()
        if not check.knows(code):
            return None
        found = check.text(code, {})
        return Sentence(found.what, self.tr("The exam goes on; what is missing is noted with its cause."), found.remedy)

    def code_line(self, code: str) -> str:
        return self.tr("Code for the help line: {code}").format(code=code)

    def table(self) -> dict[str, Sentence]:
        return {
            **self._sign_in(), **self._entering(), **self._elsewhere(), **self._exam_time(), **self._network(),
            **self._devices(), **self._disk(), **self._recording(), **self._server_rules(),
            **self._delivery(), **FileTexts().table(),
        }  # fmt: skip

    def _sign_in(self) -> dict[str, Sentence]:
        return {
            "wrong_password": Sentence(
                self.tr("This login and password do not belong together."),
                "",
                self.tr("Check the keyboard's language and Caps Lock, then type the password once more."),
            ),
            "code_unknown": Sentence(
                self.tr("We do not know this code."),
                "",
                self.tr("Check each letter, or ask the invigilator to read the code to you again."),
            ),
            "code_expired": Sentence(
                self.tr("This code was valid only for a while, and that time is over."),
                "",
                self.tr("Ask the invigilator for a new code."),
            ),
            "code_used": Sentence(
                self.tr("This code was already used once."),
                "",
                self.tr("Ask the invigilator for a new code. If it was not you who used it, say so."),
            ),
            "too_many_tries": Sentence(
                self.tr("There were too many tries in a short time."),
                self.tr("Nothing is lost; the sign-in is only paused to protect your account."),
                self.tr("Wait {seconds} s, then try again, or ask the invigilator for a one-time code."),
            ),
            "signed_out": Sentence(
                self.tr("You were signed out."),
                self.tr("Your answers are kept."),
                self.tr("Please sign in again."),
            ),
            "sign_in_again": Sentence(
                self.tr("The institution no longer accepts this sign-in; what you do is not being sent now."),
                self.tr("Nothing is lost: answers and recording are kept on this computer."),
                self.tr(
                    "Close this window, start Senim again and sign in: you go on where you were. "
                    "If you cannot sign in, call the invigilator."
                ),
            ),
            "not_yours": Sentence(
                self.tr("This exam is not planned for you."),
                "",
                self.tr("Choose another exam from the list, or ask the invigilator."),
            ),
            "no_reference": Sentence(
                self.tr("The institution has no picture of you to compare with."),
                self.tr("You can sit the exam; an invigilator confirms who you are."),
                self.tr("Please go on."),
                "info",
            ),
        }

    def _entering(self) -> dict[str, Sentence]:
        return {
            "exam_not_open": Sentence(
                self.tr("The exam has not opened yet."),
                "",
                self.tr("Come back when it opens. You can try the rehearsal until then."),
                "info",
            ),
            "exam_closed": Sentence(
                self.tr("The time to enter this exam is over."),
                "",
                self.tr("If you were kept from entering, tell the help line now, with the reason."),
            ),
            "already_handed_in": Sentence(
                self.tr("This exam is already handed in."),
                self.tr("Your work is with the institution."),
                self.tr("Your receipt was shown at the end; the institution can show it to you again."),
                "info",
            ),
        }

    def _elsewhere(self) -> dict[str, Sentence]:
        """The same sitting, and another computer."""
        return {
            "in_use_elsewhere": Sentence(
                self.tr("This exam is running on another computer right now."),
                self.tr("Answers that are already saved move with you. The other computer's recording ends."),
                self.tr("Go on here only if you yourself changed computers. Otherwise call the invigilator."),
            ),
            "session_taken_over": Sentence(
                self.tr("The exam goes on at another computer; this one no longer records."),
                self.tr("Everything made here until now is kept and delivered."),
                self.tr("If it was not you, call the invigilator at once."),
                "red",
            ),
            "pieces_elsewhere": Sentence(
                self.tr("The institution still waits for pieces of the recording that are not on this computer."),
                self.tr("Your answers and everything recorded here have arrived."),
                self.tr(
                    "If you began on another computer, start Senim there and sign in: it sends the rest. "
                    "Else tell the help line the code below."
                ),
            ),
        }

    def _exam_time(self) -> dict[str, Sentence]:
        return {
            "paper_not_ready": Sentence(
                self.tr("The questions are almost here; the beginning of the recording is still on its way."),
                self.tr("Your time has not started yet."),
                self.tr("Please wait. We ask again by ourselves."),
                "info",
            ),
            "time_over": Sentence(
                self.tr("The time for answers is over."),
                self.tr("Everything saved before the end counts."),
                self.tr("Hand in now if it has not happened by itself."),
            ),
            "time_up": Sentence(
                self.tr("Your time is up; the exam is being handed in by itself."),
                self.tr("Everything you answered is kept."),
                self.tr("Leave the program open until the receipt appears."),
                "info",
            ),
            "no_break": Sentence(
                self.tr("No break can be taken now."),
                self.tr("The exam goes on as before."),
                self.tr("If you need one, tell the invigilator."),
                "info",
            ),
            "break_offline": Sentence(
                self.tr("The institution cannot be reached, so nobody can allow a break now."),
                self.tr("The exam goes on; your answers are kept."),
                self.tr(
                    "Try again once the network is back. If you must leave, the recording shows it, and you can "
                    "explain it afterwards."
                ),
                "info",
            ),
            "answer_stale": Sentence(
                self.tr("The institution already has a newer version of this answer."),
                self.tr("The newer one counts."),
                self.tr("Look at the answer once more and change it if it is not what you want."),
            ),
            "clock_unproven": Sentence(
                self.tr("The exam clock runs on this computer's own time for now."),
                self.tr("It is set right as soon as the institution is reached again."),
                self.tr("Please go on."),
                "info",
            ),
        }

    def _network(self) -> dict[str, Sentence]:
        return {
            "server_unreachable": Sentence(
                self.tr("We cannot reach the institution over the network."),
                self.tr("During an exam you can go on: everything is kept here and sent later."),
                self.tr("Check the cable or Wi-Fi. We try again by ourselves."),
            ),
            "server_certificate": Sentence(
                self.tr("The address answered, but it could not prove that it is the institution."),
                self.tr("For your safety nothing was sent."),
                self.tr("Use another network, without a sign-in page of its own, or call the help line."),
                "red",
            ),
            "server_answer": Sentence(
                self.tr("The institution's server gave an answer we do not understand."),
                self.tr("What you have done is kept on this computer."),
                self.tr("Try again in a minute. If it stays, call the help line."),
            ),
            "overloaded": Sentence(
                self.tr("The institution's server is very busy."),
                self.tr("Nothing is lost; sending goes on more slowly."),
                self.tr("Please go on. We try again by ourselves."),
                "info",
            ),
            "internal": Sentence(
                self.tr("The institution's server had a fault of its own."),
                self.tr("What you have done is kept on this computer."),
                self.tr("Try again in a minute. If it stays, call the help line."),
            ),
            "network_lost": Sentence(
                self.tr("The network is gone."),
                self.tr("The exam goes on: answers and recording are kept on this computer and sent later."),
                self.tr("Please go on. If you can, check the cable or Wi-Fi."),
            ),
            "network_back": Sentence(
                self.tr("The network is back."),
                self.tr("What was kept on this computer is being sent."),
                "",
                "info",
            ),
        }

    def _devices(self) -> dict[str, Sentence]:
        return {
            "camera_lost": Sentence(
                self.tr("The camera stopped."),
                self.tr("The exam goes on; the gap is noted with its cause."),
                self.tr("Plug the camera in again, or close the program that took it."),
            ),
            "camera_back": Sentence(self.tr("The camera works again."), "", "", "info"),
            **DeviceTexts().table(),
            "microphone_lost": Sentence(
                self.tr("The microphone stopped."),
                self.tr("The exam goes on; the gap is noted with its cause."),
                self.tr("Plug the microphone in again, or close the program that took it."),
            ),
            "microphone_back": Sentence(self.tr("The microphone works again."), "", "", "info"),
            "screen_lost": Sentence(
                self.tr("The picture of the screen stopped."),
                self.tr("The exam goes on; the gap is noted with its cause."),
                self.tr("If you were asked to allow the recording of the screen, allow it. Else call the help line."),
            ),
            "screen_back": Sentence(self.tr("The screen is recorded again."), "", "", "info"),
            "identity_unavailable": Sentence(
                self.tr("The comparison of your face cannot run on this computer."),
                self.tr("You can sit the exam; an invigilator confirms who you are."),
                self.tr("Please go on."),
                "info",
            ),
        }

    def _disk(self) -> dict[str, Sentence]:
        return {
            "disk_low": Sentence(
                self.tr("The disk of this computer is nearly full: {free_gb} GB are left."),
                self.tr("The recording goes on in lower quality."),
                self.tr("Delete files you do not need, if you can do so quickly."),
            ),
            "answer_not_kept": Sentence(
                self.tr("Your last answer could not be written to the disk; it is kept only in this window."),
                self.tr("The disk of this computer is full."),
                self.tr("Do not close this window. Delete files you do not need, or call the help line now."),
                "red",
            ),
            "disk_full": Sentence(
                self.tr("The disk of this computer is full."),
                self.tr("Answers are still kept, but the recording has stopped; the gap is noted."),
                self.tr("Delete files you do not need, or call the help line now."),
                "red",
            ),
        }

    def _delivery(self) -> dict[str, Sentence]:
        """Files for a stick, and going on without a network."""
        return {
            "place_full": Sentence(
                self.tr("There is not enough room there: {needed_mb} MB are needed, {free_mb} MB are free."),
                self.tr("Nothing was written; the exam is safe on this computer."),
                self.tr("Use another stick or folder, or delete files there."),
            ),
            "place_missing": Sentence(
                self.tr("The stick or folder is not there any more."),
                self.tr("Nothing was written; the exam is safe on this computer."),
                self.tr("Put the stick in again, or choose another folder."),
            ),
            "place_closed": Sentence(
                self.tr("Nothing may be written there."),
                self.tr("The exam is safe on this computer."),
                self.tr("Take the write protection off, or choose another stick or folder."),
            ),
            "cannot_go_on": Sentence(
                self.tr("This exam cannot be gone on with without the institution."),
                self.tr("Its questions were not opened on this computer, or it is already handed in. Nothing is lost."),
                self.tr("Sign in as soon as there is a network, or call the invigilator."),
            ),
        }

    def _recording(self) -> dict[str, Sentence]:
        return {
            "recorder_interrupted": Sentence(
                self.tr("The recording was interrupted and is being restarted."),
                self.tr("Your answers are kept; you can go on working."),
                self.tr("You need not do anything."),
            ),
            "recorder_restarted": Sentence(
                self.tr("The recording was interrupted for a moment and goes on."),
                self.tr("Your answers are kept; the gap is noted with its cause."),
                "",
                "info",
            ),
            "quality_low": Sentence(
                self.tr("The recording goes on in its lowest quality."),
                self.tr("This computer, its disk or its connection has little to spare. Nothing changes for you."),
                self.tr("You need not do anything."),
                "info",
            ),
            "recorder_failing": Sentence(
                self.tr("The recording keeps stopping on this computer."),
                self.tr("Your answers are kept. We go on trying to start the recording."),
                self.tr("Call the invigilator now, and do not close this window."),
                "red",
            ),
            "spool_locked": Sentence(
                self.tr("Senim is already running on this computer."),
                self.tr("Only one program can record at a time."),
                self.tr("Use the window that is already open, or close it first."),
            ),
            "spool_damaged": Sentence(
                self.tr("A part of what was kept on this computer cannot be read."),
                self.tr("What can be read is used; the rest is noted as a gap."),
                self.tr("Please go on, and tell the help line the code below."),
                "red",
            ),
            "key_lost": Sentence(
                self.tr("Window and recording both stopped, so the recording has to begin anew."),
                self.tr("Your answers are kept, and the exam goes on where it was."),
                self.tr("Please show your face once more; it is short."),
            ),
            "seat_key_unsigned": Sentence(
                self.tr("The key that should protect your recording was not signed by the institution."),
                self.tr("For your safety nothing is recorded."),
                self.tr("Call the help line; this cannot be solved on this computer."),
                "red",
            ),
        }

    def _server_rules(self) -> dict[str, Sentence]:
        """Answers a correct program should never get. They still must not frighten anyone."""
        kept = self.tr("What you have done is kept on this computer.")
        tell = self.tr("Please go on, and tell the help line the code below.")
        refused = self.tr("The institution's server refused a piece of the recording; it will look into it.")
        answers = {
            "bad_request": self.tr("The institution's server did not understand this program."),
            "body_damaged": self.tr("The institution's server did not understand this program."),
            "body_too_large": self.tr("The institution's server found something this program sent too large."),
            "not_found": self.tr("The institution's server does not know what this program asked for."),
            "unknown_question": self.tr("The institution's server does not know this question."),
            "unknown_notice": self.tr("The institution's server does not know this message."),
            "not_ended": self.tr("The institution's server is still waiting for the end of the ledger."),
            "bad_name": self.tr("The institution's server refused a name this program used."),
            "unknown_session": self.tr("The institution's server does not know this session."),
            "unknown_stream": self.tr("The institution's server does not expect one part of the recording."),
            "ledger_broken": self.tr("The ledger of the session does not fit together at the institution's server."),
            "ledger_conflict": self.tr("The institution's server holds another version of the ledger of this session."),
            "ledger_signature": self.tr("The institution's server could not confirm a signature in the ledger."),
            "segment_conflict": refused,
            "segment_digest": refused,
            "segment_too_large": refused,
            "segment_unlisted": refused,
        }
        return {code: Sentence(what, kept, tell) for code, what in answers.items()}
