"""The closed world a question lives in: our own scheme, no network, no script but ours.

A question's HTML comes from a teacher's file and is treated as hostile. It is put into a page whose policy allows no
script at all; our own script runs in a world of its own, where that policy and the page's objects do not reach, and
it speaks through one channel object. Every request but ``senim:`` is blocked, and only the few names below answer.
"""

from __future__ import annotations

import base64
import binascii
from collections.abc import Mapping
from pathlib import Path
from typing import Any
from urllib.parse import unquote

from PySide6.QtCore import QBuffer, QByteArray, QFile, QIODevice, QObject, QUrl
from PySide6.QtWebChannel import QWebChannel
from PySide6.QtWebEngineCore import (
    QWebEngineDownloadRequest,
    QWebEnginePage,
    QWebEngineProfile,
    QWebEngineScript,
    QWebEngineSettings,
    QWebEngineUrlRequestInfo,
    QWebEngineUrlRequestInterceptor,
    QWebEngineUrlRequestJob,
    QWebEngineUrlScheme,
    QWebEngineUrlSchemeHandler,
)

SCHEME = b"senim"
PAGE = QUrl("senim:app/page")
STATIC = Path(__file__).resolve().parent / "static"
PICTURE_TYPES = ("image/png", "image/jpeg", "image/gif", "image/webp", "image/svg+xml")
POLICY = (
    "default-src 'none'; script-src 'none'; style-src senim:; style-src-attr 'unsafe-inline'; img-src senim:; "
    "font-src senim:; connect-src 'none'; frame-src 'none'; object-src 'none'; form-action 'none'; base-uri 'none'"
)
HEADERS = (
    (QByteArray(b"Content-Security-Policy"), QByteArray(POLICY.encode())),
    (QByteArray(b"X-Content-Type-Options"), QByteArray(b"nosniff")),
)
SHELL = (
    f'<!doctype html><html><head><meta http-equiv="Content-Security-Policy" content="{POLICY}">'
    '<meta charset="utf-8"><title>Senim</title>'
    '<link rel="stylesheet" href="senim:app/question.css"></head><body><main id="senim-question"></main></body></html>'
)


def register_scheme() -> None:
    """Must run before the QApplication is made."""
    scheme = QWebEngineUrlScheme(SCHEME)
    scheme.setSyntax(QWebEngineUrlScheme.Syntax.Path)
    scheme.setFlags(QWebEngineUrlScheme.Flag.SecureScheme)
    QWebEngineUrlScheme.registerScheme(scheme)


class SchemeHandler(QWebEngineUrlSchemeHandler):
    """Answers the page, its style sheet and the paper's pictures; everything else is not found."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._pictures: Mapping[str, Mapping[str, str]] = {}

    def use_pictures(self, pictures: Mapping[str, Mapping[str, str]]) -> None:
        self._pictures = pictures

    def requestStarted(self, job: QWebEngineUrlRequestJob) -> None:
        found = self._find(job.requestUrl().path())
        if found is None or bytes(job.requestMethod().data()) != b"GET":
            job.fail(QWebEngineUrlRequestJob.Error.UrlNotFound)
            return
        kind, data = found
        # Qt's map holds several values for a name: PySide6 wants lists, its type stubs say otherwise. With plain
        # values the headers are dropped without a word, so a test looks at the policy's effect.
        headers: Any = {name: [value] for name, value in HEADERS}
        job.setAdditionalResponseHeaders(headers)
        buffer = QBuffer(job)
        buffer.setData(QByteArray(data))
        buffer.open(QIODevice.OpenModeFlag.ReadOnly)
        job.reply(QByteArray(kind.encode()), buffer)

    def _find(self, path: str) -> tuple[str, bytes] | None:
        if path == "app/page":
            return "text/html", SHELL.encode()
        if path == "app/question.css":
            return "text/css", (STATIC / "question.css").read_bytes()
        if path.startswith("picture/"):
            return self._picture(unquote(path.removeprefix("picture/")))
        return None

    def _picture(self, name: str) -> tuple[str, bytes] | None:
        picture = self._pictures.get(name)
        if picture is None or picture.get("type") not in PICTURE_TYPES:
            return None
        try:
            return picture["type"], base64.b64decode(picture.get("data", ""), validate=True)
        except (binascii.Error, ValueError):
            return None


class NoNetwork(QWebEngineUrlRequestInterceptor):
    """Blocks every request that is not ``senim:``."""

    def interceptRequest(self, info: QWebEngineUrlRequestInfo) -> None:
        if info.requestUrl().scheme() != SCHEME.decode():
            info.block(True)


class QuestionPage(QWebEnginePage):
    """Goes nowhere: no links, no windows, no dialogs."""

    def acceptNavigationRequest(self, url: QUrl | str, kind: QWebEnginePage.NavigationType, main_frame: bool) -> bool:
        return main_frame and QUrl(url) == PAGE

    def createWindow(self, kind: QWebEnginePage.WebWindowType) -> QWebEnginePage:
        return None  # type: ignore[return-value]  # Qt's way to refuse a window

    def javaScriptAlert(self, origin: QUrl | str, text: str) -> None:
        return None

    def javaScriptConfirm(self, origin: QUrl | str, text: str) -> bool:
        return False

    def javaScriptConsoleMessage(
        self, level: QWebEnginePage.JavaScriptConsoleMessageLevel, message: str, line: int, source: str
    ) -> None:
        return None  # a hostile question must not write our log full


class QuestionProfile(QWebEngineProfile):
    """A profile without a name keeps nothing on the disk.

    Handler and interceptor are held by name: Qt takes only a pointer, and an interceptor that Python has collected
    blocks nothing, without a word.
    """

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.handler = SchemeHandler(self)
        self.interceptor = NoNetwork(self)
        self.installUrlSchemeHandler(SCHEME, self.handler)
        self.setUrlRequestInterceptor(self.interceptor)
        self.setHttpCacheType(QWebEngineProfile.HttpCacheType.NoCache)
        self.setPersistentCookiesPolicy(QWebEngineProfile.PersistentCookiesPolicy.NoPersistentCookies)
        self.setSpellCheckEnabled(False)
        self.downloadRequested.connect(_refuse_download)


def _refuse_download(request: QWebEngineDownloadRequest) -> None:
    request.cancel()


def make_page(profile: QWebEngineProfile, channel_object: QObject, parent: QObject) -> QuestionPage:
    """The page with our script in a world of its own and ``channel_object`` as its only way out."""
    page = QuestionPage(profile, parent)
    settings, attribute = page.settings(), QWebEngineSettings.WebAttribute
    for off in (
        attribute.JavascriptCanOpenWindows, attribute.JavascriptCanAccessClipboard, attribute.PluginsEnabled,
        attribute.LocalContentCanAccessRemoteUrls, attribute.LocalContentCanAccessFileUrls,
        attribute.LocalStorageEnabled, attribute.FullScreenSupportEnabled, attribute.PdfViewerEnabled,
        attribute.HyperlinkAuditingEnabled, attribute.ScreenCaptureEnabled, attribute.WebGLEnabled,
        attribute.NavigateOnDropEnabled, attribute.AutoLoadIconsForPage,
    ):  # fmt: skip
        settings.setAttribute(off, False)
    world = QWebEngineScript.ScriptWorldId.ApplicationWorld.value
    channel = QWebChannel(page)
    channel.registerObject("exam", channel_object)
    page.setWebChannel(channel, world)
    script = QWebEngineScript()
    script.setName("senim")
    script.setWorldId(world)
    script.setInjectionPoint(QWebEngineScript.InjectionPoint.DocumentReady)
    script.setRunsOnSubFrames(False)
    script.setSourceCode(_channel_source() + (STATIC / "question.js").read_text(encoding="utf-8"))
    page.scripts().insert(script)
    return page


def _channel_source() -> str:
    file = QFile(":/qtwebchannel/qwebchannel.js")
    file.open(QIODevice.OpenModeFlag.ReadOnly)
    return bytes(file.readAll().data()).decode() + "\n"
