"""A message from a person at the institution. It stays until it is read; the next one waits behind it."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QLocale, Qt

from client import messages as m
from client.ui.banner import Banner
from client.ui.bridge import RecorderBridge
from client.ui.languages import Words

TONES = {"info": "info", "time_added": "info", "warning": "amber", "call": "amber", "camera": "amber"}


def in_language(notice: m.Notice, wanted: str) -> tuple[str, str]:
    """The text, and its language where that is not the one ``wanted``; "" also where it is not known."""
    if wanted in notice.texts:
        return notice.texts[wanted], ""
    return notice.text, "" if notice.language == wanted else notice.language


class NoticeBanner(Banner):
    def __init__(self, bridge: RecorderBridge) -> None:
        super().__init__("exam_notice")
        self._bridge = bridge
        self._waiting: list[m.Notice] = []
        self._read: set[str] = set()
        self.dismiss.hide()
        self._row.addWidget(self.action, 0, Qt.AlignmentFlag.AlignVCenter)  # the only button: it costs no height here
        self.action.clicked.connect(self._on_read)
        bridge.notice.connect(self.add)

    def add(self, notice: m.Notice) -> None:
        """Notices are repeated until acknowledged; each is shown once."""
        if notice.id in self._read or any(notice.id == known.id for known in self._waiting):
            return
        self._waiting.append(notice)
        self._show_first()

    def clear(self) -> None:
        self._waiting.clear()
        self._read.clear()
        self.put_away()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self._show_first()

    def _on_read(self) -> None:
        if self._waiting:
            notice = self._waiting.pop(0)
            self._read.add(notice.id)
            self._bridge.send(m.NoticeRead(notice.id))
        self._show_first()

    def _show_first(self) -> None:
        if not self._waiting:
            self.put_away()
            return
        notice = self._waiting[0]
        headings = {
            "warning": self.tr("An invigilator asks you to take note"),
            "call": self.tr("An invigilator asks you to call"),
            "camera": self.tr("An invigilator asks you to come to the camera"),
            "time_added": self.tr("You have %n more minute(s)", "", notice.minutes),
        }
        heading = headings.get(notice.kind, self.tr("An invigilator writes"))
        text, language = in_language(notice, QLocale().name().split("_")[0])
        foreign = {
            "kk": self.tr("Sent at {time}, written in Kazakh"),
            "ru": self.tr("Sent at {time}, written in Russian"),
            "en": self.tr("Sent at {time}, written in English"),
        }
        sent = foreign.get(language, self.tr("Sent at {time}")).format(time=Words().time(notice.sent))
        tone = TONES.get(notice.kind, "info")
        self.tell(tone, heading, text, sent, action=self.tr("I have read this"))
        self.dismiss.hide()
