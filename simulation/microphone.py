"""A stand-in microphone: PulseAudio with a null sink, and a calm voice reading to it now and then.

    python -m simulation.microphone --run DIR [--silent]

prints one JSON line {"env": {...}, "pid"} when sound flows and runs until SIGTERM. Programs started
with that environment find one microphone, called "default" and "pulse" by ALSA and PortAudio. Nothing
outside DIR is written: no ~/.asoundrc, no cookie. Works as root and without systemd or D-Bus.

    python -m simulation.microphone --run DIR --mute on|off             of one that runs
    python -m simulation.microphone --run DIR --plug out|in|other       pulled out, back, another one in its place
"""

from __future__ import annotations

import argparse
import contextlib
import os
import subprocess
import threading
import time
import wave
from pathlib import Path
from types import TracebackType

import numpy as np

from simulation.tools import end, program, run, stay

RATE = 48000
PAUSE_S = 2.5
ROOM_RMS = 18.0  # of 32767: a quiet room; a line that is exactly zero would look like a broken device
SENTENCES = (
    "The question asks for two answers.",
    "I will read the text once more.",
    "First the left side, then the right side.",
    "That should be the third one.",
)
SINK = ("module-null-sink", "sink_name=mic_in", "rate=48000", "channels=1")
SOURCE = ("module-virtual-source", "source_name=mic", "master=mic_in.monitor",
          "source_properties=device.description=SenimSimulated")  # fmt: skip
OTHER = ("module-sine-source", "source_name=other", "rate=48000", "frequency=200")
SERVER_SCRIPT = """\
load-module module-native-protocol-unix auth-anonymous=1 socket={run}/native
load-module {sink}
load-module {source}
set-default-sink mic_in
set-default-source mic
"""
ALSA_CONFIG = """\
pcm.!default { type pulse }
ctl.!default { type pulse }
pcm.pulse { type pulse }
ctl.pulse { type pulse }
"""


class MicrophoneFailed(Exception):
    """PulseAudio did not start; the text holds its last lines."""


class Microphone:
    """One PulseAudio server in the folder ``run``. ``env`` is what a program needs to hear it."""

    def __init__(self, run_folder: Path, *, speaks: bool = True) -> None:
        self._run = run_folder.resolve()
        self._speaks = speaks
        self._server: subprocess.Popen[bytes] | None = None
        self._player: subprocess.Popen[bytes] | None = None
        self._speaker: threading.Thread | None = None
        self._told = threading.Event()

    @property
    def env(self) -> dict[str, str]:
        return environment(self._run)

    def start(self, seconds: float = 20) -> dict[str, str]:
        """Start and wait until the source is there. Raises ``MicrophoneFailed``."""
        self._run.mkdir(parents=True, exist_ok=True)
        (self._run / "asound.conf").write_text(ALSA_CONFIG, "utf-8")
        script = self._run / "default.pa"
        script.write_text(SERVER_SCRIPT.format(run=self._run, sink=" ".join(SINK), source=" ".join(SOURCE)), "utf-8")
        command = [program("pulseaudio"), "-n", "-F", str(script), "--daemonize=no", "--exit-idle-time=-1"]
        own = {"HOME": str(self._run), "XDG_RUNTIME_DIR": str(self._run), "XDG_CONFIG_HOME": str(self._run / "config")}
        with (self._run / "pulseaudio.log").open("wb") as log:
            self._server = subprocess.Popen(command, env={**os.environ, **own}, stdout=log, stderr=log)
        self._wait(seconds)
        if self._speaks:
            voice = self._run / "voice.wav"
            write_voice(voice, self._run)
            self._told.clear()
            self._speaker = threading.Thread(target=self._speak, args=(voice,), name="voice", daemon=True)
            self._speaker.start()
        return self.env

    def running(self) -> bool:
        return self._server is not None and self._server.poll() is None

    def mute(self, on: bool) -> None:
        """Like the button on a headset."""
        mute(self._run, on)

    def plug(self, what: str) -> None:
        """As ``plug`` below."""
        plug(self._run, what)

    def stop(self) -> None:
        """End voice and server. A second call does nothing."""
        self._told.set()
        end(self._player)
        if self._speaker is not None:
            self._speaker.join(5)
        end(self._server)
        self._player = self._server = None
        self._speaker = None

    def __enter__(self) -> Microphone:
        self.start()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, _: TracebackType | None) -> None:
        self.stop()

    def _wait(self, seconds: float) -> None:
        ends = time.monotonic() + seconds
        while True:
            try:
                if "\tmic\t" in run([program("pactl"), "list", "short", "sources"], self.env, 5):
                    return
            except subprocess.SubprocessError:
                pass  # not listening yet
            if time.monotonic() > ends or not self.running():
                self.stop()
                raise MicrophoneFailed((self._run / "pulseaudio.log").read_text("utf-8", "replace")[-2000:])
            time.sleep(0.1)

    def _speak(self, voice: Path) -> None:
        command = [program("paplay"), "--device=mic_in", str(voice)]
        env = {**os.environ, **self.env}
        while not self._told.is_set() and self.running():
            self._player = subprocess.Popen(command, env=env, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
            if self._player.wait() != 0:
                self._told.wait(1.0)


def environment(run_folder: Path) -> dict[str, str]:
    """What a program needs to find the microphone of this folder."""
    return {"PULSE_SERVER": f"unix:{run_folder.resolve()}/native",
            "ALSA_CONFIG_PATH": f"{run_folder.resolve()}/asound.conf"}  # fmt: skip


def mute(run_folder: Path, on: bool) -> None:
    """Mute or unmute a running stand-in microphone."""
    run([program("pactl"), "set-source-mute", "mic", "1" if on else "0"], environment(run_folder))


def plug(run_folder: Path, what: str) -> None:
    """``out``: there is no microphone any more. ``in``: ours is there. ``other``: another one took its place."""
    env, pactl = environment(run_folder), program("pactl")
    for loaded in (SOURCE, OTHER, SINK):
        with contextlib.suppress(subprocess.CalledProcessError):  # it is not loaded
            run([pactl, "unload-module", loaded[0]], env)
    wanted: tuple[tuple[str, ...], ...] = {"out": (), "in": (SINK, SOURCE), "other": (OTHER,)}[what]
    for module in wanted:
        run([pactl, "load-module", *module], env)
    if wanted:
        run([pactl, "set-default-source", "mic" if what == "in" else "other"], env)


def write_voice(target: Path, scratch: Path) -> None:
    """A WAV file (mono, 48 kHz) of a quiet room in which the sentences are read with pauses."""
    pieces = []
    for k, sentence in enumerate(SENTENCES):
        spoken = scratch / f"sentence-{k}.wav"
        run([program("espeak-ng"), "-v", "en", "-s", "140", "-a", "80", "-w", str(spoken), sentence], {})
        pieces += [_samples(spoken), np.zeros(round(PAUSE_S * RATE), dtype=np.float64)]
    sound = np.concatenate(pieces)
    room = np.random.default_rng(7).normal(0, ROOM_RMS, len(sound))
    with wave.open(str(target), "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(RATE)
        file.writeframes(np.clip(sound + room, -32768, 32767).astype("<i2").tobytes())


def _samples(path: Path) -> np.ndarray[tuple[int], np.dtype[np.float64]]:
    """A mono 16-bit WAV file, brought to our rate."""
    with wave.open(str(path), "rb") as file:
        rate, data = file.getframerate(), np.frombuffer(file.readframes(file.getnframes()), dtype="<i2")
    wanted = np.arange(round(len(data) * RATE / rate)) * rate / RATE
    return np.interp(wanted, np.arange(len(data)), data.astype(np.float64))


def main() -> None:
    parser = argparse.ArgumentParser(description="A stand-in microphone: PulseAudio with a calm voice.")
    parser.add_argument("--run", type=Path, required=True, help="folder for its socket and files")
    parser.add_argument("--silent", action="store_true", help="no voice and no room, only the device")
    parser.add_argument("--mute", choices=("on", "off"), help="mute or unmute the one running in this folder")
    parser.add_argument("--plug", choices=("out", "in", "other"), help="of the one running in this folder")
    options = parser.parse_args()
    if options.plug:
        plug(options.run, options.plug)
        return
    if options.mute:
        mute(options.run, options.mute == "on")
        return
    with Microphone(options.run, speaks=not options.silent) as microphone:
        stay({"env": microphone.env})


if __name__ == "__main__":
    main()
