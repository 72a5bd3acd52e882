"""What goes into the frozen folder and what stays out. Read by ``senim.spec``; no PyInstaller is needed here."""

from __future__ import annotations

import ast
import re
from pathlib import Path

FACE_MODEL = "dlib_face_recognition_resnet_model_v1.dat"
MEDIAPIPE_FILES = ("modules/face_detection/*.tflite", "modules/face_landmark/*.tflite", "modules/**/*.binarypb")

# Imported by name at run time, where the search for imports cannot see it.
HIDDEN = ("mediapipe.python.solutions", "face_recognition_models", "pyaudio", "dlib")

EXCLUDED = (
    "tkinter", "matplotlib", "PIL", "scipy", "jax", "jaxlib", "pandas", "IPython", "pytest", "_pytest", "setuptools",
    "pkg_resources", "pip", "pydoc", "lib2to3", "mypy", "server", "simulation", "demonstration", "benchmarks", "tests",
    "cv2.gapi", "PySide6.QtPdf", "PySide6.QtDesigner", "PySide6.QtCharts", "PySide6.QtQuick3D", "tensorflow",
    "httpx", "starlette", "sqlalchemy", "numpy.f2py", "numpy.testing",
)  # fmt: skip

# Libraries that a wheel brings for itself carry a hash in their name and collide with nothing.
_VENDORED = re.compile(r"-[0-9a-f]{8}\.so[.\d]*$")

LANGUAGES = "en|en-US|ru|kk"

# macOS shows these when it asks the student for the first time; the system's language picks InfoPlist.strings.
INFO_PLIST = {
    "CFBundleIdentifier": "org.senim.client",
    "CFBundleName": "Senim",
    "CFBundleDisplayName": "Senim",
    "CFBundleLocalizations": ["en", "ru", "kk"],
    "LSMinimumSystemVersion": "13.0",
    "NSCameraUsageDescription": "The exam records your camera. The recording is sealed to your institution.",
    "NSMicrophoneUsageDescription": "The exam records sound. The recording is sealed to your institution.",
    # The system asks when the person goes to one of these folders to save a receipt or to choose a file.
    **dict.fromkeys(
        (
            f"NS{place}UsageDescription"
            for place in ("DesktopFolder", "DocumentsFolder", "DownloadsFolder", "RemovableVolumes")
        ),
        "To save a file there, or to take the one you choose. Senim looks nowhere by itself.",
    ),
    "NSHighResolutionCapable": True,
}

# Parts of Qt, Chromium and of the build machine's desktop that the client never loads.
_DROPPED = tuple(
    re.compile(pattern)
    for pattern in (
        r"PySide6/Qt/qml/",
        r"PySide6/Qt/translations/(?!(qt|qtbase|qtmultimedia)_(en|ru|kk)\.qm$)(?!qtwebengine_locales)",
        rf"qtwebengine_locales/(?!({LANGUAGES})\.pak$)",
        r"qtwebengine_devtools_resources\.pak$",
        r"plugins/(assetimporters|canbus|designer|generic|geometryloaders|geoservices|networkinformation|position|qmllint"
        r"|qmltooling|renderers|renderplugins|sceneparsers|scxmldatamodel|sensors|sqldrivers|texttospeech|webview)/",
        r"plugins/(platforminputcontexts/libqtvirtualkeyboard|platformthemes/libqgtk3|egldeviceintegrations)",
        r"plugins/platforms/libq(eglfs|linuxfb|minimalegl|vkkhrdisplay|vnc)",
        r"plugins/imageformats/libq(pdf|tga|tiff|wbmp|icns)",
        r"libQt6(Pdf|VirtualKeyboard|Designer|Charts|DataVisualization|Graphs|Quick3D|QuickControls2|QuickDialogs2"
        r"|QuickTimeline|Labs|Location|Sensors|Scxml|SpatialAudio|WebView|ShaderTools|3D)\w*\.so",
        r"libQt6(Test|QuickTest|Sql|SerialPort|TextToSpeech|RemoteObjects|StateMachine|WebSockets|OpenGLWidgets"
        r"|WaylandCompositor|Egl|MultimediaQuick|PositioningQuick|WebChannelQuick|WebEngineQuick|QmlCore|QmlNetwork"
        r"|QmlLocalStorage|QmlXml|QuickEffects|QuickLayouts|QuickParticles|QuickShapes|QuickTemplates|QuickVector)"
        r"\w*\.so",
        r"plugins/(printsupport|wayland-graphics-integration-server)/",
        # What the desktop, its graphics drivers and its sound server load too must be the system's own: an older copy
        # in this folder, found first, breaks the driver on a newer system. The package depends on all of them.
        r"^lib(stdc\+\+|gcc_s|mvec|z|gbm|udev|systemd|glib-2|gio-2|gobject-2|gmodule-2|gthread-2|pcre2-8|mount|blkid"
        r"|selinux|dbus-1|fontconfig|freetype|expat|png16|brotli|X|xkb|xcb|wayland|drm)[^-]*(-[a-z][\w.-]*)?\.so",
        r"^lib(nss3|nssutil3|smime3|softokn3|freebl|freeblpriv3|nssckbi|nssdbm3|nspr4|plc4|plds4|db-5)",
        r"^lib(gssapi|krb5|k5crypto|com_err|keyutils|cups|avahi|gnutls|nettle|hogweed|tasn1|p11|idn2|unistring|bsd|md)",
        r"^lib(gtk-3|gdk-3|atk|atspi|cairo|epoxy|pango\w*|gdk_pixbuf|datrie|thai|fribidi|harfbuzz|graphite\w*|pixman|cap)\b",
        # With a foreign configuration PortAudio ends the whole process.
        r"^lib(asound|portaudio|jack|pulse|sndfile|FLAC|vorbis|ogg|opus|mp3lame|mpg123|asyncns)",
        r"^lib(lz4|gcrypt|gpg-error|gmp|jpeg)\.so",
        r"^pulseaudio/",
    )
)


def wanted(name: str) -> bool:
    """``name``: where a file goes below the folder of libraries."""
    plain = name.replace("\\", "/")
    if _VENDORED.search(plain):
        return True
    return not any(pattern.search(plain) for pattern in _DROPPED)


def own_files(source: Path) -> list[tuple[str, str]]:
    """(file, folder below the folder of libraries): texts, the question page's style and script, the mean face."""
    groups = {"client/ui/i18n": "*.qm", "client/ui/static": "*", "faces/data": "*.json"}
    return [
        (str(file), folder)
        for folder, pattern in groups.items()
        for file in sorted((source / folder).glob(pattern))
        if file.is_file()
    ]


def icons(source: Path, folder: Path) -> list[tuple[str, str]]:
    """The icons whose names stand as texts in the window's code: 2 MB of others stay out."""
    files = [folder / f"{name}.svg" for name in sorted(_texts_in(source / "client" / "ui"))]
    return [(str(file), "icons") for file in files if file.is_file()]


def _texts_in(folder: Path) -> set[str]:
    found: set[str] = set()
    for file in sorted(folder.rglob("*.py")):
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                found.add(node.value)
    return {text for text in found if re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", text)}
