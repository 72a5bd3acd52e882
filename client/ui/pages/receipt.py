"""The receipt: its code in large letters, what was recorded with every gap in words, and what happens next."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QVBoxLayout

from client import messages as m
from client.ui import folders
from client.ui.bridge import RecorderBridge
from client.ui.file_dialog import ask_where_to_save
from client.ui.languages import Words
from client.ui.lost_texts import LostTexts
from client.ui.page import Page
from client.ui.qr import qr_picture
from client.ui.widgets import button, label

SHORT = "short"  # the cause under which the recorder sums up what is missing in pieces too short to be listed


class ReceiptPage(Page):
    back = Signal()

    def __init__(self, bridge: RecorderBridge) -> None:
        super().__init__("receipt", bridge)
        self._receipt: m.ReceiptView | None = None
        self._saved_to = ""
        frame = QFrame()
        frame.setProperty("card", True)
        column = QVBoxLayout(frame)
        column.setContentsMargins(24, 16, 24, 16)
        column.setSpacing(4)
        self.code_name = label("muted")
        self.code = label("code", name="receipt_code", wrap=False)
        self.code.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        self.code_help = label("muted")
        self.answers = label("", name="receipt_answers")
        self.check_help = label("muted", name="receipt_check_help")
        for part in (self.code_name, self.code, self.code_help, self.answers, self.check_help):
            column.addWidget(part)
        column.addStretch(1)
        card = QHBoxLayout()
        card.addWidget(frame, 1)
        self.qr = label("", name="receipt_qr", wrap=False)
        card.addWidget(self.qr, 0, Qt.AlignmentFlag.AlignTop)
        self.body.addLayout(card)
        self.coverage_name = label("heading")
        self.body.addWidget(self.coverage_name)
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(24)
        self._grid.setVerticalSpacing(6)
        self._grid.setColumnStretch(2, 1)
        self.body.addLayout(self._grid)
        self.closed = label("", name="receipt_closed")
        self.lost = label("", name="receipt_lost")
        for part in (self.closed, self.lost):
            self.body.addWidget(part)
        self.next_name = label("heading")
        self.next_text = label("", name="receipt_next_text")
        self.saved = label("", name="receipt_saved", tone="teal")
        for part in (self.next_name, self.next_text, self.saved):
            self.body.addWidget(part)
        self.body.addStretch(1)
        self.back_button = button("receipt_back", "quiet")
        self.back_button.clicked.connect(self.back)
        self.quiet.addWidget(self.back_button)
        self.main.clicked.connect(self._save)
        self.retranslate()

    def show_receipt(self, receipt: m.ReceiptView) -> None:
        self._receipt, self._saved_to = receipt, ""
        self.clear_problem()
        self.retranslate()

    def enter(self) -> None:
        self.main.setFocus()

    def retranslate(self) -> None:
        self.title.setText(self.tr("Handed in. Thank you."))
        self.code_name.setText(self.tr("Code of your receipt"))
        self.code_help.setText(self.tr("With this code the institution finds your session. Write it down or save the "
                                       "receipt."))  # fmt: skip
        self.coverage_name.setText(self.tr("What was recorded"))
        self.next_name.setText(self.tr("What happens next"))
        self.main.setText(self.tr("Save the receipt…"))
        self.next_hint.setText(self.tr("After that you may close Senim."))
        self.back_button.setText(self.tr("Back to my exams"))
        if self._receipt is None:
            return
        receipt, words = self._receipt, Words()
        self.lead.setText(receipt.title)
        self.code.setText(receipt.code)
        self.code.setAccessibleName(self.tr("Code of your receipt: {code}").format(code=receipt.code))
        self.answers.setText(self.tr("%n answer(s) delivered.", "", receipt.answers))
        self._fill_grid(receipt)
        self._show_check(receipt)
        self._show_closed(receipt)
        until = words.day_of(receipt.kept_until)
        next_text = self.tr(
            "Invigilators and the commission look at the recording, teachers at the answers. A person decides, never "
            "the program. Your institution tells you the outcome; you may ask who watched, answer and appeal."
        )
        if until:
            kept = self.tr(
                "The recording is kept until {day}, then erased; if the decision is still open then, once it is made."
            ).format(day=until)
            next_text = f"{next_text} {kept}"
        self.next_text.setText(next_text)
        self._show_saved()

    def _show_check(self, receipt: m.ReceiptView) -> None:
        self.qr.setVisible(bool(receipt.check_at))
        self.check_help.setVisible(bool(receipt.check_at))
        if not receipt.check_at:
            return
        address = f"{receipt.check_at}?code={receipt.code}"
        if self.qr.property("address") != address:
            self.qr.setPixmap(qr_picture(address))
            self.qr.setProperty("address", address)
        self.qr.setAccessibleName(self.tr("QR code of the page that checks this receipt"))
        self.check_help.setText(
            self.tr("Anyone can check the receipt without signing in, at {address} or by the QR code.").format(
                address=receipt.check_at
            )
        )

    def _show_closed(self, receipt: m.ReceiptView) -> None:
        """Three words about one moment: this computer's, signed; the server's before it; the server's after it."""
        words, times = Words(), receipt.closed
        text = ""
        if times.get("local") and times.get("anchored"):
            text = self.tr(
                "Handed in on this computer at {local}, signed. The server confirmed the ledger before that at "
                "{anchored} and received its end at {received}."
            )
        elif times.get("local"):
            text = self.tr("Handed in on this computer at {local}, signed. The server received the end at {received}.")
        self.closed.setText(text.format(**{name: words.when_exactly(time) for name, time in times.items()}))
        self.closed.setVisible(bool(text))
        lost = LostTexts().sentence(receipt.lost) if receipt.lost is not None else ""
        self.lost.setText(lost)
        self.lost.setVisible(bool(lost))

    def _fill_grid(self, receipt: m.ReceiptView) -> None:
        while (old := self._grid.takeAt(0)) is not None:
            widget = old.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        for row, (stream, share) in enumerate(sorted(receipt.coverage.items(), key=_order)):
            gaps = [gap for gap in receipt.gaps if gap.get("stream") == stream]
            cells = (self._stream(stream), Words().percent(share), self._gaps(gaps, share))
            for column, text in enumerate(cells):
                cell = label("strong" if column == 0 else "", name=f"receipt_{stream}_{column}", wrap=column == 2)
                cell.setText(text)
                self._grid.addWidget(cell, row, column, Qt.AlignmentFlag.AlignTop)

    def _stream(self, stream: str) -> str:
        if stream.startswith("screen-"):
            return self.tr("Screen {number}").format(number=stream.removeprefix("screen-"))
        names = {
            "camera": self.tr("Camera"), "sound": self.tr("Sound"), "track": self.tr("Data track"),
            "events": self.tr("Events"),
        }  # fmt: skip
        return names.get(stream, stream)

    def _gaps(self, gaps: list[dict[str, object]], share: float) -> str:
        """Every gap with its cause. ``no gap`` stands only beside a share of one: what is missing in pieces too short
        to be listed (a packet of sound has 60 ms) is said with its length."""
        parts, named = [], [gap for gap in gaps if gap.get("cause") != SHORT]
        for gap in named:
            seconds, cause = _seconds(gap), self._cause(str(gap.get("cause", "")))
            if seconds < 1:
                parts.append(self.tr("one gap of less than 1 s: {cause}").format(cause=cause))
            else:
                parts.append(self.tr("one gap of %n s: {cause}", "", round(seconds)).format(cause=cause))
        short = sum(_seconds(gap) for gap in gaps if gap.get("cause") == SHORT)
        if short > 0 and share < 1:
            parts.append(self.tr("tiny gaps: {seconds} s").format(seconds=Words().seconds(short)))
        elif share < 1 and not named:
            parts.append(self.tr("tiny gaps"))
        return "; ".join(parts) or self.tr("no gap")

    def _cause(self, cause: str) -> str:
        cause = cause.replace("_", "-")
        causes = {
            "source-lost": self.tr("the device was gone"),
            "opening": self.tr("the device was starting"),
            "window-lost": self.tr("the program was closed"),
            "suspended": self.tr("the computer slept"),
            "stalled": self.tr("the program was held up"),
            "encoder-failed": self.tr("the program was held up"),
            "screen-locked": self.tr("the screen was locked"),
            "screen-saver": self.tr("the screen saver was on"),
            "session-away": self.tr("another user was at the computer"),
            "disk-stalled": self.tr("the disk did not answer"),
            "disk-full": self.tr("the disk was full"),
            "taken-over": self.tr("the exam went on at another computer"),
        }
        if cause in causes:
            return causes[cause]
        if cause.endswith(("-lost", "-busy", "-missing", "-denied", "-frozen", "-not-shown")):
            return causes["source-lost"]
        if cause == "sound-stalled":
            return causes["stalled"]
        if cause in ("recorder-restarted", "recorder-died", "crash", "resumed", "restarted"):
            return self.tr("the recording was restarted")
        return self.tr("the cause is not known")

    def _save(self) -> None:
        """Asks where, with the documents and a free name filled in: Enter is enough."""
        if self._receipt is None:
            return
        proposed = folders.free_name(folders.documents() / self._file_name())
        ask_where_to_save(self, self.tr("Save the receipt"), proposed, self.save_to)

    def _file_name(self) -> str:
        """The name alone: a path in it leads nowhere."""
        return Path(self._receipt.file_name).name if self._receipt else "receipt.txt"

    def save_to(self, file: Path) -> None:
        """Write the receipt's file. What goes wrong is said, with another try at hand."""
        if self._receipt is None:
            return
        try:
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(self._receipt.text, encoding="utf-8")
        except OSError as error:
            self.banner.tell(
                "amber", self.tr("The receipt could not be saved there."),
                self.tr("Choose another folder. The institution has the receipt too."), str(error.strerror or ""),
            )  # fmt: skip
            return
        self.banner.hide()
        self._saved_to = str(file)
        self._show_saved()

    def _show_saved(self) -> None:
        self.saved.setText(self.tr("Saved: {file}").format(file=self._saved_to))
        self.saved.setVisible(bool(self._saved_to))


def _seconds(gap: dict[str, object]) -> float:
    seconds = gap.get("seconds")
    return float(seconds) if isinstance(seconds, int | float) else 0.0


def _order(item: tuple[str, float]) -> tuple[int, str]:
    """Screens first, then camera and sound, then what only helps to review."""
    kinds = ("screen", "camera", "sound")
    kind = item[0].split("-")[0]
    return (kinds.index(kind) if kind in kinds else len(kinds), item[0])
