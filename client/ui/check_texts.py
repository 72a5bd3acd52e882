"""Words of the system check: the name of each line, and a sentence for every code."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from PySide6.QtCore import QObject

from client.ui.languages import Words, fill

MEASURED = ("free_gb", "needed_gb", "kbit", "needed_kbit", "seconds", "most_mb", "needed_mb", "free_mb")


@dataclass(frozen=True)
class CheckText:
    """``what`` is always shown; ``remedy`` opens below what failed."""

    what: str
    remedy: str = ""


class CheckTexts(QObject):
    def name(self, item: str) -> str:
        """The line's name. ``screen-2`` is numbered."""
        if item.startswith("screen-"):
            return self.tr("Screen {number}").format(number=item.removeprefix("screen-"))
        names = {
            "server": self.tr("The institution"),
            "clock": self.tr("Clock"),
            "disk": self.tr("Space on the disk"),
            "uplink": self.tr("Network"),
            "camera": self.tr("Camera"),
            "microphone": self.tr("Microphone"),
        }
        return names.get(item, item)

    def state(self, state: str) -> str:
        words = {
            "waiting": self.tr("waiting"),
            "running": self.tr("checking"),
            "ok": self.tr("good"),
            "failed": self.tr("needs you"),
            "warning": self.tr("take note"),
        }
        return words.get(state, state)

    def text(self, code: str, values: Mapping[str, str]) -> CheckText:
        if not code:
            return CheckText("")
        found = {**self._machine(), **self._camera(), **self._microphone(), **self._screen()}.get(code)
        if found is None:
            found = CheckText(
                self.tr("This check ended in a way this program has no words for (code: {code})."),
                self.tr("Try again. If it stays, tell the help line the code."),
            )
            values = {**values, "code": code}
        told = {key: Words().number(value) if key in MEASURED else value for key, value in values.items()}
        return CheckText(fill(found.what, told), fill(found.remedy, told))

    def knows(self, code: str) -> bool:
        return code in {**self._machine(), **self._camera(), **self._microphone(), **self._screen()}

    def _machine(self) -> dict[str, CheckText]:
        return {
            "server_ok": CheckText(self.tr("The institution answers.")),
            "server_unreachable": CheckText(
                self.tr("The institution cannot be reached."),
                self.tr("Check the cable or Wi-Fi; open a web page to see whether the network works."),
            ),
            "server_certificate": CheckText(
                self.tr("The address could not prove that it is the institution."),
                self.tr("Use another network, without a sign-in page of its own, or call the help line."),
            ),
            "clock_ok": CheckText(self.tr("The exam's clock follows the institution.")),
            "clock_off": CheckText(
                self.tr("This computer's clock is wrong by {seconds} s."),
                self.tr("You need not change it: the exam's clock follows the institution."),
            ),
            "disk_ok": CheckText(self.tr("{free_gb} GB are free.")),
            "disk_low": CheckText(
                self.tr("{free_gb} GB are free, {needed_gb} GB are needed."),
                self.tr("Delete files you do not need, empty the recycle bin, then try again."),
            ),
            "uplink_ok": CheckText(self.tr("Sending is fast enough: {kbit} kbit/s.")),
            "uplink_slow": CheckText(
                self.tr("Sending is slow: {kbit} kbit/s, {needed_kbit} kbit/s would be good."),
                self.tr("You can begin: what cannot be sent in time is kept here and sent afterwards. "
                        "Move closer to the Wi-Fi, or close what uses the network."),
            ),
            "uplink_unmeasured": CheckText(
                self.tr("The speed of sending could not be measured."),
                self.tr("You can begin: what cannot be sent in time is kept here and sent afterwards."),
            ),
        }  # fmt: skip

    def _camera(self) -> dict[str, CheckText]:
        return {
            "camera_ok": CheckText(self.tr("The picture is good: {width} × {height}.")),
            "camera_missing": CheckText(
                self.tr("No camera was found."),
                self.tr("Plug a camera in, or open the cover of the built-in one. Then try again."),
            ),
            "camera_busy": CheckText(
                self.tr("The camera does not open; most often another program is using it."),
                self.tr("Close the program that uses it (a call, a browser tab). Then try again."),
            ),
            "camera_black": CheckText(
                self.tr("The camera's picture is black."),
                self.tr("Open its cover and switch on the light. Then try again."),
            ),
            "camera_covered": CheckText(
                self.tr("The camera shows hardly anything."),
                self.tr("If something lies over the lens, take it away. If all is well, you can begin."),
            ),
            "camera_frozen": CheckText(
                self.tr("The camera's picture does not move."),
                self.tr("Unplug the camera, wait three seconds, plug it in. Then try again."),
            ),
            "camera_denied": CheckText(
                self.tr("The system does not let us use the camera."),
                self.tr("Allow the camera for Senim in the system's privacy settings. Then try again."),
            ),
            "camera_not_allowed": CheckText(
                self.tr("This exam needs a real camera."),
                self.tr("Choose the computer's own camera from the list. Simulated devices are only for rehearsals."),
            ),
            "devices_unreadable": CheckText(
                self.tr("The list of cameras and microphones could not be read."),
                self.tr("Unplug devices you do not need, then try again."),
            ),
            "encoder_missing": CheckText(
                self.tr("A part of this program that writes pictures is missing."),
                self.tr("Install Senim anew, or call the help line."),
            ),
            "capture_failed": CheckText(
                self.tr("A device does not do its work."),
                self.tr("Unplug it, wait three seconds, plug it in. Then try again."),
            ),
            "camera_lost": CheckText(
                self.tr("The camera stopped."),
                self.tr("Check its cable. Then try again."),
            ),
        }

    def _microphone(self) -> dict[str, CheckText]:
        return {
            "microphone_ok": CheckText(self.tr("We hear you.")),
            "microphone_missing": CheckText(
                self.tr("No microphone was found."),
                self.tr("Plug a microphone or a headset in. Then try again."),
            ),
            "microphone_busy": CheckText(
                self.tr("The microphone does not open; most often another program is using it."),
                self.tr("Close the program that uses it (a call, a browser tab). Then try again."),
            ),
            "microphone_silent": CheckText(
                self.tr("The microphone gives no sound."),
                self.tr("Say a few words. Check that it is not muted, or choose another one."),
            ),
            "microphone_denied": CheckText(
                self.tr("The system does not let us use the microphone."),
                self.tr("Allow the microphone for Senim in the system's privacy settings. Then try again."),
            ),
            "microphone_lost": CheckText(
                self.tr("The microphone stopped."),
                self.tr("Check its cable. Then try again."),
            ),
        }

    def _screen(self) -> dict[str, CheckText]:
        return {
            "screen_ok": CheckText(self.tr("The picture is good: {width} × {height}.")),
            "screen_black": CheckText(
                self.tr("The screen's picture is black or empty."),
                self.tr("Allow the recording of the screen when the system asks, start Senim anew if it says so. "
                        "Under Wayland choose the whole screen in the system's question."),
            ),
            "screen_not_shown": CheckText(
                self.tr("The system gives no picture of the screen."),
                self.tr("Allow the recording of the screen when the system asks, start Senim anew if it says so. "
                        "Under Wayland choose the whole screen in the system's question."),
            ),
            "screen_denied": CheckText(
                self.tr("The system does not let us record the screen."),
                self.tr("Allow screen recording for Senim in the system's privacy settings, then start Senim anew."),
            ),
            "screen_missing": CheckText(
                self.tr("No screen was found."),
                self.tr("Check the screen's cable. Then try again."),
            ),
            "screen_lost": CheckText(
                self.tr("The picture of this screen stopped."),
                self.tr("Check the screen's cable. Then try again."),
            ),
        }  # fmt: skip
