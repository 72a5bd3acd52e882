"""Sign in: the institution, the language, password or one-time code."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QLineEdit, QPushButton, QStackedWidget, QVBoxLayout, QWidget

from client import messages as m
from client.settings import Settings
from client.ui.bridge import RecorderBridge
from client.ui.languages import OWN_NAMES
from client.ui.page import Page
from client.ui.unsent import UnsentList
from client.ui.widgets import button, label

FIELD_WIDTH = 400


class SignInPage(Page):
    language_chosen = Signal(str)

    def __init__(self, bridge: RecorderBridge, settings: Settings) -> None:
        super().__init__("sign_in", bridge)
        self._config = settings.config
        self._language = ""
        self._unsent: list[str] = []
        self._update = m.UpdateView("", "")
        self._busy = False
        self.body.addLayout(self._languages_row())
        self.body.addLayout(self._ways_row())
        self.fields = QStackedWidget()
        self.fields.addWidget(self._password_fields())
        self.fields.addWidget(self._code_fields())
        self.fields.setFixedWidth(FIELD_WIDTH)
        self.body.addWidget(self.fields)
        self.unsent = label("muted", name="sign_in_unsent")
        self.body.addWidget(self.unsent)
        self.earlier = UnsentList(bridge)
        self.earlier.shown.connect(self._show_unsent)
        self.body.addWidget(self.earlier)
        self.update_note = label("muted", name="sign_in_update")
        self.update_note.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        self.body.addWidget(self.update_note)
        self.body.addStretch(1)
        self.main.clicked.connect(self._sign_in)
        for field in (self.login, self.password, self.code):
            field.textChanged.connect(self._update_main)
            field.returnPressed.connect(self._sign_in)
        self.retranslate()

    def _languages_row(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(8)
        group = QButtonGroup(self)
        self.language_buttons: dict[str, QPushButton] = {}
        for code in self._config.languages:
            choice = button(f"language_{code}")
            choice.setText(OWN_NAMES[code])
            choice.setAccessibleName(OWN_NAMES[code])
            choice.setCheckable(True)
            choice.clicked.connect(lambda _=False, chosen=code: self.language_chosen.emit(chosen))
            group.addButton(choice)
            row.addWidget(choice)
            self.language_buttons[code] = choice
        row.addStretch(1)
        return row

    def _ways_row(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(8)
        self.by_password = button("sign_in_by_password")
        self.by_code = button("sign_in_by_code")
        group = QButtonGroup(self)
        for index, way in enumerate((self.by_password, self.by_code)):
            way.setCheckable(True)
            group.addButton(way)
            row.addWidget(way)
            way.clicked.connect(lambda _=False, chosen=index: self._choose_way(chosen))
        self.by_password.setChecked(True)
        row.addStretch(1)
        return row

    def _password_fields(self) -> QWidget:
        box, column = _column()
        self.login_label, self.login = label("strong"), QLineEdit()
        self.login.setObjectName("sign_in_login")
        self.password_label, self.password = label("strong"), QLineEdit()
        self.password.setObjectName("sign_in_password")
        self.password.setEchoMode(QLineEdit.EchoMode.Password)
        self.show_password = button("sign_in_show_password", "quiet")
        self.show_password.setCheckable(True)
        self.show_password.toggled.connect(self._show_password)
        for name, field in ((self.login_label, self.login), (self.password_label, self.password)):
            name.setBuddy(field)
            field.setMinimumHeight(44)
            field.setMaxLength(200)
            column.addWidget(name)
            column.addWidget(field)
            column.addSpacing(8)
        column.addWidget(self.show_password, 0, Qt.AlignmentFlag.AlignLeft)
        column.addStretch(1)
        return box

    def _code_fields(self) -> QWidget:
        box, column = _column()
        self.code_label, self.code = label("strong"), QLineEdit()
        self.code.setObjectName("sign_in_code")
        self.code.setMinimumHeight(44)
        self.code.setMaxLength(64)
        self.code_label.setBuddy(self.code)
        self.code_help = label("muted")
        column.addWidget(self.code_label)
        column.addWidget(self.code)
        column.addWidget(self.code_help)
        column.addStretch(1)
        return box

    def retranslate(self) -> None:
        self.title.setText(self.tr("Sign in to your exam"))
        self.lead.setText(self._config.name_in(self._language) or self._config.server)
        self.by_password.setText(self.tr("Login and password"))
        self.by_code.setText(self.tr("One-time code"))
        self.login_label.setText(self.tr("Login"))
        self.login.setAccessibleName(self.tr("Login"))
        self.password_label.setText(self.tr("Password"))
        self.password.setAccessibleName(self.tr("Password"))
        self._show_password(self.show_password.isChecked())
        self.code_label.setText(self.tr("One-time code"))
        self.code.setAccessibleName(self.tr("One-time code"))
        self.code_help.setText(self.tr("An invigilator gives you this code. It can be used once."))
        self._show_unsent()
        self._show_update()
        self._update_main()

    def enter(self) -> None:
        self.set_busy(False)
        self.take_focus()

    def take_focus(self) -> None:
        (self.code if self.fields.currentIndex() else self.login).setFocus()

    def leave(self) -> None:
        self.password.clear()
        self.code.clear()

    def show_language(self, language: str) -> None:
        self._language = language
        if language in self.language_buttons:
            self.language_buttons[language].setChecked(True)
        self.retranslate()

    def show_ready(self, ready: m.Ready) -> None:
        """The recorder runs: tell what it still has to send from earlier exams."""
        self._unsent = ready.unsent
        self._show_unsent()

    def show_update(self, update: m.UpdateView) -> None:
        """The institution names another version; the student can sign in all the same."""
        self._update = update
        self._show_update()

    def set_busy(self, busy: bool) -> None:
        self._busy = busy
        for field in (self.login, self.password, self.code):
            field.setReadOnly(busy)  # a field that is disabled would lose the keyboard's focus
        self._update_main()

    def show_problem(self, problem: m.Problem) -> None:
        self.set_busy(False)
        super().show_problem(problem)
        (self.code if self.fields.currentIndex() else self.password).setFocus()

    def _show_unsent(self) -> None:
        count = len(self._unsent)
        text = self.tr("%n earlier exam(s) on this computer are still being sent to the institution:", "", count)
        self.unsent.setText(f"{text} {', '.join(self._unsent)}")
        self.unsent.setVisible(bool(count) and not self.earlier.cards)  # the list tells it better

    def _show_update(self) -> None:
        update = self._update
        if update.back:
            text = self.tr("Your institution goes back to version {version} of this program.")
        else:
            text = self.tr("Version {version} of this program is ready.")
        what_to_do = (
            self.tr("Install it from {where} on a day without an exam. You can sign in with this version.")
            if update.where
            else self.tr("Your institution installs it; you need do nothing. You can sign in with this version.")
        )
        self.update_note.setText(f"{text} {what_to_do}".format(version=update.version, where=update.where))
        self.update_note.setVisible(bool(update.version))

    def _choose_way(self, index: int) -> None:
        self.fields.setCurrentIndex(index)
        (self.code if index else self.login).setFocus()
        self._update_main()

    def _show_password(self, shown: bool) -> None:
        self.password.setEchoMode(QLineEdit.EchoMode.Normal if shown else QLineEdit.EchoMode.Password)
        self.show_password.setText(self.tr("Hide the password") if shown else self.tr("Show the password"))

    def _complete(self) -> bool:
        if self.fields.currentIndex():
            return bool(self.code.text().strip())
        return bool(self.login.text().strip() and self.password.text())

    def _update_main(self) -> None:
        self.main.setEnabled(self._complete() and not self._busy)
        self.main.setText(self.tr("Signing in…") if self._busy else self.tr("Sign in"))
        self.next_hint.setText(self.tr("Next: choose your exam. Nothing is recorded yet."))

    def _sign_in(self) -> None:
        if not self._complete() or self._busy:
            return
        self.clear_problem()
        self.set_busy(True)
        if self.fields.currentIndex():
            self.bridge.send(m.SignInWithCode(self.code.text().strip()))
        else:
            self.bridge.send(m.SignIn(self.login.text().strip(), self.password.text()))


def _column() -> tuple[QWidget, QVBoxLayout]:
    box = QWidget()
    column = QVBoxLayout(box)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(4)
    return box, column
