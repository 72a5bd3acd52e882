"""The system check: fills by itself; only what fails opens, with its remedy and "try again"."""

from __future__ import annotations

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QComboBox, QFrame, QGridLayout, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from client import messages as m
from client.ui import icons
from client.ui.bridge import RecorderBridge
from client.ui.check_texts import CheckTexts
from client.ui.page import Page
from client.ui.permission_help import PermissionHelp
from client.ui.widgets import Level, Picker, Picture, button, label, picture_of, set_property

LOOK = {
    "waiting": ("circle", "muted"), "running": ("loader-circle", "muted"), "ok": ("circle-check", "teal"),
    "warning": ("triangle-alert", "amber"), "failed": ("circle-x", "red"),
}  # fmt: skip
FAILED_TONE = {"failed": "red", "warning": "amber"}


class CheckLine(QFrame):
    """One line: icon, name, state in a word, what was found; below, the remedy where it is needed."""

    retry = Signal(str)

    def __init__(self, item: m.CheckItem) -> None:
        super().__init__()
        self.item = item
        self.setObjectName(f"check_{item.id}")
        grid = QGridLayout(self)
        grid.setContentsMargins(12, 8, 12, 8)
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(2)
        grid.setColumnStretch(1, 1)
        self.icon = icons.IconLabel("circle", "muted", 20)
        self.name = label("strong", wrap=False)
        self.state = label("small", name=f"check_{item.id}_state", wrap=False)
        self.what = label("", name=f"check_{item.id}_what")
        self.remedy = label("", name=f"check_{item.id}_remedy")
        self.again = button(f"check_{item.id}_retry")
        self.again.clicked.connect(lambda: self.retry.emit(self.item.id))
        self.picture = QLabel()
        self.picture.setObjectName(f"check_{item.id}_picture")
        grid.addWidget(self.icon, 0, 0, Qt.AlignmentFlag.AlignTop)
        grid.addWidget(self.name, 0, 1)
        grid.addWidget(self.state, 0, 2, Qt.AlignmentFlag.AlignRight)
        grid.addWidget(self.what, 1, 1, 1, 2)
        grid.addWidget(self.remedy, 2, 1, 1, 2)
        grid.addWidget(self.again, 3, 1, Qt.AlignmentFlag.AlignLeft)
        grid.addWidget(self.picture, 0, 3, 3, 1, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignTop)
        self.permission = PermissionHelp(f"check_{item.id}_permission")
        grid.addWidget(self.permission, 4, 0, 1, 4)
        self.show_item(item)

    def show_item(self, item: m.CheckItem) -> None:
        texts = CheckTexts()
        self.item = item
        found = texts.text(item.code, item.values)
        bad = item.state in FAILED_TONE
        self.icon.show_icon(*LOOK.get(item.state, LOOK["waiting"]))
        self.name.setText(texts.name(item.id))
        self.state.setText(texts.state(item.state))
        self.what.setText(found.what)
        self.what.setVisible(bool(found.what))
        self.remedy.setText(found.remedy)
        self.remedy.setVisible(bad and bool(found.remedy))
        # Who pressed it finds it again when the check is done; until then it waits, with the keyboard's focus.
        waits = item.state in ("waiting", "running") and self.again.hasFocus()
        self.again.setEnabled(not waits)
        self.again.setVisible(bad or waits)
        self.permission.show_code(item.code if bad else "")
        self.again.setText(self.tr("Try again"))
        self.again.setAccessibleName(self.tr("Try again: {name}").format(name=texts.name(item.id)))
        self.setAccessibleName(f"{texts.name(item.id)}: {texts.state(item.state)}. {found.what}")
        set_property(self, "panel", FAILED_TONE.get(item.state, ""))
        if item.picture:
            picture = picture_of(item.picture).scaledToHeight(56, Qt.TransformationMode.SmoothTransformation)
            self.picture.setPixmap(picture)
            self.picture.setAccessibleName(self.tr("Picture of {name}").format(name=texts.name(item.id)))
        self.picture.setVisible(bool(item.picture))


class CheckPage(Page):
    back = Signal()
    go_on = Signal()

    def __init__(self, bridge: RecorderBridge) -> None:
        super().__init__("check", bridge)
        self._lines: dict[str, CheckLine] = {}
        self._passed = False
        self._scrolled_to = ""
        self._camera_failed = False
        self._choices: tuple[list[m.DeviceChoice], list[m.DeviceChoice]] = ([], [])
        columns = QHBoxLayout()
        columns.setSpacing(24)
        left = QVBoxLayout()
        self._list = QVBoxLayout()
        self._list.setSpacing(4)
        left.addLayout(self._list)
        left.addStretch(1)
        columns.addLayout(left, 3)
        columns.addWidget(self._devices(), 2, Qt.AlignmentFlag.AlignTop)
        self.body.addLayout(columns)
        self.back_button = button("check_back", "quiet")
        self.back_button.clicked.connect(self.back)
        self.quiet.addWidget(self.back_button)
        self.main.clicked.connect(self.go_on)
        bridge.check_view.connect(self.show_view)
        bridge.preview.connect(self._show_preview)
        bridge.level.connect(self._show_level)
        self.retranslate()

    def _devices(self) -> QWidget:
        box = QWidget()
        box.setMinimumWidth(280)
        column = QVBoxLayout(box)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        self.picture = Picture("check_camera_picture")
        self.picture.setFixedHeight(216)
        self.camera_label, self.camera = label("strong"), Picker("check_camera_choice")
        self.microphone_label, self.microphone = label("strong"), Picker("check_microphone_choice")
        self.camera_label.setBuddy(self.camera)
        self.microphone_label.setBuddy(self.microphone)
        self.camera.activated.connect(lambda i: self._pick(self.camera.itemData(i), None))
        self.microphone.activated.connect(lambda i: self._pick(None, self.microphone.itemData(i)))
        self.level = Level()
        self.level_text = label("small", name="check_level_text")
        for part in (self.picture, self.camera_label, self.camera, self.microphone_label, self.microphone,
                     self.level, self.level_text):  # fmt: skip
            column.addWidget(part)
        return box

    def enter(self) -> None:
        self.bridge.send(m.StartCheck())
        self.bridge.send(m.WantPreview("camera", True))
        self.take_focus()  # Qt would choose the way back, which one key too many would go

    def leave(self) -> None:
        self.bridge.send(m.WantPreview("camera", False))

    def reset(self) -> None:
        """A new exam was opened: nothing of an older check may look passed."""
        for line in self._lines.values():
            line.hide()
            line.deleteLater()
        self._lines = {}
        self._passed = False
        self.picture.clear()
        self.clear_problem()
        self.retranslate()

    def retranslate(self) -> None:
        self.title.setText(self.tr("Is everything ready?"))
        self.lead.setText(self.tr("The list fills by itself. Only what needs you opens."))
        self.camera_label.setText(self.tr("Camera"))
        self.camera.setAccessibleName(self.tr("Choose the camera"))
        self.microphone_label.setText(self.tr("Microphone"))
        self.microphone.setAccessibleName(self.tr("Choose the microphone"))
        self.level.setAccessibleName(self.tr("Sound level"))
        self.level_text.setText(self.tr("Say a few words: the bar should move."))
        self.picture.setAccessibleName(self.tr("Live picture of your camera"))
        self.picture.show_waiting(self.tr("The camera's picture appears here."))
        self.back_button.setText(self.tr("Back to my exams"))
        self.main.setText(self.tr("Continue"))
        for line in self._lines.values():
            line.show_item(line.item)
        self._fill_both(self.camera.currentData(), self.microphone.currentData())
        self._update_main()

    def show_view(self, view: m.CheckView) -> None:
        pressed = next((line.again for line in self._lines.values() if line.again.hasFocus()), None)
        for item in view.items:
            if item.id in self._lines:
                if self._lines[item.id].item != item:
                    self._lines[item.id].show_item(item)
            else:
                line = CheckLine(item)
                line.retry.connect(self._retry)
                self._lines[item.id] = line
                self._list.addWidget(line)
        for gone in set(self._lines) - {item.id for item in view.items}:
            self._lines.pop(gone).deleteLater()
        camera_failed = any(item.id == "camera" and item.state == "failed" for item in view.items)
        if camera_failed and not self._camera_failed:
            self.picture.clear()  # the last picture of a camera that is gone would look alive
        self._camera_failed = camera_failed
        self._choices = (view.cameras, view.microphones)
        self._fill_both(view.camera, view.microphone)
        if view.passed and not self._passed and self.isVisible():
            self._passed = True
            self._update_main()
            self.main.setFocus()
        self._passed = view.passed
        self._update_main()
        if pressed is not None and not pressed.hasFocus() and not view.passed:
            self.take_focus()
        self._show_first_failed()

    def take_focus(self) -> None:
        """At the next line that needs the student, else the main button or the camera's list; else nowhere yet."""
        buttons = [line.again for line in self._lines.values() if line.again.isVisibleTo(self)]
        next((part for part in (*buttons, self.main, self.camera) if part.isEnabled()), self).setFocus()

    def _show_first_failed(self) -> None:
        """What needs the student is brought into sight, once."""
        failed = next((name for name, line in self._lines.items() if line.item.state == "failed"), "")
        if failed and failed != self._scrolled_to:
            QTimer.singleShot(0, self, lambda: self._bring(failed))
        self._scrolled_to = failed

    def _bring(self, name: str) -> None:
        if name in self._lines:
            self.scroll_area.ensureWidgetVisible(self._lines[name], 0, 24)

    def _fill_both(self, camera: object, microphone: object) -> None:
        self._fill(self.camera, self._choices[0], camera, self.tr("Simulated camera"))
        self._fill(self.microphone, self._choices[1], microphone, self.tr("Simulated microphone"))

    def _fill(self, box: QComboBox, devices: list[m.DeviceChoice], chosen: object, stand_in: str) -> None:
        """``stand_in``: what a simulated device without a name of its own is called."""
        names = [
            d.name if not d.simulated else self.tr("{name} (simulated)").format(name=d.name) if d.name else stand_in
            for d in devices
        ]
        shown = [(box.itemText(i), box.itemData(i)) for i in range(box.count())]
        if shown != list(zip(names, [d.id for d in devices], strict=True)):
            box.clear()
            for name, device in zip(names, devices, strict=True):
                box.addItem(name, device.id)
        index = next((i for i, d in enumerate(devices) if d.id == chosen), -1)
        if box.currentIndex() != index and not box.view().isVisible():
            box.setCurrentIndex(index)
        box.setEnabled(bool(devices))

    def _update_main(self) -> None:
        self.main.setEnabled(self._passed)
        failed = sum(line.item.state == "failed" for line in self._lines.values())
        if self._passed:
            self.next_hint.setText(self.tr("Next: we compare your face with the institution's picture."))
        elif failed:
            self.next_hint.setText(self.tr("%n line(s) need you first.", "", failed))
        else:
            self.next_hint.setText(self.tr("Checking. This takes a few seconds."))

    def _retry(self, item: str) -> None:
        self.bridge.send(m.RetryCheck(item))

    def _pick(self, camera: str | None, microphone: str | None) -> None:
        self.bridge.send(m.UseDevices(camera, microphone))

    def _show_preview(self, preview: m.Preview) -> None:
        if self.isVisible() and preview.source == "camera":
            self.picture.show_picture(picture_of(preview.jpeg), [])

    def _show_level(self, level: m.Level) -> None:
        if self.isVisible():
            self.level.show_level(level.value)
