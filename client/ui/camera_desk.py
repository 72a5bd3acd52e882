"""The student's own picture in the exam: asked for while it is looked at, and kept beside the questions."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, QTimer, Signal
from PySide6.QtWidgets import QWidget

from client import messages as m
from client.ui.bridge import RecorderBridge
from client.ui.camera_float import CameraFloat
from client.ui.widgets import picture_of


class CameraDesk(QObject):
    """``picture`` floats over ``page``, from the top of ``questions`` down to what ``below`` names. It follows when a
    banner above the questions, or a file below, comes or goes."""

    shown = Signal(bool)
    chosen = Signal(bool)  # by the student: the picture is to be seen, or not, next time as well

    def __init__(self, bridge: RecorderBridge, page: QWidget, questions: QWidget, below: Callable[[], QWidget]) -> None:
        super().__init__(page)
        self._bridge, self._page, self._questions, self._below = bridge, page, questions, below
        self.picture = CameraFloat(page)
        page.installEventFilter(self)
        questions.installEventFilter(self)
        bridge.recording_view.connect(self._show_recording)
        bridge.preview.connect(self._show_preview)

    def show(self, shown: bool) -> None:
        self.picture.setVisible(shown)
        self.shown.emit(shown)

    def toggle(self) -> None:
        shown = self.picture.isHidden()
        self.show(shown)
        self._bridge.send(m.WantPreview("camera", shown))
        self.chosen.emit(shown)
        self._place()

    def enter(self) -> None:
        """The page is looked at from now on."""
        self._bridge.send(m.WantPreview("camera", not self.picture.isHidden()))
        self.place_soon()

    def leave(self) -> None:
        self._bridge.send(m.WantPreview("camera", False))

    def place_soon(self) -> None:
        """Once the page is laid out."""
        QTimer.singleShot(0, self, self._place)

    def retranslate(self) -> None:
        self.picture.setAccessibleName(self.tr("Your camera's picture. Arrow keys move it."))
        self.picture.show_waiting(self.tr("No camera picture"))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        moved = watched is self._questions and event.type() in (QEvent.Type.Move, QEvent.Type.Resize)
        if moved or (watched is self._page and event.type() in (QEvent.Type.Show, QEvent.Type.Resize)):
            self.place_soon()
        return super().eventFilter(watched, event)

    def _place(self) -> None:
        self.picture.keep_inside(self._questions.y(), self._below().y())

    def _show_recording(self, view: m.RecordingView) -> None:
        self.picture.show_simulated(self.tr("simulated") if "camera" in view.simulated else "")
        if view.sources.get("camera") in ("lost", "stopped"):
            self.picture.clear()

    def _show_preview(self, preview: m.Preview) -> None:
        if preview.source == "camera" and self.picture.isVisible():
            self.picture.show_picture(picture_of(preview.jpeg), [])
