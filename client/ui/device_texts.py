"""Sentences about what cameras show and microphones hear during the exam. Advice, never an accusation."""

from __future__ import annotations

from PySide6.QtCore import QObject

from client.ui.sentence import Sentence


class DeviceTexts(QObject):
    """In the present language, as a table of codes."""

    def table(self) -> dict[str, Sentence]:
        return {**self._cameras(), **self._microphones()}

    def _cameras(self) -> dict[str, Sentence]:
        noted = self.tr("The exam goes on; it is noted how long this lasts.")
        return {
            "camera_black": Sentence(
                self.tr("The camera's picture is black."),
                noted,
                self.tr("Open its cover, or switch on the light."),
            ),
            "camera_covered": Sentence(
                self.tr("The camera shows hardly anything."),
                noted,
                self.tr("If something lies over the lens, take it away. If all is well, just go on."),
                "info",
            ),
            "camera_frozen": Sentence(
                self.tr("The camera's picture does not move."),
                noted,
                self.tr("If you can, unplug the camera and plug it in again. Else just go on."),
            ),
            "camera_seen": Sentence(self.tr("The camera's picture is back."), "", "", "info"),
            "face_not_seen": Sentence(
                self.tr("We cannot see your face."),
                self.tr("The exam goes on; a person may look at this moment later."),
                self.tr("If you can, sit so that the camera sees your face. Nothing should cover it, or the lens."),
                "info",
            ),
            "camera_replaced": Sentence(
                self.tr("Another camera is recorded now: {name}."),
                self.tr("The exam goes on; the change is noted."),
                self.tr("If you did not want this, plug the other camera in again."),
                "info",
            ),
        }

    def _microphones(self) -> dict[str, Sentence]:
        noted = self.tr("The exam goes on; it is noted how long this lasts.")
        return {
            "microphone_muted": Sentence(
                self.tr("The microphone is muted."),
                noted,
                self.tr("Switch it on: a button on the headset or keyboard, or the system's sound settings."),
            ),
            "microphone_silent": Sentence(
                self.tr("The microphone gives hardly any sound."),
                noted,
                self.tr("Check its cable and its volume in the system's sound settings."),
            ),
            "microphone_heard": Sentence(self.tr("The microphone gives sound again."), "", "", "info"),
            "microphone_replaced": Sentence(
                self.tr("Another microphone is recorded now: {name}."),
                self.tr("The exam goes on; the change is noted."),
                self.tr("If you did not want this, plug the other microphone in again."),
                "info",
            ),
        }
