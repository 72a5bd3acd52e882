"""A program with a clipboard, on the display of its environment, until its input ends:

    python -m benchmarks.watching.clipboard_process exam|other

``exam`` counts as the exam's window does and prints each number of letters it would send; ``other`` copies as many
letters as each line of its input says.
"""

from __future__ import annotations

import sys

from PySide6.QtCore import QSocketNotifier
from PySide6.QtGui import QGuiApplication

from client.messages import WindowEvent
from client.ui.clipboard_count import ClipboardCount


def main(what: str) -> None:
    app = QGuiApplication([])
    clipboard = QGuiApplication.clipboard()

    def said() -> None:
        line = sys.stdin.readline()
        if not line:
            app.quit()
        elif what == "other":
            clipboard.setText("ә" * int(line))

    def tell(event: WindowEvent) -> None:
        print(event.letters, flush=True)

    listening = QSocketNotifier(0, QSocketNotifier.Type.Read)
    listening.activated.connect(said)
    counting = ClipboardCount(tell) if what == "exam" else None
    print("ready", flush=True)
    app.exec()
    del counting, listening


if __name__ == "__main__":
    main(sys.argv[1])
