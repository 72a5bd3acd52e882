"""Where the megabytes of a frozen folder go."""

from __future__ import annotations

from pathlib import Path

# The first that fits names the group.
_GROUPS = (
    ("Qt WebEngine (question page)", ("WebEngine", "qtwebengine", "icudtl.dat", "v8_context")),
    ("Qt", ("PySide6", "shiboken6", "libQt6", "libicu")),
    ("face models", ("face_recognition_models",)),
    ("mediapipe", ("mediapipe",)),
    ("OpenCV", ("cv2", "opencv")),
    ("PyAV and its FFmpeg", ("av/", "av.libs")),
    ("numpy", ("numpy",)),
    ("dlib", ("_dlib", "dlib")),
    ("cryptography", ("cryptography", "libssl", "libcrypto")),
    ("Python", ("libpython", "lib-dynload", "base_library", "python3")),
    ("Senim's own texts and icons", ("client/", "faces/", "icons/")),
)


def size_table(folder: Path) -> list[tuple[str, int]]:
    """(group, bytes), the largest first; a link counts nothing."""
    sums: dict[str, int] = {}
    for path in folder.rglob("*"):
        if path.is_file() and not path.is_symlink():
            name = path.relative_to(folder).as_posix()
            group = next((g for g, marks in _GROUPS if any(mark in name for mark in marks)), "the rest")
            sums[group] = sums.get(group, 0) + path.stat().st_size
    return sorted(sums.items(), key=lambda item: -item[1])
