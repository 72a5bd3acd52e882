"""Causes of gaps in words. A ledger may name others: the word itself stands then."""

from __future__ import annotations

from evidence.coverage import UNEXPLAINED, UNFINISHED

WORDS = {
    UNEXPLAINED: "no cause was given",
    UNFINISHED: "the recording has no end yet",
    "opening": "the device was starting",
    "device": "another device was chosen",
    "stalled": "the program was held up",
    "sound-stalled": "the sound stood still",
    "suspended": "the computer slept",
    "session-away": "another user was at the computer",
    "screen-locked": "the screen was locked",
    "screen-saver": "the screen saver was on",
    "recorder-restarted": "the recorder was started again",
    "resumed": "the program was started again",
    "disk-full": "the disk was full",
    "disk-stalled": "the disk did not answer",
    "camera-missing": "there was no camera",
    "camera-busy": "another program had the camera",
    "camera-denied": "the system did not allow the camera",
    "camera-not-allowed": "this camera is not allowed",
    "camera-lost": "the camera was gone",
    "microphone-missing": "there was no microphone",
    "microphone-busy": "another program had the microphone",
    "microphone-lost": "the microphone was gone",
    "screen-missing": "the screen was gone",
    "screen-not-shown": "the system did not show the screen",
    "encoder-missing": "there was no encoder",
    "capture-failed": "the device did not deliver",
}


def in_words(cause: str) -> str:
    """The ledger's word, and what it means where that is known."""
    return f"{cause} ({WORDS[cause]})" if cause in WORDS else cause
