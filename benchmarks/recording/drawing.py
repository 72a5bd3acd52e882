"""The exam screen's picture, drawn into memory: what the window shows is what a replay draws again."""

from __future__ import annotations

import random
from collections.abc import Iterable
from typing import Any

import numpy as np
import xxhash
from numpy.typing import NDArray
from PySide6.QtCore import QPoint, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QImage, QPainter, QTextDocument, QTextOption

from benchmarks.recording.figure import draw_figure
from benchmarks.recording.script import OPTION_HEIGHT, OPTIONS_TOP, Event, passage_language
from benchmarks.recording.texts import paragraph, sentence
from benchmarks.recording.video import SIZE as VIDEO_SIZE
from benchmarks.recording.video import video_frame

WIDTH, HEIGHT = 1920, 1080
SCREEN = QRect(0, 0, WIDTH, HEIGHT)
HEADER = QRect(0, 0, WIDTH, 44)
CLOCK = QRect(1740, 0, 180, 44)
NUMBERS = QRect(12, 60, 176, 400)
SMALL = QRect(12, 480, 176, 500)
PASSAGE = QRect(200, 60, 830, 990)
TITLE = QRect(1050, 60, 850, 80)
OPTIONS = QRect(1050, OPTIONS_TOP, 850, 4 * OPTION_HEIGHT)
ANSWER = QRect(1050, 300, 850, 620)
VIDEO = QRect(1150, 420, *VIDEO_SIZE)
WINDOW = QRect(420, 140, 1050, 760)
FLASH = QRect(1380, 600, 240, 240)
TEXT_PANELS = {"passage": PASSAGE, "answer": ANSWER, "small": SMALL}
QUESTIONS = 40
FIGURE_HEIGHT = 430

BACK, INK, PAPER, LINE = QColor("#f5f6f8"), QColor("#1c1e21"), QColor("#ffffff"), QColor("#c4c9d0")


class ExamPicture:
    """State and pixels. ``apply`` changes the state and tells what must be drawn, ``paint`` draws it."""

    def __init__(self, seed: int = 7) -> None:
        self.image = QImage(WIDTH, HEIGHT, QImage.Format.Format_RGB32)
        self.pointer = (900, 600)
        self._seed = seed
        self._number = self._option = -1
        self._clock = ""
        self._scrolled = self._window_scrolled = self._window = self._video = 0
        self._caret = self._flash = False
        self._typed = ""
        self._title, self._options, self._small = "", [""] * 4, QTextDocument()
        self._passage, self._answer, self._other = QTextDocument(), QTextDocument(), QTextDocument()
        self.paint([SCREEN])

    def apply(self, event: Event) -> QRect:
        """What the event changes; an empty rectangle if that is only the pointer."""
        found: QRect = getattr(self, "_" + event.kind.replace("-", "_") + "_event")(event)
        return found

    def paint(self, places: Iterable[QRect]) -> None:
        """Draw these places anew from the present state."""
        painter = QPainter(self.image)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for place in places:
            painter.setClipRect(place)
            self._draw(painter, place)
        painter.end()

    def pixels(self) -> NDArray[np.uint8]:
        """BGRA, ``HEIGHT`` x ``WIDTH`` x 4; valid until the next ``paint``."""
        return np.frombuffer(self.image.constBits(), np.uint8).reshape(HEIGHT, WIDTH, 4)

    def mark(self) -> str:
        """A hash of the pixels."""
        return xxhash.xxh3_64_hexdigest(bytes(self.image.constBits()))

    @property
    def playing(self) -> bool:
        """Whether a video is shown."""
        return bool(self._video)

    # ---- events

    def _question_event(self, event: Event) -> QRect:
        self._number, self._option, self._typed, self._scrolled = event.value, -1, "", 0
        source, language = random.Random(self._seed * 1000 + event.value), passage_language(event.value)
        body = "".join(
            f"<h3>{sentence(source, language, 5)}</h3><p>{paragraph(source, language, 6)}</p>" for _ in range(9)
        )
        self._passage = _document(body, 16, PASSAGE.width() - 16)
        self._title = f"{event.value + 1}.  {sentence(source, language, 14)}"
        self._options = [sentence(source, language, 9) for _ in range(4)]
        self._small = _document(f"<p>{paragraph(source, language, 7)}</p>", 11, SMALL.width(), "#606770")
        self._answer = _document("", 16, ANSWER.width() - 16)
        return SCREEN

    def _clock_event(self, event: Event) -> QRect:
        left = 3 * 3600 - event.value % (3 * 3600)
        self._clock = f"{left // 3600}:{left // 60 % 60:02d}:{left % 60:02d}"
        return CLOCK

    def _caret_event(self, event: Event) -> QRect:
        self._caret = bool(event.value) and bool(self._typed)
        return self._caret_place() if self._typed else QRect()

    def _key_event(self, event: Event) -> QRect:
        return self._type(self._typed + event.text)

    def _back_event(self, _event: Event) -> QRect:
        return self._type(self._typed[:-1])

    def _type(self, text: str) -> QRect:
        before = self._caret_place()
        self._typed = text
        self._answer.setPlainText(text)
        after = self._caret_place()
        lines = before.united(after).adjusted(0, -24, 0, 4)  # a word may have gone down from the line above
        return QRect(ANSWER.left() + 1, lines.top(), ANSWER.width() - 2, lines.height()) & ANSWER

    def _scroll_event(self, event: Event) -> QRect:
        self._scrolled += event.value
        return PASSAGE

    def _option_event(self, event: Event) -> QRect:
        self._option = event.value
        return OPTIONS

    def _window_event(self, event: Event) -> QRect:
        self._window, self._window_scrolled = event.value, 0
        source = random.Random(event.value + 99)
        body = "".join(f"<h2>{sentence(source, 'en', 6)}</h2><p>{paragraph(source, 'en', 8)}</p>" for _ in range(6))
        self._other = _document(body, 16, WINDOW.width() - 24)
        return WINDOW.adjusted(-4, -4, 4, 4)

    def _window_scroll_event(self, event: Event) -> QRect:
        self._window_scrolled += event.value
        return WINDOW

    def _video_event(self, event: Event) -> QRect:
        self._video = event.value
        return VIDEO

    def _flash_event(self, event: Event) -> QRect:
        self._flash = bool(event.value)
        return FLASH

    def _pointer_event(self, event: Event) -> QRect:
        self.pointer = event.place
        return QRect()

    # ---- drawing

    def _caret_place(self) -> QRect:
        """The caret stands behind the last letter; in pixels of the screen."""
        block = self._answer.lastBlock()
        layout = block.layout()
        line = layout.lineForTextPosition(len(block.text()))
        top = self._answer.documentLayout().blockBoundingRect(block).top()
        # The binding returns the place and the letter's number, its types say something else.
        found: Any = line.cursorToX(len(block.text())) if line.isValid() else 0.0
        x = float(found[0] if isinstance(found, tuple) else found)
        y = top + (line.y() if line.isValid() else 0.0)
        return QRect(ANSWER.left() + 8 + round(x), ANSWER.top() + 4 + round(y), 2, 22)

    def _draw(self, painter: QPainter, place: QRect) -> None:
        painter.fillRect(place, BACK)
        for where, draw in (
            (HEADER, self._draw_header),
            (NUMBERS, self._draw_numbers),
            (SMALL, self._draw_small),
            (PASSAGE, self._draw_passage),
            (TITLE, self._draw_title),
            (OPTIONS, self._draw_options),
            (ANSWER, self._draw_answer),
            (VIDEO, self._draw_video),
            (WINDOW, self._draw_window),
            (FLASH, self._draw_flash),
        ):
            if where.adjusted(-4, -4, 4, 4).intersects(place):
                painter.save()
                draw(painter)
                painter.restore()

    def _draw_header(self, painter: QPainter) -> None:
        painter.fillRect(HEADER, QColor("#24344d"))
        _write(painter, HEADER.adjusted(16, 0, -200, 0), "Емтихан · Экзамен · Examination   0001", 17, PAPER)
        _write(painter, CLOCK, self._clock, 17, PAPER)

    def _draw_numbers(self, painter: QPainter) -> None:
        for k in range(QUESTIONS):
            box = QRect(12 + k % 4 * 44, 60 + k // 4 * 40, 40, 36)
            here = self._number % QUESTIONS
            painter.fillRect(box, QColor("#cfe3ff" if k == here else "#d7f0d7" if k < here else "#e4e8ef"))
            painter.setPen(LINE)
            painter.drawRect(box)
            _write(painter, box, str(k + 1), 12, INK, Qt.AlignmentFlag.AlignCenter)

    def _draw_small(self, painter: QPainter) -> None:
        _contents(painter, self._small, SMALL, SMALL.topLeft())

    def _draw_passage(self, painter: QPainter) -> None:
        _sheet(painter, PASSAGE)
        place = PASSAGE.adjusted(1, 1, -1, -1)
        origin = QPoint(PASSAGE.left() + 8, PASSAGE.top() + 4 - self._scrolled)
        if self._number % 2 == 0:
            _within(painter, place)
            draw_figure(painter, QRect(origin, QSize(PASSAGE.width() - 16, FIGURE_HEIGHT)), self._number)
            origin += QPoint(0, FIGURE_HEIGHT)
        _contents(painter, self._passage, place, origin)

    def _draw_title(self, painter: QPainter) -> None:
        _write(painter, TITLE, self._title, 17, INK, Qt.AlignmentFlag.AlignVCenter, bold=True)

    def _draw_options(self, painter: QPainter) -> None:
        for k, text in enumerate(self._options):
            top = OPTIONS.top() + k * OPTION_HEIGHT
            painter.setPen(INK)
            painter.setBrush(PAPER)
            painter.drawEllipse(QPoint(OPTIONS.left() + 10, top + 15), 7, 7)
            if k == self._option:
                painter.setBrush(INK)
                painter.drawEllipse(QPoint(OPTIONS.left() + 10, top + 15), 4, 4)
            _write(painter, QRect(OPTIONS.left() + 28, top, OPTIONS.width() - 28, 30), text, 15, INK)

    def _draw_answer(self, painter: QPainter) -> None:
        _sheet(painter, ANSWER)
        _contents(painter, self._answer, ANSWER.adjusted(1, 1, -1, -1), ANSWER.topLeft() + QPoint(8, 4))
        if self._caret:
            painter.fillRect(self._caret_place(), INK)

    def _draw_video(self, painter: QPainter) -> None:
        if self._video:
            frame = video_frame(self._video)
            picture = QImage(frame.tobytes(), *VIDEO_SIZE, VIDEO_SIZE[0] * 4, QImage.Format.Format_RGB32)
            painter.drawImage(VIDEO.topLeft(), picture)

    def _draw_window(self, painter: QPainter) -> None:
        if self._window:
            painter.fillRect(WINDOW.adjusted(-3, -3, 3, 3), QColor("#444444"))
            painter.fillRect(WINDOW, QColor("#fffef8"))
            _contents(painter, self._other, WINDOW, WINDOW.topLeft() + QPoint(12, 8 - self._window_scrolled))

    def _draw_flash(self, painter: QPainter) -> None:
        if self._flash:
            painter.fillRect(FLASH, QColor("#000000"))


def _font(pixels: int, bold: bool = False) -> QFont:
    font = QFont("DejaVu Sans")
    font.setPixelSize(pixels)
    font.setBold(bold)
    return font


def _document(html: str, pixels: int, width: int, colour: str = "#1c1e21") -> QTextDocument:
    document = QTextDocument()
    document.setDefaultFont(_font(pixels))
    document.setDefaultStyleSheet(f"body, p, h2, h3 {{ color: {colour}; }}")
    document.setDocumentMargin(0)
    document.setDefaultTextOption(QTextOption())
    document.setTextWidth(width)
    document.setHtml(html)
    return document


def _write(
    painter: QPainter,
    place: QRect,
    text: str,
    pixels: int,
    colour: QColor,
    align: Qt.AlignmentFlag = Qt.AlignmentFlag.AlignVCenter,
    bold: bool = False,
) -> None:
    painter.setFont(_font(pixels, bold))
    painter.setPen(colour)
    painter.drawText(place, int(align) | int(Qt.TextFlag.TextWordWrap), text)


def _sheet(painter: QPainter, place: QRect) -> None:
    painter.fillRect(place, LINE)
    painter.fillRect(place.adjusted(1, 1, -1, -1), PAPER)


def _within(painter: QPainter, place: QRect) -> None:
    painter.setClipRect(place, Qt.ClipOperation.IntersectClip)


def _contents(painter: QPainter, document: QTextDocument, place: QRect, origin: QPoint) -> None:
    """The document's part that shows through ``place``, its corner at ``origin``."""
    seen = painter.clipBoundingRect().toRect() & place  # drawContents puts its own clip in the place of the painter's
    if seen.isEmpty():
        return
    painter.save()
    painter.translate(origin)
    document.drawContents(painter, QRectF(seen.translated(-origin)))
    painter.restore()
